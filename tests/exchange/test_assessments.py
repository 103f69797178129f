"""Assessments and the results of indicators in workbooks: in, out, scored, refused."""

import datetime
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.core.files import File
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cbi.models import LONGEST_LIST, Assessment, Edition, Indicator, IndicatorResult
from exchange import jobs
from exchange.applying import apply
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.formats import FORMATS, write
from exchange.writing.selection import Selection
from exchange.writing.templates import export
from profiles.models import City
from tests.exchange.workbooks import save_by_libreoffice
from tests.factories import make_assessment, make_city, make_result, make_user, writing

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.django_db]

ASSESSMENT = ["City", "Edition", "Year"]
RESULT = [*ASSESSMENT, "Indicator"]
INPUTS = ["Input 1", "Input 2", "Input 3", "Input 4"]
AREA = {"natural_area": "25", "city_area": "100"}
SPECIES = {"species_baseline": "50", "species_gained": "6", "species_lost": "2"}
Basis = IndicatorResult.Basis


@pytest.fixture
def city():
    return make_city("Pond End")


@pytest.fixture
def rows(workbook):
    """A function that plans rows of the sheet Indicators, each a dictionary by header.

    What a row leaves out of City, Edition and Year is Pond End, 2021 and 2025.
    """

    def plan(*given, user=None, clears=False, assessments=()):
        headers = list(dict.fromkeys([*RESULT, *(header for row in given for header in row)]))
        own = {"City": "pond-end", "Edition": "2021", "Year": 2025}
        table = [[(own | row).get(header) for header in headers] for row in given]
        sheets = {"Indicators": [headers, *table]}
        if assessments:
            sheets["Assessments"] = [ASSESSMENT, *assessments]
        return make_plan(read(workbook(**sheets)), user, clears=clears)

    return plan


def row(indicator, *inputs, edition="2021", **others):
    """A row of the sheet: `own_points=3` stands for the column “Own points”."""
    named = {key.capitalize().replace("_", " "): value for key, value in others.items()}
    code = f"{edition}-{indicator}"
    return {"Indicator": code, **dict(zip(INPUTS, inputs, strict=False)), **named}


def only_problem(plan):
    assert len(plan.problems) == 1, [str(problem) for problem in plan.problems]
    return plan.problems[0]


def written(plan):
    assert plan.is_sound, [str(problem) for problem in plan.problems]
    apply(plan)
    return IndicatorResult.objects.select_related("indicator", "assessment")


