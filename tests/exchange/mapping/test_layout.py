"""Headers, rows that are no data, and which of the sheets are lists."""

import pytest

from exchange.mapping.table.layout import all_columns, lay_out, rows_of
from exchange.mapping.table.row_numbers import read, written
from exchange.mapping.table.table_notes import notes_of
from exchange.mapping.table.tables import Book, Table
from exchange.reading.workbook import Appearance

CITIES = [["City", "Trees", "Since"], ["Ulm", 12, 1999], ["Bern", 7, 2004], ["Pau", 9, 2010]]


def table(rows, name="List", **looks):
    """A `Table` of rows from 1 on; None for an empty one."""
    numbered = [(number, list(row)) for number, row in enumerate(rows, start=1) if row]
    width = max((len(row) for _number, row in numbered), default=0)
    for _number, row in numbered:
        row += [""] * (width - len(row))
    return Table(name, numbered, Appearance(**looks))


def layout_of(rows, decided=None, **looks):
    (layout,) = lay_out(Book([table(rows, **looks)]), {"tables": {"List": decided or {}}})
    return layout


def numbers(layout):
    return [row.number for row in rows_of([layout], all_columns([layout]))]


HEADERS = {
    "the first row": (CITIES, (1,), ["City", "Trees", "Since"]),
    "below titles": (
        [["Trees of our cities"], ["As of", "2024-05-01"], None, *CITIES],
        (4,),
        ["City", "Trees", "Since"],
    ),
    "below a block of notes": (
        [["Author:", "Parks"], ["Version:", "3"], None, ["a", "b", "c", "d"], ["x", "y", 1, 2]],
        (4,),
        ["a", "b", "c", "d"],
    ),
    "two rows with gaps": (
        [
            ["Indicador", "Unidad", "Observado", "", "Meta", "", "Fuente"],
            ["", "", 2018.0, 2019.0, 2025.0, 2030.0, ""],
            ["Superficie verde", "ha", 310.5, 312, 330, 400, "anuario"],
            ["Cobertura", "%", 0.18, 0.19, "22 %", "30%", "anuario"],
        ],
        (1, 2),
        ["Indicador", "Unidad", "Observado 2018", "Observado 2019", "Meta 2025", "Meta 2030"]
        + ["Fuente"],
    ),
    "groups above headers that say enough": (
        [
            ["Présentation", "", "Acteurs", ""],
            ["Axe", "Titre de l’action", "Structure\npilote", "Partenaires"],
            ["Axe 1", "Haies", "Ville", "Écoles"],
            ["Axe 1", "Mares", "Ville", ""],
        ],
        (1, 2),
        ["Axe", "Titre de l’action", "Structure pilote", "Partenaires"],
    ),
    "groups with the same headers": (
        [
            ["Maßnahme", "Ausgangswert", "", "Ziel", ""],
            ["", "Wert", "Jahr", "Wert", "Jahr"],
            ["Bäume", 100, 2020, 200, 2030],
            ["Moore", 3, 2021, 5, 2030],
        ],
        (1, 2),
        ["Maßnahme", "Ausgangswert Wert", "Ausgangswert Jahr", "Ziel Wert", "Ziel Jahr"],
    ),
    "a row of units": (
        [["Stadt", "Fläche", "Anteil"], ["", "ha", "[%]"], ["Ulm", 12.5, 3], ["Bern", 7, 4]],
        (1, 2),
        ["Stadt", "Fläche (ha)", "Anteil [%]"],
    ),
    "explanations in brackets": (
        [
            ["City", "Country", "People", "Area", "Green"],
            ["(名称)", "(ISO)", "(人)", "(km2)", "(%)"],
            ["Ulm", "DE", 5, 3, 7],
            ["Pau", "FR", 7, 4, 8],
        ],
        (1, 2),
        ["City (名称)", "Country (ISO)", "People (人)", "Area (km2)", "Green (%)"],
    ),
    "what is counted, under headers": (
        [["", "Insgesamt", "männlich"], ["", "Anzahl", "Anzahl"], ["Ulm", 12, 5], ["Bern", 7, 4]],
        (1, 2),
        ["", "Insgesamt Anzahl", "männlich Anzahl"],
    ),
    "signs of footnotes": (
        [["Stadt *", "Fläche1)", "FIPS [11]"], ["Ulm", 12, 5], ["Bern", 7, 4]],
        (1,),
        ["Stadt", "Fläche", "FIPS"],
    ),
    "sparse rows below": (
        [["No", "Name", "Phase", "Points", "Note"], ["1", "Start"], ["2", "End"], ["3", "Rest"]],
        (1,),
        ["No", "Name", "Phase", "Points", "Note"],
    ),
    "none": ([["Ulm", 12], ["Bern", 7], ["Pau", 9]], (), ["", ""]),
}


