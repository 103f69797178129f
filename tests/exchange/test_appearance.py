"""What a sheet shows besides its values: hidden, struck through, totals, titles, links."""

import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from exchange import jobs
from exchange.models import Job
from exchange.planning import make_plan
from exchange.reading import read
from exchange.reading.sheet_names import name_by_tools
from exchange.reading.workbook import known_names
from exchange.writing.corrections import write_corrections
from tests.files import building
from tests.files.building import ACTION, ROW, open_document, table

HEAD = ["City", "Number", "Action type", "Description"]
ODS_HEAD = "".join(
    f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
    for name in HEAD
)
ODS_CELLS = (
    '<table:table-cell office:value-type="string"%s><text:p>anji-county</text:p></table:table-cell>'
)


@pytest.fixture
def saved(tmp_path):
    """A function that saves a file and returns its path."""

    def save(content, name="actions.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


def rows_of(numbers):
    return [["anji-county", number, "carbon", f"Plant {number}"] for number in numbers]


def actions(change=None, rows=None, name="Actions"):
    """A workbook of four new actions, on rows 2 to 5."""
    rows = [HEAD, *rows_of(range(31, 35))] if rows is None else rows
    return building.workbook({name: rows}, change)


def appearance(path):
    (data,) = read(path).sheets.values()
    return data.appearance


# What is found in the file


def hide(book, pages):
    page = pages["Actions"]
    page.set_row(2, None, None, {"hidden": True})
    page.set_row(3, 0)
    page.set_row(4, None, None, {"level": 1, "hidden": True})
    page.set_column(3, 3, None, None, {"hidden": True})
    page.set_column(2, 2, 0)


def filter_rows(book, pages):
    page = pages["Actions"]
    page.autofilter(0, 0, 4, 3)
    page.filter_column(1, "x == 31")
    for row in (2, 3, 4):
        page.set_row(row, options={"hidden": True})


def strike(book, pages):
    struck = book.add_format({"font_strikeout": True})
    for column, value in enumerate(rows_of([32])[0]):
        pages["Actions"].write(2, column, value, struck)
    pages["Actions"].write(3, 3, "Plant 33", struck)
    pages["Actions"].write_rich_string(4, 3, struck, "Plant", struck, " 34")


def test_hidden_rows_and_columns_are_found(saved):
    looks = appearance(saved(actions(hide)))
    assert (looks.hidden_rows, looks.hidden_columns) == ({3, 4, 5}, {2, 3})
    assert appearance(saved(actions(filter_rows))).hidden_rows == {3, 4, 5}


def test_text_that_is_struck_through_is_found(saved):
    looks = appearance(saved(actions(strike)))
    assert (looks.struck_rows, looks.struck_cells) == ({3}, [(4, 3), (5, 3)])


def test_a_named_style_strikes_through_too(saved):
    def from_parent(xml):
        """Put the font into the named style alone, where some programs leave it."""
        return xml.replace(
            b'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
            b'<xf numFmtId="0" fillId="0" borderId="0" xfId="1"/>',
        ).replace(
            b"</cellStyleXfs>",
            b'<xf numFmtId="0" fontId="1" fillId="0" borderId="0"/></cellStyleXfs>',
        )

    path = saved(building.with_parts(actions(strike), xl__styles=from_parent))
    assert appearance(path).struck_rows == {3}


def ods(rows, styles="", columns=""):
    content = table(f"{columns}<table:table-row>{ODS_HEAD}</table:table-row>{rows}".encode())
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    content = content.replace(b"<office:body>", automatic.encode(), 1)
    spaces = b'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:office='
    return open_document(content.replace(b"xmlns:office=", spaces, 1))


STRUCK_STYLES = (
    '<style:style style:name="struck" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:family="table-cell"'
    ' style:parent-style-name="struck"/>'
    '<style:style style:name="words" style:family="text">'
    '<style:text-properties style:text-line-through-type="single"/></style:style>'
    '<style:style style:name="flat" style:family="table-row">'
    '<style:table-row-properties style:row-height="0cm"/></style:style>'
)


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:visibility="collapse">%s</table:table-row>',
        '<table:table-row table:visibility="filter">%s</table:table-row>',
        '<table:table-row table:style-name="flat">%s</table:table-row>',
        '<table:table-row-group table:display="false"><table:table-row>%s</table:table-row>'
        "</table:table-row-group>",
    ],
)
def test_hidden_rows_of_an_open_document_are_found(saved, row):
    looks = appearance(saved(ods(row % (ODS_CELLS % ""), STRUCK_STYLES), "actions.ods"))
    assert looks.hidden_rows == {2}


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (ODS_CELLS % ' table:style-name="child"', ""),
        (ODS_CELLS % "", '<table:table-column table:default-cell-style-name="struck"/>'),
        (
            '<table:table-cell office:value-type="string"><text:p><text:span'
            ' text:style-name="words">anji-county</text:span></text:p></table:table-cell>',
            "",
        ),
    ],
)
def test_text_struck_through_in_an_open_document_is_found(saved, row, columns):
    content = ods(f"<table:table-row>{row}</table:table-row>", STRUCK_STYLES, columns)
    looks = appearance(saved(content, "actions.ods"))
    assert looks.struck_rows == {2}
    assert not appearance(saved(ods("", STRUCK_STYLES), "actions.ods")).struck_rows