class TestWritten:
    def test_an_assessment_with_its_results_in_one_file(self, city, rows):
        results = written(
            rows(
                row("natural-areas", 25, 100, unit="km2"),
                row("connectivity", "6; 4", 10),
                row("urban-agriculture", own_points=3, reason="Three.", evidence="A survey."),
                row("local-biodiversity-strategy", "In force since 2019"),
                assessments=[["Pond End", "2021", 2025]],
            )
        )
        found = {result.indicator.number: result for result in results}
        assert {result.assessment.year for result in results} == {2025}
        assert (found[1].value, found[1].points, found[1].unit) == (25, 4, "km2")
        assert found[1].inputs == AREA
        assert found[1].bands == found[1].indicator.bands
        assert found[2].inputs == {"patch_group_areas": ["6", "4"], "natural_area_total": "10"}
        assert (found[2].value, found[2].points, found[2].basis) == (52, 2, Basis.COMPUTED)
        assert (found[14].points, found[14].basis) == (3, Basis.SELF_ASSESSED)
        assert found[17].inputs == {"lbsap_status": "In force since 2019"}
        assert {past.history_type for past in IndicatorResult.history.all()} == {"+"}

    def test_an_assessment_is_public_once_the_sheet_says_so(self, city, workbook):
        def read_in(*row):
            sheet = [[*ASSESSMENT, "Public"], ["Pond End", "2021", 2025, *row]]
            written(make_plan(read(workbook(Assessments=sheet)), None))
            return Assessment.objects.get().is_released

        assert [read_in(None), read_in("yes"), read_in(None), read_in("no")] == [
            False,
            True,
            True,
            False,
        ]

    @pytest.mark.parametrize(
        "word",
        [
            "2021-natural-areas",
            1,
            "1 Proportion of Natural Areas in the City",
            "proportion of natural areas in the city",
        ],
    )
    def test_an_indicator_by_each_of_its_names(self, city, rows, word):
        make_assessment(city, 2025)
        found = written(rows({"Indicator": word, "Input 1": 25, "Input 2": 100})).get()
        assert found.indicator.code == "2021-natural-areas"

    def test_an_edge_takes_the_lower_points_where_told(self, city, rows):
        make_assessment(city, 2025)
        found = written(rows(row("water-quantity", 60, 100, take_lower="yes"))).get()
        assert (found.points, found.basis, found.is_unclear) == (3, Basis.LOWER, True)

    def test_the_second_option_of_an_indicator(self, city, rows):
        make_assessment(city, 2025)
        found = written(rows(row("habitat-restoration", None, None, 3, 4))).get()
        assert (found.value, found.points) == (75, 3)

    def test_a_list_of_indicators_may_be_half_filled(self, city, rows):
        codes = Indicator.objects.filter(component__edition__code="2021")
        blank = [{"Indicator": code} for code in codes.values_list("code", flat=True)]
        make_assessment(city, 2025)
        plan = rows(*blank[1:], row("natural-areas", 25, 100))
        assert plan.totals == {"new": 1, "changed": 0, "unchanged": 27, "wrong": 0}
        assert written(plan).get().indicator.number == 1

    def test_what_is_missing_is_told_and_hinders_nothing(self, city, rows):
        make_assessment(city, 2025)
        plan = rows(row("natural-areas", 25))
        (doubt,) = plan.doubts
        assert (doubt.cell, doubt.column) == ("A2", "Input 2")
        assert doubt.message == "Input 2 (Area of city) is missing: there is no value yet."
        assert written(plan).get().value is None

    def test_changed_inputs_are_scored_by_the_present_bands(self, city, rows):
        self.score_by_old_bands(city)
        found = written(rows(row("natural-areas", 26))).get()
        assert (found.value, found.points) == (26, 4)
        assert found.bands == found.indicator.bands

    def test_another_edit_keeps_the_bands_of_the_day(self, city, rows):
        self.score_by_old_bands(city)
        found = written(rows(row("natural-areas", 25, reason="Mapped anew."))).get()
        assert (found.reason, found.points) == ("Mapped anew.", 1)
        assert found.bands != found.indicator.bands

    def test_another_unit_is_another_input(self, city, rows):
        self.score_by_old_bands(city)
        assert written(rows(row("natural-areas", unit="km2"))).get().points == 4

    def score_by_old_bands(self, city):
        made = make_assessment(city, 2025)
        old = make_result(made, "2021-natural-areas", **AREA)
        old.bands = [
            {"points": 1, "min": None, "max": None, "min_inclusive": None, "max_inclusive": None}
        ]
        with writing():
            old.save()
        assert old.points == 1

    def test_a_change_moves_the_date_of_the_last_update(self, city, rows):
        made = make_assessment(city, 2025, natural_areas=AREA)
        IndicatorResult.objects.update(updated_on=datetime.date(2020, 1, 1))
        assert written(rows(row("natural-areas", 26))).get().updated_on == made.updated_on

    def test_so_does_a_change_of_the_assessment(self, city, workbook):
        made = make_assessment(city, 2025)
        Assessment.objects.update(updated_on=datetime.date(2020, 1, 1))
        given = ["pond-end", "2021", 2025, "Many took part."]
        apply(make_plan(read(workbook(Assessments=[[*ASSESSMENT, "About"], given]))))
        stored = Assessment.objects.get()
        assert (stored.note, stored.updated_on) == ("Many took part.", made.updated_on)

    def test_history_has_what_was_computed(self, city, rows):
        make_assessment(city, 2025, natural_areas=AREA)
        written(rows(row("natural-areas", 5)))
        values = IndicatorResult.history.order_by("history_id").values_list(
            "value", "computed_points"
        )
        assert list(values) == [(25, 4), (5, 1)]

    def test_numbers_that_only_look_different_change_nothing(self, city, rows):
        make_assessment(city, 2025, natural_areas={"natural_area": "25.0", "city_area": "100.00"})
        plan = rows(row("natural-areas", 25, "100"))
        assert plan.totals["unchanged"] == 1
        assert not plan.changes_anything


