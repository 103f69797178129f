"""The one source of page, PDF and JSON."""

import dataclasses
import json

import pytest
from django.db.models import F

from actions.models import ActionArea, CityCommitment, Commitment
from profiles.models import City, PublicCity
from publishing import record as records
from report.plain import plain
from report.sources import published_document, working_document
from tests.factories import make_action, make_city, make_item, make_resource, writing
from tests.published import publish_all
from tests.records import DAY


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


def test_an_empty_city_says_so_in_words(short_document):
    document = short_document
    assert str(document.overview.about.empty) == "Pond Town has not yet written about itself."
    assert "not yet shared any actions" in str(document.actions.empty)
    assert "not yet posted" in str(document.resources.empty)
    assert document.cover.sample_note is None


def test_the_rows_of_a_city_are_read_again_where_somebody_saved_meanwhile(catalogue, monkeypatch):
    city, asked, collect = make_city(), [], records.collect

    def collect_while_somebody_saves(cities):
        asked.append(cities)
        if len(asked) < 3:
            City.objects.update(content_version=F("content_version") + 1)
        if len(asked) == 1:
            raise KeyError("a statement of an action that was not there before")
        return collect(cities)

    monkeypatch.setattr(records, "collect", collect_while_somebody_saves)
    assert working_document(city).slug == city.slug
    assert len(asked) == 3


def test_a_fault_of_ours_is_no_save_of_somebody_else(catalogue, monkeypatch):
    monkeypatch.setattr(records, "collect", lambda cities: {})
    with pytest.raises(KeyError):
        working_document(make_city())


def test_rows_and_publication_of_a_city_make_one_document(catalogue, django_assert_num_queries):
    """Nine queries for the record, one for the version, one each for resources and catalogue."""
    city = make_city("Many", about="Ponds.", population=1, latitude=1, longitude=2)
    make_item(city, 1, resource=make_resource(city))
    for _ in range(25):
        make_action(city, "natural-areas", baseline={"total_area": 12})
    publish_all()
    city = City.objects.select_related("country__region").get(pk=city.pk)
    with django_assert_num_queries(12):
        of_rows = working_document(city, DAY)
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    with django_assert_num_queries(2):
        published = published_document(public, DAY)
    said = [str(one.cover.published) for one in (of_rows, published)]
    today = published.version.published_on
    assert said == ["Working copy, not published", f"Published {today}, figures up to {today}"]
    cover = dataclasses.replace(published.cover, published=of_rows.cover.published)
    ending = dataclasses.replace(published.colophon, version=of_rows.colophon.version)
    assert dataclasses.replace(published, version=None, cover=cover, colophon=ending) == of_rows


def test_a_publication_is_read_where_a_row_of_the_catalogue_is_gone(catalogue):
    """Nothing protects the row: the city states nothing by it any more, but that is not public."""
    area, city = ActionArea.objects.first(), make_city()
    own = Commitment.objects.create(code="own", name="Plant hedges", area=area)
    with writing():
        made = CityCommitment.objects.create(city=city, commitment=own)
    publish_all()
    with writing():
        made.delete()
    own.delete()
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    chapter = published_document(public, DAY).actions
    assert [str(one.name) for area in chapter.areas for one in area.commitments] == ["Plant hedges"]


@pytest.mark.parametrize("slug", ["anji-county", "al-waha", "quietwater"])
def test_plain_data_is_json_and_leaves_nothing_out(slug, document_of):
    document = document_of(slug)
    data = plain(document)
    assert json.loads(json.dumps(data)) == data
    assert data.keys() == {field.name for field in dataclasses.fields(document)}
    assert data["cover"]["day"] == {"date": "2026-06-06", "text": "06 June 2026"}
