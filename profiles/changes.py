"""Every write to a city's rows goes through here.

    with recording(user, "admin", "Corrected the population"):
        city.save()

One `recording` makes one `ChangeSet`, raises the `content_version` of each touched city by one,
sends `rows_written` at the end of its transaction, and `city_changed` once for all cities after the
commit. The change set is made with the first history row, so a recording that writes nothing leaves
none. A write outside of it is refused.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.apps import apps
from django.db import connections, router, transaction
from django.db.models import F, Max
from django.dispatch import Signal, receiver
from django.utils import timezone
from simple_history.signals import pre_create_historical_record

from .fields import SearchTextField
from .models import ChangeSet, City, CityOwned

BATCH = 500
"""Rows in one statement: databases limit the number of its parameters."""

city_changed = Signal()
"""Sent after commit, once per change set.

Arguments: city_ids (the sorted keys of the cities that it changed), change_set (ChangeSet).
"""

rows_written = Signal()
"""Sent once per recording that wrote something, at the end of its transaction.

Argument: touched (model → key of each row that was written or deleted → key of its city, None for a
row of a partner organisation).
"""

_current_recording = ContextVar("recording", default=None)


class NotRecording(RuntimeError):
    """A row with history was written outside of `recording`."""


class Recording:
    def __init__(self, user, kind, reason, form_token=None, form_digest=""):
        self.user = user if user is not None and user.is_authenticated else None
        self.kind = kind
        self.reason = reason
        self.form_token = form_token
        self.form_digest = form_digest
        self.touched = defaultdict(dict)
        """See `rows_written`."""
        self.city_ids = set()
        self.written = []
        """The rows that were added or changed one by one, not in bulk."""
        self._change_set = None

    @property
    def change_set(self):
        if self._change_set is None:
            self._change_set = ChangeSet.objects.create(
                user=self.user,
                kind=self.kind,
                reason=self.reason,
                form_token=self.form_token,
                form_digest=self.form_digest,
            )
        return self._change_set

    def touch(self, row):
        city_id = row.owning_city_id
        self.touched[row._meta.concrete_model][row.pk] = city_id
        if city_id is not None:
            self.city_ids.add(city_id)

    def finish(self):
        if self.city_ids:
            cities = City.objects.filter(pk__in=self.city_ids)
            if len(self.city_ids) > 1:
                # An update locks in no order, and others may want some of the same cities.
                list(cities.order_by("pk").select_for_update(no_key=True).values_list("pk"))
            cities.update(content_version=F("content_version") + 1, updated_at=timezone.now())
            # Robust: what a receiver fails at must not look like a failure of the write.
            transaction.on_commit(self.announce, robust=True)
        if self.touched:
            rows_written.send(sender=type(self), touched=self.touched)

    def announce(self):
        city_changed.send(
            sender=type(self), city_ids=sorted(self.city_ids), change_set=self._change_set
        )


@contextmanager
def recording(user, kind, reason="", **form):
    """Run a write in one transaction under one change set; nested calls join the outer one.

    `form`: `form_token` and `form_digest` of the change set, where a form is saved.
    """
    outer = _current_recording.get()
    if outer is not None:
        yield outer
        return
    with transaction.atomic():
        session = Recording(user, kind, reason, **form)
        token = _current_recording.set(session)
        try:
            yield session
        finally:
            _current_recording.reset(token)
        session.finish()


def current_recording():
    session = _current_recording.get()
    if session is None:
        raise NotRecording("Write city rows inside profiles.changes.recording().")
    return session


@receiver(pre_create_historical_record)
def attach_change_set(sender, instance, history_instance, **kwargs):
    session = current_recording()
    history_instance.change_set = session.change_set
    history_instance.history_user = session.user
    session.touch(instance)
    if history_instance.history_type != "-":
        session.written.append(instance)


def create_in_bulk(model, rows, batch_size=BATCH):
    """`bulk_create` with history rows, as part of the current recording."""
    session = current_recording()
    created = model._default_manager.bulk_create(rows, batch_size=batch_size)
    _write_history(session, model, created, "+")
    return created


def update_in_bulk(model, rows, fields, batch_size=BATCH):
    """Write `fields` of rows that exist, with history rows, as part of the current recording.

    An upsert, many times faster than `bulk_update`. It would insert a row again that has been
    deleted, so `lock` the cities first and make sure that nothing has changed since the rows were
    read. Without `fields` it writes only history, for rows of which only the links change.
    """
    session = current_recording()
    if fields:
        model._default_manager.bulk_create(
            rows,
            batch_size=batch_size,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[*fields, *_search_fields_from(model, fields)],
        )
    _write_history(session, model, rows, "~")


def rewrite_in_bulk(model, rows):
    """Write `rows` that exist as they are now, with history rows, in the current recording.

    They are deleted first, unseen by what refers to them, because two rows may exchange what is
    unique: an update one by one would meet the other row.
    """
    for batch in batches(rows):
        stored = model._default_manager.filter(pk__in=[row.pk for row in batch])
        stored._raw_delete(stored.db)
    model._default_manager.bulk_create(rows, batch_size=BATCH)
    _write_history(current_recording(), model, rows, "~")


def delete_in_bulk(model, rows):
    """Delete rows to which nothing refers, with history rows, as part of the current recording."""
    _write_history(current_recording(), model, rows, "-")
    for batch in batches(rows):
        deleted = model._default_manager.filter(pk__in=[row.pk for row in batch])
        deleted._raw_delete(deleted.db)


def batches(rows):
    """`rows`, a list, in parts of at most `BATCH`."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _write_history(session, model, rows, history_type):
    """Write history rows by `INSERT … SELECT` from the table of `rows`, batch by batch.

    Making a Python object of each history row would take as long as writing the rows themselves.
    """
    if not rows:
        return
    history_model = model.history.model
    connection = connections[router.db_for_write(history_model)]
    fixed = {
        "history_date": connection.ops.adapt_datetimefield_value(timezone.now()),
        "history_type": history_type,
        "history_user_id": session.user.pk if session.user else None,
        "change_set_id": session.change_set.pk,
    }
    statement = _copy_statement(model, history_model, fixed, connection.ops.quote_name)
    with connection.cursor() as cursor:
        for batch in batches(rows):
            placeholders = ", ".join(["%s"] * len(batch))
            cursor.execute(
                f"{statement} ({placeholders}) ORDER BY 1",
                [*fixed.values(), *(row.pk for row in batch)],
            )
    for row in rows:
        session.touch(row)