class TestFirst:
    """Comparing with the first assessment says nothing the first time."""

    def test_species_are_not_scored_the_first_time_but_the_second(self, city, rows):
        plan = rows(
            row("native-birds", 50, 6, 2) | {"Year": 2025},
            row("native-birds", 44) | {"Year": 2021},
            assessments=[["pond-end", 2021, 2025], ["pond-end", 2021, 2021]],
        )
        found = {result.assessment.year: result for result in written(plan)}
        assert (found[2021].value, found[2025].value) == (None, 4)
        assert not plan.doubts

    def test_own_points_are_refused_the_first_time(self, city, rows):
        make_assessment(city, 2025)
        points = {"own_points": 2, "reason": "More birds.", "evidence": "Counts."}
        problem = only_problem(rows(row("native-birds", 50, 6, 2, **points)))
        assert problem.column == "Own points"
        assert "compares with the first assessment" in problem.message

    @pytest.mark.parametrize("first_is_stored", [True, False])
    def test_own_points_are_right_the_second_time(self, city, rows, first_is_stored):
        make_assessment(city, 2025)
        points = {"own_points": 2, "reason": "More birds.", "evidence": "Counts."}
        given = [row("native-birds", 50, 6, 2, **points)]
        if first_is_stored:
            make_assessment(city, 2021, natural_areas=AREA)
        else:
            make_assessment(city, 2021)
            given.append(row("natural-areas", 20, 100) | {"Year": 2021})
        found = written(rows(*given)).get(assessment__year=2025)
        assert (found.points, found.basis) == (2, Basis.SELF_ASSESSED)

    def test_the_other_edition_and_the_other_city_are_no_first_assessment(self, city, rows):
        make_assessment(city, 2025)
        make_assessment(city, 2014, "2014", natural_areas={"points": 1, "reason": "Few."})
        make_assessment(make_city("Elsewhere"), 2021, natural_areas=AREA)
        points = {"own_points": 2, "reason": "More birds.", "evidence": "Counts."}
        problem = only_problem(rows(row("native-birds", 50, 6, 2, **points)))
        assert problem.column == "Own points"

    def test_a_wrong_row_of_the_first_assessment_is_the_only_one_complained_of(self, city, rows):
        for year in (2021, 2025):
            make_assessment(city, year)
        points = {"own_points": 2, "reason": "More birds.", "evidence": "Counts."}
        problem = only_problem(
            rows(
                row("native-birds", 50, 6, 2, **points),
                row("natural-areas", "many") | {"Year": 2021},
            )
        )
        assert problem.cell == "E3"

    def test_an_earlier_assessment_makes_the_first_count_a_comparison(self, city, rows):
        later = make_assessment(city, 2025, native_birds=SPECIES)
        make_assessment(city, 2021)
        assert later.results.get().value is None
        written(rows(row("native-birds", 44) | {"Year": 2021}))
        assert later.results.get().value == 4


