"""Columns of years, rows of years, and which figures of which actions measures are."""

import datetime
from decimal import Decimal

import pytest

from exchange.mapping.columns.columns import guess_uses
from exchange.mapping.making.made import make
from exchange.mapping.numbers.formats import Doubtful, Format
from exchange.mapping.table.layout import SourceRow, columns_of
from exchange.mapping.years import years
from exchange.mapping.years.years import doubt_of, problem_of
from exchange.models.mapping import Target
from exchange.problems import CellError
from profiles.dates import latest_today
from tests.exchange.mapping.drafts import make_draft
from tests.factories import make_action, make_city, make_own_figure, make_statement

WIDE = {
    "Indicador": "measure",
    "Unidad": "unit",
    "2019": "value_of_year",
    "2021": "value_of_year",
    "Meta 2030": "value_of_year",
    "Fuente": "source",
}
ROWS = [
    ["Cobertura arbórea", "%", 0.183, 0.2, "30%", "Anuario"],
    ["Superficie verde pública", "ha", "n/d", 318.25, 400, "Anuario"],
    ["Residuos a vertedero", "kg por persona y año", 412, 350, "", ""],
    ["Árboles nuevos", "árboles", "≈14", "más de 15", "muchos", ""],
]


def made_of(draft):
    """(row, measure, kind, year or day, number, unit) of the observations, and why rows have none,
    or cells cannot be taken."""
    made, left = [], []
    for row in draft.rows:
        try:
            for one in years.observations(draft, row):
                if one.problem:
                    left.append((row.number, one.problem))
                    continue
                moment = one.day.isoformat() if one.day else one.year
                number = one.reading.number
                made.append((row.number, one.measure, one.kind, moment, number, one.reading.unit))
        except CellError as error:
            left.append((row.number, str(error)))
    return made, left


@pytest.mark.django_db
def test_columns_of_years_become_figures(catalogue):
    city = make_city("Port Trial")
    make_action(city, "access-to-nature")
    options = {"city": city.slug, "list_name": "Plan"}
    draft = make_draft("statements", WIDE, ROWS, **options)
    assert [(one.action, one.action_type, one.figure) for one in draft.years.measures] == [
        ("new", "carbon", "tree_cover"),
        ("1", "access-to-nature", "green_blue_area"),
        ("new", "other-pollution", "landfill_per_person"),
        ("new", "", "own"),
    ]
    made, left = made_of(draft)
    assert left == [(5, "Choose the type of action for “Árboles nuevos”.")]
    assert made == [
        (2, "tree_cover", "baseline", 2019, Decimal("18.3"), "percent"),
        (2, "tree_cover", "progress", "2021-12-31", 20, "percent"),
        (2, "tree_cover", "target", 2030, 30, "percent"),
        (3, "green_blue_area", "baseline", 2021, Decimal("318.25"), "ha"),
        (3, "green_blue_area", "target", 2030, 400, "ha"),
        (4, "landfill_per_person", "baseline", 2019, Decimal("0.412"), "t/person/year"),
        (4, "landfill_per_person", "progress", "2021-12-31", Decimal("0.35"), "t/person/year"),
    ]
    (converted, *_others) = years.observations(draft, draft.rows[2])
    (note,) = converted.reading.notes
    assert isinstance(note, Doubtful)
    decided = {
        "measures": {"árboles nuevos": {"action": "new", "action_type": "restoration"}},
        "first_is_baseline": False,
        "columns": {"2021": {"kind": "", "year": 2021}},
    }
    draft = make_draft("statements", WIDE, ROWS, decisions={"years": decided}, **options)
    own = list(years.observations(draft, draft.rows[3]))
    assert [(one.action, one.kind, one.text) for one in own] == [
        ("Plan: Árboles nuevos", "progress", ""),
        ("Plan: Árboles nuevos", "target", "Árboles nuevos: muchos"),
    ]
    assert (own[0].reading.precision, own[0].measured.figure_kind) == ("about", "count")


LONG = {
    "Indicator": "measure",
    "Is this a disaggregation?": "",
    "Disaggregation": "city",
    "Year": "year",
    "Unit": "unit",
    "Value": "value",
    "Footnote": "text",
}


@pytest.mark.django_db
def test_cities_that_are_not_decided_say_their_own_figures(catalogue):
    headers = {"Ort": "city", "Was": "measure", "2019": "value_of_year", "2020": "value_of_year"}
    rows = [["Asti", "Trees", 1, 2], ["Bari", "Trees", 3, 4]]
    draft = make_draft("statements", headers, rows)
    assert draft.years.by_word["trees"].twice == ()


