"""Every write to a city's rows is part of a change set."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from actions.models import Action
from hub.models import Resource
from profiles.changes import (
    NotRecording,
    city_changed,
    create_in_bulk,
    recording,
    rows_written,
    update_in_bulk,
)
from profiles.models import ChangeSet, City
from tests.factories import make_action, make_city, make_resource, make_statement, make_user

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def city():
    return make_city("Recorded")


@pytest.fixture
def announced():
    """The city ids that `city_changed` was sent with."""
    heard = []

    def listen(sender, city_ids, change_set, **kwargs):
        heard.append((city_ids, change_set))

    city_changed.connect(listen)
    yield heard
    city_changed.disconnect(listen)


def version(city):
    return City.objects.values_list("content_version", flat=True).get(pk=city.pk)


def test_one_recording_is_one_change_set_and_moves_the_version_once(city):
    before, sets = version(city), ChangeSet.objects.count()
    user = make_user()
    with recording(user, ChangeSet.Kind.ADMIN, "Two corrections"):
        city.population = 10
        city.save()
        city.population = 11
        city.save()
    assert version(city) == before + 1
    assert ChangeSet.objects.count() == sets + 1
    first, second = city.history.all()[:2]
    assert first.change_set == second.change_set == ChangeSet.objects.first()
    assert (first.change_set.user, first.change_set.reason) == (user, "Two corrections")


def test_what_was_written_is_told_within_its_transaction(city):
    told = []

    def listen(sender, touched, **kwargs):
        assert connection.in_atomic_block
        told.append({model: dict(rows) for model, rows in touched.items()})

    rows_written.connect(listen)
    try:
        action = make_action(city, is_made=False)
        with recording(None, ChangeSet.Kind.ADMIN):
            pass
        partners = make_resource(None)
        partners_key = partners.pk
        with recording(None, ChangeSet.Kind.ADMIN):
            update_in_bulk(Action, [action], {"description"})
            partners.delete()
            gone = action.pk
            action.delete()
    finally:
        rows_written.disconnect(listen)
    assert told == [
        {Action: {gone: city.pk}},
        {Resource: {partners_key: None}},
        {Action: {gone: city.pk}, Resource: {partners_key: None}},
    ]


def test_a_write_outside_of_a_recording_is_refused(city):
    with pytest.raises(NotRecording), transaction.atomic():
        city.save()


def test_the_database_refuses_a_history_row_without_a_change_set(city):
    row = city.history.first()
    row.pk, row.change_set_id = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_history_table_has_a_change_set_column():
    histories = [m for m in apps.get_models() if hasattr(m, "history_date")]
    assert len(histories) >= 8
    for model in histories:
        assert not model._meta.get_field("change_set").null, model


def test_an_idle_recording_leaves_nothing(city):
    sets = ChangeSet.objects.count()
    with recording(None, ChangeSet.Kind.ADMIN):
        pass
    assert ChangeSet.objects.count() == sets


def test_an_error_takes_everything_back(city):
    before, sets = version(city), ChangeSet.objects.count()
    with pytest.raises(ZeroDivisionError), recording(None, ChangeSet.Kind.ADMIN):
        city.population = 99
        city.save()
        raise ZeroDivisionError
    city.refresh_from_db()
    assert (city.population, version(city), ChangeSet.objects.count()) == (None, before, sets)
    with pytest.raises(NotRecording):
        city.save()


def test_a_nested_recording_joins_the_outer_one(city):
    sets = ChangeSet.objects.count()
    with recording(None, ChangeSet.Kind.IMPORT, "outer"):
        city.save()
        with recording(None, ChangeSet.Kind.ADMIN, "inner"):
            city.save()
    assert ChangeSet.objects.count() == sets + 1
    assert ChangeSet.objects.first().reason == "outer"


def test_a_value_deep_below_moves_its_city(city):
    action = make_action(city, "urban-heat")
    before = version(city)
    make_statement(action, "baseline", {"green_cover": "12.5"})
    assert version(city) == before + 1


def test_news_travels_once_per_city_after_commit(
    city, announced, django_capture_on_commit_callbacks
):
    other = make_city("Other")
    announced.clear()
    with django_capture_on_commit_callbacks(execute=True):
        with recording(None, ChangeSet.Kind.ADMIN):
            for row in (city, other, city):
                row.save()
        assert announced == []
    ((city_ids, change_set),) = announced
    assert city_ids == sorted([city.pk, other.pk])
    assert change_set == ChangeSet.objects.first()


def test_bulk_writes_have_history_too(city):
    action_type = make_action(city, "urban-heat").action_type
    before = version(city)
    with recording(None, ChangeSet.Kind.IMPORT) as session:
        create_in_bulk(
            Action,
            [
                Action(city=city, number=n, action_type=action_type, description=f"No {n}")
                for n in (7, 8)
            ],
        )
    assert version(city) == before + 1
    assert Action.history.filter(change_set=session.change_set, history_type="+").count() == 2


def test_bulk_updates_have_history_and_move_the_city(city):
    action = make_action(city, "urban-heat")
    before = version(city)
    action.description = "Trees along every road."
    with recording(None, ChangeSet.Kind.IMPORT) as session:
        update_in_bulk(Action, [action], {"description"})
    assert version(city) == before + 1
    past = Action.history.get(change_set=session.change_set)
    assert (past.history_type, past.description) == ("~", "Trees along every road.")


def test_deleting_an_action_records_its_statements_and_values(city):
    action = make_action(city, "urban-heat", baseline={"green_cover": "10"})
    with recording(None, ChangeSet.Kind.ADMIN) as session:
        action.delete()
    for model in ("action", "statement", "value"):
        history = apps.get_model("actions", model).history
        assert history.filter(change_set=session.change_set, history_type="-").count() == 1
