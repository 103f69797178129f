"""Chapter 4: what is printed of an index not started, begun, repeated; totals checked by hand."""

from itertools import pairwise

import pytest

from cbi.chapter import build
from cbi.lists import FrozenComponent, FrozenEdition, FrozenIndicator
from cbi.totals import Total
from hub.models import PublicResource
from report.drawings.index_layout import Bar, lay_out_bar, lay_out_chart
from tests.records import changed_catalogue, make_context, make_record, shipped_catalogue

from .records import (
    BIRDS,
    BIRDS_AGAIN,
    BUDGET,
    EDUCATION,
    MORE_NATURAL_AREAS,
    NATURAL_AREAS,
    assessment,
    chosen,
    computed,
    result,
    retired,
)


def chapter_of(*assessments, city=None, **context):
    record = make_record(city=city, assessments=assessments)
    return build(record, make_context(**context))


def edition_of(*assessments, **context):
    return chapter_of(*assessments, **context).editions[0]


def result_of(entry, code):
    return next(result for result in entry.results if result.code == f"2021-{code}")


def test_a_retired_edition_is_printed_where_there_is_no_other():
    without = changed_catalogue(editions=retired(shipped_catalogue().editions.values()))
    assert chapter_of(catalogue=without).editions == chapter_of().editions


def test_a_retired_edition_makes_way_for_a_newer_one():
    with_next = changed_catalogue(
        editions=[
            *retired(shipped_catalogue().editions.values()),
            FrozenEdition(
                code="next", name="The next edition", origin="ours", max_points=100, position=99
            ),
        ],
        components=[
            FrozenComponent(
                code="next-all", name="All", origin="ours", edition="next", max_points=100
            )
        ],
        indicators=[
            FrozenIndicator(
                code="next-1",
                name="One",
                origin="ours",
                component="next-all",
                number=1,
                max_points=100,
            )
        ],
    )
    [edition] = chapter_of(catalogue=with_next).editions
    assert (edition.name.value, edition.max_points) == ("The next edition", 100)


def test_an_edition_waits_until_it_has_an_indicator():
    early = FrozenEdition(code="early", name="An early entry", origin="ours", max_points=1)
    assert edition_of(catalogue=changed_catalogue(editions=[early])).max_points == 112


# An assessment: inputs of known bands, checked by hand


def test_a_total_has_the_points_of_what_was_scored_and_its_own_maximum():
    entry = edition_of(assessment(2024, NATURAL_AREAS, BUDGET, chosen("education", points=0)))
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


def test_no_points_is_not_zero_points():
    half_filled = result("natural-areas", inputs={"natural_area": "15"})
    entry = edition_of(assessment(2024, half_filled, chosen("budget", points=0)))
    begun, zero = result_of(entry, "natural-areas"), result_of(entry, "budget")
    assert (begun.points, begun.points_text.value, begun.basis) == (None, "–", "none")
    assert (zero.points, zero.points_text.value) == (0, "0 of 4")
    assert entry.total == Total(0, 4, 1, 28)
    assert [name.value for name in entry.gaps] == [zero.name.value]


def test_what_is_compared_is_left_out_of_the_first_maximum_and_scored_later():
    first = edition_of(assessment(2020, NATURAL_AREAS, BIRDS))
    assert first.total == Total(3, 4, 1, 28)
    assert result_of(first, "native-birds").basis == "start"
    later = edition_of(
        assessment(2024, NATURAL_AREAS, BIRDS_AGAIN), assessment(2020, NATURAL_AREAS, BIRDS)
    )
    assert later.total == Total(5, 8, 2, 28)
    assert [entry.state.value for entry in later.course] == [
        "3 of 4 points · 1 of 28 indicators",
        "5 of 8 points · 2 of 28 indicators",
    ]


@pytest.mark.parametrize("earlier", [(), [assessment(2020)]], ids=["none", "without results"])
def test_the_first_published_assessment_keeps_the_points_it_has_against_an_earlier_one(earlier):
    entry = edition_of(*earlier, assessment(2024, NATURAL_AREAS, BIRDS_AGAIN))
    assert entry.total == Total(5, 8, 2, 28)
    assert result_of(entry, "native-birds").basis == "self-assessed"
    assert entry.course[0].change.value == "first published assessment"


def test_the_course_compares_what_has_points_both_times():
    entry = edition_of(
        assessment(2018, NATURAL_AREAS, BUDGET),
        assessment(2021, EDUCATION),
        assessment(2024, MORE_NATURAL_AREAS, chosen("budget", points=1), EDUCATION),
    )
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


def test_editions_stand_side_by_side_and_are_never_added():
    now, then = chapter_of(
        assessment(2014, chosen("natural-areas", points=4), edition="2014"),
        assessment(2024, NATURAL_AREAS),
    ).editions
    assert (now.code, now.year, now.total) == ("2021", 2024, Total(3, 4, 1, 28))
    assert (then.code, then.year, then.total) == ("2014", 2014, Total(4, 4, 1, 23))
    assert len(now.course) == len(then.course) == 1


