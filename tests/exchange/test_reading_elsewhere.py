"""What other programs, and people in a hurry, put into files: it is read, or asked back."""

import datetime
import re
import zipfile

import pytest

from exchange.planning import make_plan
from exchange.reading import UnreadableWorkbook, read
from exchange.writing.corrections import write_corrections
from tests.exchange.workbooks import write_workbook
from tests.factories import make_city, writing

ACTION = ["City", "Number", "Action type", "Description"]
DAY = datetime.date(2026, 4, 8)


def rewritten(source, path, parts):
    """A copy of the workbook with other or more `parts`: name → function of what there was."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w") as after:
        content = {name: before.read(name) for name in before.namelist()}
        for name, change in parts.items():
            content[name] = change(content.get(name, b""))
        for name, part in content.items():
            after.writestr(name, part)
    return path


def csv(tmp_path, text, name="Actions.csv"):
    path = tmp_path / name
    path.write_text(text, newline="")
    return path


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("customXml/item1.xml", '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")),
        ("__MACOSX/xl/._workbook.xml", b"\0\5\x16\7"),
    ],
)
def test_what_other_programs_keep_in_a_workbook_is_no_damage(workbook, tmp_path, part, content):
    source = workbook(Actions=[ACTION, ["anji-county", 31, "carbon", "Trees"]])
    path = rewritten(source, tmp_path / "other.xlsx", {part: lambda _before: content})
    assert read(path).rows == 1


X15 = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = {
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
    MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
}


def extended(inside):
    """Adds a list of extensions to a part."""
    extensions = f'<extLst><ext uri="x" {X15}>{inside}</ext></extLst>'.encode()
    return lambda xml: xml[: xml.rindex(b"</")] + extensions + xml[xml.rindex(b"</") :]


def alternatives(before, choice, fallback):
    """Puts the two alternatives before a tag of a part."""
    words = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="x15" {X15}>{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    ).encode()
    return lambda xml: xml.replace(before, words + before, 1)


def in_strict_form(xml):
    for name, strict in STRICT.items():
        xml = xml.replace(name, strict)
    return xml


def declared_above(change):
    """Applies `change`, and moves the namespaces that it declares to the first element."""

    def apply(xml):
        xml = change(xml)
        declared = set(re.findall(rb' xmlns:(?:mc|x15)="[^"]*"', xml))
        for each in declared:
            xml = xml.replace(each, b"")
        return xml.replace(b"<worksheet", b"<worksheet" + b"".join(declared), 1)

    return apply


XL, SHEET, STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"


@pytest.mark.parametrize(
    "parts",
    [
        {
            XL: extended(
                '<x15:workbookPr date1904="0"/><x15:sheets><x15:sheet name="X"/></x15:sheets>'
            )
        },
        {XL: extended('<workbookPr date1904="0"/>')},
        {XL: alternatives(b"<sheets>", '<workbookPr date1904="0"/>', "")},
        {STYLES: extended('<x15:cellXfs><xf numFmtId="9"/></x15:cellXfs>')},
        {STYLES: extended('<x15:dxfs><cellXfs><xf numFmtId="9"/></cellXfs></x15:dxfs>')},
        {
            SHEET: lambda xml: xml.replace(
                b'<row r="2"',
                f'<x15:row {X15} r="2"><x15:c r="A2"/></x15:row><row r="2"'.encode(),
                1,
            )
        },
        {
            SHEET: lambda xml: xml.replace(
                b"</c></row></sheetData>",
                f"<x15:v {X15}>7</x15:v></c></row></sheetData>".encode(),
                1,
            )
        },
        {
            SHEET: declared_above(
                alternatives(b'<row r="2"', '<row r="3"><c r="A3"><v>5</v></c></row>', "")
            )
        },
        dict.fromkeys((XL, SHEET, STYLES, "_rels/.rels"), in_strict_form)
        | {"xl/_rels/workbook.xml.rels": in_strict_form, "xl/sharedStrings.xml": in_strict_form},
    ],
    ids=[
        "ext",
        "main in ext",
        "choice",
        "styles",
        "main in styles",
        "row",
        "value",
        "choice of rows",
        "strict",
    ],
)
def test_only_elements_of_the_format_itself_count(tmp_path, parts):
    rows = {"Actions": [[*ACTION, "Last update"], ["anji-county", 31, "carbon", "Trees", DAY]]}
    source = write_workbook(tmp_path / "plain.xlsx", rows, date_1904=True)
    (plain,), (other,) = (
        read(path).sheets.values()
        for path in (source, rewritten(source, tmp_path / "other.xlsx", parts))
    )
    assert plain.rows == other.rows == [(2, ["anji-county", 31, "carbon", "Trees", DAY])]


@pytest.mark.parametrize(
    ("first", "delimiter"),
    [
        ('"sep=;"', ";"),
        ("SEP=;", ";"),
        ("Sep=|", "|"),
        ("sep=\t", "\t"),
        ("sep=\\t", "\t"),
        ('"sep=,",,,', ","),
        ("\ufeffsep=;", ";"),
        ("sep=;", ","),
        ("", "|"),
    ],
)
def test_the_delimiter_may_be_named_in_many_ways(tmp_path, first, delimiter):
    """But the headers decide where another one makes sense of them."""
    lines = [first] if first else []
    lines += [delimiter.join(ACTION), delimiter.join(["anji-county", "31", "carbon", "Trees"])]
    sheet = read(csv(tmp_path, "\r\n".join(lines) + "\r\n")).sheets["actions"]
    assert (sheet.headers, sheet.above) == (ACTION, [])
    assert sheet.rows == [(len(lines), ["anji-county", "31", "carbon", "Trees"])]


@pytest.mark.parametrize("mark", ["\ufeff\ufeff", "\u00ef\u00bb\u00bf"])
def test_a_byte_order_mark_too_many_is_no_letter(tmp_path, mark):
    path = csv(tmp_path, f"{mark}City,Number\nanji-county,31\n")
    assert read(path).sheets["actions"].headers == ["City", "Number"]


@pytest.mark.parametrize("word", ["é", "e"])
def test_one_bad_byte_is_found_among_many_rows(anji, tmp_path, word):
    lines = [f"anji-county,{number},carbon,fin{word}".encode() for number in range(100, 500)]
    lines[300] = b"anji-county,9001,carbon,Shizuoka\xcaPrefecture"
    path = tmp_path / "actions.csv"
    path.write_bytes(b"\r\n".join([",".join(ACTION).encode(), *lines]))
    plan = make_plan(read(path))
    (problem,) = plan.problems
    assert (problem.cell, problem.value) == ("D302", "Shizuoka\ufffdPrefecture")
    assert "The bytes CA are no letters of UTF-8: type this text anew" in problem.message
    write_corrections(read(path), plan.problems, tmp_path / "marked.xlsx")
    assert "lost" in make_plan(read(tmp_path / "marked.xlsx")).problems[0].message


def test_a_file_in_another_encoding_says_where_it_begins(tmp_path):
    path = tmp_path / "actions.csv"
    path.write_bytes("City,Number\nzürich,1\nköln,2\n".encode("cp1252"))
    with pytest.raises(UnreadableWorkbook, match="first such cell is A2, with the bytes FC"):
        read(path)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_letters_read_in_a_wrong_encoding_are_asked_back(anji, workbook, tmp_path, kind):
    rows = [ACTION, ["anji-county", "31", "carbon", "ZÃ¼rich plan dâ€™action"]]
    text = "\n".join(map(",".join, rows))
    path = workbook(Actions=rows) if kind == "xlsx" else csv(tmp_path, text)
    (problem,) = make_plan(read(path)).problems
    assert problem.cell == "D2"
    assert "It is probably “Zürich plan d’action”" in problem.message


def test_letters_that_are_stored_come_back_whatever_they_are(anji, workbook):
    with writing():
        anji.about = "ZÃ¼rich \ufffd"
        anji.save()
    head = ["City", "About", "Population"]
    assert make_plan(read(workbook(Cities=[head, ["anji-county", anji.about, 7]]))).is_sound
    plan = make_plan(read(workbook(Cities=[head, ["anji-county", "Zü\ufffdrich", 7]])))
    assert [problem.message for problem in plan.problems] == [
        "A letter of this text was lost (\ufffd): type it anew."
    ]


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("Korea, Republic of", "KR", ""),
        ("zaf", "ZA", ""),
        ("Cg", "CG", ""),
        ("Congo", "", "CD (Democratic Republic of the Congo), CG (Congo)"),
        ("Germny", "", "Did you mean “Germany”?"),
        ("Kosovo", "", "There is no such country."),
    ],
)
def test_a_country_may_be_called_by_another_name(anji, workbook, written, code, said):
    rows = [["City", "Name", "Country"], ["new-town", "New Town", written]]
    plan = make_plan(read(workbook(Cities=rows)))
    new = [city.country.code for sheet in plan.sheets for city in sheet.batch.new]
    assert new == ([code] if code else [])
    messages = " ".join(problem.message for problem in plan.problems)
    assert said in messages
    assert bool(said) == bool(messages)


def test_blank_lines_before_the_headers_hide_no_delimiter(tmp_path):
    path = csv(tmp_path, "\ufeff\r\n\r\nCity;Number\r\nanji-county;31\r\n")
    assert read(path).sheets["actions"].rows == [(4, ["anji-county", "31"])]


def test_a_text_of_nothing_but_lines_is_refused_at_once(tmp_path):
    path = csv(tmp_path, "City,Number\n" + "\n" * 1_100_000)
    with pytest.raises(UnreadableWorkbook, match="too many rows"):
        read(path)


def test_a_row_of_millions_of_words_is_not_taken_apart(tmp_path, monkeypatch):
    monkeypatch.setattr("exchange.reading.text.MOST_LETTERS_OF_ROW", 1000)
    path = csv(tmp_path, "City,Number\n" + 'ab,"\n",' * 300)
    with pytest.raises(UnreadableWorkbook, match="far away"):
        read(path)


def test_an_error_is_named_as_the_cell_shows_it(anji, workbook, tmp_path):
    source = workbook(Cities=[["City", "Population"], ["anji-county", 0.5]])
    broken = rewritten(
        source,
        tmp_path / "broken.xlsx",
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b'<c r="B2"><v>0.5</v>', b'<c r="B2" t="e"><v>#DIV/0!</v>'
            )
        },
    )
    (problem,) = make_plan(read(broken)).problems
    assert (problem.cell, problem.value) == ("B2", "#DIV/0!")


@pytest.mark.parametrize("value", ["NaN", "1E400", "-1E400"])
def test_no_number_at_all_is_no_date(anji, workbook, tmp_path, value):
    source = workbook(Commitments=[["City", "Commitment", "Made on"], ["anji-county", "2.1", 0.5]])
    path = rewritten(
        source,
        tmp_path / "odd.xlsx",
        {
            "xl/worksheets/sheet1.xml": lambda xml: xml.replace(
                b"<v>0.5</v>", b"<v>%s</v>" % value.encode()
            )
        },
    )
    said = {problem.cell: problem.message for problem in make_plan(read(path)).problems}
    assert said["C2"] == "This is a number, not a date."


@pytest.mark.parametrize(
    ("name", "text", "cell"),
    [
        ("Baselines.csv", "City,Action number\nanji-county,%s\n", "B2"),
        ("Actions.csv", "City,Number,Description\nanji-county,%s,x\nanji-county,,x\n", "B2"),
        ("Cities.csv", "City,Area (km²)\nanji-county,%s\n", "B2"),
    ],
)
def test_thousands_of_digits_are_asked_back(anji, tmp_path, name, text, cell):
    path = csv(tmp_path, text % ("9" * 5000), name)
    said = {problem.cell: problem.message for problem in make_plan(read(path)).problems}
    assert "too large" in said[cell]


def test_looking_for_the_nearest_header_comes_to_an_end(anji, workbook):
    headers = [f"Descripton {number}" for number in range(300)]
    rows = [["City", "Number", *headers], ["anji-county", 1]]
    problems = make_plan(read(workbook(Actions=rows))).problems
    assert len(problems) == 300
    assert sum("Did you mean" in problem.message for problem in problems) == 100


def test_a_name_that_is_also_the_address_of_its_first_city_is_asked_back(catalogue, workbook):
    make_city("Springfield")
    make_city("Springfield", slug="springfield-2")
    (problem,) = make_plan(
        read(workbook(Actions=[ACTION, ["Springfield", 1, "carbon", "x"]]))
    ).problems
    assert "give the address (springfield, springfield-2)" in problem.message
    assert make_plan(read(workbook(Actions=[ACTION, ["springfield", 1, "carbon", "x"]]))).is_sound


def test_each_row_of_a_statement_shows_what_was_stored(anji, workbook):
    statement = anji.actions.get(number=1).statements.baselines().get()
    with writing():
        statement.source = "register"
        statement.save()
    keys = [value.measure.key for value in statement.values.all()[:2]]
    rows = [["anji-county", 1, key, "survey"] for key in keys]
    plan = make_plan(
        read(workbook(Baselines=[["City", "Action number", "Measure", "Source"], *rows]))
    )
    assert [row.changes for row in plan.sheets[0].rows] == [[("Source", "register", "survey")]] * 2
