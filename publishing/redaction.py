"""Takes a field, a row or a file out of all versions of a city, for cause.

What it is goes by a path, as in `publishing.differences`: "city.head_name", "actions.3",
"actions.3.description", "pathway.plan.12".
"""

from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from msgspec import NODEFAULT, structs

from actions.own_figures import without_figure
from actions.plan_record import PlanRecord
from actions.record import (
    ActionRecord,
    CommitmentRecord,
    OwnFigureRecord,
    StatementRecord,
    ValueRecord,
)
from cbi.record import AssessmentRecord, ResultRecord
from hub.record import PictureRecord
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import City, Publication, Redaction, Submission
from profiles.record import CityRecord, Record

from . import record as records
from .publish import locked, refresh_public

PLACES = {
    "city": (("city",),),
    "pictures": (("pictures",),),
    "commitments": (("actions", "commitments"),),
    "actions": (("actions", "actions"),),
    "plans": (("actions", "plans"),),
    "pathway": (("pathway", "progress"), ("pathway", "items")),
    "cbi": (("assessments",),),
    "resources": (("resources",),),
}
"""How a path begins → where in a `ProfileRecord` it may lead."""

NAMES = {
    PictureRecord: lambda row: row.role,
    CommitmentRecord: lambda row: row.commitment,
    ActionRecord: lambda row: str(row.number),
    OwnFigureRecord: lambda row: row.code,
    StatementRecord: lambda row: str(row.id),
    ValueRecord: lambda row: row.measure,
    PlanRecord: lambda row: str(row.id),
    AssessmentRecord: lambda row: f"{row.edition}.{row.year}",
    ResultRecord: lambda row: row.indicator,
    ProgressRecord: lambda row: row.step,
    ItemRecord: lambda row: f"{row.step}.{row.id}",
    int: str,
}
"""Type of a row → what its path has after that of the row which holds it."""

FIELDS = {
    CityRecord: (
        *("local_name", "summary", "second_summary", "about"),
        *("population", "population_year", "area_km2", "website"),
        *("head_name", "head_title", "head_statement"),
    ),
    PictureRecord: ("credit", "place"),
    CommitmentRecord: ("made_on",),
    ActionRecord: ("description", "summary", "second_summary"),
    OwnFigureRecord: ("name",),
    StatementRecord: ("text", "source", "source_url", "source_resource", "plan"),
    PlanRecord: ("title", "url", "resource"),
    AssessmentRecord: ("note",),
    ResultRecord: ("reason", "evidence", "evidence_url", "evidence_resource"),
    ItemRecord: ("title",),
}
"""Type of a row → the fields that can be taken out alone. Of other fields the whole row goes."""

OMITTED = "[…]"
"""Stands in texts that may not be empty."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What stood at a path, and the record, or the part of it, without that."""

    value: Any
    rest: Any


def take_out(record, path):
    """The `Taken` of a `ProfileRecord`; None where nothing stands at the path."""
    begin, _dot, rest = path.partition(".")
    for place in PLACES.get(begin, ()):
        if taken := _follow(record, place, rest):
            return taken
    return None


def _follow(part, place, rest):
    if not place:
        return _from_rows(part, rest) if isinstance(part, tuple) else _from_row(part, rest)
    name, *further = place
    return _within(part, name, _follow(getattr(part, name), further, rest))


def _within(row, name, taken):
    """What was taken from the field `name` of a row, as taken from the row."""
    return taken and Taken(taken.value, structs.replace(row, **{name: taken.rest}))


def _from_rows(rows, rest):
    for index, row in enumerate(rows):
        name = NAMES[type(row)](row)
        if rest == name:
            return Taken(row, (*rows[:index], *rows[index + 1 :]))
        inner = rest.removeprefix(f"{name}.")
        if inner != rest and isinstance(row, Record) and (taken := _from_row(row, inner)):
            return Taken(taken.value, (*rows[:index], taken.rest, *rows[index + 1 :]))
    return None


def _from_row(row, rest):
    if rest in FIELDS.get(type(row), ()):
        value, empty = getattr(row, rest), _empty(row, rest)
        is_there = value not in (None, empty)
        return Taken(value, structs.replace(row, **{rest: empty})) if is_there else None
    for field in structs.fields(row):
        rows = getattr(row, field.name)
        if isinstance(rows, tuple) and (taken := _within(row, field.name, _from_rows(rows, rest))):
            return _with_followers(taken)
    return None


