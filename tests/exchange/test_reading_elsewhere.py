"""What other programs, and people in a hurry, put into files: it is read, or asked back."""

import zipfile

import pytest

from exchange.planning import make_plan
from exchange.reading import UnreadableWorkbook, read
from tests.factories import make_city, writing

ACTION = ["City", "Number", "Action type", "Description"]


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


def test_a_title_above_the_headers_is_the_only_problem(anji, workbook):
    rows = [["Our actions of 2026"], [], ACTION, ["anji-county", 31, "carbon", "Trees"]]
    (problem,) = make_plan(read(workbook(Actions=rows))).problems
    assert (problem.cell, problem.value, problem.message) == (
        "A1",
        "Our actions of 2026",
        "The headers stand in row 3: delete the rows above it.",
    )


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
