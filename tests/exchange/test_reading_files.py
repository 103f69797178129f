"""Real files, good ones and broken ones (see tests/files/), as they come from elsewhere."""

import datetime
import json
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest

from exchange import cells
from exchange.planning import make_plan
from exchange.reading import OUR_OTHER_SHEETS, UnreadableWorkbook, read
from tests.files import broken, building, large, make, readable

FILES = Path(make.__file__).parent
ROW = ["anji-county", 31, "carbon", "Plant trees", "2026-04-08"]
DAY = datetime.date(2026, 4, 8)
MEGABYTES = 300


def only_sheet(file, **options):
    workbook = read(FILES / file, **options)
    assert workbook.unknown == []
    ((name, sheet),) = workbook.sheets.items()
    return name, sheet


def values(file, column):
    return [row[column] for _number, row in only_sheet(file)[1].rows]


# Files that are read


@pytest.mark.parametrize(
    ("file", "number"),
    [
        ("good/plain.xlsx", 2),
        ("good/coloured.xlsx", 2),
        ("good/libreoffice-coloured.xlsx", 2),
        ("good/helper-sheets.xlsx", 2),
        ("good/helper-sheets.ods", 2),
    ],
)
def test_one_row_is_read_whatever_surrounds_it(file, number):
    name, sheet = only_sheet(file)
    assert (name, sheet.rows) == ("actions", [(number, ROW)])


def test_foreign_ways_of_writing_are_read():
    """Prefixes, no addresses, absolute and backslashed names; an empty row between."""
    name, sheet = only_sheet("good/foreign.xlsx")
    assert (name, sheet.rows) == ("actions", [(3, ROW[:4])])


def test_headers_are_found_in_other_case_and_place():
    name, sheet = only_sheet("good/headers.xlsx")
    assert name == "actions"
    assert sheet.header_row == 2
    assert [cells.folded(header) for header in sheet.headers] == [
        "",
        "city",
        "number",
        "action type",
        "description",
    ]
    assert sheet.rows == [(3, ["", *ROW[:4]])]


@pytest.mark.parametrize("file", ["good/letters.xlsx", "good/letters.ods"])
def test_letters_of_all_scripts_are_kept(file):
    (name,) = values(file, 1)
    assert unicodedata.normalize("NFC", name) == building.NAME


@pytest.mark.parametrize("file", ["good/dates.xlsx", "good/dates.ods"])
def test_dates_are_read_as_date_serial_and_text(file):
    assert values(file, 4) == [DAY, 46120, "2026-04-08", 46120.75]


@pytest.mark.parametrize(
    "file", ["good/percents.xlsx", "good/percents.ods", "good/libreoffice-percents.xlsx"]
)
def test_percent_cells_are_what_they_show(file):
    assert values(file, 3) == [cells.Percent(Decimal(12))] * 3


@pytest.mark.parametrize("file", ["good/zeros.xlsx", "good/zeros.ods"])
def test_leading_zeros_are_kept(file):
    names = values(file, 1)
    assert [cells.as_text(name) for name in names] == ["007", "0042"]
    numbers = values(file, 3)
    assert [cells.exact_number(number) for number in numbers] == [7, 5]


@pytest.mark.parametrize(
    ("file", "delimiter", "number"),
    [
        ("good/commas-actions.csv", ",", 2),
        ("good/semicolons.actions.csv", ";", 2),
        ("good/tabs_actions.txt", "\t", 2),
        ("good/by-headers.csv", ";", 3),
    ],
)
def test_text_with_any_delimiter_is_read(file, delimiter, number):
    name, sheet = only_sheet(file)
    words = f'Trees{delimiter} "many"\nand a second line'
    row = ["anji-county", "31", "carbon", words, "2026-04-08"]
    assert (name, sheet.headers) == ("actions", building.ACTION)
    assert sheet.rows == [(number, row)]


def test_exactly_one_guard_is_taken_away():
    assert values("good/guarded-cities.csv", 1) == [
        "=1+1",
        "+49",
        "-x",
        "@me",
        "\tx",
        "'quoted'",
        "'s-Hertogenbosch",
        "=1",
        "'=",
    ]


@pytest.mark.parametrize(
    ("file", "options", "name"),
    [
        ("refused/other-columns.csv", {"sheet": "Actions"}, "actions"),
        ("refused/other-columns.csv", {"name": "Our Resources.csv"}, "resources"),
        ("good/commas-actions.csv", {"name": "upload.csv"}, "actions"),
        ("good/commas-actions.csv", {"name": "upload.csv", "sheet": "Targets"}, "targets"),
    ],
)
def test_sheet_of_a_text_file_is_told_by_choice_name_or_headers(file, options, name):
    assert only_sheet(file, **options)[0] == name


