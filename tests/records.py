"""Records, catalogue and context for tests that ask no database.

record = make_record(city={"population": 120_000}, actions=[ActionRecord(…)])
chapter = build(record, make_context())
"""

import datetime
from decimal import Decimal
from functools import cache
from itertools import count
from types import SimpleNamespace

import msgspec

from actions.record import ActionRecord, ActionsRecord, StatementRecord, ValueRecord
from catalogue import frozen, units
from catalogue.loader import catalogue_files
from catalogue.texts import Texts
from hub.context import Context, PublicResources
from pathway.record import PathwayRecord
from profiles.record import CityRecord, exact
from publishing.record import ProfileRecord

DAY = datetime.date(2026, 6, 6)

_ids = count(1)


@cache
def shipped_catalogue():
    """The `Catalogue` of the files that the apps ship, without a database."""
    names = {model._meta.label_lower: name for name, (model, _struct) in frozen.LISTS.items()}
    lists = {name: {} for name in frozen.LISTS}
    for _path, content in catalogue_files():
        for label, rows in content.items():
            if name := names.get(label.lower()):
                lists[name] = dict(_rows(rows, frozen.LISTS[name][1]))
    return frozen.Catalogue("shipped", lists)


def _rows(rows, struct):
    made = [
        msgspec.convert({"origin": "official", "position": position, **row}, struct)
        for position, row in enumerate(rows, start=1)
    ]
    return [(row.code, row) for row in sorted(made, key=lambda row: (row.position, row.code))]


def changed_catalogue(**lists):
    """The shipped catalogue with other rows: name of a list → rows, which replace those of their
    codes or are added.
    """
    shipped = shipped_catalogue()
    merged = {name: dict(getattr(shipped, name)) for name in frozen.LISTS}
    for name, rows in lists.items():
        merged[name] |= {row.code: row for row in rows}
    return frozen.Catalogue("changed", merged)


def make_record(*, city=None, commitments=(), actions=(), plans=(), progress=(), items=(), **parts):
    """A `ProfileRecord`; `city`: fields of `CityRecord`, `parts`: its assessments and resources."""
    fields = {
        "slug": "port-trial",
        "name": {"en": "Port Trial"},
        "country": "CN",
        "language": "en",
        **(city or {}),
    }
    return ProfileRecord(
        city=CityRecord(**fields),
        actions=ActionsRecord(
            commitments=tuple(commitments), actions=tuple(actions), plans=tuple(plans)
        ),
        pathway=PathwayRecord(progress=tuple(progress), items=tuple(items)),
        **{name: tuple(rows) for name, rows in parts.items()},
    )


def make_context(*, resources=(), catalogue=None, day=DAY, is_sample=False, pk=1):
    """A `Context` in the active language; `resources`: unsaved `PublicResource`s with their ids."""
    catalogue = catalogue or shipped_catalogue()
    country = SimpleNamespace(label="China", code="CN", region=None)
    city = SimpleNamespace(pk=pk, is_sample=is_sample, country=country)
    return Context(city, PublicResources(resources), catalogue, Texts(catalogue), day)


def make_value_record(measure, given, *, unit="", precision="exactly", language="en"):
    """What a city says of a measure (a row of a `Catalogue`): a number, words or a status."""
    said = {"measure": measure.code, "precision": precision}
    if measure.is_numeric:
        number, unit = exact(Decimal(given)), unit or measure.unit
        amount = exact(units.convert(number, unit, measure.unit))
        return ValueRecord(**said, number=number, unit=unit, amount=amount)
    if measure.kind == "text":
        return ValueRecord(**said, text={language: given})
    return ValueRecord(**said, status=given)


def make_statement_record(kind, values=(), **fields):
    """A `StatementRecord`; `values`: `ValueRecord`s, or by code of a shipped measure what
    `make_value_record` takes.
    """
    if isinstance(values, dict):
        measures = shipped_catalogue().measures
        values = [make_value_record(measures[code], given) for code, given in values.items()]
    given = {"id": next(_ids), "updated_on": DAY, **fields}
    return StatementRecord(kind=kind, values=tuple(values), **given)


def make_action_record(action_type, *statements, number=1, **fields):
    """An `ActionRecord` with its `StatementRecord`s; `action_type`: a code."""
    given = {"description": {"en": "Hedges have been planted."}, "updated_on": DAY, **fields}
    return ActionRecord(number=number, action_type=action_type, statements=statements, **given)
