"""An officer fills in an assessment by the City Biodiversity Index, component by component."""

from decimal import Decimal

import pytest
from django.urls import reverse

from cbi.completeness import Part
from cbi.models import Assessment, Component, Edition, Indicator, IndicatorResult
from cbi.steps import Steps
from profiles.models import ChangeSet
from publishing.record import working_record
from tests.admin.assessing import GOVERNANCE, NATURE, SERVICES, own, part, typed
from tests.admin.forms import errors_of, fields_of, filled, save
from tests.admin.test_deleted import bring_back, delete
from tests.clients import url_of, words_of
from tests.factories import make_action, make_assessment, make_city, make_statement, writing
from tests.published import publish_all

LIST = "admin:cbi_assessment_changelist"
ADD = "admin:cbi_assessment_add"
TOLD = "Nothing has been saved: somebody else changed this while you were editing."


def area_share(number, part, of, whole, given, unit="ha"):
    names = {f"input_{part}": given, f"input_{of}": whole}
    return typed(number, unit=unit, **names)


def natural(given, whole="100", unit="ha"):
    return area_share(1, "natural_area", "city_area", whole, given, unit)


def result(assessment, number):
    return assessment.results.get(indicator__number=number)


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def made(ours):
    return make_assessment(ours.city, 2024)


@pytest.fixture
def foreign(theirs):
    return make_assessment(theirs.city, 2024, natural_areas={"natural_area": "1", "city_area": "9"})


# The list and a new assessment


def test_the_empty_list_says_what_to_do(officer, as_, ours):
    page = officer.get(reverse(LIST)).content.decode()
    assert "There is no assessment yet." in page
    assert f'href="{reverse(ADD)}">Begin an assessment' in page
    assert "Begin an assessment" not in as_("reviewer").get(reverse(LIST)).content.decode()
    make_assessment(ours.city)
    assert "There is no assessment yet." not in officer.get(reverse(LIST)).content.decode()


def test_a_new_assessment_is_of_the_present_edition_and_leads_to_its_first_component(officer, ours):
    data = filled(officer, reverse(ADD), year="2024", note="With the university.")
    assert data["edition"] == str(Edition.objects.get(code="2021").pk)
    response = officer.post(reverse(ADD), data)
    made = Assessment.objects.get()
    assert (made.city, made.year, made.note) == (ours.city, 2024, "With the university.")
    assert response.url == part(made)
    page = text_of(officer.get(response.url))
    assert all(f'value="{code}"' in page for code in ("about", SERVICES, GOVERNANCE))
    assert "Component 1 of 3" in page
    assert "No points yet" in page


def test_a_year_that_is_taken_is_told_at_once_and_later(officer, made):
    words = "The city has an assessment of this year already."
    assert words in errors_of(save(officer, reverse(ADD), year="2024"))[0]
    other = make_assessment(made.city, 2022)
    assert errors_of(save(officer, url_of(other), year="2024")) == [words]


def test_an_assessment_stays_with_its_edition(officer, made):
    old = Edition.objects.get(code="2014")
    save(officer, url_of(made), edition=str(old.pk), note="Anew.")
    made.refresh_from_db()
    assert (made.edition.code, made.note) == ("2021", "Anew.")


# From nothing to a total


def fill_nature(client, assessment):
    return save(
        client,
        part(assessment),
        **natural("25", unit="km2"),  # 25 %: 4
        **area_share(2, "patch_group_areas", "natural_area_total", "10", "6; 4"),  # 52 %: 2
        **typed(3, input_bird_species_built_up="12", input_bird_species_city="100"),  # 12 %: 2
        **typed(5, input_species_baseline="120"),  # the first count
        **area_share(8, "protected_area", "city_area", "100", "5"),  # 5 %: 1
        **own(9, "3"),
        _next="1",
    )


def fill_services(client, assessment):
    return save(
        client,
        part(assessment, SERVICES),
        **area_share(10, "permeable_area", "terrestrial_area", "100", "45"),  # 45 %: 2
        **area_share(11, "canopy_area", "terrestrial_area", "100", "30"),  # 30 %: 2
        **area_share(12, "recreation_area", "population", "400000", "1.2", "km2"),  # 0.3 ha: 1
        **typed(13, input_population_within_400m="300 000", input_population="400000"),  # 75 %: 3
        _next="1",
    )