def test_a_retired_indicator_stays_where_it_was_scored():
    budget = shipped_catalogue().indicators["2021-budget"]
    now = edition_of(
        assessment(2020, NATURAL_AREAS, BUDGET),
        assessment(2024, NATURAL_AREAS),
        catalogue=changed_catalogue(indicators=retired([budget])),
    )
    assert now.total == Total(3, 4, 1, 27)
    assert [entry.total.of for entry in now.course] == [28, 27]
    assert "16" not in [str(result.number) for result in now.results]


def test_how_points_came_about_is_marked():
    overruled = computed("natural-areas", "15", own_points=4, reason={"en": "A park was opened."})
    entry = edition_of(assessment(2024, overruled, chosen("urban-agriculture")))
    assert result_of(entry, "natural-areas").basis_label.value == "overruled by the city"
    own = result_of(entry, "urban-agriculture")
    assert own.basis_label.value == "self-assessed"
    assert [mark.value for mark in own.marks] == [
        "Name not verified",
        "No table of points known to us: the city chooses its points",
    ]
    assert not result_of(entry, "natural-areas").marks


def test_an_unclear_edge_names_both_points():
    entry = edition_of(assessment(2024, computed("habitat-restoration", "80")))
    [mark] = result_of(entry, "habitat-restoration").marks
    assert mark.value.startswith("Between two rows of the handbook’s table of points")
    assert mark.value.endswith("give 4 and 3 points.")


def test_words_of_the_city_keep_their_language():
    made = assessment(
        2024,
        chosen("budget", reason={"ar": "قرر المجلس"}),
        chosen("public-consultation", inputs={"consultation_status": "نعم"}),
        result("education", language="fr", inputs={"curriculum_status": "En cours"}),
        note={"ar": "جامعتان"},
    )
    entry = edition_of(made, city={"language": "ar"})
    reason = result_of(entry, "budget").reason
    assert (reason.value, reason.language) == ("قرر المجلس", "ar")
    assert (entry.about.value, entry.about.language) == ("جامعتان", "ar")
    assert result_of(entry, "budget").evidence is None
    [words] = result_of(entry, "public-consultation").inputs
    assert (words.value.value, words.value.language) == ("نعم", "ar")
    [words] = result_of(entry, "education").inputs
    assert (words.value.value, words.value.language) == ("En cours", "fr")


def test_a_value_keeps_the_decimals_with_which_it_was_computed():
    entry = edition_of(assessment(2024, NATURAL_AREAS, computed("connectivity", "0")))
    assert str(result_of(entry, "natural-areas").exact) == "15.000000000"
    assert f"{result_of(entry, 'connectivity').exact:f}" == "0.000000000"


def test_only_a_public_resource_is_linked_as_evidence():
    survey = PublicResource(id=7, title="Survey", language="fr")
    entry = edition_of(
        assessment(2024, chosen("budget", evidence_resource=7), chosen("education")),
        assessment(2020, chosen("budget", evidence_resource=8)),
        resources=[survey],
    )
    link = result_of(entry, "budget").evidence_resource
    assert (link.url, link.title.value) == ("/resources/7/", "Survey")
    assert result_of(entry, "education").evidence_resource is None
    entry = edition_of(assessment(2020, chosen("budget", evidence_resource=8)), resources=[survey])
    assert result_of(entry, "budget").evidence_resource is None


def test_what_the_catalogue_does_not_know_is_left_out():
    known = assessment(2024, NATURAL_AREAS, BIRDS)
    chapter = chapter_of(
        assessment(2019, BUDGET, edition="1999"),
        assessment(2020, chosen("nowhere")),
        assessment(2024, NATURAL_AREAS, chosen("nowhere"), BIRDS),
    )
    assert chapter == chapter_of(known)


# The drawings


def test_a_bar_shows_points_within_what_was_scored_within_all():
    assert lay_out_bar(Total(9, 18, 5, 9), 36) == Bar(points=0.25, scored=0.5)
    assert lay_out_bar(None, 36) == Bar(0, 0)


def drawing_of(*assessments):
    return lay_out_chart(edition_of(*assessments).course)


def test_the_chart_puts_later_years_above_or_below_the_first():
    by_year = {2016: 2, 2018: 4, 2020: 0, 2024: 2}
    drawn = drawing_of(
        *(assessment(year, chosen("budget", points=points)) for year, points in by_year.items())
    )
    assert [dot.label for dot in drawn.dots] == ["", "+2", "−2", "0"]
    first, better, worse, same = drawn.dots
    assert better.y < first.y == same.y == drawn.level < worse.y
    assert better.x - first.x == pytest.approx((same.x - first.x) / 4)
    assert first.is_first and not same.is_first
    assert drawn.description.startswith(
        "4 assessments, from 2016 to 2024. Compared with 2016, 2024 has 0 points"
    )


def test_many_years_leave_each_other_room():
    drawn = drawing_of(*(assessment(year, BUDGET) for year in range(2009, 2025)))
    named = [dot.x for dot in drawn.dots if dot.year]
    assert len(drawn.dots) == 16 and len(named) < 9
    assert min(right - left for left, right in pairwise(named)) >= 36
    assert drawn.dots[-1].year == "2024"


def test_nothing_to_compare_is_no_chart():
    assert drawing_of(assessment(2020, BUDGET)) is None
    assert drawing_of(assessment(2020, BUDGET), assessment(2024, EDUCATION)) is None