class TestRefused:
    @pytest.fixture(autouse=True)
    def assessment(self, city):
        return make_assessment(city, 2025)

    @pytest.mark.parametrize(
        ("given", "column", "words"),
        [
            (row("natural-areas", 25, 0), "Input 2", "Input 2 (Area of city): This cannot be zero"),
            (row("natural-areas", 25, 24), "Input 1", "The part cannot be above the whole."),
            (row("natural-areas", -1, 24), "Input 1", "The number cannot be below zero."),
            (row("natural-areas", None, -5), "Input 2", "The number cannot be below zero."),
            (row("natural-areas", "12,500", 24), "Input 1", "write 12500 or 12.5000"),
            (row("natural-areas", 1, 2, 3), "Input 3", "fewer inputs; the last one is Input 2 (Ar"),
            (row("urban-agriculture", 1), "Input 1", "no inputs: give the city's own points"),
            (row("birds-in-built-up-areas", 2.5, 9), "Input 1", "not a whole number"),
            (row("connectivity", "6, 4", 10), "Input 1", "“6, 4”: This is text"),
            (row("connectivity", "6; 1.234", 10), "Input 1", "write 1234 or 1.2340"),
            (row("connectivity", "6; 5", 10), "Input 1", "larger than the total"),
            (row("habitat-restoration", None, None, 5, 4), "Input 3", "above the whole"),
            (row("natural-areas", "1" * 16, 1), "Input 1", "at most 15 digits"),
            (row("native-birds", 50, 1, 52), "Input 3", None),
            (row("budget", 1, 2, unit="ha"), "Unit", "asks for no area"),
            (row("budget", 1, 2, unit="acres"), "Unit", "not one of the words"),
            (row("budget", 1, 2, own_points=3, evidence="Counts."), "Reason", "Say why"),
            (row("budget", own_points=3, reason="So."), "Evidence", "Name a document"),
            (row("budget", own_points=5, reason="S", evidence="E"), "Own points", "At most 4"),
            (row("budget", 1, 2, evidence_link="a file"), "Evidence link", "valid URL"),
            (row("bugdet", 1, 2), "Indicator", "Did you mean “2021-budget”?"),
            (row("budget", 1, 2, edition="2014"), "Indicator", "another edition of the index. Did"),
            (row("budget", 1, 2) | {"Year": 2024}, "Year", "on the sheet Assessments. There"),
            (row("budget", 1, 2) | {"Edition": 2020}, "Edition", "Did you mean “2021”?"),
        ],
    )  # fmt: skip
    def test_what_cannot_be(self, city, rows, given, column, words):
        if words is None:
            make_assessment(city, 2021, natural_areas=AREA)
            words = "More species are lost"
        problem = only_problem(rows(given))
        assert problem.column == column
        assert problem.cell.endswith("2")
        assert words in problem.message

    def test_the_same_indicator_twice(self, rows):
        problem = only_problem(rows(row("budget", 1, 2), {"Indicator": "16", "Input 1": 1}))
        assert problem.message == "This row says the same as row 2."

    def test_the_same_indicator_of_two_editions_is_two(self, city, rows):
        make_assessment(city, 2025, "2014")
        points = {"own_points": 2, "reason": "Two.", "evidence": "Map."}
        plan = rows(
            row("natural-areas", **points) | {"Indicator": 1},
            row("natural-areas", **points) | {"Indicator": 1, "Edition": 2014},
        )
        codes = set(written(plan).values_list("indicator__code", flat=True))
        assert codes == {"2021-natural-areas", "2014-natural-areas"}

    def test_a_year_to_come(self, city, workbook):
        sheet = [ASSESSMENT, ["pond-end", "2021", datetime.datetime.now(datetime.UTC).year + 2]]
        problem = only_problem(make_plan(read(workbook(Assessments=sheet))))
        assert (problem.column, problem.message) == ("Year", "This year is still to come.")

    def test_an_indicator_that_is_no_longer_offered(self, rows):
        Indicator.objects.filter(code="2021-budget").update(retired=True)
        problem = only_problem(rows(row("budget", 1, 2)))
        assert (problem.column, "no longer offered" in problem.message) == ("Indicator", True)

    def test_somebody_elses_city_reads_as_an_unknown_one(self, city, rows):
        officer = make_user(officer_of=make_city("Elsewhere"))
        foreign = rows(row("budget", 1, 2), user=officer, assessments=[["pond-end", "2021", 2024]])
        unknown = rows(row("budget", 1, 2) | {"City": "no-town"}, user=officer)
        assert {problem.column for problem in foreign.problems} == {"City"}
        assert [p.sheet for p in foreign.problems] == ["Assessments", "Indicators"]
        assert {p.message for p in foreign.problems} == {only_problem(unknown).message}