@pytest.mark.django_db
def test_rows_of_years_stay_as_they_are_and_each_is_named(catalogue):
    make_city("Port Trial")
    this_year = latest_today().year
    share = "Share of paths with trees"
    rows = [
        [share, "No", "", 2019, "%", 31.2, ""],
        [share, "Yes", "Port Trial", 2019, "%", 22.1, "[Enter a number]"],
        [share, "Yes", "Port Trial", this_year, "%", 24, "By satellite."],
        [share, "Yes", "Port Trial", this_year + 4, "%", 30, ""],
        [share, "Yes", "Port Trial", "", "%", 30, ""],
        [share, "Yes", "Nowhere", 2019, "%", 30, ""],
        [share, "Yes", "Port Trial", 2020, "%", "", ""],
        ["", "Yes", "Port Trial", 2020, "%", 2, ""],
    ]
    draft = make_draft("statements", LONG, rows, action_type="carbon", list_name="Report")
    made, left = made_of(draft)
    assert made == [
        (3, share, "baseline", 2019, Decimal("22.1"), "percent"),
        (4, share, "progress", latest_today().isoformat(), 24, "percent"),
        (5, share, "target", this_year + 4, 30, "percent"),
    ]
    assert [number for number, _why in left] == [2, 6, 7, 8, 9]
    (one,) = years.observations(draft, draft.rows[2])
    assert one.text == "By satellite."
    assert "is not over" in one.reading.notes[-1]


@pytest.mark.django_db
def test_measures_go_on_with_the_actions_that_are_here(catalogue):
    city = make_city("Port Trial")
    earlier = make_action(city, "carbon", reference="Plan: Baumkronenanteil")
    make_statement(earlier, "baseline", {"tree_cover": 10}, year=2017)
    make_own_figure(make_action(city, "connectivity"), name="Hecken", kind="amount", unit="km")
    headers = {"Was": "measure", "Einheit": "unit", "2019": "value_of_year"}
    rows = [["Hecken", "km", 12], ["Baumkronenanteil", "%", 14], ["Teiche", "Stück", 3]]
    draft = make_draft("statements", headers, rows, city=city.slug, list_name="Plan")
    guessed = [(one.action, one.figure) for one in draft.years.measures]
    assert guessed == [("2", "own"), ("1", "tree_cover"), ("new", "own")]
    assert made_of(draft)[0] == [
        (2, "Hecken", "baseline", 2019, 12, "km"),
        (3, "tree_cover", "progress", "2019-12-31", 14, "percent"),
    ]
    kept = {"measures": {"teiche": {"action": "2"}}, "city": city.slug}
    options = {"decisions": {"years": kept}, "list_name": "Plan"}
    draft = make_draft("statements", headers, rows, city=city.slug, **options)
    assert draft.years.by_word["teiche"].action == "2"
    other = make_city("Other Trial")
    draft = make_draft("statements", headers, rows, city=other.slug, **options)
    assert draft.years.by_word["teiche"].action == "new"


@pytest.mark.django_db
def test_an_action_takes_three_figures_of_its_own(catalogue):
    city = make_city("Port Trial")
    make_action(city, "connectivity")
    headers = {"Was": "measure", "2019": "value_of_year", "2020": "value_of_year"}
    rows = [[f"Figure {number}", 3, number] for number in range(4)]
    rows.append(["Share (%)", 0.02, 0.03])
    rows.append(["Length", 1.5, 2])
    decided = {"measures": {f"figure {n}": {"action": "1"} for n in range(4)}, "city": city.slug}
    decided["measures"]["length"] = {"action": "1"}
    options = {"city": city.slug, "action_type": "carbon"}
    draft = make_draft("statements", headers, rows, decisions={"years": decided}, **options)
    problems = [problem_of(draft.years, one) for one in draft.years.measures]
    assert ["three figures" in one for one in problems] == [True] * 4 + [False] * 2
    assert "whether 0.05 is 5 % or 0.05 %" in problems[4]
    assert "in which unit" in problems[5]
    decided["measures"]["share (%)"] = {"share": "percent"}
    draft = make_draft("statements", headers, rows, decisions={"years": decided}, **options)
    first, second = years.observations(draft, draft.rows[4])
    assert (first.reading.number, first.reading.unit) == (Decimal("0.02"), "percent")
    assert (first.year, first.day) == (2019, None)
    assert second.day == datetime.date(2020, 12, 31)


MIXED = {"Kommun": "city"}
MIXED |= dict.fromkeys(("pop_2019", "pop_2020", "Hedges 2020 (km)"), "value_of_year")


