"""The one source of page, PDF and JSON."""

import dataclasses
import json

import pytest

from report.document import build
from report.plain import plain
from tests.factories import make_action, make_city

from .samples import DAY


def test_the_day_is_printed_as_the_original_prints_it(anji_document):
    assert anji_document.cover.day.text == "06 June 2026"


def test_the_statistic_is_what_is_printed(anji_document):
    (statistic,) = anji_document.overview.statistics.facts
    assert statistic.value.value == len(anji_document.actions.actions) == 30
    assert statistic.link == f"#{anji_document.actions.head.anchor}"


def test_anji_holds_what_the_original_holds(anji_document):
    chapter = anji_document.actions
    counts = [[len(area.commitments) for area in chapter.areas]]
    counts.append([sum(len(c.actions) for c in area.commitments) for area in chapter.areas])
    assert counts == [[5, 3, 5], [17, 4, 9]]
    assert sum(action.baseline is not None for action in chapter.actions) == 18
    assert sum(len(action.targets) for action in chapter.actions) == 1
    assert [len(phase.steps) for phase in anji_document.pathway.phases] == [3, 3, 3]
    assert [part.max_points for part in anji_document.cbi.editions[0].components] == [36, 20, 56]


def test_achievements_come_out_as_printed(anji_document):
    shares = {
        category.code: [level.share.percent for level in category.levels]
        for category in anji_document.overview.achievements.categories
    }
    assert shares == {
        "profile": [67, 100, 0],
        "pathway": [0, 0, 0],
        "hub": [0, 0, 0],
        "actions": [100, 100, 50],
    }


def test_an_empty_city_says_so_in_words(catalogue):
    document = build(make_city("Pond End"), on=DAY)
    assert str(document.overview.about.empty) == "Pond End has not yet written about itself."
    assert "not yet shared any actions" in str(document.actions.empty)
    assert "not yet posted" in str(document.resources.empty)
    assert document.cover.sample_note is None


def test_a_document_takes_the_same_queries_for_few_and_for_many(
    catalogue, django_assert_num_queries, django_assert_max_num_queries
):
    few, many = make_city("Few"), make_city("Many")
    make_action(few, "natural-areas", baseline={"total_area": 12})
    for _ in range(25):
        make_action(many, "natural-areas", baseline={"total_area": 12})
    with django_assert_max_num_queries(20) as counted:
        build(few, on=DAY)
    with django_assert_num_queries(len(counted)):
        build(many, on=DAY)


@pytest.mark.parametrize("slug", ["anji-county", "sample-al-waha", "sample-almost-empty"])
def test_plain_data_is_json_and_leaves_nothing_out(slug, document_of):
    document = document_of(slug)
    data = plain(document)
    assert json.loads(json.dumps(data)) == data
    assert data.keys() == {field.name for field in dataclasses.fields(document)}
    assert data["cover"]["day"] == {"date": "2026-06-06", "text": "06 June 2026"}
