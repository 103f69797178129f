"""Records, catalogue and context for tests that ask no database.

record = make_record(city={"population": 120_000}, actions=[ActionRecord(…)])
chapter = build(record, make_context())
"""

import datetime
from functools import cache
from types import SimpleNamespace

import msgspec

from actions.record import ActionsRecord
from catalogue import frozen
from catalogue.loader import catalogue_files
from catalogue.texts import Texts
from hub.context import Context, PublicResources
from pathway.record import PathwayRecord
from profiles.record import CityRecord
from publishing.record import ProfileRecord

DAY = datetime.date(2026, 6, 6)


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


def make_record(*, city=None, commitments=(), actions=(), progress=(), items=(), **parts):
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
        actions=ActionsRecord(commitments=tuple(commitments), actions=tuple(actions)),
        pathway=PathwayRecord(progress=tuple(progress), items=tuple(items)),
        **{name: tuple(rows) for name, rows in parts.items()},
    )


def make_context(*, resources=(), catalogue=None, day=DAY, is_sample=False, pk=1):
    """A `Context` in the active language; `resources`: unsaved `PublicResource`s with their ids."""
    catalogue = catalogue or shipped_catalogue()
    country = SimpleNamespace(label="China", code="CN", region=None)
    city = SimpleNamespace(pk=pk, is_sample=is_sample, country=country)
    return Context(city, PublicResources(resources), catalogue, Texts(catalogue), day)