def test_words_in_a_drawing_are_none_of_its_cell(saved):
    drawing = (
        '<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:text-box>'
        "<text:p>a note</text:p></draw:text-box></draw:frame></table:table-cell>"
    )
    cell = (ODS_CELLS % "").replace("</table:table-cell>", drawing)
    path = saved(ods(f"<table:table-row>{cell}</table:table-row>"), "actions.ods")
    assert read(path).sheets["actions"].rows[0][1][0] == "anji-county"


def totals(book, pages):
    pages["Actions"].add_table(
        0,
        0,
        5,
        3,
        {
            "total_row": True,
            "columns": [{"header": name, "total_string": "Sum"} for name in HEAD],
        },
    )


def test_the_totals_of_a_table_are_no_data(saved):
    workbook = read(saved(actions(totals)))
    assert [number for number, _row in workbook.sheets["actions"].rows] == [2, 3, 4, 5]
    assert workbook.sheets["actions"].totals == [6]
    without = building.with_parts(
        actions(totals), xl__tables__table1=lambda xml: xml.replace(b'totalsRowCount="1"', b"")
    )
    assert read(saved(without)).rows == 5


# What becomes of it


def hide_a_row(book, pages):
    strike(book, pages)
    pages["Actions"].set_row(1, None, None, {"hidden": True})


@pytest.mark.django_db
def test_what_is_hidden_is_told_and_left_out_on_request(anji, saved):
    path = saved(actions(hide_a_row))
    plan = make_plan(read(path))
    assert plan.totals["new"] == 4
    said = "\n".join(map(str, plan.remarks))
    assert "Actions: Row 2 is hidden, perhaps by a filter. Taken in" in said
    assert "Row 3 is struck through. Taken in" in said
    assert "The texts of D4, D5 are struck through" in said
    plan = make_plan(read(path), leaves_out_hidden=True)
    assert plan.totals["new"] == 2
    assert "Row 2 is hidden, perhaps by a filter. Left out" in str(plan.remarks[0])


@pytest.mark.django_db
def test_a_hidden_column_is_left_out_unless_it_names_the_rows(anji, saved):
    def change(book, pages):
        pages["Actions"].set_column(0, 0, None, None, {"hidden": True})
        pages["Actions"].set_column(3, 3, None, None, {"hidden": True})

    plan = make_plan(read(saved(actions(change, [HEAD, ["anji-county", 1, None, "Other"]]))))
    assert plan.totals["changed"] == 1
    plan = make_plan(read(saved(actions(change))), leaves_out_hidden=True)
    assert [sheet.index.keys() for sheet in plan.sheets] == [{"city", "number", "action_type"}]


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["hide", "very_hidden"])
def test_a_hidden_sheet_is_told_and_left_out_on_request(anji, saved, way):
    sheets = {"Cities": [["City"]], "Actions": [HEAD, *rows_of([31])]}
    content = building.workbook(sheets, lambda _book, pages: getattr(pages["Actions"], way)())
    plan = make_plan(read(saved(content)))
    assert "The whole sheet is hidden. Taken in" in str(plan.remarks[0])
    assert plan.totals["new"] == 1
    assert make_plan(read(saved(content)), leaves_out_hidden=True).totals["new"] == 0