def test_only_sheet_with_a_foreign_name_is_told_by_its_headers(tmp_path):
    path = tmp_path / "upload.xlsx"
    path.write_bytes(building.workbook({"Tabelle1": [building.ACTION, ROW]}))
    assert read(path).sheets.keys() == {"actions"}
    path.write_bytes(building.workbook({"Tabelle1": [["Year"], [2024]]}))
    assert read(path).unknown == ["Tabelle1"]
    assert read(path, sheet="Cities").sheets.keys() == {"cities"}


def test_number_of_rows_counts_all_sheets(tmp_path):
    path = tmp_path / "two.xlsx"
    path.write_bytes(
        building.workbook({"Actions": [building.ACTION, ROW, ROW], "Cities": building.CITIES})
    )
    assert read(path).rows == 3


def test_our_other_sheets_are_passed_over(tmp_path):
    path = tmp_path / "ours.xlsx"
    others = {name: [["words"]] for name in OUR_OTHER_SHEETS}
    path.write_bytes(
        building.workbook({**others, "Cities": building.CITIES, "Read me too": [["words"]]})
    )
    workbook = read(path)
    assert workbook.sheets.keys() == {"cities"}
    assert workbook.unknown == ["Read me too"]


def test_empty_sheet_of_ours_is_left_alone(tmp_path):
    path = tmp_path / "empty-sheet.xlsx"
    path.write_bytes(
        building.workbook({"Cities": [], "Actions": [building.ACTION, ROW], "Targets": [[]]})
    )
    workbook = read(path)
    assert (workbook.rows, workbook.unknown) == (1, [])
    assert workbook.sheets["cities"].headers == []


# Cells that are asked back


def problems(file):
    return [(p.cell, p.message) for p in make_plan(read(FILES / file)).problems]


@pytest.mark.django_db
def test_doubtful_cells_are_asked_back(anji):
    said = dict(problems("doubtful/cells.xlsx"))
    expected = {
        "B2": "This is text, not a number.",
        "B3": "This is not a whole number.",
        "B5": "This is no number",
        "B6": "This is no number",
        "B7": "shows an error",
        "B8": "was not calculated",
        "B9": "an invisible character inside, a control character (U+0007)",
        "C10": "invisible control character",
        "C11": "invisible control character",
        "C2": "shorten it by 1 character",
    }
    missing = {cell for cell, words in expected.items() if words not in said.get(cell, "")}
    assert not missing, said


@pytest.mark.django_db
def test_doubtful_dates_are_asked_back(anji):
    assert [cell for cell, _words in problems("doubtful/dates.xlsx")] == [
        f"E{row}" for row in range(2, 7)
    ]


@pytest.mark.django_db
def test_one_key_twice_is_asked_back(anji):
    assert problems("doubtful/one-key-twice.xlsx") == [("A3", "This row says the same as row 2.")]