@pytest.mark.django_db
def test_columns_of_years_may_be_of_several_measures(catalogue):
    make_city("Port Trial")
    rows = [["Port Trial", 12, 13, 4.5]]
    options = {"list_name": "Kommun", "action_type": "connectivity"}

    def draft_of(**decided):
        draft = make_draft("statements", MIXED, rows, decisions={"years": decided}, **options)
        draft.__dict__["formats"] = {"hedges 2020 (km)": Format("hedges 2020 (km)", unit="km")}
        return draft

    hedges = (2, "Hedges", "baseline", 2020, Decimal("4.5"), "km")
    assert made_of(draft_of())[0] == [
        (2, "pop", "baseline", 2019, 12, ""),
        (2, "pop", "progress", "2020-12-31", 13, ""),
        hedges,
    ]
    out = made_of(draft_of(measures={"pop": {"action": ""}}))
    assert out == ([hedges], [(2, "“pop” is not imported.")] * 2)
    named = draft_of(name="Facts")
    assert [one.word for one in named.years.measures] == ["Facts"]


@pytest.mark.django_db
def test_a_list_of_one_measure_is_named_by_a_person(catalogue):
    make_city("Port Trial")
    headers = {"Kommun": "city", "2019": "value_of_year", "2020": "value_of_year"}
    rows = [["Port Trial", 12, 13]]
    options = {"list_name": "utslapp 2020", "action_type": "carbon"}
    draft = make_draft("statements", headers, rows, **options)
    assert made_of(draft) == ([], [(2, "Write what is measured: no column says it.")])
    decided = {"years": {"name": "Utsläpp"}}
    draft = make_draft("statements", headers, rows, decisions=decided, **options)
    assert [one[1:4] for one in made_of(draft)[0]] == [
        ("Utsläpp", "baseline", 2019),
        ("Utsläpp", "progress", "2020-12-31"),
    ]


PLANNED = {"year": "year", "category": "measure", "type": "kind", "co2": "value"}


@pytest.mark.django_db
def test_what_was_planned_is_a_target_and_no_progress_also_of_a_year_that_is_over(catalogue):
    city = make_city("Port Trial")
    rows = [
        [1990, "All", "real", 6303],
        [2020, "All", "real", 2712],
        [2020, "All", "geplant", 2599],
        [2030, "All", "geplant", 2242],
    ]
    columns = columns_of(list(PLANNED))
    sources = [SourceRow("Sheet", at, row) for at, row in enumerate(rows, start=2)]
    uses = guess_uses(Target.STATEMENTS, columns, sources, {})
    assert [use.field for use in uses] == list(PLANNED.values())
    options = {"city": city.slug, "action_type": "carbon"}
    draft = make_draft("statements", PLANNED, rows, **options)
    assert [one[2:5] for one in made_of(draft)[0]] == [
        ("baseline", 1990, 6303),
        ("progress", "2020-12-31", 2712),
        ("target", 2020, 2599),
        ("target", 2030, 2242),
    ]
    (past,) = years.observations(draft, draft.rows[2])
    assert past.of_many == ("The year 2020 is over: what was aimed at for it stays a target.",)
    (measured,) = draft.years.measures
    assert measured.falls
    decided = {"years": {"measures": {"all": {"action": "new", "falls": False}}}}
    draft = make_draft("statements", PLANNED, rows, decisions=decided, **options)
    assert not draft.years.measures[0].falls
    rising = [[2019, "All", "Ist", 3], [2030, "All", "Soll", 4]]
    assert not make_draft("statements", PLANNED, rising, **options).years.measures[0].falls
    draft = make_draft("statements", PLANNED | {"type": ""}, rows, **options)
    assert "rows 3 and 4 say different figures for 2020" in doubt_of(draft.years.measures[0])


@pytest.mark.django_db
@pytest.mark.parametrize("written", [0, "zwei"])
def test_the_figure_of_no_action_goes_into_no_other_one(catalogue, written):
    city = make_city("Port Trial")
    make_action(city, "carbon")
    columns = {"Aktion": "action", "Messgröße": "measure", "Jahr": "year", "Wert": "value"}
    measures = {"teiche": {"action": "1"}}
    draft = make_draft(
        "statements",
        columns,
        [[written, "Teiche", 2020, 5]],
        decisions={"years": {"measures": measures, "city": city.slug}},
        city=city.slug,
    )
    made = make(draft)
    assert not made.counts
    assert [one.row for one in made.doubts] + [row for _table, row, *_of in made.left_out] == [2]
