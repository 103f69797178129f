"""The profile record: everything that a city states, at one moment, as frozen structs and as JSON.

The JSON is canonical: keys sorted, numbers without trailing zeros, rows sorted by what names them.
Equal profiles have equal JSON, on SQLite and on PostgreSQL, and so an equal hash.
"""

import hashlib
import json
import zlib

import msgspec

import actions.record
import cbi.record
import hub.record
import pathway.record
import profiles.record
from actions.record import ActionsRecord
from cbi.record import AssessmentRecord
from hub.record import PictureRecord
from pathway.record import PathwayRecord
from profiles.models import City
from profiles.record import CityRecord, Record

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


def collect(cities):
    """City id → the `ProfileRecord` of its present rows, in eleven queries at most.

    `cities` have their countries loaded. Call it in one transaction that sees one state of the
    database, or compare `content_version` before and after.
    """
    chapters = {
        "city": profiles.record.collect(cities),
        "actions": actions.record.collect(cities),
        "pathway": pathway.record.collect(cities),
        "assessments": cbi.record.collect(cities),
        "resources": hub.record.collect(cities),
        "pictures": hub.record.collect_pictures(cities),
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