@pytest.mark.django_db
@pytest.mark.parametrize(("stored", "written"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_composed_and_decomposed_names_are_one(anji, recorded, stored, written):
    with recorded():
        anji.name = unicodedata.normalize(stored, "Zürich")
        anji.save()
    workbook = read(FILES / "good/commas-actions.csv")
    workbook.sheets["actions"].rows[0][1][0] = unicodedata.normalize(written, "Zürich")
    assert make_plan(workbook).problems == []


# Files that are refused

SAVE_ANEW = "damaged: open it in your spreadsheet program and save it anew as .xlsx"
NOT_A_WORKBOOK = "not a workbook: save it as .xlsx"
CUT_OFF = "its end is missing"
FAR = "far away from the others"
MESSAGES = {
    "document.xlsx": NOT_A_WORKBOOK,
    "doubled-part.xlsx": SAVE_ANEW,
    "dtd-properties.xlsx": SAVE_ANEW,
    "dtd-sheet.xlsx": SAVE_ANEW,
    "dtd-styles.xlsx": SAVE_ANEW,
    "dtd-workbook.xlsx": SAVE_ANEW,
    "dtd.ods": SAVE_ANEW,
    "empty.csv": "The file is empty",
    "empty.xlsx": "The file is empty",
    "encrypted-part.xlsx": "protected by a password",
    "encrypted.ods": "protected by a password",
    "encrypted.xlsx": "protected by a password",
    "external-entity.xlsx": SAVE_ANEW,
    "far-cell-in-a-near-row.xlsx": FAR,
    "far-cell.xlsx": FAR,
    "lying-bomb.xlsx": SAVE_ANEW,
    "macros.ods": "has macros",
    "macros.xlsm": "has macros",
    "no-bom-utf-16-actions.csv": "not a table of text",
    "old.xls": "old format .xls",
    "only-the-start.xlsx": CUT_OFF,
    "open-quote-actions.csv": "Row 2 cannot be read: a quotation mark",
    "other-columns.csv": "not clear which sheet this is",
    "overlapping.xlsx": SAVE_ANEW,
    "page.csv": NOT_A_WORKBOOK,
    "page.xlsx": NOT_A_WORKBOOK,
    "picture.csv": "not a table of text",
    "picture.xlsx": NOT_A_WORKBOOK,
    "repeated-cells.ods": FAR,
    "repeated-rows.ods": "too many rows",
    "text-document.ods": NOT_A_WORKBOOK,
    "truncated.xlsx": CUT_OFF,
    "two-sheets-of-a-name.xlsx": "two sheets “ACTIONS”",
    "unknown-text.xlsx": SAVE_ANEW,
    "utf-16-part.xlsx": SAVE_ANEW,
    "windows-1252-actions.csv": "not in UTF-8: save it as “CSV UTF-8”",
    "without-sheet-part.xlsx": SAVE_ANEW,
    "wrong-checksum.xlsx": SAVE_ANEW,
}


def refusal(path):
    with pytest.raises(UnreadableWorkbook) as refused:
        read(path)
    return str(refused.value)


def test_every_refused_file_has_its_message():
    assert MESSAGES.keys() == broken.REFUSED.keys()
    assert MESSAGES.keys() == {path.name for path in (FILES / "refused").iterdir()}


@pytest.mark.parametrize("name", MESSAGES)
def test_file_is_refused(name):
    assert MESSAGES[name] in refusal(FILES / "refused" / name)


def test_directory_is_refused(tmp_path):
    assert "cannot be opened" in refusal(tmp_path)


def test_files_are_what_their_script_makes():
    for folder, files in (
        ("good", readable.GOOD),
        ("doubtful", readable.DOUBTFUL),
        ("refused", broken.REFUSED),
    ):
        for name, content in files.items():
            stored, made = (FILES / folder / name).read_bytes(), content()
            if made.startswith(b"PK"):  # another zlib may pack the same otherwise
                assert abs(len(stored) - len(made)) < 500, name
            else:
                assert stored == made, name


LARGE_MESSAGES = {
    "bomb.xlsx": "too large when it is unpacked",
    "repeated-text.xlsx": "too large when it is unpacked",
    "many-parts.xlsx": "too large when it is unpacked",
    "many-rows.xlsx": "too many rows",
    "many-small-elements.xlsx": "",
    "many-cells-at-one-address.xlsx": "too large when it is unpacked",
    "one-long-row.xlsx": "too large when it is unpacked",
    "many-texts.xlsx": "too large when it is unpacked",
    "many-styles.xlsx": "too large when it is unpacked",
    "many-rows.ods": "too many rows",
    "many-cells.ods": "too large when it is unpacked",
    "many-rows-actions.csv": "too many rows",
    "many-columns-actions.csv": FAR,
    "long-line-actions.csv": "Row 2 cannot be read",
    "too-large-actions.csv": "too large: at most 50 MB",
    "only-commas-actions.csv": FAR,
    "many-coloured-rows.xlsx": "",
}
READ_ALL = """
import json, sys
import django
django.setup()
from exchange.reading import UnreadableWorkbook, read
for path in sys.argv[1:]:
    message = ""
    try:
        read(path)
    except UnreadableWorkbook as error:
        message = str(error)
    print(json.dumps([path, message]))
"""
MEASURED = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", *sys.argv[1:]], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""
"""A process starts with the memory of its parent on its account, so its parent must be small."""


@pytest.mark.slow
def test_large_files_take_little_memory(tmp_path):
    """In a process of their own, which shows the most memory that any of them took."""
    assert LARGE_MESSAGES.keys() == large.LARGE.keys()
    for name, content in large.LARGE.items():
        (tmp_path / name).write_bytes(content())
    paths = [str(tmp_path / name) for name in LARGE_MESSAGES]
    command = [sys.executable, "-c", MEASURED, READ_ALL, *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    *answers, megabytes = map(json.loads, done.stdout.splitlines())
    for path, message in answers:
        name = Path(path).name
        assert LARGE_MESSAGES[name] in message, (name, message)
        assert bool(message) == bool(LARGE_MESSAGES[name]), (name, message)
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("file", ["plain.xlsx", "percents.ods", "foreign.xlsx", "tabs_actions.txt"])
def test_damage_anywhere_is_read_or_refused(file, tmp_path):
    """Cut short, or with a byte that is another one, at places that are the same each time."""
    content = (FILES / "good" / file).read_bytes()
    path = tmp_path / file
    for round_ in range(59):
        at = len(content) * round_ // 60 + round_ % 7
        other = bytearray(content)
        other[at] ^= 1 << round_ % 8
        path.write_bytes(content[:at] if round_ % 3 == 0 else other)
        try:
            read(path)
        except UnreadableWorkbook as error:
            assert str(error)
