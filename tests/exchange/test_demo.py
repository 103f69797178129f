"""`load_demo`: once, again, after edits, and where it must not run."""

import datetime
import json
import re

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from achievements import section
from actions.models import Action, Statement
from actions.tracking import TargetState
from cbi.models import Assessment, IndicatorResult
from citiesnature.settings import base, development
from exchange.demo.people import PASSWORD, SIGN_INS, SignIn, add_person
from exchange.demo.sources import ANJI, sources
from exchange.management.commands import load_demo
from hub.models import PublicResource, Resource, Upload
from pathway.models import Step, StepItem, StepProgress
from profiles.changes import recording
from profiles.lagging import unpublished
from profiles.models import (
    Assignment,
    ChangeSet,
    City,
    Country,
    Publication,
    PublicCity,
    Region,
    Submission,
)
from publishing.unpublished import unpublished_changes
from report.sources import working_context, working_document
from tests.factories import make_city
from tests.published import publish_all
from tests.report.records import RECORDED, file_of, written

DAY = datetime.date(2026, 11, 22)
SOURCES = {source.slug: source for source in sources()}
DEEP = ("al-waha", "three-otters", "zelenyi-bereh")


@pytest.fixture
def demo(catalogue, kept):
    return kept.get("samples", load_all)


def load_all():
    call_command("load_demo", verbosity=0)
    publish_all()


def everything():
    """Counts of all that a second run could add to or take from."""
    models = (
        City,
        Action,
        IndicatorResult,
        Resource,
        Upload,
        User,
        Assignment,
        ChangeSet,
        City.history,
        Action.history,
    )
    return [getattr(model, "objects", model).count() for model in models]


def test_every_invented_city_is_marked_and_named_as_one_reads_it():
    assert len(SOURCES) == 24
    for slug, source in SOURCES.items():
        [row] = source.stages[0].sheets["Cities"]
        assert row["Sample"] == "yes", slug
        assert "ample" not in row["Name"] and "nvented" not in row["Name"], slug


@pytest.mark.django_db
def test_loads_cities_and_people(demo):
    everywhere = {ANJI.stem, *SOURCES}
    assert set(PublicCity.objects.public().values_list("slug", flat=True)) == everywhere
    assert set(ChangeSet.objects.values_list("kind", flat=True)) == {"demo"}
    for email, _name, slug in SIGN_INS:
        user = User.objects.get(email=email)
        assert user.check_password(PASSWORD)
        assert user.is_staff == (slug is None)
        slugs = set(City.objects.editable_by(user).values_list("slug", flat=True))
        assert slugs == ({slug} if slug else everywhere)


@pytest.mark.django_db
def test_loads_the_catalogue_and_says_where_to_sign_in(capsys, monkeypatch):
    monkeypatch.setattr(load_demo, "sources", lambda: [SOURCES["quietwater"]])
    call_command("load_demo", site="http://127.0.0.1:8123")
    assert Country.objects.exists()
    said = capsys.readouterr().out
    for told in (*(sign_in.email for sign_in in SIGN_INS), PASSWORD):
        assert told in said
    assert "http://127.0.0.1:8123/admin/" in said


@pytest.mark.django_db
def test_deep_cities_have_published_year_by_year(demo):
    for slug in DEEP:
        city = City.objects.get(slug=slug)
        made = Publication.objects.filter(city=city).order_by("number")
        published = [stage for stage in SOURCES[slug].stages if not stage.is_sent]
        assert len(published) >= 5
        assert [one.public_note for one in made] == [stage.note for stage in published]
        days = [f"{one.published_at:%Y-%m-%d}" for one in made]
        assert days == [stage.published for stage in published]
        assert f"{PublicCity.objects.get(city=city).changed_at:%Y-%m-%d}" == days[-1]
        assert StepProgress.objects.filter(city=city).count() == Step.objects.count()
        years = city.assessments.values_list("year", flat=True)
        assert len(set(years)) >= 2
        days = Statement.objects.progress().filter(action__city=city).dates("date", "year")
        assert {day.year for day in days} >= set(range(2020, 2026))


@pytest.mark.django_db
def test_light_cities_have_published_on_different_days_before_deep_ones(demo):
    cards = PublicCity.objects.filter(is_sample=True).order_by("changed_at")
    days = {card.slug: f"{card.changed_at:%Y-%m-%d}" for card in cards}
    light = [slug for slug, source in SOURCES.items() if source.is_light]
    assert [days[slug] for slug in light] == [SOURCES[slug].stages[0].published for slug in light]
    assert len({days[slug] for slug in light}) == len(light)
    assert list(days)[-2:] == ["zelenyi-bereh", "al-waha"]


def test_no_city_writes_of_days_after_the_one_on_which_it_published():
    for slug, source in SOURCES.items():
        for stage in source.stages:
            if stage.published:
                written = json.dumps(stage.sheets, ensure_ascii=False)
                days = re.findall(r"\b20\d\d-\d\d-\d\d\b", written)
                assert max(days, default="") <= stage.published, slug


@pytest.mark.django_db
def test_one_city_waits_for_a_review(demo):
    [waiting] = Submission.objects.all()
    city = City.objects.get(slug="three-otters")
    assert (waiting.city_id, waiting.state) == (city.pk, Submission.State.WAITING)
    assert len(unpublished_changes(city)) == 3
    assert [city.slug for city in unpublished()] == ["three-otters"]