class TestClearing:
    def test_an_empty_cell_clears_only_where_told(self, city, rows):
        make_assessment(city, 2025, natural_areas={**AREA, "reason": "Mapped."})
        given = row("natural-areas", 25, None, reason=None)
        assert not rows(given).changes_anything
        found = written(rows(given, clears=True)).get()
        assert (found.inputs, found.value, found.reason) == ({"natural_area": "25"}, None, "")

    def test_a_result_without_content_goes(self, city, rows):
        make_assessment(city, 2025, natural_areas=AREA)
        plan = rows(row("natural-areas", None, None), clears=True)
        assert plan.totals["changed"] == 1
        assert not written(plan).exists()
        assert Assessment.objects.get().year == 2025

    @pytest.mark.parametrize("header", [*ASSESSMENT, "Indicator"])
    def test_what_names_the_row_cannot_be_cleared(self, city, rows, header):
        make_assessment(city, 2025, natural_areas=AREA)
        problem = only_problem(rows(row("natural-areas", 25, 100) | {header: None}, clears=True))
        assert (problem.column, problem.message) == (header, "This cell is empty.")

    def test_own_points_without_their_reason_are_refused(self, city, rows):
        points = {"points": 2, "reason": "Two of four."}
        make_assessment(city, 2025, urban_agriculture=points)
        given = row("urban-agriculture", own_points=2, reason=None)
        assert only_problem(rows(given, clears=True)).column == "Reason"


@pytest.fixture
def much(city):
    """Assessments of two editions with every kind of input."""
    make_assessment(city, 2014, "2014", natural_areas={"points": 1, "reason": "Few."})
    make_assessment(city, 2021, native_birds={"species_baseline": "50"})
    return make_assessment(
        city,
        2025,
        natural_areas={"natural_area": "0.0000001", "city_area": "1234567.25", "unit": "km2"},
        connectivity={"patch_group_areas": ["1.234", "12", "0.5"], "natural_area_total": "20.100"},
        native_birds=SPECIES | {"points": 3, "reason": "-2 and +6\nin two years"},
        habitat_restoration={"types_restored": "3", "types_total": "4"},
        water_quantity={"permeable_area": "60", "terrestrial_area": "100", "takes_lower": True},
        local_biodiversity_strategy={"lbsap_status": "1.234"},
        education={"curriculum_status": "=1+1; ja, seit 2020"},
        budget={"biodiversity_budget": "123456789012345"},
    )


class TestRoundTrip:
    def changes_nothing(self, path):
        plan = make_plan(read(path))
        assert plan.is_sound, [str(problem) for problem in plan.problems]
        assert [row.changes for sheet in plan.sheets for row in sheet.rows if row.changes] == []
        assert not plan.changes_anything
        return plan

    def test_workbook(self, much, tmp_path):
        export(City.objects.all(), tmp_path / "all.xlsx")
        plan = self.changes_nothing(tmp_path / "all.xlsx")
        assert (plan.counts["Assessments"]["unchanged"], plan.totals["unchanged"]) == (3, 14)

    @pytest.mark.parametrize("sheet", ["Assessments", "Indicators"])
    def test_text(self, much, tmp_path, sheet):
        whole = Selection.of_cities(None, City.objects.all())
        path = tmp_path / f"pond-end-{sheet.lower()}.csv"
        write(whole, FORMATS["csv"], path, sheet=sheet)
        assert self.changes_nothing(path).counts.keys() == {sheet}

    def test_cells_are_read_even_where_they_are_not_as_written(self, much, tmp_path, monkeypatch):
        """Without the short way for rows that are just as an export writes them."""
        export(City.objects.all(), tmp_path / "all.xlsx")
        monkeypatch.setattr(
            "exchange.sheets.results.sheet.ResultsSheet.is_as_stored", lambda *_: False
        )
        self.changes_nothing(tmp_path / "all.xlsx")

    def test_data_for_programs(self, much):
        out = io.BytesIO()
        write(Selection.of_cities(None, City.objects.all()), FORMATS["json"], out)
        rows = json.loads(out.getvalue(), parse_float=Decimal)["sheets"]["Indicators"]
        found = {row["Indicator"]: row for row in rows if row["Year"] == 2025}
        assert len(rows) == 10
        assert found["2021-natural-areas"]["Input 1"] == Decimal("0.0000001")
        assert found["2021-connectivity"]["Input 1"] == "1.2340; 12; 0.5"
        assert found["2021-native-birds"]["Own points"] == 3
        assert found["2021-water-quantity"]["Take lower"] == "yes"
        assert found["2021-budget"]["Input 2"] is None

    def test_chosen_assessments_bring_their_results(self, much):
        chosen = Selection.of_rows(None, Assessment, Assessment.objects.filter(pk=much.pk))
        counts = {s.sheet_name: len(list(chosen.rows_of(s))) for s in chosen.bound_sheets()}
        assert counts == {"Assessments": 1, "Indicators": 8}

    @pytest.mark.libreoffice
    def test_libreoffice_keeps_it(self, much, tmp_path):
        export(City.objects.all(), tmp_path / "all.xlsx")
        self.changes_nothing(save_by_libreoffice(tmp_path / "all.xlsx", tmp_path))


