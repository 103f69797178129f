"""What one change set did, row by row, with links to the histories of the rows."""

from dataclasses import dataclass

from django.contrib.admin.utils import quote
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst

from ..changes import recorded_models
from ..models import City
from .history import RowChange, row_changes

MOST_ROWS = 100
"""So many changed rows of a change set are on its page; an import may have thousands."""


@dataclass
class ChangedRow:
    """`city` is None for a row of no city and for one whose city is gone. `url`: of its history."""

    city: City | None
    name: str
    url: str
    change: RowChange


@dataclass
class ChangedRows:
    """The first `rows` of a change set; `counts`: (kind of row, how many)."""

    rows: list[ChangedRow]
    counts: list[tuple[str, int]]

    @property
    def left_out(self):
        return sum(count for _kind, count in self.counts) - len(self.rows)


def changed_rows(site, request, change_set):
    shown, counts, reader = [], [], _Reader(site, request)
    for model in recorded_models():
        records = model.history.filter(change_set=change_set).order_by("history_id")
        if count := records.count():
            counts.append((capfirst(model._meta.verbose_name), count))
            some = records[: MOST_ROWS - len(shown)]
            shown += [reader.changed_row(model, record) for record in some]
    return ChangedRows(shown, counts)


class _Reader:
    def __init__(self, site, request):
        self.site, self.request = site, request
        self.found = {}

    def changed_row(self, model, record):
        """A row without a page in the admin is told as a part of its parent that has one."""
        rows = self.rows_upwards(model, record)
        owning, owner = next(pair for pair in rows if self.site.is_registered(pair[0]))
        is_there = isinstance(owner, owning)
        model_admin = self.site.get_model_admin(owning)
        instance = owner if is_there else owner.instance
        part = model_admin.trail_label(record) if owning is not model else ""
        label = part or capfirst(model._meta.verbose_name)
        hidden = model_admin.hidden_in_history(self.request, instance)
        changes = row_changes(self.request, model.history, record, hidden, label)
        return ChangedRow(
            city=self.city_of(rows[-1]),
            name=name_of(instance),
            url=history_url(owner) if is_there else "",
            change=changes[0] if changes else RowChange(label, "", []),
        )

    def rows_upwards(self, model, record):
        """[(model, row)]: the row of `record`, and its parents below the city.

        For a row that is gone it has the row's newest record.
        """
        rows = [(model, self.find(model, record.id))]
        for name in () if model is City else model.city_path.split("__")[:-1]:
            field = model._meta.get_field(name)
            key = getattr(rows[-1][1], field.attname)
            model = field.related_model
            rows.append((model, self.find(model, key)))
        return rows

    def find(self, model, key):
        if (model, key) not in self.found:
            row = model._base_manager.filter(pk=key).first()
            newest = model.history.filter(id=key).order_by("history_id")
            self.found[model, key] = row or newest.last()
        return self.found[model, key]

    def city_of(self, named):
        model, row = named
        if model is City:
            return row if isinstance(row, City) else None
        key = getattr(row, f"{model.city_path.rpartition('__')[2]}_id")
        city = self.find(City, key) if key else None
        return city if isinstance(city, City) else None


def name_of(instance):
    """The name of a row, as far as the rows that it names are still there."""
    try:
        return str(instance)
    except ObjectDoesNotExist:
        return str(instance.pk)


def history_url(row):
    opts = row._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_history"
    return reverse(name, args=[quote(row.pk)])
