"""Chapter 4: what is printed of an index not started, begun, repeated; totals checked by hand."""

from itertools import pairwise

import pytest

from catalogue.texts import Texts
from cbi.chapter import build
from cbi.models import Component, Edition, Indicator
from cbi.totals import Total
from report.drawings.index_layout import Bar, lay_out_bar, lay_out_chart
from tests.factories import make_assessment, make_city, writing

from .inputs import CHOSEN, COUNTED, NATURAL

pytestmark = pytest.mark.usefixtures("catalogue")


def test_a_retired_edition_is_printed_where_there_is_no_other():
    city = make_city("Pond End")
    before = build(city, Texts()).editions
    Edition.objects.update(retired=True)
    assert build(city, Texts()).editions == before


def test_a_retired_edition_makes_way_for_a_newer_one():
    Edition.objects.update(retired=True)
    newer = Edition.objects.create(
        code="next", name="The next edition", max_points=100, position=99
    )
    everything = Component.objects.create(
        code="next-all", name="All", edition=newer, max_points=100
    )
    Indicator.objects.create(
        code="next-1", name="One", component=everything, number=1, max_points=100
    )
    [edition] = build(make_city("Pond End"), Texts()).editions
    assert (edition.name.value, edition.max_points) == ("The next edition", 100)


def test_an_edition_waits_until_it_has_an_indicator():
    Edition.objects.create(code="early", name="An early entry", max_points=1, position=0)
    assert build(make_city("Pond End"), Texts()).editions[0].max_points == 112


# An assessment: inputs of known bands, checked by hand


@pytest.fixture
def city():
    return make_city("Port Trial")


def edition_of(city):
    return build(city, Texts()).editions[0]


def result_of(entry, code):
    return next(result for result in entry.results if result.code == f"2021-{code}")


def test_a_total_has_the_points_of_what_was_scored_and_its_own_maximum(city):
    make_assessment(city, natural_areas=NATURAL, budget=CHOSEN, education={**CHOSEN, "points": 0})
    entry = edition_of(city)
    assert entry.total == Total(points=5, max_points=12, scored=3, of=28)
    assert entry.state.value == "5 of 12 points · 3 of 28 indicators"
    native, services, governance = entry.components
    assert native.total == Total(3, 4, 1, 9)
    assert governance.total == Total(2, 8, 2, 14)
    assert native.missing.value == "Without points: 2–9"
    assert governance.missing.value == "Without points: 15, 17–25, 27–28"
    assert (services.total, services.missing) == (None, None)
    assert services.state.value == "Not started · – of 20"
    assert services.empty.value == "Port Trial has not started on this biodiversity index section"


def test_no_points_is_not_zero_points(city):
    make_assessment(city, natural_areas={"natural_area": "15"}, budget={**CHOSEN, "points": 0})
    entry = edition_of(city)
    begun, zero = result_of(entry, "natural-areas"), result_of(entry, "budget")
    assert (begun.points, begun.points_text.value, begun.basis) == (None, "–", "none")
    assert (zero.points, zero.points_text.value) == (0, "0 of 4")
    assert entry.total == Total(0, 4, 1, 28)
    assert [name.value for name in entry.gaps] == [zero.name.value]


def test_what_is_compared_is_left_out_of_the_first_maximum_and_scored_later(city):
    make_assessment(city, 2020, natural_areas=NATURAL, native_birds=COUNTED)
    first = edition_of(city)
    assert first.total == Total(3, 4, 1, 28)
    assert result_of(first, "native-birds").basis == "start"
    make_assessment(city, 2024, natural_areas=NATURAL, native_birds={**COUNTED, **CHOSEN})
    later = edition_of(city)
    assert later.total == Total(5, 8, 2, 28)
    assert [entry.state.value for entry in later.course] == [
        "3 of 4 points · 1 of 28 indicators",
        "5 of 8 points · 2 of 28 indicators",
    ]


def test_what_becomes_the_first_assessment_is_scored_as_such(city):
    first = make_assessment(city, 2020, natural_areas=NATURAL)
    make_assessment(city, 2024, natural_areas=NATURAL, native_birds={**COUNTED, **CHOSEN})
    with writing():
        first.delete()
    entry = edition_of(city)
    assert entry.total == Total(3, 4, 1, 28)
    assert result_of(entry, "native-birds").points is None


def test_the_course_compares_what_has_points_both_times(city):
    make_assessment(city, 2018, natural_areas=NATURAL, budget=CHOSEN)
    make_assessment(city, 2021, education=CHOSEN)
    worse, better = {**CHOSEN, "points": 1}, {"natural_area": "25", "city_area": "100"}
    make_assessment(city, 2024, natural_areas=better, budget=worse, education=CHOSEN)
    entry = edition_of(city)
    assert [(one.year, one.difference) for one in entry.course] == [
        (2018, None),
        (2021, None),
        (2024, 0),
    ]
    assert entry.course[1].change.value == "no indicator has points both times"
    assert entry.course[2].change.value == "0 points (indicators scored both times: 2)"
    assert [(one.before, one.after, one.words.value) for one in entry.better] == [
        (3, 4, "3 to 4 points")
    ]
    assert [one.name.value for one in entry.worse] == [result_of(entry, "budget").name.value]
    assert [name.value for name in entry.strengths] == ["Proportion of Natural Areas in the City"]


