"""By what cities are found, and how many each filter would leave."""

from collections import Counter
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection

from profiles.explorer import COUNTED, NEWEST, CitySearch, Facet
from profiles.lagging import lagging
from profiles.models import PublicCity, PublicFacet
from profiles.sizes import size_of
from publishing import after_migration
from publishing.facets import codes_of, counts_of
from tests.factories import make_action, make_assessment, make_city, make_progress
from tests.published import publish_all
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    shipped_catalogue,
)


def found_under(record, **city):
    region = SimpleNamespace(code="europe")
    values = {"country": SimpleNamespace(code="FR", region=region), "levels": {}, **city}
    one = SimpleNamespace(
        record=record, catalogue=shipped_catalogue(), city=SimpleNamespace(**values)
    )
    return {facet: codes for facet, codes in codes_of(one, {}).items() if codes}


def test_a_city_without_anything_is_found_by_what_every_city_has():
    assert found_under(make_record(city={"language": "zh-hans"})) == {
        Facet.COUNTRY: {"FR"},
        Facet.REGION: {"europe"},
        Facet.SIZE: {"not-given"},
        Facet.LANGUAGE: {"zh-Hans"},
    }


def test_a_figure_on_a_target_is_told_from_words():
    catalogue = shipped_catalogue()
    kind = catalogue.action_types["natural-areas"]
    numbers = {str(catalogue.targets[code].number) for code in kind.kmgbf_targets}
    measure = next(one.code for one in catalogue.measures.values() if is_area(one))
    described = make_action_record("natural-areas")
    measured = make_action_record("natural-areas", make_statement_record("baseline", {measure: 1}))
    for actions, with_figure in (([described], set()), ([described, measured], numbers)):
        found = found_under(make_record(actions=actions))
        assert found[Facet.TARGET] == numbers
        assert found.get(Facet.FIGURE, set()) == with_figure
        assert found[Facet.COMMITMENT] == {kind.commitment}


def is_area(measure):
    return measure.action_type == "natural-areas" and measure.is_numeric


def test_levels_are_found_by_category_and_level():
    found = found_under(make_record(), levels={"actions": "star", "profile": "starter"})
    assert found[Facet.AWARD] == {"actions.star", "profile.starter"}


def test_the_card_counts_actions_by_what_they_say():
    measure = next(one.code for one in shipped_catalogue().measures.values() if is_area(one))
    baseline = make_statement_record("baseline", {measure: 1})
    targets = [
        make_statement_record("target", {measure: 2}, due_year=2030),
        make_statement_record("target", {measure: 2}),
        make_statement_record("target", due_year=2030),
    ]
    actions = [
        make_action_record("natural-areas", *said, number=number)
        for number, said in enumerate([[], [baseline], *([one] for one in targets)], start=1)
    ]
    counts = counts_of(make_record(actions=actions))
    assert counts == {
        "action_count": 5,
        "commitment_count": 0,
        "start_count": 1,
        "target_count": 3,
        "full_target_count": 1,
    }


@pytest.mark.parametrize(
    ("people", "size"),
    [
        (None, "not-given"),
        (0, "under-50000"),
        (49_999, "under-50000"),
        (50_000, "under-250000"),
        (999_999, "under-1000000"),
        (5_000_000, "5000000-or-more"),
    ],
)
def test_sizes_begin_at_their_number(people, size):
    assert size_of(people) == size


@pytest.fixture
def cities(catalogue):
    acting = make_city("Acting", country="CN", population=580_000)
    make_action(acting, "natural-areas", baseline={"total_area": 12})
    worded = make_city("Worded", country="CN", content_language="zh-Hans")
    make_action(worded, "natural-areas")
    make_progress(worded, 1)
    make_assessment(make_city("Measured", country="FR", population=1_200_000))
    make_action(make_city("Invented", country="FR", is_sample=True), "natural-areas")
    publish_all()


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"country": "CN"},
        {"country": "CN", "language": "zh-Hans"},
        {"country": "FR", "target": "1", "size": "not-given"},
    ],
)
@pytest.mark.parametrize("lists_samples", [True, False])
def test_each_count_is_what_choosing_it_finds(
    settings, cities, chosen, lists_samples, django_assert_num_queries
):
    settings.SAMPLES_ARE_LISTED = lists_samples
    search = CitySearch(chosen=chosen)
    with django_assert_num_queries(1):
        counts = search.counts()
    codes = Counter(PublicFacet.objects.values_list("facet", "code"))
    for facet, code in codes:
        if facet in COUNTED:
            found = CitySearch(chosen={**chosen, facet: code}).filtered().count()
            assert counts[facet].get(code, 0) == found, (facet, code)
    assert search.total(counts) == search.filtered().count()
    for name, count in search.loosened().items():
        without = {key: code for key, code in chosen.items() if key != name}
        assert count == CitySearch(chosen=without).filtered().count()


def test_cities_that_changed_last_come_first(cities):
    names = [city.name for city in CitySearch().results(NEWEST)]
    assert names == ["Measured", "Worded", "Acting"]


@pytest.mark.parametrize("is_listed", [True, False])
def test_cities_of_pages_before_are_passed_over_in_an_index(db, settings, is_listed):
    settings.SAMPLES_ARE_LISTED = is_listed
    if connection.vendor == "postgresql":  # it would read the whole of an empty table
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = CitySearch().results().values("pk")[3_576:3_600].explain()
    assert "profiles_publiccity_by_name" in plan
    assert "Index Only Scan" in plan or connection.vendor == "sqlite"


def test_cities_of_before_are_found_once_the_database_is_migrated(cities, capsys):
    before = set(PublicFacet.objects.values_list("city", "facet", "code"))
    PublicFacet.objects.all().delete()
    PublicCity.objects.update(tables_catalogue="", population=None)
    emit_post_migrate_signal(verbosity=1, interactive=False, db=DEFAULT_DB_ALIAS)
    assert set(PublicFacet.objects.values_list("city", "facet", "code")) == before
    assert PublicCity.objects.get(name="Acting").population == 580_000
    assert "4 cities" in capsys.readouterr().out
    after_migration.write_cards()
    assert not capsys.readouterr().out
    call_command("check_public")


def test_many_cities_of_before_are_left_to_the_worker(cities, capsys, monkeypatch):
    PublicCity.objects.update(tables_catalogue="")
    monkeypatch.setattr(after_migration, "MANY", 3)
    after_migration.write_cards()
    assert "4 cities is not written yet: the worker does it" in capsys.readouterr().out
    assert len(lagging()) == 4
    monkeypatch.setattr(after_migration, "MANY", 4)
    after_migration.write_cards()
    assert not lagging()


@pytest.mark.parametrize("query", ["q=port&region=europe&size=not-given&sort=size", "q=zzz"])
def test_a_list_with_words_takes_six_queries_at_most(
    client, cities, query, django_assert_max_num_queries
):
    client.get("/cities/")
    with django_assert_max_num_queries(6):
        assert client.get(f"/cities/?{query}").status_code == 200