@pytest.mark.parametrize("case", HEADERS)
def test_header_rows_are_found(case):
    rows, found, headers = HEADERS[case]
    layout = layout_of(rows)
    assert (layout.header_rows, layout.headers) == (found, headers)


LEFT_OUT = {
    "kinds of entry": (["Champ texte", "Nombre (entier)", "jj/mm/aaaa"], "kind of entry"),
    "a number to enter": (["[Enter a name]", "[Enter a number]", "[Choose a year]"], "kind of"),
    "an explanation": (["Bitte den Namen eintragen", "Geben Sie eine Zahl an", ""], "explains"),
    "words over numbers": (
        ["official name", "all trees, also in parks", "year of the first count"],
        "explains",
    ),
    "an example": (["Example: Oslo", 5, 2001], "example"),
    "numbers of columns": (["(1)", "(2)", "(3)"], "numbers the columns"),
    "tags for programs": (["#adm+name", "#count", "#date"], "for programs"),
    "repeated headers": (["City", "Trees", "Since"], "repeats the headers"),
    "a total": (["Total", 28, ""], "a total"),
    "合计": (["合计：", 28, ""], "a total"),
    "a counted total": (["Summe", "21 Maßnahmen", "2,4 Mio. €"], "a total"),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_rows_below_headers_that_are_no_data_are_left_out(case):
    row, why = LEFT_OUT[case]
    layout = layout_of([CITIES[0], row, *CITIES[1:]])
    assert list(layout.left_out) == [2]
    assert why in layout.left_out[2]
    assert numbers(layout) == [3, 4, 5]


@pytest.mark.parametrize(
    "row",
    [
        ["Total", "Total greenhouse gas", 2019],
        ["Total", "12 trees are planted in each park", 2019],
        ["Total quality garden", 5, 2001],
        ["Atlantis", "", ""],
        ["Text", 4, 2001],
        ["7", "Atlantis", "", ""],
    ],
)
def test_rows_that_only_look_like_it_stay(row):
    layout = layout_of([*CITIES[:3], row, CITIES[3]])
    assert layout.left_out == {}


def test_what_stands_below_a_table_is_left_out():
    layout = layout_of(
        [["Trees"], *CITIES, ["All of them", 28, 6013], None, ["Source: yearbook"], ["* estimated"]]
    )
    assert layout.above == {1: "it stands above the headers"}
    assert list(layout.left_out) == [6, 8, 9]
    assert "sum" in layout.left_out[6]


def test_numbers_that_nothing_names_are_no_data():
    assert list(layout_of([*CITIES, ["", 99, ""]]).left_out) == [5]
    assert layout_of([*CITIES, ["Oslo", 99, ""]]).left_out == {}


def test_totals_of_tables_and_struck_rows_are_left_out_and_hidden_rows_are_not():
    layout = layout_of(CITIES, totals=[(4, 0, 4, 2)], struck_rows={2}, hidden_rows={3})
    assert list(layout.left_out) == [2, 4]
    assert numbers(layout) == [3]
    assert notes_of(layout) == ["Hidden rows stay in: 3."]


def test_headings_between_rows_stand_beside_the_rows_below_them():
    rows = [
        ["No", "Action", "Office", "State"],
        ["Field 1: Energy"],
        ["1.1", "Roofs", "Works", "done"],
        ["1.2", "Lamps", "Works", "open"],
        ["Field 2: Water"],
        ["2.1", "Ponds", "Parks", "open"],
    ]
    layout = layout_of(rows, merged=[(2, 0, 2, 3), (5, 0, 5, 3)])
    columns = all_columns([layout])
    assert columns[-1].name == "(heading)"
    assert [row.values[-1] for row in rows_of([layout], columns)] == [
        "Field 1: Energy",
        "Field 1: Energy",
        "Field 2: Water",
    ]
    coded = [row and ["A", *row[:1]] if len(row) == 1 else row for row in rows]
    coded[2][0], coded[3][0] = "A1", "A2"
    coded[4], coded[5][0] = ["B", "Water"], "B1"
    assert list(layout_of(coded).headings.values()) == [
        "A Field 1: Energy",
        "B Water",
    ]
    brought_back = layout_of(rows, {"left_out": [5]}, merged=[(2, 0, 2, 3), (5, 0, 5, 3)])
    assert numbers(brought_back) == [2, 3, 4, 6]


def test_what_was_decided_of_rows_goes_before_the_guess():
    layout = layout_of([["Cities"], *CITIES], {"header_rows": [2], "left_out": [4]})
    assert layout.headers == ["City", "Trees", "Since"]
    assert numbers(layout) == [3, 5]
    assert layout.left_out == {4: "left out by hand"}


PLAN = [["Action", "Office", "State"], *([f"Ponds {n}", "Parks", "open"] for n in range(9))]
SHEETS = {
    "READ ME": [["How to"], ["Write one action per row, and do not change the headers at all."]],
    "Plan 2024": PLAN,
    "Plan 2025": [PLAN[0], ["Roofs", "Works", "done"], ["Lamps", "Works", "open"]],
    "Listen": [["Office", "State"], ["Parks", "open"], ["Works", "done"], ["", "late"]],
    "Statut": [["open"], ["done"]],
    "People": [["Person", "Phone"], ["Ann", "1"], ["Bob", "2"], ["Cid", "3"]],
    "Total": PLAN,
    "Empty": [],
}


def test_of_the_sheets_the_lists_with_the_same_columns_are_taken():
    layouts = lay_out(Book([table(rows, name) for name, rows in SHEETS.items()]), {})
    assert {layout.table.name: (layout.is_taken, layout.why) for layout in layouts} == {
        "READ ME": (False, "looks like instructions"),
        "Plan 2024": (True, "the largest list"),
        "Plan 2025": (True, "the same columns as “Plan 2024”"),
        "Listen": (False, "looks like a list of choices"),
        "Statut": (False, "looks like a list of choices"),
        "People": (False, "other columns than “Plan 2024”"),
        "Total": (False, "looks like the total of other sheets"),
        "Empty": (False, "empty"),
    }
    rows = list(rows_of(layouts, all_columns(layouts)))
    assert [row.values[-1] for row in rows] == ["Plan 2024"] * 9 + ["Plan 2025"] * 2


def test_a_long_list_of_codes_is_not_the_list():
    codes = [["Code", "Town"], *([f"{n:05}", f"Town {n}"] for n in range(900))]
    plan = [["Action", "Office", "State", "Town", "Cost"], *[["a", "b", "c", "d", 5]] * 12]
    layouts = lay_out(Book([table(codes, "Towns"), table(plan, "Plan")]), {})
    assert [layout.is_taken for layout in layouts] == [False, True]


def test_sheets_of_years_belong_together():
    sheets = [
        table([["City", f"Trees {year}"], ["Ulm", 5], ["Bern", 7]], str(year))
        for year in (2023, 2024)
    ]
    layouts = lay_out(Book(sheets), {})
    names = [column.name for column in all_columns(layouts)]
    assert names == ["City", "Trees 2023", "Trees 2024", "(sheet)"]


def test_columns_of_several_sheets_are_matched_by_their_headers():
    turned = [["Since", "City", "Trees", "Note"], [2001, "Oslo", 5, "new"]]
    taken = {name: {"is_taken": True} for name in "ab"}
    layouts = lay_out(Book([table(CITIES, "a"), table(turned, "b")]), {"tables": taken})
    columns = all_columns(layouts)
    assert [column.name for column in columns] == ["City", "Trees", "Since", "Note", "(sheet)"]
    assert list(rows_of(layouts, columns))[-1].values == ["Oslo", 5, 2001, "new", "b"]


def test_numbers_of_rows_are_written_and_read_as_ranges():
    assert written([12, 3, 4, 5]) == "3-5, 12"
    assert read("3 - 5, 12;99", range(1, 20)) == [3, 4, 5, 12]