@pytest.mark.django_db
def test_the_choice_can_be_made_where_it_is_told(client, officer, saved):
    client.force_login(officer)
    add = reverse("admin:exchange_job_add")
    with saved(actions(hide)).open("rb") as file:
        client.post(add, {"file": file})
    job = Job.objects.get()
    assert job.totals["new"] == 4
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Rows 3–5 are hidden, perhaps by a filter." in page
    assert "Leave out what is hidden, and check again" in page
    client.post(reverse("admin:exchange_job_check", args=[job.pk]), {"leaves_out_hidden": "yes"})
    job.refresh_from_db()
    assert (job.leaves_out_hidden, job.state, job.rows_total) == (True, Job.State.WRONG, 4)
    assert "Column D (Description) is hidden. Left out" in str(job.preview["remarks"])
    assert "Take in what is hidden" in client.get(job.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_what_was_left_out_at_the_check_is_left_out_when_written(anji, officer, saved):
    from django.core.files import File

    with saved(actions(filter_rows)).open("rb") as file:
        job = jobs.receive(officer, File(file, "a.xlsx"), leaves_out_hidden=True)
    jobs.confirm(job, officer)
    job.refresh_from_db()
    assert job.state == Job.State.APPLIED
    assert not anji.actions.filter(number__in=(32, 33, 34)).exists()
    assert anji.actions.filter(number=31).exists()


@pytest.mark.django_db
def test_the_command_tells_it_and_takes_the_choice(anji, saved, answer):
    path = saved(actions(filter_rows))
    said = answer(path, "--check")
    assert said["remarks"][0]["sheet"] == "Actions"
    assert "Rows 3–5 are hidden" in said["remarks"][0]["message"]
    out = io.StringIO()
    call_command("import_workbook", path, "--check", "--leave-out-hidden", stdout=out)
    assert "Actions: Rows 3–5 are hidden, perhaps by a filter. Left out" in out.getvalue()
    assert json.dumps(answer(path, "--check", "--leave-out-hidden")["sheets"]).count("1") == 1


def test_the_corrected_workbook_hides_the_same(saved, tmp_path):
    def change(book, pages):
        hide_a_row(book, pages)
        pages["Actions"].set_column(3, 3, None, None, {"hidden": True})

    before = read(saved(actions(change)))
    write_corrections(before, [], tmp_path / "again.xlsx")
    after = read(tmp_path / "again.xlsx")
    for name in ("hidden_rows", "hidden_columns", "struck_rows"):
        looks = [book.sheets["actions"].appearance for book in (before, after)]
        assert getattr(looks[0], name) == getattr(looks[1], name) != set()


# Titles, names of sheets


def test_titles_above_the_headers_are_passed_over(saved):
    rows = [["Our plan"], [], ["2026"], ACTION, ROW]
    workbook = read(saved(building.workbook({"Actions": rows})))
    sheet = workbook.sheets["actions"]
    assert (sheet.header_row, sheet.headers, sheet.rows) == (4, ACTION, [(5, ROW)])
    assert [number for number, _row in sheet.above] == [1, 3]
    alone = read(saved(building.workbook({"Plan": [["Our plan, 2026"], *rows[3:]]})))
    assert alone.sheets["actions"].header_row == 2
    text = b"Our plan, with commas, 2026;;\n\nCity;Number;Description\nanji-county;31;Trees\n"
    assert read(saved(text, "actions.csv")).sheets["actions"].header_row == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Actions - Table 1", "actions"),
        ("Actions - Tabelle 1", "actions"),
        ("Blatt 1 - Actions", "actions"),
        ("Actions - Actions", "actions"),
        ("Copy of Actions", "actions"),
        ("Copy of Copy of Actions", "actions"),
        ("Kopie von Actions", "actions"),
        ("Copie de Actions", "actions"),
        ("Actions copy", "actions"),
        ("Actions (2)", "actions"),
        ("actions_2", "actions"),
        ("ACTIONS ", "actions"),
        ("1. Actions", "actions"),
        ("Actions.csv", "actions"),
        ("Copy of Copy of Copy of Assessm", "assessments"),
        ("Actions - old", None),
        ("Reactions", None),
        ("Notes", None),
        ("Table 1", None),
        ("2026", None),
    ],
)
def test_names_that_programs_make_of_a_sheet_are_known(name, expected):
    assert name_by_tools(name, known_names()) == expected