def fill_governance(client, assessment):
    return save(client, part(assessment, GOVERNANCE), **own(16, "2"), **own(24, "4"), _save="1")


def test_from_nothing_to_a_total_that_was_added_by_hand(officer, made):
    assert fill_nature(officer, made).url == part(made, SERVICES)
    assert fill_services(officer, made).url == part(made, GOVERNANCE)
    assert fill_governance(officer, made).url == reverse(LIST)
    points = dict(made.results.values_list("indicator__number", "computed_points"))
    assert points == {
        1: 4, 2: 2, 3: 2, 5: None, 8: 1, 9: None, 10: 2, 11: 2, 12: 1, 13: 3, 16: None, 24: None,
    }  # fmt: skip
    page = text_of(officer.get(reverse(LIST)))
    # 4 + 2 + 2 + 1 + 3, 2 + 2 + 1 + 3 and 2 + 4 points of 11 times 4
    assert "26 of 44 points, 11 of 28 indicators" in page
    assert "4–7, 14–15, 17–23, 25–28" in page
    assert "<strong>26</strong> of 44 points · 11 of 28 indicators" in text_of(
        officer.get(part(made))
    )


def test_two_years_later_one_is_overruled(officer, made):
    fill_nature(officer, made)
    later = make_assessment(made.city, 2026)
    page = text_of(officer.get(part(later)))
    assert "In the first assessment (2024): 120." in page
    count = {"input_species_baseline": "120", "input_species_gained": "9"}
    birds = {**typed(5, **count, input_species_lost="2"), **own(5, "3", "Nine came back.")}
    overruled = own(1, "2", "Half of it is fenced.")
    save(officer, part(later), **natural("30"), **overruled, **birds, _continue="1")
    assert (result(later, 5).value, result(later, 5).points) == (Decimal(7), 3)
    assert (result(later, 1).computed_points, result(later, 1).points) == (4, 2)
    page = text_of(officer.get(part(later)))
    assert "overruled by the city" in page
    assert "the table gives 4" in page
    assert "5 of 8 points, 2 of 28 indicators" in text_of(officer.get(reverse(LIST)))


def test_the_first_time_only_the_count_is_asked_for(officer, made):
    page = officer.get(part(made)).content.decode()
    fields = fields_of(page)
    assert "i5-input_species_baseline" in fields
    assert not {"i5-input_species_gained", "i5-own_points"} & set(fields)
    assert "No points yet: this indicator compares with the first assessment" in page


def test_half_of_the_inputs_are_saved_with_a_hint(officer, made):
    given = typed(1, input_natural_area="5")
    assert save(officer, part(made), **given, _continue="1").url == part(made)
    assert result(made, 1).inputs == {"natural_area": "5"}
    assert "Still missing: Area of city" in officer.get(part(made)).content.decode()


