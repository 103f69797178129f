"""Fill the catalogue from the files that the apps ship.

Each app may have a `catalogue.json`: `{"app.model": [row, …], …}`. A row maps field names to
values; a foreign key is the code of the row it refers to, a many-to-many field a list of codes.
Rows come after the rows to which they refer.

The loader decides field by field: it updates what only the file changed, keeps and reports what
staff changed, and retires rows that are no longer in the file.
"""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction

from .frozen import refreshed_once
from .models import CatalogueRow

FILE_NAME = "catalogue.json"


class CatalogueError(ValueError):
    """A catalogue file does not fit the models; the message names file, row and field."""


@dataclass
class Report:
    """What a load did. `kept` lists (model label, code, field) that staff had changed."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    retired: int = 0
    kept: list[tuple[str, str, str]] = field(default_factory=list)


def catalogue_files():
    """(path, content) of every app's catalogue file, lower floors first as in INSTALLED_APPS."""
    for config in apps.get_app_configs():
        path = f"{config.path}/{FILE_NAME}"
        try:
            with open(path, encoding="utf-8") as file:
                yield path, json.load(file)
        except FileNotFoundError:
            continue
        except json.JSONDecodeError as error:
            raise CatalogueError(f"{path}: not valid JSON ({error})") from error


@transaction.atomic
def load(files=None):
    """Load `files` (default: those of all apps) and return a `Report`; all or nothing."""
    report = Report()
    with refreshed_once():
        for path, content in catalogue_files() if files is None else files:
            for label, rows in content.items():
                _ModelLoader(path, label, report).load(rows)
    return report


class _ModelLoader:
    """Loads the rows of one model; `where` names file and model in error messages."""

    def __init__(self, path, label, report):
        self.where = f"{path}, {label}"
        self.label = label
        self.report = report
        try:
            self.model = apps.get_model(label)
        except (LookupError, ValueError) as error:
            raise CatalogueError(f"{self.where}: there is no such model") from error
        if not issubclass(self.model, CatalogueRow):
            raise CatalogueError(f"{self.where}: not a catalogue model")
        many = [f.name for f in self.model._meta.many_to_many]
        self.existing = {row.code: row for row in self.model.objects.prefetch_related(*many)}
        self.references = {}

    def load(self, rows):
        codes = [row.get("code") for row in rows]
        if len(set(codes)) != len(codes) or None in codes:
            raise CatalogueError(f"{self.where}: a code is missing or stands twice")
        rows = [
            {"position": position, "origin": "official", **row}
            for position, row in enumerate(rows, start=1)
        ]
        if not self.existing:
            self.create_all(rows)
            return
        for row in rows:
            self.load_row(row)
        for code in self.existing.keys() - set(codes):
            self.retire(self.existing[code])

    def create_all(self, rows):
        """Create all rows of an empty table in bulk, with the result that `load_row` would have.

        No signals are sent: nothing is counted yet under the rows of an empty table.
        """
        new_rows, links = [], []
        for values in rows:
            if self.refers_to_own_table(values):
                # The row referred to needs its primary key first.
                self.create(new_rows, links)
                new_rows, links = [], []
            row = self.model(code=values["code"])
            links.append(self.assign(row, values, values))
            new_rows.append(row)
        self.create(new_rows, links)

    def refers_to_own_table(self, values):
        return any(
            value is not None and self.field(name).related_model is self.model
            for name, value in values.items()
        )

    def create(self, rows, links):
        """Write new rows; `links` has for each of them: many-to-many field name → linked rows."""
        self.model.objects.bulk_create(rows)
        self.report.created += len(rows)
        for row in rows:
            self.remember_reference(row)
        for target in self.model._meta.many_to_many:
            own, other = target.m2m_field_name(), target.m2m_reverse_field_name()
            target.remote_field.through.objects.bulk_create(
                target.remote_field.through(**{own: row, other: linked})
                for row, many in zip(rows, links, strict=True)
                for linked in dict.fromkeys(many.get(target.name, ()))
            )

    def load_row(self, values):
        row = self.existing.get(values["code"])
        if row is None:
            row = self.model(code=values["code"])
            self.write(row, values, values)
            self.report.created += 1
            return
        changes = {}
        for name, value in values.items():
            current = self.current_value(row, name)
            if current not in (self.last_shipped(row, name), value):
                self.report.kept.append((self.label, row.code, name))
            elif current != value:
                changes[name] = value
        file_changed = any(row.shipped.get(name) != value for name, value in values.items())
        if changes or file_changed or row.shipped.get("retired"):
            self.write(row, changes, values)
        if changes:
            self.report.updated += 1
        else:
            self.report.unchanged += 1

    def write(self, row, changes, shipped):
        many = self.assign(row, changes, shipped)
        row.save()
        self.remember_reference(row)
        for name, targets in many.items():
            getattr(row, name).set(targets)

    def assign(self, row, changes, shipped):
        """Set and check the values of `row` without saving.

        Returns many-to-many field name → linked rows, to be set after saving.
        """
        many = {}
        for name, value in changes.items():
            target = self.field(name)
            if target.many_to_many:
                many[name] = [self.referred_row(target, code) for code in value]
            elif target.is_relation:
                setattr(row, name, None if value is None else self.referred_row(target, value))
            else:
                setattr(row, name, value)
        if row.shipped.get("retired"):
            row.retired = False
        row.shipped = shipped
        # `referred_row` has found the targets of foreign keys: checking them again costs queries.
        foreign_keys = [field.name for field in self.model._meta.fields if field.is_relation]
        row.full_clean(exclude=foreign_keys, validate_unique=False, validate_constraints=False)
        return many

    def retire(self, row):
        """Retire a row that left the file; rows that staff added were never in it and stay."""
        if row.shipped and not row.shipped.get("retired"):
            row.retired = True
            row.shipped = {**row.shipped, "retired": True}
            row.save(update_fields=("retired", "shipped"))
            self.report.retired += 1

    def field(self, name):
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise CatalogueError(f"{self.where}: there is no field {name!r}") from error

    def last_shipped(self, row, name):
        """The value that the loader wrote last, else the field's default."""
        if name in row.shipped:
            return row.shipped[name]
        target = self.field(name)
        if target.is_relation:
            return [] if target.many_to_many else None
        return target.get_default()

    def current_value(self, row, name):
        """The stored value as the file writes it: related rows by their codes."""
        target = self.field(name)
        if target.many_to_many:
            codes = {linked.code for linked in getattr(row, name).all()}
            order = row.shipped.get(name, [])
            return order if codes == set(order) else sorted(codes)
        if target.is_relation:
            related_id = getattr(row, target.attname)
            return None if related_id is None else self.code_of(target, related_id)
        return getattr(row, name)

    def referred_row(self, target, code):
        try:
            return self.rows_by_code(target)[code]
        except KeyError as error:
            raise CatalogueError(f"{self.where}: {target.name} {code!r} is not known") from error

    def code_of(self, target, pk):
        return next(code for code, row in self.rows_by_code(target).items() if row.pk == pk)

    def remember_reference(self, row):
        """Let later rows of the file refer to this one, where a model refers to itself."""
        for name, rows in self.references.items():
            if self.field(name).related_model is self.model:
                rows[row.code] = row

    def rows_by_code(self, target):
        if target.name not in self.references:
            rows = target.related_model.objects.all()
            self.references[target.name] = {row.code: row for row in rows}
        return self.references[target.name]
