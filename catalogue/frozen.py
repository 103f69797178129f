"""Catalogue versions: the whole catalogue as frozen values, named by the hash of its JSON.

Each app registers its lists when it is ready. `current()` is the catalogue as it stands; a version
that a publication was made with is `find(sha256)`. Neither has a primary key: rows refer to each
other by code.
"""

import hashlib
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from operator import attrgetter

import msgspec
from django.db import transaction
from django.db.models import ForeignKey
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal, receiver

from .models import CatalogueRow, CatalogueVersion
from .translated import Translated

catalogue_changed = Signal()
"""Sent in the transaction that made another catalogue current. Argument: version."""

_holding = ContextVar("holding", default=False)

KEPT = 32
"""Versions kept in memory; one takes some hundred kilobytes there."""


class Frozen(Translated, msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the catalogue. The fields of a subclass are named as those of its model.

    A foreign key has the code of the row that it refers to, a many-to-many field a tuple of codes.
    A field that is added later needs a default, so that earlier versions can be read.
    """

    code: str
    name: str
    note: str = ""
    translations: dict[str, dict[str, str | list[str]]] = {}
    origin: str
    position: int = 0
    retired: bool = False

    def __str__(self):
        return self.name


LISTS = {}
"""Name of a list → (its model, its struct), in the order of registration."""


def register(name, model, struct):
    """Make `model` a part of the catalogue, as a list of this name."""
    LISTS[name] = (model, struct)


class Catalogue:
    """The lists of a version by name, each a dictionary by code in the order of the catalogue.

    `catalogue.action_types["natural-areas"]` is a `Frozen` row.
    """

    def __init__(self, sha256, lists):
        self.sha256 = sha256
        self._lists = lists

    def __getattr__(self, name):
        try:
            return self._lists[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def with_texts_of(self, newer):
        """The same with those fixed texts of the `Catalogue` `newer` that are not in this one."""
        lists = {**self._lists, "texts": {**newer.texts, **self.texts}}
        return Catalogue(self.sha256, lists)


def collect():
    """Name of a list → its `Frozen` rows as they are stored now; a query or two for each list."""
    return {name: _rows(model, struct) for name, (model, struct) in LISTS.items()}


def _rows(model, struct):
    names = struct.__struct_fields__
    many = {field.name for field in model._meta.many_to_many} & set(names)
    columns = {name: _column(model, name) for name in names if name not in many}
    linked = {name: _codes(model, name) for name in many}
    rows = model.objects.order_by().values_list("pk", *columns.values())
    found = []
    for pk, *values in rows:
        fields = dict(zip(columns, values, strict=True))
        fields.update({name: tuple(codes.get(pk, ())) for name, codes in linked.items()})
        found.append(struct(**fields))
    # Sorted here: databases sort texts each in their own way.
    return sorted(found, key=attrgetter("position", "code"))


def _column(model, name):
    return f"{name}__code" if isinstance(model._meta.get_field(name), ForeignKey) else name


def _codes(model, name):
    """Primary key of a row → the codes of the rows to which the field `name` links it."""
    found = {}
    links = model.objects.filter(**{f"{name}__isnull": False}).order_by()
    for pk, code in links.values_list("pk", f"{name}__code"):
        found.setdefault(pk, []).append(code)
    return {pk: sorted(codes) for pk, codes in found.items()}


def refresh():
    """Make the stored catalogue the current version; returns whether it is another one."""
    if _holding.get():
        return False
    encoded = msgspec.json.encode(collect(), order="deterministic")
    sha256 = hashlib.sha256(encoded).hexdigest()
    if current_hash() == sha256:
        return False
    with transaction.atomic():
        CatalogueVersion.objects.filter(is_current=True).update(is_current=False)
        version, _made = CatalogueVersion.objects.update_or_create(
            sha256=sha256, defaults={"content": zlib.compress(encoded), "is_current": True}
        )
        catalogue_changed.send(sender=CatalogueRow, version=version)
    return True


@contextmanager
def refreshed_once():
    """Refresh once at the end, however many rows of the catalogue are saved meanwhile."""
    token = _holding.set(True)
    try:
        yield
    finally:
        _holding.reset(token)
    refresh()


@receiver((post_save, post_delete, m2m_changed))
def follow(sender, **kwargs):
    """Refresh where a row of a list was saved or deleted, or a link between two was changed."""
    models = {model for model, _struct in LISTS.values()}
    links = {field.remote_field.through for model in models for field in model._meta.many_to_many}
    if sender in models | links:
        refresh()


def current_hash():
    """The hash of the current version; None where no version has been made yet."""
    rows = CatalogueVersion.objects.filter(is_current=True)
    return rows.values_list("sha256", flat=True).first()


def current():
    """The current `Catalogue`: one query where it is in memory already."""
    sha256 = current_hash()
    if sha256 is None:
        refresh()
        sha256 = current_hash()
    return find(sha256)


@lru_cache(maxsize=KEPT)
def find(sha256):
    """The `Catalogue` of this hash. Raises CatalogueVersion.DoesNotExist."""
    stored = CatalogueVersion.objects.get(sha256=sha256)
    plain = msgspec.json.decode(zlib.decompress(stored.content))
    lists = {
        name: {row.code: row for row in msgspec.convert(plain.get(name, []), list[struct])}
        for name, (_model, struct) in LISTS.items()
    }
    return Catalogue(sha256, lists)