def test_undo_takes_all_of_it_back(much, workbook):
    def everything():
        names = ("assessment", "indicator", "inputs", "value", "computed_points", "bands", "reason")
        return (
            list(Assessment.objects.order_by("pk").values("pk", "year", "note")),
            list(IndicatorResult.objects.order_by("pk").values("pk", *names)),
        )

    before, staff = everything(), make_user(is_staff=True)
    path = workbook(
        Assessments=[
            [*ASSESSMENT, "About"],
            ["pond-end", "2021", 2023, "New"],
            ["pond-end", "2021", 2025, "Changed"],
        ],
        Indicators=[
            [*RESULT, "Input 1", "Input 2"],
            ["pond-end", "2021", 2023, 1, 12, 100],
            ["pond-end", "2021", 2025, 1, 12, 100],
            ["pond-end", "2021", 2025, 16, None, None],
        ],
    )
    with path.open("rb") as file:
        job = jobs.receive(staff, File(file, "cities.xlsx"), clears=True)
    jobs.confirm(job, staff)
    assert job.state == "applied", job.message
    assert everything() != before
    assert not IndicatorResult.objects.filter(indicator__number=16).exists()
    jobs.undo(job, staff)
    assert job.state == "undone", job.message
    assert everything() == before


def test_questions_to_the_database_do_not_grow_with_rows(workbook, undated):
    codes = list(
        Indicator.objects.filter(component__edition__code="2021").values_list("code", flat=True)
    )

    def count(years):
        cities = [make_city().slug for _number in range(2)]
        pairs = [(slug, 2025 - year) for slug in cities for year in range(years)]
        points = {"Own points": 1, "Reason": "One.", "Evidence": "Map."}
        compared = set(Indicator.objects.filter(needs_earlier=True).values_list("code", flat=True))
        path = workbook(
            Assessments=[ASSESSMENT, *[[slug, "2021", year] for slug, year in pairs]],
            Indicators=[
                [*RESULT, *points],
                *[
                    [slug, "2021", year, code, *points.values()]
                    for slug, year in pairs
                    for code in codes
                    if code not in compared
                ],
            ],
        )
        with CaptureQueriesContext(connection) as new:
            apply(make_plan(read(path)))
        with CaptureQueriesContext(connection) as unchanged:
            assert not make_plan(read(path)).changes_anything
        IndicatorResult.objects.update(reason="Another.")
        with CaptureQueriesContext(connection) as changed:
            apply(make_plan(read(path)))
        return [
            sum(q["sql"].startswith("SELECT") for q in kind) for kind in (new, unchanged, changed)
        ]

    few, many = count(1), count(8)
    assert few == many
    assert max(many) < 15


