"""An assessment as it is stored: values, points and where they come from."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cbi.models import Assessment, Edition, Indicator, IndicatorResult
from cbi.record import collect
from cbi.totals import change, total
from report.sources import working_document
from tests.factories import make_assessment, make_city, make_result, writing

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.django_db]

Basis = IndicatorResult.Basis


@pytest.fixture
def city():
    return make_city("Pond End")


@pytest.fixture
def made(city):
    return make_assessment(city)


# The published applications of the 2021 edition: value in per cent, points for natural areas.
PUBLISHED = [
    ("Mendoza", "33.93", 4), ("Ushuaia", "93.9", 4), ("Salta", "59.26", 4),
    ("Buenos Aires", "75.47", 4), ("Kigali", "48.33", 4), ("Freetown region", "92.28", 4),
    ("Marrakech", "21.3", 4), ("Chennai", "49.08", 4), ("Pune", "38.07", 4), ("Surat", "40.44", 4),
    ("Chengdu", "62.1", 4), ("Chongqing", "84.74", 4), ("Bitung", "98.1", 4),
    ("Palembang", "88.88", 4), ("Jakarta", "63.43", 4), ("Semarang", "66.27", 4),
    ("Teresina", "97.36", 4), ("Belem", "96.24", 4), ("Florianopolis", "95.18", 4),
    ("San Jose", "94.58", 4),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "points"), PUBLISHED)
def test_published_cases(made, name, value, points):
    """Computed by the World Resources Institute for its UrbanShift cities, not by the cities."""
    found = make_result(made, "2021-natural-areas", natural_area=value, city_area="100", unit="km2")
    assert (found.value, found.points) == (Decimal(value), points)


def test_chennai_lies_just_above_an_edge(made):
    found = make_result(made, "2021-natural-areas", natural_area="20.12", city_area="100")
    assert (found.points, found.is_unclear) == (4, False)


def test_areas_count_in_hectares_for_people(made):
    given = {"recreation_area": "1.2", "population": "400000"}
    found = make_result(made, "2021-recreation", unit="km2", **given)
    assert (found.value, found.points) == (Decimal("0.3"), 1)
    assert make_result(made, "2021-recreation", unit="ha", **given).value == Decimal("0.003")


def test_groups_of_patches(made):
    found = make_result(
        made, "2021-connectivity", patch_group_areas=["6", "4"], natural_area_total="10", unit="ha"
    )
    assert (found.value, found.points, found.basis) == (Decimal(52), 2, Basis.COMPUTED)


def test_an_unclear_edge_takes_the_upper_points_or_the_lower_if_the_city_says_so(made):
    given = {"permeable_area": "60", "terrestrial_area": "100"}
    upper = make_result(made, "2021-water-quantity", **given)
    lower = make_result(made, "2021-water-quantity", takes_lower=True, **given)
    assert (upper.points, upper.is_unclear, upper.basis) == (4, True, Basis.COMPUTED)
    assert (lower.points, lower.is_unclear, lower.basis) == (3, True, Basis.LOWER)


def test_lower_points_only_where_the_print_is_unclear(made):
    given = {"permeable_area": "61", "terrestrial_area": "100"}
    found = make_result(made, "2021-water-quantity", takes_lower=True, **given)
    assert (found.points, found.basis) == (4, Basis.COMPUTED)


def test_the_city_can_overrule_with_a_reason(made):
    given = {"natural_area": "25", "city_area": "100"}
    found = make_result(
        made, "2021-natural-areas", points=2, reason="Half of it is fenced.", **given
    )
    assert (found.computed_points, found.points, found.basis) == (4, 2, Basis.OVERRULED)
    with pytest.raises(ValidationError) as error:
        make_result(made, "2021-natural-areas", points=2, **given)
    assert set(error.value.message_dict) == {"reason"}


def test_without_bands_the_city_chooses_with_reason_and_evidence(made):
    found = make_result(made, "2021-urban-agriculture", points=0, reason="None yet.")
    assert (found.points, found.basis) == (0, Basis.SELF_ASSESSED)
    found.evidence = ""
    with pytest.raises(ValidationError) as error:
        found.clean()
    assert set(error.value.message_dict) == {"evidence"}
    found.evidence_url = "https://example.org/plan"
    found.clean()


def test_at_most_four_points(made):
    with pytest.raises(ValidationError, match="At most 4 points"):
        make_result(made, "2021-urban-agriculture", points=5, reason="More than enough.")


def test_the_database_wants_a_reason_too(made):
    found = make_result(made, "2021-urban-agriculture")
    found.own_points = 3
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        found.save()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"natural_area": "5", "city_area": "0"}, "cannot be zero"),
        ({"natural_area": "5", "city_area": "4"}, "above the whole"),
        ({"natural_area": "-5", "city_area": "4"}, "below zero"),
        ({"natural_area": "many", "city_area": "4"}, "not a number"),
        ({"natural_area": "NaN", "city_area": "4"}, "not a number"),
        ({"natural_area": "1e40", "city_area": "4"}, "Round it"),
        ({"lake": "4"}, "no input “lake”"),
    ],
)
def test_inputs_that_cannot_be(made, given, words):
    with pytest.raises(ValidationError, match=words) as error:
        make_result(made, "2021-natural-areas", **given)
    assert set(error.value.message_dict) == {"inputs"}


def test_half_of_the_inputs_can_be_saved(made):
    found = make_result(made, "2021-natural-areas", natural_area="5")
    with writing():
        found.save()
    found = IndicatorResult.objects.get(pk=found.pk)
    assert (found.value, found.points, found.basis, found.inputs) == (
        None, None, Basis.NONE, {"natural_area": "5"},
    )  # fmt: skip


def test_only_whole_species(made):
    with pytest.raises(ValidationError, match="whole number"):
        make_result(made, "2021-birds-in-built-up-areas", bird_species_built_up="2.5")


def test_an_indicator_of_another_edition(made):
    with pytest.raises(ValidationError, match="another edition"):
        make_result(made, "2014-natural-areas")


def test_the_first_time_there_is_nothing_to_compare_with(made):
    found = make_result(made, "2021-native-birds", species_baseline="120")
    assert (found.value, found.points, found.counts) == (None, None, False)
    with pytest.raises(ValidationError, match="this is the first"):
        make_result(made, "2021-native-birds", species_baseline="120", points=3, reason="Many.")


def test_the_second_time_it_is_compared(city):
    make_assessment(city, 2022, native_birds={"species_baseline": "120"})
    second = make_assessment(city, 2024)
    given = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
    found = make_result(second, "2021-native-birds", points=3, reason="Nine came back.", **given)
    assert (found.value, found.points, found.counts) == (Decimal(7), 3, True)


def test_points_stop_counting_when_an_earlier_assessment_is_gone(city):
    first = make_assessment(city, 2022, native_birds={"species_baseline": "120"})
    given = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
    second = make_assessment(
        city, 2024, native_birds={"points": 3, "reason": "Nine came back.", **given}
    )
    assert total(results_of(second), 28).scored == 1
    with writing():
        first.delete()
    assert total(results_of(second), 28).scored == 0


AGAIN = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
"""What a later assessment says of the birds of the first one."""


@pytest.mark.parametrize("kept_back", [True, False])
def test_an_earlier_assessment_that_is_kept_back_changes_no_figure_and_is_told_nowhere(
    city, kept_back
):
    birds = {"points": 3, "reason": "Nine came back.", **AGAIN}
    count = {"species_baseline": "4711"}
    make_assessment(city, 2022, native_birds=count, is_released=not kept_back)
    made = make_assessment(city, 2024, native_birds=birds)
    [*before, stated] = collect([city])[city.pk]
    assert (stated.year, stated.results[0].own_points, stated.results[0].value) == (2024, 3, 7)
    assert [one.year for one in before] == ([] if kept_back else [2022])
    chapter = working_document(city).cbi
    assert chapter.editions[0].total == total(results_of(made), 28)
    assert [one.year for one in chapter.editions[0].course] == ([2022] * (not kept_back)) + [2024]
    assert "4711" not in repr(chapter)


def test_a_first_count_has_no_points_in_a_record(city):
    first = make_assessment(city, 2022, native_birds={"species_baseline": "120"})
    make_assessment(city, 2024, native_birds={"points": 3, "reason": "Nine.", **AGAIN})
    with writing():
        first.delete()
    [stated] = collect([city])[city.pk]
    assert (stated.results[0].own_points, stated.results[0].value) == (None, None)
    assert stated.results[0].inputs == AGAIN


def results_of(assessment):
    found = Assessment.objects.get(pk=assessment.pk)
    results = found.results.select_related("indicator")
    for one in results:
        one.assessment = found
    return list(results)


def test_the_same_year_once(city):
    make_assessment(city, 2024)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_assessment(city, 2024)
    make_assessment(city, 2024, "2014")


def test_a_stored_result_keeps_the_bands_it_was_scored_with(city):
    given = {"natural_area": "20.5", "city_area": "100"}
    made = make_assessment(city, natural_areas=given)
    indicator = Indicator.objects.get(code="2021-natural-areas")
    indicator.bands = [{**band, "points": 0} for band in indicator.bands]
    indicator.save()
    found = made.results.get()
    with writing():
        found.reason = "A word more."
        found.save()
    found = made.results.get()
    assert found.points == 4
    found.bands = None
    found.score()
    assert found.points == 0


def test_bands_that_come_later_score_nothing_by_themselves(city):
    given = {"biodiversity_budget": "3", "city_budget": "100"}
    made = make_assessment(city, budget={"points": 2, "reason": "By the old manual.", **given})
    indicator = Indicator.objects.get(code="2021-budget")
    indicator.bands = Indicator.objects.get(code="2021-natural-areas").bands
    indicator.save()
    found = made.results.get()
    with writing():
        found.save()
    assert made.results.get().basis == Basis.SELF_ASSESSED


def test_a_total_knows_what_it_leaves_out(city):
    made = make_assessment(
        city,
        natural_areas={"natural_area": "5", "city_area": "100"},
        urban_agriculture={"points": 0, "reason": "None yet."},
        water_quantity={"permeable_area": "40"},
    )
    found = total(results_of(made), 28)
    assert (found.points, found.max_points, found.scored, found.of) == (1, 8, 2, 28)
    assert not total([], 28).is_started


def test_a_change_is_over_what_has_points_both_times(city):
    natural, farms = "natural_areas", "urban_agriculture"
    first = make_assessment(
        city, 2020, **{natural: {"natural_area": "5", "city_area": "100"},
                       farms: {"points": 4, "reason": "Everywhere."}},
    )  # fmt: skip
    later = make_assessment(
        city, 2024, **{natural: {"natural_area": "15", "city_area": "100"},
                       "water_quantity": {"permeable_area": "40", "terrestrial_area": "100"}},
    )  # fmt: skip
    found = change(results_of(first), results_of(later))
    assert (found.before, found.after, found.difference, found.shared) == (1, 3, 2, 1)


def test_the_year_is_not_in_the_future(city):
    edition = Edition.objects.get(code="2021")
    with pytest.raises(ValidationError) as error:
        Assessment(city=city, edition=edition, year=2099).clean()
    assert set(error.value.message_dict) == {"year"}


def test_both_editions_are_complete():
    for code, components, indicators, points in (("2021", 3, 28, 112), ("2014", 3, 23, 92)):
        edition = Edition.objects.get(code=code)
        found = Indicator.objects.filter(component__edition=edition)
        assert edition.components.count() == components
        assert [row.number for row in found.order_by("number")] == [*range(1, indicators + 1)]
        assert sum(row.max_points for row in found) == points == edition.max_points
        assert points == sum(row.max_points for row in edition.components.all())


def test_staff_cannot_store_bands_or_inputs_that_cannot_be_read():
    indicator = Indicator.objects.get(code="2021-natural-areas")
    indicator.bands = [{"points": 1}]
    with pytest.raises(ValidationError) as error:
        indicator.clean()
    assert set(error.value.message_dict) == {"bands"}
    indicator.refresh_from_db()
    indicator.inputs = indicator.inputs[:1]
    with pytest.raises(ValidationError) as error:
        indicator.clean()
    assert set(error.value.message_dict) == {"method"}


def test_a_record_says_in_which_language_words_are_if_not_in_that_of_the_city():
    """Words among the inputs may stand without a reason or evidence in the same language."""
    city = make_city("Wadi", content_language="ar")
    words = {"consultation_status": "En cours"}
    made = make_assessment(city, public_consultation=words, education={"curriculum_status": "نعم"})
    with writing():
        made.results.filter(indicator__code="2021-public-consultation").update(language="fr")
    [assessment] = collect([city])[city.pk]
    languages = {result.indicator: result.language for result in assessment.results}
    assert languages == {"2021-education": "", "2021-public-consultation": "fr"}