@pytest.mark.django_db
def test_the_records_of_the_samples_are_those_of_the_workbooks(demo):
    """If not: `.venv/bin/python -m tests.report.records` writes them anew."""
    cities = City.objects.select_related("country")
    changed = [
        city.slug
        for city in cities.filter(slug__in=RECORDED)
        if file_of(city.slug).read_text(encoding="utf-8") != written(city)
    ]
    assert changed == []
    assert {path.stem for path in file_of("any").parent.iterdir()} == set(RECORDED)


@pytest.mark.django_db
def test_the_samples_show_what_the_index_can_hold(demo):
    made = Assessment.objects.order_by("city__slug", "year")
    assert list(made.values_list("city__slug", "edition__code", "year")) == [
        ("al-waha", "2021", 2021),
        ("al-waha", "2021", 2023),
        ("al-waha", "2021", 2025),
        ("boa-mata", "2021", 2025),
        ("three-otters", "2014", 2016),
        ("three-otters", "2021", 2024),
        ("zelenyi-bereh", "2021", 2022),
        ("zelenyi-bereh", "2021", 2025),
    ]
    results = IndicatorResult.objects.select_related("indicator", "assessment")
    assert {result.basis for result in results} == set(IndicatorResult.Basis.values)
    assert {result.takes_lower for result in results if result.is_unclear} == {True, False}
    assert any(result.is_first_count for result in results)


@pytest.mark.django_db
def test_the_samples_show_what_the_hub_and_the_pathway_can_hold(demo):
    resources = Resource.objects.all()
    assert {row.state for row in resources} == set(Resource.State.values)
    assert {row.kind for row in resources} == set(Resource.Kind.values) - {"event", "policy"}
    published = resources.filter(pk__in=PublicResource.objects.values("pk"))
    assert published.filter(file__isnull=False).exists()
    assert published.exclude(url="").exists()
    assert published.filter(cover__isnull=False).exists()
    assert published.filter(city=None).exclude(organisation="").exists()
    assert all(row.state_note for row in resources.filter(state="returned"))
    items = StepItem.objects.all()
    for target in ("url", "upload", "resource"):
        assert any(getattr(item, target) for item in items), target
    languages = items.exclude(version_set="").values_list("city", "version_set", "language")
    assert len(set(languages)) == 4
    assert {row.state for row in StepProgress.objects.all()} == set(StepProgress.State.values)
    assert StepProgress.objects.filter(done_on__isnull=False).exists()
    assert Statement.objects.filter(source_resource__in=published).exists()
    assert IndicatorResult.objects.filter(evidence_resource__in=published).exists()
    assert not Upload.objects.unused().exists()


@pytest.mark.django_db
def test_the_seed_stays_as_it_is_printed(demo):
    anji = City.objects.get(slug="anji-county")
    assert not anji.resources.exists()
    assert not anji.step_items.exists()
    levels = {
        category.code: [level.share.percent for level in category.levels]
        for category in section.build(*working_context(anji)).categories
    }
    assert levels == {
        "profile": [67, 100, 0],
        "pathway": [0, 0, 0],
        "hub": [0, 0, 0],
        "actions": [100, 100, 50],
    }


@pytest.mark.django_db
def test_a_second_time_changes_nothing(demo, capsys):
    before = everything()
    call_command("load_demo")
    assert everything() == before
    said = capsys.readouterr().out
    assert f"{len(SOURCES) + 1} cities are there already and stay as they are." in said


@pytest.mark.django_db
def test_a_city_that_a_former_demo_has_loaded_is_not_loaded_twice(catalogue, monkeypatch):
    make_city("Sample City Boa Mata", slug="sample-boa-mata", is_sample=True)
    monkeypatch.setattr(load_demo, "sources", lambda: [SOURCES["boa-mata"]])
    call_command("load_demo", verbosity=0)
    assert set(City.objects.values_list("slug", flat=True)) == {"sample-boa-mata", "anji-county"}


@pytest.mark.django_db
def test_a_city_with_a_new_officer_has_nothing_that_is_not_public(catalogue):
    city = make_city("Port Trial")
    publish_all()
    add_person(SignIn("officer@example.org", "Officer", city.slug))
    assert Assignment.objects.filter(city=city).exists()
    assert not unpublished().exists()


@pytest.mark.django_db
def test_keeps_what_people_changed(demo):
    user = User.objects.get(email="officer.anji@example.org")
    user.set_password("another")
    user.save()
    with recording(user, ChangeSet.Kind.ADMIN, "edited"):
        city = City.objects.get(slug="anji-county")
        city.slug, city.population = "anji", 1
        city.save()
        user.assignments.get().delete()
    before = everything()
    call_command("load_demo", verbosity=0)
    assert everything() == before
    user.refresh_from_db()
    assert user.check_password("another")
    assert City.objects.get(slug="anji").population == 1


@pytest.mark.django_db
def test_samples_show_every_state_of_a_target_in_every_region_and_many_scripts(demo):
    samples = City.objects.filter(is_sample=True).select_related("country__region")
    assert samples.count() == len(SOURCES)
    deep = samples.filter(slug__in=DEEP)
    actions = [a for city in deep for a in working_document(city, DAY).actions.actions]
    states = {target.tracked.state for action in actions for target in action.targets}
    assert states == set(TargetState.values)
    assert {city.country.region for city in samples} == set(Region.objects.all())
    scripts = {"am", "ar", "bn", "el", "en", "he", "hi", "ja", "ko", "ta", "th", "uk", "zh-Hans"}
    assert scripts < {city.content_language for city in samples}


@pytest.mark.django_db
def test_refuses_where_samples_are_not_allowed(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="password is known to everybody"):
        call_command("load_demo")
    assert not City.objects.exists()


def test_only_development_allows_samples():
    assert development.ALLOW_DEMO
    assert not base.ALLOW_DEMO