class TestTemplate:
    @pytest.fixture
    def template(self, city, tmp_path):
        from exchange.writing.templates import write_template

        officer = make_user(officer_of=city)
        write_template(officer, tmp_path / "blank.xlsx")
        return openpyxl.load_workbook(tmp_path / "blank.xlsx")

    def offered(self, template, sheet, header):
        page = template[sheet]
        letter = next(cell.column_letter for cell in page[1] if cell.value == header)
        rules = page.data_validations.dataValidation
        rule = next(rule for rule in rules if str(rule.sqref).startswith(f"{letter}2:"))
        words = template["Lists"][rule.formula1.split("!")[1].replace("$", "")]
        return [cell.value for (cell,) in words]

    def test_drop_downs(self, template):
        assert self.offered(template, "Assessments", "Edition") == ["2021", "2014"]
        codes = self.offered(template, "Indicators", "Indicator")
        assert (codes[0], codes[28], len(codes)) == ("2021-natural-areas", "2014-natural-areas", 51)
        assert self.offered(template, "Indicators", "Unit") == ["ha", "km2", "m2"]
        assert self.offered(template, "Indicators", "Take lower") == ["yes", "no"]

    def test_the_lists_tell_what_belongs_into_each_input(self, template):
        words = {row[at]: row[at + 1] for row in template["Lists"].iter_rows(values_only=True)
                 for at in range(0, len(row), 2)}  # fmt: skip
        assert words["2021-birds-in-built-up-areas"].endswith(
            "Input 1 (Native bird species found in built-up areas): species; "
            "Input 2 (Total native bird species in the city): species."
        )
        assert "Input 2 (Area of city): an area." in words["2021-natural-areas"]
        assert "No inputs: give the city's own points." in words["2021-urban-agriculture"]

    def test_the_help_page_tells_it_too(self, client, city):
        client.force_login(make_user(is_staff=True))
        page = client.get("/admin/exchange/job/guide/").content.decode()
        assert "Input 2 (Area of city): an area." in page


def test_every_indicator_finds_room_for_its_inputs():
    assert {len(row.inputs) for row in Indicator.objects.all()} <= set(range(len(INPUTS) + 1))


def test_an_edition_is_called_by_its_name_too(city, workbook):
    name = Edition.objects.get(code="2014").name
    apply(make_plan(read(workbook(Assessments=[ASSESSMENT, ["pond-end", name, 2015]]))))
    assert Assessment.objects.get().edition.code == "2014"


def test_a_list_of_areas_that_no_cell_could_hold_again_is_refused(city, rows):
    make_assessment(city, 2025)
    plan = rows(row("connectivity", ";".join(["1.25"] * 6000), 100000))
    assert "These are too many" in only_problem(plan).message


def test_the_longest_list_of_areas_finds_room_in_a_cell(city, tmp_path):
    areas = ["1.234"] * ((LONGEST_LIST + 2) // len("1.234; "))
    make_assessment(city, connectivity={"patch_group_areas": areas, "natural_area_total": "9000"})
    export(City.objects.all(), tmp_path / "all.xlsx")
    assert not make_plan(read(tmp_path / "all.xlsx")).totals["changed"]


def test_inputs_that_look_wrong_are_doubted_until_the_row_gives_a_reason(city, rows):
    with writing():
        city.area_km2, city.population = 1, 600
        city.save()
    make_assessment(city, 2025)
    large = row("natural-areas", 25, 101, Unit="ha")
    people = row("recreation", 1, 6000)
    assert [doubt.cell for doubt in rows(large, people).doubts] == ["F2", "F3"]
    assert not rows(large | {"Reason": "With the sea."}).doubts
    written(rows(large | {"Reason": "With the sea."}))
    assert not rows(row("natural-areas", 25, 102, Unit="ha")).doubts, "answered already"


def test_new_areas_that_keep_a_unit_of_before_are_doubted(city, rows):
    make_assessment(city, 2025, natural_areas={**AREA, "unit": "km2"})
    (doubt,) = rows(row("natural-areas", 26, 100)).doubts
    assert (doubt.column, "“km²” stays from before" in doubt.message) == ("Input 1", True)
    assert not rows(row("natural-areas", 26, 100, unit="km2")).doubts
    assert not rows(row("natural-areas", 25, 100)).doubts