def test_sheets_with_such_names_are_read_where_it_is_clear_which_they_are(saved):
    summary = [["This document was exported from Numbers."], ["Actions", "Table 1"]]
    rows = [ACTION, ROW]
    sheets = {"Export Summary": summary, "Actions - Table 1": rows, "Cities - T 1": building.CITIES}
    workbook = read(saved(building.workbook(sheets)))
    assert (workbook.sheets.keys(), workbook.unknown) == ({"actions", "cities"}, [])
    workbook = read(saved(building.workbook({"Actions": rows, "Copy of Actions": rows})))
    assert (workbook.sheets.keys(), workbook.unknown) == ({"actions"}, ["Copy of Actions"])
    doubled = {"Copy of Actions": rows, "Actions (2)": rows, "Cities": building.CITIES}
    workbook = read(saved(building.workbook(doubled)))
    assert (workbook.sheets.keys(), len(workbook.unknown)) == ({"cities"}, 2)


@pytest.mark.django_db
def test_the_name_and_the_titles_are_told(anji, saved):
    rows = [["Our plan"], HEAD, ["anji-county", "many", "carbon", "x"]]
    plan = make_plan(read(saved(actions(rows=rows, name="Copy of Actions"))))
    assert [remark.message for remark in plan.remarks] == [
        "The sheet “Copy of Actions” is read as Actions.",
        "The headers stand in row 2. What stands above them is passed over: “Our plan”.",
    ]
    assert [problem.cell for problem in plan.problems] == ["B3"]


# Links

LINKS = ["City", "Title", "Kind", "Link"]


def link(address, text):
    def change(book, pages):
        pages["Resources"].write_url(1, 3, address, string=text)

    rows = [LINKS, ["anji-county", "Plan", "plan"]]
    return building.workbook({"Resources": rows}, change)


def formula(text):
    def change(book, pages):
        pages["Resources"].write_formula(1, 3, text, None, "our plan")

    rows = [LINKS, ["anji-county", "Plan", "plan"]]
    return building.workbook({"Resources": rows}, change)


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        (link("https://example.org/plan.pdf", "our plan"), "https://example.org/plan.pdf"),
        (link("https://example.org/a#b", "our plan"), "https://example.org/a#b"),
        (link("http://www.example.org/", "www.example.org"), "http://www.example.org/"),
        (
            link("https://example.org/real", "https://example.org/shown"),
            "https://example.org/shown",
        ),
        (link("mailto:mei@example.org", "our plan"), "our plan"),
        (link("internal:Resources!A1", "our plan"), "our plan"),
        (formula('=HYPERLINK("https://example.org/a","our plan")'), "https://example.org/a"),
        (formula('=HYPERLINK("https://example.org/a"&B2,"our plan")'), "our plan"),
    ],
)
def test_the_address_behind_a_text_is_read(saved, content, read_as):
    sheet = read(saved(content)).sheets["resources"]
    assert sheet.rows[0][1][3] == read_as
    texts = [text for _row, _column, text in sheet.linked]
    assert texts == ([] if read_as in ("our plan", "https://example.org/shown") else [texts[0]])


def test_the_mail_address_behind_a_text_is_read(saved):
    def change(book, pages):
        pages["Cities"].write_url(1, 1, "mailto:mei%20lin@example.org?subject=Hi", string="Mei")

    content = building.workbook({"Cities": [["City", "Contact e-mail"], ["anji-county"]]}, change)
    assert read(saved(content)).sheets["cities"].rows[0][1][1] == "mei lin@example.org"


@pytest.mark.parametrize(
    "cell",
    [
        '><text:p><text:a xlink:href="https://example.org/a">x</text:a></text:p>',
        ' table:formula="of:=HYPERLINK(&quot;https://example.org/a&quot;;&quot;x&quot;)">'
        "<text:p>x</text:p>",
    ],
)
def test_the_address_behind_a_text_of_an_open_document_is_read(saved, cell):
    cell = f'<table:table-cell office:value-type="string"{cell}</table:table-cell>'
    content = ods(f"<table:table-row>{ODS_CELLS % ''}{cell}</table:table-row>")
    content = building.parts_of(content)["content.xml"].replace(b"Number", b"Website")
    content = open_document(content.replace(b'"Actions"', b'"Cities"'))
    assert read(saved(content, "a.ods")).sheets["cities"].rows[0][1][1] == "https://example.org/a"