@pytest.mark.parametrize(
    ("number", "given", "field", "words"),
    [
        (1, {"natural_area": "5", "city_area": "0"}, "city_area", "cannot be zero"),
        (1, {"natural_area": "5", "city_area": "4"}, "natural_area", "above the whole"),
        (1, {"natural_area": "-5", "city_area": "4"}, "natural_area", "below zero"),
        (1, {"natural_area": "1,886", "city_area": "4"}, "natural_area", "1886 or 1.886"),
        (1, {"natural_area": "many", "city_area": "4"}, "natural_area", "is no number"),
        (3, {"bird_species_built_up": "2.5"}, "bird_species_built_up", "whole number"),
        (2, {"patch_group_areas": "6; x", "natural_area_total": "9"}, "patch_group_areas", "“x”"),
        (
            2,
            {"patch_group_areas": "6; 4", "natural_area_total": "9"},
            "patch_group_areas",
            "Together the groups",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_nothing_is_lost(
    officer, made, number, given, field, words
):
    fields = typed(number, **{f"input_{name}": text for name, text in given.items()})
    response = save(officer, part(made), **fields, **own(9, "3", "Counted."))
    form = next(
        one
        for one in response.context["adminform"].form.result_forms
        if one.indicator.number == number
    )
    assert list(form.errors) == [f"input_{field}"]
    assert words in form.errors[f"input_{field}"][0]
    again = fields_of(response.content.decode())
    assert all(again[name] == text for name, text in fields.items())
    assert again["i9-reason"] == "Counted."
    assert f'href="#id_i{number}-input_{field}"' in response.content.decode()
    assert not made.results.exists()


def test_numbers_are_kept_as_they_were_typed(officer, made):
    groups = area_share(2, "patch_group_areas", "natural_area_total", "1 000", "12.50;3\r\n0.4;")
    save(officer, part(made), **groups)
    inputs = result(made, 2).inputs
    assert inputs == {"patch_group_areas": ["12.50", "3", "0.4"], "natural_area_total": "1000"}
    before = IndicatorResult.history.count()
    again = save(officer, part(made), change_reason="x" * 301)
    forms = again.context["adminform"].form.result_forms
    assert not any(one.changed_data for one in forms)
    save(officer, part(made))
    assert IndicatorResult.history.count() == before


@pytest.mark.parametrize(
    ("missing", "words"),
    [("reason", "Say why these points are right."), ("evidence", "Name a document")],
)
def test_own_points_need_reason_and_evidence(officer, made, missing, words):
    response = save(officer, part(made), **{**own(9, "0"), f"i9-{missing}": " "})
    assert words in text_of(response)
    assert not made.results.exists()


def test_evidence_may_be_a_link(officer, made):
    given = {**own(9, "0", evidence=""), "i9-evidence_url": "https://example.org/list"}
    save(officer, part(made), **given)
    assert result(made, 9).points == 0


def test_an_unclear_edge_offers_the_lower_points(officer, made):
    permeable = area_share(10, "permeable_area", "terrestrial_area", "100", "60")
    save(officer, part(made, SERVICES), **permeable)
    assert result(made, 10).points == 4
    page = text_of(officer.get(part(made, SERVICES)))
    assert "the one above gives 4 points, the one below 3." in page
    save(officer, part(made, SERVICES), **typed(10, takes_lower="on"))
    assert (result(made, 10).points, result(made, 10).basis) == (3, "lower")
    save(officer, part(made, SERVICES), **{**permeable, "i10-input_permeable_area": "61"})
    assert (result(made, 10).points, result(made, 10).takes_lower) == (4, False)


def test_a_result_that_is_emptied_goes(officer, made):
    save(officer, part(made), **natural("5"), **own(9, "3"))
    assert made.results.count() == 2
    empty = typed(9, own_points="", reason="", evidence="")
    save(officer, part(made), **natural("", ""), **empty)
    assert not made.results.exists()
    assert {"+", "-"} == set(IndicatorResult.history.values_list("history_type", flat=True))


def test_an_area_above_that_of_the_city_wants_a_reason(officer, made):
    with writing():
        made.city.area_km2 = 1
        made.city.save()
    response = save(officer, part(made, NATURE), **natural("25", "101"))
    assert "This is larger than the city (1 km²)." in text_of(response)
    answered = {**natural("25", "101"), **typed(1, reason="With the sea.")}
    assert save(officer, part(made, NATURE), **answered).status_code == 302
    assert save(officer, part(made, NATURE), **natural("26", "101")).status_code == 302


def test_the_profile_suggests_what_it_knows(officer, made):
    with writing():
        made.city.area_km2, made.city.population = Decimal("1886.5"), 600_000
        made.city.save()
    page = officer.get(part(made, SERVICES)).content.decode()
    assert "The city’s profile says 1,886.5 km²." in page
    assert 'data-fill-ha="188650"' in page
    assert 'data-fill-km2="1886.5"' in page
    assert 'data-fill="600000"' in page
    assert fields_of(page)["i10-input_terrestrial_area"] == ""


def test_doubts_about_names_bands_and_edges_stand_at_the_indicator(officer, made):
    page = text_of(officer.get(part(made, SERVICES)))
    urban = page[page.index('id="indicator-14"') :]
    assert "We could not check the name of this indicator" in urban
    assert "The handbook’s table of points for this indicator is not known to us." in urban
    water = page[page.index('id="indicator-10"') : page.index('id="indicator-11"')]
    assert "exactly 60.0: in no row of the printed table" in water
    assert "“Total permeable area” divided by “Total terrestrial area of the city”" in water
    assert '<td lang="en">30 to 39.9%</td><td>1</td>' in water


def test_what_is_compared_follows_when_another_assessment_is_the_first(officer, made):
    counts = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
    later = make_assessment(made.city, 2026, native_birds=counts)
    assert result(later, 5).value is None
    save(officer, part(made), **typed(5, input_species_baseline="120"))
    assert result(later, 5).value == 7
    save(officer, part(made), **typed(5, input_species_baseline=""))
    assert result(later, 5).value is None
    save(officer, part(made), **natural("5"))
    assert result(later, 5).value == 7
    officer.post(url_of(made, "delete"), filled(officer, url_of(made, "delete")))
    assert result(later, 5).value is None


def test_own_points_outlast_that_an_assessment_becomes_the_first(officer, made):
    save(officer, part(made), **typed(5, input_species_baseline="120"))
    counts = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
    later = make_assessment(
        made.city, 2026, native_birds={"points": 3, "reason": "Nine came back.", **counts}
    )
    officer.post(url_of(made, "delete"), filled(officer, url_of(made, "delete")))
    save(officer, part(later), **natural("25"))
    kept = result(later, 5)
    assert (kept.own_points, kept.inputs) == (3, counts)
    assert "4 of 4 points, 1 of 28 indicators" in text_of(officer.get(reverse(LIST)))
    save(officer, part(later), **typed(5, reason=""))
    assert result(later, 5).own_points is None


# What is known already


def test_the_assessment_before_and_actions_offer_what_means_the_same(officer, made):
    groups = area_share(2, "patch_group_areas", "natural_area_total", "10", "6; 4")
    save(officer, part(made), **natural("25"), **groups)
    action = make_action(made.city, "natural-areas")
    make_statement(action, "baseline", {"natural_area": 24}, year=2025)
    make_statement(action, "target", {"natural_area": 77}, due_year=2030)
    later = make_assessment(made.city, 2026)
    page = text_of(officer.get(part(later)))
    for words in (
        "In the assessment of 2024: 25 ha.",
        "In the assessment of 2024: 6; 4 ha.",
        f"Area of natural and semi-natural land, action {action.number} (2025): 24 km².",
        'data-fill-ha="2400"',
    ):
        assert words in page, words
    assert "77 km²" not in page
    assert fields_of(officer.get(part(later)).content.decode())["i1-input_natural_area"] == ""


# Steps


def test_each_step_saves_what_was_typed_in_the_one_before(officer, made):
    assert save(officer, part(made), **natural("25"), _go=GOVERNANCE).url == part(made, GOVERNANCE)
    assert result(made, 1).points == 4
    leads_back = "?next=%2Fadmin%2F"
    kept = save(officer, part(made) + leads_back, _next="1")
    assert kept.url == part(made, SERVICES) + leads_back
    assert save(officer, part(made, GOVERNANCE), **own(16, "2"), _go="about").url == url_of(made)
    assert result(made, 16).points == 2
    page = text_of(officer.get(url_of(made)))
    assert "Go on with component 1 of 3" in page
    again = save(officer, part(made), **natural("x"), _go=GOVERNANCE)
    assert fields_of(again.content.decode())["i1-input_natural_area"] == "x"


def test_one_goes_on_where_indicators_are_without_points():
    def of(code, without):
        return Part(Component(code=code), None, without)

    parts = (of("a", ()), of("b", (9,)), of("c", (12,)))
    begin, last = Steps(parts, None), Steps(parts, parts[2].component)
    assert (begin.resumed.code, begin.resumed_number, begin.back) == ("b", 2, "")
    assert (last.number, last.back, last.next) == (3, "b", None)
    assert last.asked("about") is None
    assert last.asked("nothing") is last.shown


# Not public until the city says so


def test_a_new_assessment_stays_out_of_the_record_until_the_city_says_so(officer, ours):
    officer.post(reverse(ADD), filled(officer, reverse(ADD), year="2024"))
    made = Assessment.objects.get()
    save(officer, part(made), **natural("25"))
    assert working_record(made.city).assessments == ()
    unpublished = reverse("admin:publishing_unpublished", args=[made.city_id])
    held = "Biodiversity index 2021, assessment of 2024"
    assert held in text_of(officer.get(unpublished))
    publish_all()
    first = words_of(officer.get(reverse("admin:index")))
    assert "Everything else that is saved is public. One assessment is kept back:" in first
    assert f'href="{url_of(made)}"' in first
    before = Assessment.objects.get().updated_on
    save(officer, part(made, GOVERNANCE), **own(16, "2"), _release="1", change_reason="Council")
    released = Assessment.objects.get()
    assert (released.is_released, released.updated_on) == (True, before)
    [stated] = working_record(made.city).assessments
    assert {one.indicator for one in stated.results} == {"2021-natural-areas", "2021-budget"}
    assert "Left out until you say so" not in text_of(officer.get(unpublished))
    save(officer, url_of(made), _hold_back="1")
    assert working_record(made.city).assessments == ()


def test_a_later_assessment_says_which_earlier_one_readers_do_not_know(officer, made):
    later = make_assessment(made.city, 2026)
    words = "An earlier assessment is kept back: 2024."
    assert words not in text_of(officer.get(url_of(later)))
    fill_nature(officer, made)
    save(officer, url_of(made), _hold_back="1")
    assert words in text_of(officer.get(url_of(later)))
    assert "In the first assessment (2024, not public): 120." in text_of(officer.get(part(later)))


# What was, comes back


def compared(city):
    """An assessment, and a later one that is compared with it."""
    first = make_assessment(city, 2022, native_birds={"species_baseline": "120"})
    again = {"species_baseline": "120", "species_gained": "9", "species_lost": "2"}
    return first, make_assessment(city, 2024, native_birds=again)


def test_a_deleted_assessment_comes_back_with_its_results(officer, ours):
    first, later = compared(ours.city)
    before = [*IndicatorResult.objects.order_by("pk").values()]
    delete(officer, first)
    assert later.results.get().value is None
    page = words_of(officer.get(url_of(first, "bring_back")))
    assert "1 result of an indicator" in page
    bring_back(officer, first)
    assert [*IndicatorResult.objects.order_by("pk").values()] == before


def test_an_earlier_version_is_the_whole_assessment_but_stays_as_public_as_it_is(officer, ours):
    first, later = compared(ours.city)
    save(officer, part(later), **natural("25"))
    before = [*later.results.order_by("pk").values()]
    at = ChangeSet.objects.latest("pk").pk
    save(officer, part(later), **natural("", whole=""), **own(9, "2"))
    save(officer, url_of(later), year="2020", _hold_back="1")
    assert first.results.get().computed_points is None
    url = f"{url_of(later, 'version', later.history.order_by('history_id').first().pk)}?as_of={at}"
    page = officer.get(url)
    said = words_of(page)
    for words in (
        "Indicator 1: comes back",
        "Indicator 9: is deleted",
        "2024",
        "Area of city: 100",
    ):
        assert words in said, words
    with writing():
        taken = Assessment.objects.create(city=ours.city, edition=later.edition, year=2024)
    refused = officer.post(url, fields_of(page.text))
    assert "The city has an assessment of this year already." in words_of(refused)
    with writing():
        taken.delete()
    officer.post(url, fields_of(page.text))
    later = Assessment.objects.get(pk=later.pk)
    assert (later.year, later.is_released) == (2024, False)
    assert [*later.results.order_by("pk").values()] == before


# Bands that staff correct


@pytest.fixture
def corrected(officer, made):
    """A result of four points, by bands that give none since."""
    save(officer, part(made), **natural("25"))
    indicator = Indicator.objects.get(code="2021-natural-areas")
    indicator.bands = [{**band, "points": 0} for band in indicator.bands]
    indicator.save()
    return made


def test_corrected_bands_wait_until_somebody_scores_again(officer, corrected):
    page = officer.get(part(corrected)).content.decode()
    assert "The table of points has been corrected since" in page
    save(officer, part(corrected), **typed(1, reason="A word more."))
    assert result(corrected, 1).points == 4
    save(officer, part(corrected), **typed(1, rescore="on"))
    assert result(corrected, 1).points == 0
    assert "have been corrected" not in officer.get(part(corrected)).content.decode()


def test_new_inputs_are_scored_by_the_present_bands(officer, corrected):
    save(officer, part(corrected), **natural("26"))
    assert result(corrected, 1).points == 0


# The points while somebody types


def test_the_page_asks_the_server_for_points_and_nothing_is_written(officer, made):
    before = ChangeSet.objects.count()
    data = filled(officer, part(made), **natural("25"), **typed(3, input_bird_species_city="0"))
    answer = officer.post(part(made, view="points"), data).json()
    assert "25%" in answer["outcomes"]["i1"]["html"]
    assert "<strong>4</strong> of 4 points" in answer["outcomes"]["i1"]["html"]
    assert "<strong>4</strong> of 4 points" in answer["summary"]
    assert not made.results.exists()
    assert ChangeSet.objects.count() == before
    data = {**data, **natural("125")}
    answer = officer.post(part(made, view="points"), data).json()
    assert "The part cannot be above the whole." in answer["outcomes"]["i1"]["html"]
    assert "No points yet" in answer["summary"]


def test_a_mistake_is_not_shown_with_the_points_of_other_numbers(officer, made):
    save(officer, part(made), **natural("25"))
    data = filled(officer, part(made), **natural("1_5"))
    answer = officer.post(part(made, view="points"), data).json()
    assert "is no number" in answer["outcomes"]["i1"]["html"]
    assert "25%" not in answer["outcomes"]["i1"]["html"]
    assert "No points yet" in answer["outcomes"]["i1"]["html"]
    assert "No points yet" in answer["summary"]
    assert result(made, 1).points == 4


def test_a_list_of_thousands_of_areas(officer, made):
    numbers = "; ".join(["12.3450"] * 3000)
    save(
        officer,
        part(made),
        **area_share(2, "patch_group_areas", "natural_area_total", "40000", numbers),
    )
    assert result(made, 2).inputs["patch_group_areas"] == ["12.345"] * 3000
    before = IndicatorResult.history.count()
    save(officer, part(made))
    assert IndicatorResult.history.count() == before


def test_typed_points_join_those_of_the_other_components(officer, made):
    fill_services(officer, made)
    data = filled(officer, part(made), **natural("25"))
    answer = officer.post(part(made, view="points"), data).json()
    assert "<strong>12</strong> of 20 points · 5 of 28 indicators" in answer["summary"]


# Two people, and history


def test_a_colleague_in_the_same_component_is_a_conflict(officer, as_, made):
    form = filled(officer, part(made), **natural("25"))
    save(as_("colleague"), part(made), **natural("10"), change_reason="New map")
    response = officer.post(part(made), form)
    assert TOLD in errors_of(response)
    page = response.content.decode()
    for words in ("Mo Our", "New map", "naturalised areas: 10", "Indicator 1"):
        assert words in page
    assert result(made, 1).value == 10
    again = fields_of(page)
    assert again["i1-input_natural_area"] == "25"
    assert officer.post(part(made), again).status_code == 302
    assert result(made, 1).value == 25


def test_a_colleague_in_another_component_is_none(officer, as_, made):
    form, about = filled(officer, part(made), **natural("25")), filled(officer, url_of(made))
    fill_services(as_("colleague"), made)
    assert officer.post(part(made), form).status_code == 302
    assert officer.post(url_of(made), {**about, "note": "Anew."}).status_code == 302
    assert made.results.count() == 5


def test_one_saving_is_one_change_set_of_the_city(officer, made):
    made.city.refresh_from_db()
    before, version = ChangeSet.objects.count(), made.city.content_version
    save(officer, part(made), **natural("25"), **own(9, "3"), change_reason="By the survey")
    assert ChangeSet.objects.count() == before + 1
    made.city.refresh_from_db()
    assert made.city.content_version == version + 1
    page = officer.get(url_of(made, "history")).content.decode()
    for words in ("By the survey", "Indicator 1", "Indicator 9", "Lin Our"):
        assert words in page


def test_a_deleted_assessment_takes_its_results_along(officer, made):
    fill_nature(officer, made)
    url = url_of(made, "delete")
    assert officer.post(url, filled(officer, url)).status_code == 302
    assert not IndicatorResult.objects.exists()
    assert officer.get(url_of(made)).status_code == 410


# Whose assessments


def addresses(assessment):
    for view in ("change", "delete", "history"):
        yield url_of(assessment, view)
    version = Assessment.history.filter(id=assessment.pk).first().pk
    yield url_of(assessment, "version", version)
    yield part(assessment)
    yield part(assessment, view="points")


@pytest.mark.parametrize("person", ["officer", "coordinator", "reviewer"])
def test_another_citys_assessment_does_not_exist(as_, foreign, person):
    client, before = as_(person), IndicatorResult.history.count()
    for address in addresses(foreign):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {**natural("5"), "post": "yes"}).status_code == 404, address
    assert IndicatorResult.history.count() == before
    assert "Their City" not in client.get(reverse(LIST)).content.decode()


def test_a_component_of_another_edition_does_not_exist(officer, made):
    for component in ("2014-governance", "nothing"):
        for view in ("part", "points"):
            assert officer.get(part(made, component, view)).status_code == 404
            assert officer.post(part(made, component, view), {}).status_code == 404


def test_reviewers_only_read(officer, as_, made):
    fill_nature(officer, made)
    reviewer = as_("reviewer")
    page = reviewer.get(part(made)).content.decode()
    assert 'value="25"' in page
    assert "disabled" in page
    assert "Save" not in page
    for address in (part(made), part(made, view="points"), url_of(made)):
        assert reviewer.post(address, natural("5")).status_code == 403
    assert result(made, 1).value == 25


def test_no_assessment_for_another_city(officer, ours, theirs):
    data = filled(officer, reverse(ADD), year="2024")
    officer.post(reverse(ADD), {**data, "city": theirs.city.pk})
    assert Assessment.objects.get().city == ours.city


# The earlier edition, queries, and staff


def test_the_2014_edition_takes_own_points(officer, ours):
    made = make_assessment(ours.city, 2014, "2014")
    url = part(made, "2014-native-biodiversity")
    assert "i4-own_points" not in filled(officer, url)
    save(officer, url, **own(1, "3"))
    assert "3 of 4 points, 1 of 23 indicators" in text_of(officer.get(reverse(LIST)))


def test_the_list_takes_a_fixed_number_of_queries(as_, made, django_assert_max_num_queries):
    client, counts = as_("staff"), []
    for name in (None, "Pond End", "Reed End"):
        if name:
            city = make_city(name)
            make_assessment(city, 2024, natural_areas={"natural_area": "1", "city_area": "9"})
            make_assessment(city, 2025, "2014")
        with django_assert_max_num_queries(20) as queries:
            client.get(reverse(LIST))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_component_takes_a_fixed_number_of_queries(officer, made, django_assert_max_num_queries):
    save(officer, part(made), **natural("25"))
    with django_assert_max_num_queries(20) as queries:
        officer.get(part(made))
    few = len(queries)
    fill_nature(officer, made)
    fill_services(officer, made)
    with django_assert_max_num_queries(few):
        officer.get(part(made))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("bands", '[{"points": 1}]', "Each row needs points, min, max"),
        ("inputs", "[]", "This needs more inputs than there are."),
        ("inputs", '[{"name": "a"}]', "Each input needs a name, a label, a unit and a kind."),
    ],
)
def test_staff_are_told_what_is_wrong_with_bands_and_inputs(as_, catalogue, field, value, words):
    indicator = Indicator.objects.get(code="2021-natural-areas")
    response = save(as_("staff"), url_of(indicator), **{field: value})
    assert words in errors_of(response)[0]
    before = indicator.bands
    indicator.refresh_from_db()
    assert indicator.bands == before


def test_staff_correct_a_band(as_, catalogue):
    indicator = Indicator.objects.get(code="2021-natural-areas")
    data = filled(as_("staff"), url_of(indicator))
    assert {"method", "value_unit", "needs_earlier"} - set(data) <= {"needs_earlier"}
    bands = data["bands"].replace('"20.0"', '"21.0"')
    save(as_("staff"), url_of(indicator), bands=bands)
    indicator.refresh_from_db()
    assert indicator.bands[-1]["min"] == "21.0"
