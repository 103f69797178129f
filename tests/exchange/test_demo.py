"""`load_demo`: once, again, after edits, and where it must not run."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from actions.models import Action, Statement
from actions.tracking import TargetState
from cbi.models import Assessment, IndicatorResult
from citiesnature.settings import base, development
from exchange.management.commands.load_demo import PASSWORD, SIGN_INS, WORKBOOKS
from hub.models import PublicResource, Resource, Upload
from pathway.models import StepItem, StepProgress
from profiles.changes import recording
from profiles.models import Assignment, ChangeSet, City, Country, PublicCity, Region
from report.sources import working_achievements, working_document
from tests.published import publish_all
from tests.report.records import file_of, written

DAY = datetime.date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(catalogue, kept):
    return kept.get("samples", load_demo)


def load_demo():
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


def test_loads_the_catalogue_cities_and_people(capsys):
    call_command("load_demo")
    assert Country.objects.exists()
    publish_all()
    assert set(PublicCity.objects.public().values_list("slug", flat=True)) == set(WORKBOOKS)
    assert set(ChangeSet.objects.values_list("kind", flat=True)) == {"demo"}
    said = capsys.readouterr().out
    for email, _name, slug in SIGN_INS:
        user = User.objects.get(email=email)
        assert user.check_password(PASSWORD)
        assert email in said
        assert user.is_staff == (slug is None)
        slugs = set(City.objects.editable_by(user).values_list("slug", flat=True))
        assert slugs == ({slug} if slug else set(WORKBOOKS))
    assert "http://127.0.0.1:8000/admin/" in said
    assert PASSWORD in said


def test_the_records_of_the_samples_are_those_of_the_workbooks(demo):
    """If not: `.venv/bin/python -m tests.report.records` writes them anew."""
    cities = City.objects.select_related("country")
    changed = [
        city.slug
        for city in cities
        if file_of(city.slug).read_text(encoding="utf-8") != written(city)
    ]
    assert changed == []
    assert {path.stem for path in file_of("any").parent.iterdir()} == {city.slug for city in cities}


def test_the_samples_show_what_the_index_can_hold(demo):
    made = Assessment.objects.order_by("city__slug", "year")
    assert list(made.values_list("city__slug", "edition__code", "year")) == [
        ("sample-al-waha", "2021", 2021),
        ("sample-al-waha", "2021", 2023),
        ("sample-al-waha", "2021", 2025),
        ("sample-boa-mata", "2021", 2025),
        ("sample-three-otters", "2014", 2016),
        ("sample-three-otters", "2021", 2024),
        ("sample-zelenyi-bereh", "2021", 2022),
        ("sample-zelenyi-bereh", "2021", 2025),
    ]
    results = IndicatorResult.objects.select_related("indicator", "assessment")
    assert {result.basis for result in results} == set(IndicatorResult.Basis.values)
    assert {result.takes_lower for result in results if result.is_unclear} == {True, False}
    assert any(result.is_first_count for result in results)


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


def test_the_seed_stays_as_it_is_printed(demo):
    anji = City.objects.get(slug="anji-county")
    assert not anji.resources.exists()
    assert not anji.step_items.exists()
    levels = {
        category.code: [level.share.percent for level in category.levels]
        for category in working_achievements(anji).categories
    }
    assert levels == {
        "profile": [67, 100, 0],
        "pathway": [0, 0, 0],
        "hub": [0, 0, 0],
        "actions": [100, 100, 50],
    }


def test_a_second_time_changes_nothing(demo, capsys):
    before = everything()
    call_command("load_demo")
    assert everything() == before
    assert "anji-county is there already and stays as it is." in capsys.readouterr().out


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


def test_samples_show_every_state_of_a_target_in_every_region_and_many_scripts(demo):
    samples = City.objects.filter(is_sample=True).select_related("country__region")
    assert samples.count() == len(WORKBOOKS) - 1  # all but Anji County
    actions = [a for city in samples for a in working_document(city, DAY).actions.actions]
    states = {target.tracked.state for action in actions for target in action.targets}
    assert states == set(TargetState.values)
    assert {city.country.region for city in samples} == set(Region.objects.all())
    assert {"ar", "am", "hi", "th", "uk"} < {city.content_language for city in samples}


def test_refuses_where_samples_are_not_allowed(settings):
    settings.ALLOW_DEMO = False
    with pytest.raises(CommandError, match="password is known to everybody"):
        call_command("load_demo")
    assert not City.objects.exists()


def test_only_development_allows_samples():
    assert development.ALLOW_DEMO
    assert not base.ALLOW_DEMO