def test_editions_stand_side_by_side_and_are_never_added(city):
    make_assessment(city, 2024, natural_areas=NATURAL)
    make_assessment(city, 2014, edition="2014", natural_areas={**CHOSEN, "points": 4})
    now, then = build(city, Texts()).editions
    assert (now.code, now.year, now.total) == ("2021", 2024, Total(3, 4, 1, 28))
    assert (then.code, then.year, then.total) == ("2014", 2014, Total(4, 4, 1, 23))
    assert len(now.course) == len(then.course) == 1


def test_a_retired_indicator_stays_where_it_was_scored(city):
    make_assessment(city, 2020, natural_areas=NATURAL, budget=CHOSEN)
    make_assessment(city, 2024, natural_areas=NATURAL)
    Indicator.objects.filter(code="2021-budget").update(retired=True)
    now = edition_of(city)
    assert now.total == Total(3, 4, 1, 27)
    assert [entry.total.of for entry in now.course] == [28, 27]
    assert "16" not in [str(result.number) for result in now.results]


def test_how_points_came_about_is_marked(city):
    overruled = {**NATURAL, "points": 4, "reason": "A park was opened since."}
    make_assessment(city, natural_areas=overruled, urban_agriculture=CHOSEN)
    entry = edition_of(city)
    assert result_of(entry, "natural-areas").basis_label.value == "overruled by the city"
    own = result_of(entry, "urban-agriculture")
    assert own.basis_label.value == "self-assessed"
    assert [mark.value for mark in own.marks] == [
        "Name not verified",
        "Bands not known: the city chooses its points",
    ]
    assert not result_of(entry, "natural-areas").marks


def test_an_unclear_edge_names_both_points(city):
    make_assessment(city, habitat_restoration={"area_restored": "80", "area_degraded": "100"})
    [mark] = result_of(edition_of(city), "habitat-restoration").marks
    assert mark.value.startswith("Edge: the handbook's print is unclear.")
    assert mark.value.endswith("give 4 and 3 points.")


def test_words_of_the_city_keep_their_language():
    city = make_city("Wadi", content_language="ar")
    make_assessment(city, budget={**CHOSEN, "reason": "قرر المجلس"})
    reason = result_of(edition_of(city), "budget").reason
    assert (reason.value, reason.language) == ("قرر المجلس", "ar")


def test_the_chapter_takes_two_queries_whatever_a_city_holds(city, django_assert_num_queries):
    texts = Texts()
    for year in (2018, 2020, 2022):
        make_assessment(city, year, natural_areas=NATURAL, budget=CHOSEN)
    with django_assert_num_queries(2):
        build(city, texts)


# The drawings


def test_a_bar_shows_points_within_what_was_scored_within_all():
    assert lay_out_bar(Total(9, 18, 5, 9), 36) == Bar(points=0.25, scored=0.5)
    assert lay_out_bar(None, 36) == Bar(0, 0)


def test_the_chart_puts_later_years_above_or_below_the_first(city):
    for year, points in ((2016, 2), (2018, 4), (2020, 0), (2024, 2)):
        make_assessment(city, year, budget={**CHOSEN, "points": points})
    drawn = lay_out_chart(edition_of(city).course)
    assert [dot.label for dot in drawn.dots] == ["", "+2", "−2", "0"]
    first, better, worse, same = drawn.dots
    assert better.y < first.y == same.y == drawn.level < worse.y
    assert better.x - first.x == pytest.approx((same.x - first.x) / 4)
    assert first.is_first and not same.is_first
    assert drawn.description.startswith(
        "2016: first assessment; 2018: +2 points (indicators scored both times: 1)"
    )


def test_many_years_leave_each_other_room(city):
    for year in range(2009, 2025):
        make_assessment(city, year, budget=CHOSEN)
    drawn = lay_out_chart(edition_of(city).course)
    named = [dot.x for dot in drawn.dots if dot.year]
    assert len(drawn.dots) == 16 and len(named) < 9
    assert min(right - left for left, right in pairwise(named)) >= 36
    assert drawn.dots[-1].year == "2024"


def test_nothing_to_compare_is_no_chart(city):
    make_assessment(city, 2020, budget=CHOSEN)
    assert lay_out_chart(edition_of(city).course) is None
    make_assessment(city, 2024, education=CHOSEN)
    assert lay_out_chart(edition_of(city).course) is None