def _copy_statement(model, history_model, fixed, quote):
    """The SQL that copies rows of `model` to its history, up to the list of their primary keys."""
    key = quote(model._meta.pk.column)
    own = [quote(field.column) for field in history_model.tracked_fields]
    own.remove(key)
    columns = ", ".join([key, *own, *map(quote, fixed)])
    sources = ", ".join([key, *own, *["%s"] * len(fixed)])
    # Names of tables and columns only: nothing that anybody typed.
    return (
        f"INSERT INTO {quote(history_model._meta.db_table)} ({columns}) "  # noqa: S608
        f"SELECT {sources} FROM {quote(model._meta.db_table)} WHERE {key} IN"
    )


def _search_fields_from(model, fields):
    """The names of the search fields that are computed from one of `fields`."""
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
    history_model = getattr(model.history.model, name).model
    copied = [part.attname for part in through._meta.fields]
    history_model.objects.bulk_create(
        history_model(
            history_id=history_of[getattr(link, own)],
            **{attribute: getattr(link, attribute) for attribute in copied},
        )
        for link in links
    )


def lock(cities):
    """Lock these cities' rows until the transaction ends, always in the same order."""
    return list(cities.order_by("pk").select_for_update())


def recorded_models():
    """The models whose rows belong to a city and have history, parents before children."""
    models = [model for model in apps.get_models() if issubclass(model, CityOwned)]
    return [City, *sorted(models, key=lambda model: model.city_path.count("__"))]


def latest_change_set(city):
    """The newest change set that wrote to `city` or to a row below it; None if there is none."""
    newest = [
        model.history.filter(**{path_to_city(model): city.pk}).aggregate(n=Max("change_set"))["n"]
        for model in recorded_models()
    ]
    return ChangeSet.objects.filter(pk__in=filter(None, newest)).select_related("user").first()


def path_to_city(model):
    """The look-up from a row of `model`, or of its history, to the city's primary key."""
    return "id" if model is City else f"{model.city_path}_id"
