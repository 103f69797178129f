"""Cells that would put back what somebody has changed since the workbook was written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, UniqueConstraint
from django.utils.translation import gettext as _

from profiles.models import ChangeSet
from profiles.undo import records_with_links

from ... import cells
from ...lookups.context import chunks
from .constraints import truth


@dataclass(frozen=True, slots=True)
class NewerCell:
    """A cell whose stored value (`old`) was changed at `changed_at`; the file says `new`.

    `is_removed`: the whole row was removed then, and the file would add it again.
    """

    sheet: str
    row: int
    cell: str
    column: str
    old: object
    new: object
    changed_at: datetime
    is_removed: bool = False

    def as_dict(self):
        return {
            "sheet": self.sheet,
            "cell": self.cell,
            "column": self.column,
            "stored": cells.as_text(self.old),
            "value": cells.as_text(self.new),
            "changed_at": self.changed_at.isoformat(timespec="seconds"),
            "removed": self.is_removed,
        }

    def __str__(self):
        words = (
            _("%(place)s: removed on %(day)s; the file would add “%(new)s” again.")
            if self.is_removed
            else _("%(place)s: stored on %(day)s: “%(old)s”; in the file: “%(new)s”.")
        )
        return words % {
            "place": f"{self.sheet} {self.cell}",
            "day": self.changed_at.date().isoformat(),
            "old": cells.as_text(self.old),
            "new": cells.as_text(self.new),
        }


class NewerCells:
    """Of one sheet: notes each change of a stored row, and finds in the history which are older.

    Where the file does not say when it was written, and in cities where nothing has happened since,
    nothing is noted and nothing is asked.
    """

    def __init__(self, sheet):
        self.sheet = sheet
        self.noted = []
        self.found = []

    @property
    def since(self):
        written = self.sheet.context.written
        return written and written.at

    def note(self, row, column, instance):
        if self.since is None or instance.pk is None or not has_history(type(instance)):
            return
        if self.has_news(instance):
            self.noted.append((row, column, instance))

    def has_news(self, instance):
        """Whether anything was written to the city of the row since."""
        city = instance.owning_city
        return city is None or city.updated_at is None or city.updated_at > self.since

    def find(self):
        """Fill `found`; some queries per model, whatever the number of cells."""
        if self.since is None:
            return
        self.find_changed()
        self.find_removed()

    def find_changed(self):
        # A date that proved to be a former one is no change any more.
        self.noted = [one for one in self.noted if change_in(*one[:2]) is not None]
        by_model = defaultdict(set)
        for _row, _column, instance in self.noted:
            by_model[type(instance)].add(instance.pk)
        records = {model: self.records_of(model, keys) for model, keys in by_model.items()}
        for row, column, instance in self.noted:
            changed_at, *pair = records[type(instance)].get(instance.pk, (None,))
            if changed_at is not None and self.is_newer(column, instance, *pair):
                self.add(row, column, changed_at)

    def records_of(self, model, keys):
        """Primary key → (day of the last change, record when the file was written, newest one).

        Only of rows that were changed since. Both records are None where it was made since.
        """
        found = {}
        for some in chunks(keys):
            past = model.history.filter(id__in=some).order_by().values("id")
            days = past.annotate(
                at=Max("history_date"),
                newest=Max("history_id"),
                former=Max("history_id", filter=Q(history_date__lte=self.since)),
            )
            names = ("id", "at", "former", "newest")
            changed = list(days.filter(at__gt=self.since).values_list(*names))
            wanted = [key for _pk, _at, *pair in changed if None not in pair for key in pair]
            by_id = {one.history_id: one for one in records_with_links(model, wanted)}
            for pk, at, former, newest in changed:
                found[pk] = (at, by_id.get(former), by_id.get(newest))
        return found

    def is_newer(self, column, instance, former, newest):
        if former is None:
            return True
        value = self.sheet.history_value
        return value(former, column, instance) != value(newest, column, instance)

    def add(self, row, column, changed_at):
        name = next(name for name, own in self.sheet.fields.items() if own is column)
        place = self.sheet.problem_at(row, name, "", "")
        _header, old, new = change_in(row, column)
        self.found.append(
            NewerCell(place.sheet, row.number, place.cell, place.column, old, new, changed_at)
        )

    # Rows that somebody has removed since

    def find_removed(self):
        new = [(r, name, own) for r, name, own in self.sheet.added_rows() if self.has_news(own)]
        by_model = defaultdict(list)
        for _row, _name, instance in new:
            by_model[type(instance)].append(instance)
        removed = {model: self.removals(model, rows) for model, rows in by_model.items()}
        for row, name, instance in new if any(removed.values()) else ():
            days = removed[type(instance)]
            day = next((days[own] for own in identities(instance) if own in days), None)
            if day is not None:
                place = self.sheet.problem_at(row, name, "", "")
                where = place.sheet, row.number, place.cell, place.column
                self.found.append(NewerCell(*where, None, place.value, day, is_removed=True))

    def removals(self, model, rows):
        """What identified the rows that were removed since → when; not by taking back an import."""
        parent = model._meta.get_field(model.city_path.partition("__")[0]).attname
        found = {}
        for some in chunks({getattr(row, parent) for row in rows} - {None}):
            gone = model.history.filter(history_type="-", history_date__gt=self.since)
            gone = gone.filter(**{f"{parent}__in": some})
            for record in gone.exclude(change_set__kind=ChangeSet.Kind.UNDO):
                found.update((own, record.history_date) for own in identities(record, model))
        return found


def change_in(row, column):
    """(header, old, new) of the planned change in this column; None if there is none."""
    return next((one for one in row.changes or () if one[0] == column.header), None)


def has_history(model):
    """Looked up where simple-history notes it: each look at `model.history` makes a class."""
    return hasattr(model._meta, "simple_history_manager_attribute")


def identities(row, model=None):
    """What tells a row, or a history record of it, from others: by its unique constraints."""
    for constraint in (model or type(row))._meta.constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        names = [row._meta.get_field(name).attname for name in constraint.fields]
        values = [getattr(row, name) for name in names]
        holds = constraint.condition is None or truth(constraint.condition, row)
        if holds and None not in values:
            yield constraint.name, *values