def _with_followers(taken):
    """The same, without what has no meaning without it: the values of an own figure."""
    if isinstance(taken.value, OwnFigureRecord) and isinstance(taken.rest, ActionRecord):
        return Taken(taken.value, without_figure(taken.rest, taken.value.code))
    return taken


def _empty(row, name):
    """What stands in the field `name` once it is taken out."""
    [field] = [field for field in structs.fields(row) if field.name == name]
    if field.default is not NODEFAULT:
        return field.default
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    return dict.fromkeys(getattr(row, name), OMITTED)


@dataclass(frozen=True, slots=True)
class Part:
    """What can be taken out of a record; `field` is "" for a whole row."""

    path: str
    row: Any
    field: str = ""


def parts(record):
    """All `Part`s of a `ProfileRecord` at which something stands."""
    for begin, places in PLACES.items():
        for place in places:
            part = reduce(getattr, place, record)
            yield from _of_rows(part, begin) if isinstance(part, tuple) else _of_row(part, begin)


def _of_rows(rows, path):
    for row in rows:
        own = f"{path}.{NAMES[type(row)](row)}"
        yield Part(own, row)
        if isinstance(row, Record):
            yield from _of_row(row, own)


def _of_row(row, path):
    for name in FIELDS.get(type(row), ()):
        if getattr(row, name) not in (None, _empty(row, name)):
            yield Part(f"{path}.{name}", row, name)
    for field in structs.fields(row):
        rows = getattr(row, field.name)
        if isinstance(rows, tuple):
            yield from _of_rows(rows, path)


@transaction.atomic
def redact(city_id, path, *, by, reason, keeps_working_copy=False):
    """Take what stands at `path` out of all versions of a city; returns the `Redaction`.

    Also out of what it has sent for review. The rows of the city stay: its people change them.
    Versions that say at this path what the rows say now keep it; it takes `keeps_working_copy` to
    allow that. Raises ValidationError.
    """
    city, public = locked(city_id)
    kept = city and take_out(_working_record(city_id), path)
    if kept and not keeps_working_copy:
        raise ValidationError(
            _(
                "The working copy of the city still has something there, which its next "
                "publication would show again. Either the city’s people take it out first, or "
                "confirm that what it says now may stay public."
            ),
            code="in-working-copy",
        )
    redaction = Redaction(city_id=city_id, path=path, reason=reason, redacted_by=by)
    for publication in _stored(Publication, city_id):
        if before := _taken_from(publication, path, kept):
            redaction.former_hashes[str(publication.number)] = before
            Publication.objects.filter(pk=publication.pk).update(is_redacted=True)
    for submission in _stored(Submission, city_id):
        _taken_from(submission, path, kept)
    if not redaction.former_hashes:
        raise ValidationError(
            _("The versions say there what the working copy says now, which may stay public.")
            if kept
            else _("No version of the city has anything there.")
        )
    redaction.save()
    if public is not None and public.publication_id:
        refresh_public(city_id)
    return redaction


def redactions_of(publication):
    """[(redaction, hash of the record before)] of what was taken from a publication, in order.

    A query, where something was.
    """
    if not publication.is_redacted:
        return []
    number = str(publication.number)
    rows = Redaction.objects.filter(city=publication.city_id).order_by("pk")
    return [(one, one.former_hashes[number]) for one in rows if number in one.former_hashes]


def _working_record(city_id):
    city = City.objects.select_related("country").get(pk=city_id)
    return records.collect([city])[city_id]


def _stored(model, city_id):
    """The rows of a model with a record of the city, one after the other."""
    with_record = model.objects.filter(city=city_id).exclude(record=b"").order_by("pk")
    for pk in with_record.values_list("pk", flat=True):
        yield model.objects.get(pk=pk)


def _taken_from(stored, path, kept):
    """Store the record of a row without what stands at the path, unless that is kept.

    Returns the hash of the record before; empty where nothing is to be taken out.
    """
    try:
        taken = take_out(records.read(stored.record), path)
    except records.UnreadableRecord as error:
        raise ValidationError(
            _("“%(stored)s” cannot be read, so nothing has been redacted: %(error)s")
            % {"stored": stored, "error": error}
        ) from error
    if taken is None or (kept and taken.value == kept.value):
        return ""
    before, encoded = stored.sha256, records.encode(taken.rest)
    stored.record, stored.sha256 = records.pack(encoded), records.digest(encoded)
    stored.save(update_fields=["record", "sha256"])
    return before
