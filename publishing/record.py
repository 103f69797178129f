"""The profile record: everything that a city states, at one moment, as frozen structs and as JSON.

The JSON is canonical: keys sorted, numbers without trailing zeros, rows sorted by what names them.
Equal profiles have equal JSON, on SQLite and on PostgreSQL, and so an equal hash.
"""

import hashlib
import json
import zlib
from itertools import compress

import msgspec
from django.db.models import Exists

import actions.record
import cbi.record
import hub.record
import pathway.record
import profiles.record
from actions.models import OwnFigure
from actions.record import ActionsRecord
from cbi.models import Assessment
from cbi.record import AssessmentRecord
from hub.models import Picture, PublicResource
from hub.record import PictureRecord
from pathway.models import StepItem, StepProgress
from pathway.record import PathwayRecord
from profiles.models import City
from profiles.record import CityRecord, Record
from profiles.worded_once import worded_once

SCHEMA = 1
"""The number of the present form of the JSON. A field with a default may be added under the same
number; whatever else changes the form adds one, and a step to `UPGRADES`."""

UPGRADES = {}
"""Schema → the function that turns the plain JSON of this schema into that of the next one."""


class UnreadableRecord(ValueError):
    """The JSON of a stored record cannot be read."""


class ProfileRecord(Record):
    """What a city states, one field for each chapter; `resources` are ids of its resources."""

    city: CityRecord
    actions: ActionsRecord
    pathway: PathwayRecord
    assessments: tuple[AssessmentRecord, ...] = ()
    resources: tuple[int, ...] = ()
    pictures: tuple[PictureRecord, ...] = ()


class Stored(Record):
    """The JSON of a record begins with the number of its schema."""

    schema: int
    record: ProfileRecord


RARE = {
    OwnFigure: "action__city",
    StepItem: "city",
    StepProgress: "city",
    Assessment: "city",
    PublicResource: "city",
    Picture: "city",
}
"""Models of which most cities have no rows → the path to the city."""


@worded_once
def _question(city):
    answers = [Exists(model.objects.filter(**{path: city})) for model, path in RARE.items()]
    return City.objects.filter(pk=city).order_by().values_list(*answers)


def _rare_rows(cities):
    """Those of the `RARE` models of which one city has rows; all, for several cities."""
    if len(cities) != 1:
        return RARE.keys()
    return {model for row in _question(cities[0].pk) for model in compress(RARE, row)}


def collect(cities):
    """City id → the `ProfileRecord` of its present rows, in thirteen queries at most.

    `cities` have their countries loaded. Call it in one transaction that sees one state of the
    database, or compare `content_version` before and after.
    """
    held, nothing = _rare_rows(cities), dict.fromkeys((city.pk for city in cities), ())
    not_begun = dict.fromkeys(nothing, PathwayRecord())
    has_pathway = StepItem in held or StepProgress in held
    chapters = {
        "city": profiles.record.collect(cities),
        "actions": actions.record.collect(cities, has_own_figures=OwnFigure in held),
        "pathway": pathway.record.collect(cities) if has_pathway else not_begun,
        "assessments": cbi.record.collect(cities) if Assessment in held else nothing,
        "resources": hub.record.collect(cities) if PublicResource in held else nothing,
        "pictures": hub.record.collect_pictures(cities) if Picture in held else nothing,
    }
    return {
        city.pk: ProfileRecord(**{name: parts[city.pk] for name, parts in chapters.items()})
        for city in cities
    }


def working_record(city):
    """The record of the rows of a `City` at one moment.

    They are read again where somebody saved meanwhile.
    """
    return working_record_and_version(city)[0]


def working_record_and_version(city):
    """The same, and the content version of the city at that moment."""
    cities = City.objects.filter(pk=city.pk)
    while True:
        # `city` may have been read before somebody saved: its own fields are in the record too.
        present, record = cities.select_related("country").get(), None
        try:
            record = collect([present])[city.pk]
        except KeyError:  # such as a statement whose action was added after the actions were read
            if cities.get().content_version == present.content_version:
                raise
        if record and cities.values_list("content_version").get() == (present.content_version,):
            return record, present.content_version


def encode(record):
    """The canonical JSON of `record` as bytes."""
    return msgspec.json.encode(Stored(schema=SCHEMA, record=record), order="deterministic")


def digest(encoded):
    """The SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(encoded).hexdigest()


def decode(encoded):
    """The `ProfileRecord` in canonical JSON of this schema or of an earlier one.

    Raises UnreadableRecord.
    """
    try:
        plain = json.loads(encoded)
        return msgspec.convert(upgrade(plain["record"], plain["schema"]), ProfileRecord)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableRecord(str(error)) from error


def upgrade(plain, schema):
    """The plain JSON of a record of `schema` in the form of the present one."""
    if not 1 <= schema <= SCHEMA:
        raise UnreadableRecord(f"Schema {schema} is not known.")
    for step in range(schema, SCHEMA):
        plain = UPGRADES[step](plain)
    return plain


def pack(encoded):
    """Canonical JSON as it is stored."""
    return zlib.compress(encoded)


def unpack(stored):
    """The canonical JSON, as bytes, of what `pack` made. Raises UnreadableRecord."""
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise UnreadableRecord(str(error)) from error


def read(stored):
    """The `ProfileRecord` of a stored publication. Raises UnreadableRecord."""
    return decode(unpack(stored))
