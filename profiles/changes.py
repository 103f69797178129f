"""Every write to a city's rows goes through here.

    with recording(user, "admin", "Corrected the population"):
        city.save()

One `recording` makes one `ChangeSet` (at the first history row, so that an idle one leaves
nothing), moves the `content_version` of each touched city once, and sends `city_changed` for each
when the transaction has been committed. A history row outside of it is refused.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal, receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record
from simple_history.utils import bulk_create_with_history

from .fields import SearchTextField
from .models import ChangeSet, City

city_changed = Signal()
"""Sent after commit, once per changed city. Arguments: city_id (int), change_set (ChangeSet)."""

_current = ContextVar("recording", default=None)


class NotRecording(RuntimeError):
    """A row with history was written outside of `recording`."""


class Recording:
    def __init__(self, user, kind, reason):
        self.user = user if user is not None and user.is_authenticated else None
        self.kind = kind
        self.reason = reason
        self.city_ids = set()
        self._change_set = None

    @property
    def change_set(self):
        if self._change_set is None:
            self._change_set = ChangeSet.objects.create(
                user=self.user, kind=self.kind, reason=self.reason
            )
        return self._change_set

    def touch(self, city_id):
        if city_id is not None:
            self.city_ids.add(city_id)

    def finish(self):
        if not self.city_ids:
            return
        City.objects.filter(pk__in=self.city_ids).update(
            content_version=F("content_version") + 1, updated_at=timezone.now()
        )
        for city_id in sorted(self.city_ids):
            transaction.on_commit(lambda city_id=city_id: self.announce(city_id))

    def announce(self, city_id):
        city_changed.send(sender=type(self), city_id=city_id, change_set=self._change_set)


@contextmanager
def recording(user, kind, reason=""):
    """Run a write in one transaction under one change set; nested calls join the outer one."""
    outer = _current.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        session = Recording(user, kind, reason)
        token = _current.set(session)
        try:
            yield session
        finally:
            _current.reset(token)
        session.finish()


def current_recording():
    session = _current.get()
    if session is None:
        raise NotRecording("Write city rows inside profiles.changes.recording().")
    return session


@receiver(pre_create_historical_record)
def attach_change_set(sender, instance, history_instance, **kwargs):
    session = current_recording()
    history_instance.change_set = session.change_set
    history_instance.history_user = session.user
    session.touch(instance.owning_city_id)


def create_in_bulk(model, rows, batch_size=500):
    """`bulk_create` with history rows, as part of the current recording."""
    session = current_recording()
    created = bulk_create_with_history(
        rows,
        model,
        batch_size=batch_size,
        default_user=session.user,
        custom_historical_attrs={"change_set": session.change_set},
    )
    for row in created:
        session.touch(row.owning_city_id)
    return created


def update_in_bulk(model, rows, fields, batch_size=500):
    """Write `fields` of rows that exist, with history rows, as part of the current recording.

    An upsert, many times faster than `bulk_update`. It would bring a deleted row back to life, so
    `lock` the cities first and make sure that nothing has changed since the rows were read.
    Without fields it writes history only, for rows of which just the links change.
    """
    session = current_recording()
    if fields:
        model._default_manager.bulk_create(
            rows,
            batch_size=batch_size,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[*fields, *_searched(model, fields)],
        )
    model.history.bulk_history_create(
        rows,
        batch_size=batch_size,
        update=True,
        default_user=session.user,
        custom_historical_attrs={"change_set": session.change_set},
    )
    for row in rows:
        session.touch(row.owning_city_id)


def _searched(model, fields):
    """The search texts that are made of one of `fields`."""
    return [
        field.name
        for field in model._meta.fields
        if isinstance(field, SearchTextField) and set(field.sources) & set(fields)
    ]


def link_in_bulk(model, name, targets):
    """Set the many-to-many field `name` of rows written in this recording, with its history.

    `targets`: the row's primary key → the primary keys that it links to.
    """
    field = model._meta.get_field(name)
    through, own, other = (
        field.remote_field.through,
        field.m2m_column_name(),
        field.m2m_reverse_name(),
    )
    through.objects.filter(**{f"{own}__in": list(targets)}).delete()
    links = through.objects.bulk_create(
        through(**{own: pk, other: target}) for pk, linked in targets.items() for target in linked
    )
    written = model.history.filter(change_set=current_recording().change_set)
    history_of = dict(written.order_by("history_id").values_list("id", "history_id"))
    past = getattr(model.history.model, name).model
    copied = [part.attname for part in through._meta.fields]
    past.objects.bulk_create(
        past(
            history_id=history_of[getattr(link, own)],
            **{attribute: getattr(link, attribute) for attribute in copied},
        )
        for link in links
    )


def lock(cities):
    """Lock these cities' rows until the transaction ends, always in the same order."""
    return list(cities.order_by("pk").select_for_update())
