"""What the page of numbers shows of a cell is what the workbook has of it."""

from decimal import Decimal

import pytest

from exchange.mapping.columns.use import filled_down
from exchange.mapping.making.made import MAKERS
from exchange.mapping.making.samples import samples_of
from tests.exchange.mapping.drafts import make_draft
from tests.exchange.mapping.lists import column_of


def shown(draft, field):
    """Cell → (what the page says that it becomes, or why it cannot be read; its doubts)."""
    return {
        one.stands: (one.reads or one.problem, " ".join(one.doubts))
        for one in samples_of(draft, draft.used_as(field))
    }


@pytest.mark.parametrize(
    ("cells", "becomes"),
    [
        (["12/14/20", "03/04/20"], ["2020-12-14", "2020-03-04"]),
        (["30/11/2025", "01/09/2030"], ["2025-11-30", "2030-09-01"]),
        (["03/04/2020", "2020-05-06"], ["03/04/2020", "2020-05-06"]),
        (["Printemps 2026", "2028", "3 mars 2027"], ["Printemps 2026", "2028", "2027-03-03"]),
        (["30/11/2025 18h30", "30/11/2025 00:00"], ["2025-11-30 18h30", "2025-11-30"]),
        ([44881, "2024-02-03"], ["44881", "2024-02-03"]),
    ],
)
def test_a_day_in_a_text_is_the_day_that_the_page_shows(cells, becomes):
    draft = column_of("days", cells, header="Stand")
    draft.formats["stand"].serials = False
    maker = MAKERS[draft.target](draft)
    texts = [maker.text("days", row) for row in draft.rows]
    found = shown(draft, "days")
    assert texts == becomes == [found[str(cell)][0] for cell in cells]
    doubts = [doubt.message for doubt in maker.made.open_doubts]
    unsure = [doubt for _reads, doubt in found.values() if doubt]
    assert doubts == unsure
    assert len(doubts) == sum(text in ("03/04/2020", "44881") for text in texts)


def test_a_number_for_our_cell_is_shown_as_our_cell_takes_it():
    uses = {
        "Name": "name",
        "Area": "area",
        "Unit": {"field": "area_unit", "fills_down": True},
        "People": "population",
        "Year": "population_year",
    }
    rows = [
        ["Port Trial", "500", "ha", "12000", "2020"],
        ["Mossby", "80", "", "many", "1066"],
    ]
    draft = make_draft("cities", uses, rows)
    assert shown(draft, "area") == {"500": ("5 km²", ""), "80": ("0.8 km²", "")}
    assert shown(draft, "population")["many"] == ("it is no single number.", "")
    assert "1900" in shown(draft, "population_year")["1066"][0]
    maker = MAKERS[draft.target](draft)
    for row in filled_down(draft.rows, draft.uses):
        at = maker.begin("Cities")
        for code in ("area", "population"):
            maker.put_taken(code, row, at)
    assert maker.made.sheets["Cities"] == [
        {"Area (km²)": 5, "Population": 12000},
        {"Area (km²)": Decimal("0.8")},
    ]


@pytest.mark.django_db
def test_a_share_is_shown_as_its_measure_writes_it(catalogue):
    uses = {"What": "measure", "Unit": "unit", "2020": "value_of_year", "Action": "action"}
    rows = [
        ["Waste sorted", "%", "0.34", ""],
        ["Waste sorted", "%", "0.61", "7 or 8"],
        ["Green roofs", "%", "12", "9"],
        ["Green roofs", "%", "0.5", ""],
    ]
    draft = make_draft("statements", uses, rows, city="port-trial", cities=[])
    found = shown(draft, "value_of_year")
    assert [found[cell][0] for cell in ("0.34", "12", "0.5")] == ["34 %", "12 %", "0.5 %"]
    numbers = shown(draft, "action")
    assert numbers["9"] == ("9", "")
    assert numbers["7 or 8"][0] == "“7 or 8” is no number of an action."
