"""Rows that were deleted, and how they come back with all that was deleted together with them."""

from functools import cached_property

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, FileField, OuterRef, Q, Value, prefetch_related_objects
from django.dispatch import Signal
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .ceilings import beyond_ceilings
from .changes import create_in_bulk, current_recording, link_in_bulk, lock, recorded_models
from .fitting import lost_references, taken_keys
from .models import ChangeSet, City
from .undo import linked_fields, records_with_links, row_of

brought_back = Signal()
"""Sent within the recording that brings a deleted row, or an earlier whole version, back.

Argument: row.
"""


class NotBroughtBack(RuntimeError):
    """Nothing was written. `reasons`: sentences for the user."""

    def __init__(self, reasons):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def deletions(model, condition):
    """The history records of the deletion of rows that are gone, the newest first.

    `model`: City, or that of rows directly below a city; `condition`: on the records. An import
    that was taken back leaves no trace: what it had made is not among them.
    """
    gone = model.history.filter(condition, ~Exists(later_records(model)), history_type="-")
    gone = gone.exclude(change_set__kind=ChangeSet.Kind.UNDO)
    return gone.select_related("change_set__user").order_by("-history_id")


def later_records(model, record=None):
    """The later history of what `record` is of; without it, of what an outer query is about."""
    values = {
        name: OuterRef(name) if record is None else getattr(record, name)
        for name in (*model.identity, "history_id")
    }
    return model.history.filter(history_id__gt=values.pop("history_id"), **values)


def numbers_of_deleted(models, city_id):
    """Model → how many deleted rows of the city there are, if any; one query for all `models`."""
    counts = [
        deletions(model, Q(city=city_id))
        .select_related(None)
        .order_by()
        .values(kind_at=Value(place))
        .annotate(number=Count("pk"))
        for place, model in enumerate(models)
    ]
    found = counts[0].union(*counts[1:], all=True) if counts else ()
    return {models[row["kind_at"]]: row["number"] for row in found if row["number"]}


def parent_of(model):
    """(name of the foreign key, model) of the rows to which rows of `model` belong.

    (None, None) for cities.
    """
    if model is City:
        return None, None
    name = model.city_path.partition("__")[0]
    return name, model._meta.get_field(name).related_model


def models_below(model):
    """The models of the rows that belong to rows of `model`, parents before children."""
    found = [model]
    for one in recorded_models()[1:]:
        if parent_of(one)[1] in found:
            found.append(one)
    return found[1:]


def named(records):
    """The `DeletedRow`s of these records of one model, ready to be named without more queries."""
    found = [DeletedRow(record) for record in records]
    if found:
        fields = found[0].model._meta.concrete_fields
        names = [one.name for one in fields if one.is_relation]
        prefetch_related_objects([gone.row for gone in found], *names)
    return found


class DeletedRow:
    """A row that is gone, by the record of its deletion, with the rows that went with it."""

    def __init__(self, record):
        self.record = record
        self.model = record.instance_type
        self.row = row_of(self.model, record)
        self.given_way = []
        """Sentences on what of the row is another now, once `hindrances` has looked."""

    @cached_property
    def records(self):
        """Model → the records of the deletion of its rows, parents before children."""
        found = {self.model: [self.record]}
        for model in models_below(self.model):
            name, parent = parent_of(model)
            parents = {record.id for record in found[parent]}
            records = model.history.filter(change_set=self.record.change_set_id, history_type="-")
            # A row that has been brought back alone since is there already.
            present = model._base_manager.filter(pk__in=records.values("id"))
            skipped = set(present.values_list("pk", flat=True))
            found[model] = [
                record
                for record in records.order_by("id")
                if getattr(record, f"{name}_id") in parents and record.id not in skipped
            ]
        return found

    @cached_property
    def _all_rows(self):
        """Model → its rows as they were, not saved, each with its parent."""
        found = {self.model: [self.row]}
        for model in models_below(self.model):
            found[model] = [row_of(model, record) for record in self.records[model]]
            name, parent = parent_of(model)
            parents = {row.pk: row for row in found[parent]}
            for row in found[model]:
                setattr(row, name, parents[getattr(row, f"{name}_id")])
        return found

    @cached_property
    def rows(self):
        """Model → the rows that come back."""
        return {
            model: [row for row in rows if (model, row.pk) not in self.left_out]
            for model, rows in self._all_rows.items()
        }

    @cached_property
    def left_out(self):
        """(model, primary key) → why the row of a city cannot come back with it.

        One person whose account is gone, or one file, does not hold up a city; an action comes back
        whole or not at all.
        """
        found = {}
        while self.model is City:
            coming = {
                model: [row for row in rows if (model, row.pk) not in found]
                for model, rows in self._all_rows.items()
            }
            missing = dict(missing_of_rows(coming, self.model))
            if not missing:
                break
            found |= missing
        return found

    @property
    def name(self):
        return name_of(self.row)

    @property
    def below(self):
        """(kind of rows, their number) of what went with it."""
        return [
            (kind_of(one, len(rows)), len(rows))
            for one, rows in self.rows.items()
            if one is not self.model and rows
        ]

    def hindrances(self):
        """Sentences that say why it cannot come back; empty if it can."""
        self.given_way += self.row.give_way()
        coming = {model: [row.pk for row in rows] for model, rows in self.rows.items()}
        said = [] if has_files(self.row) else [_("Its file is no longer kept.")]
        for model, rows in self.rows.items():
            said += map(lost_words, lost_references(model, rows, coming))
            if said:
                continue
            for row, key, _pk in taken_keys(model, rows):
                said.append(taken_words(row, key))
            said += [message for _row, message in beyond_ceilings(model, rows)]
        return list(dict.fromkeys(said))

    def bring_back(self):
        """Write it again, as part of the current recording. Raises NotBroughtBack."""
        lock(City.objects.filter(pk=self.row.owning_city_id))
        lock(self.model.history.filter(pk=self.record.pk))  # there may be no city, or none yet
        if later_records(self.model, self.record).exists():
            raise NotBroughtBack([_("It has been brought back already.")])
        if said := self.hindrances():
            raise NotBroughtBack(said)
        for model, rows in self.rows.items():
            create_in_bulk(model, rows)
            if linked := linked_fields(model):
                self.restore_links(model, linked)
        if self.model is City:
            self.restore_what_has_no_history()
        brought_back.send(sender=self.model, row=self.row)

    def restore_what_has_no_history(self):
        """Give the city the day on which it was made, and a counter above all former ones."""
        made = City.history.filter(id=self.row.pk).order_by("history_id").first()
        City.objects.filter(pk=self.row.pk).update(
            # Each change set has raised the counter by one: its key is beyond all of them.
            content_version=current_recording().change_set.pk,
            created_at=made.history_date,
        )

    def restore_links(self, model, linked):
        """Link the rows of `model` as they were before they were deleted."""
        keys = [row.pk for row in self.rows[model]]
        before = model.history.filter(id__in=keys, change_set__lte=self.record.change_set_id)
        before = before.exclude(history_type="-").order_by("history_id")
        newest = dict(before.values_list("id", "history_id"))
        records = records_with_links(model, list(newest.values()))
        for name in linked:
            link_in_bulk(model, name, {record.id: record.links[name] for record in records})


def missing_of_rows(coming, above):
    """((model, primary key), why) of rows below `above` that cannot be written as they were.

    `coming`: model → the rows that are to be written.
    """
    keys = {model: [row.pk for row in rows] for model, rows in coming.items()}
    for model, rows in coming.items():
        if model is above:
            continue
        for lost in lost_references(model, rows, keys):
            yield (model, lost.row.pk), lost_words(lost)
        for row in rows:
            if not has_files(row):
                words = _("%(row)s: its file is no longer kept.")
                yield (model, row.pk), words % {"row": capfirst(name_of(row))}


def has_files(row):
    """Whether the files that the row names are still stored: those of deleted rows go in time."""
    fields = [field for field in row._meta.fields if isinstance(field, FileField)]
    files = [getattr(row, field.attname) for field in fields]
    return all(not file or file.storage.exists(file.name) for file in files)


def kind_of(model, number):
    """What so many rows of a model are called."""
    return model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural


def name_of(row):
    """The name of a row that is gone; of its kind alone where what the name says is gone too."""
    kind = row._meta.verbose_name
    try:
        return _("%(kind)s “%(row)s”") % {"kind": kind, "row": row}
    except ObjectDoesNotExist:
        number = getattr(row, "number", None) or row.pk
        return _("%(kind)s %(number)s") % {"kind": kind, "number": number}


def taken_words(row, key):
    """What of a row that would come back another one has: `key` is a `UniqueKey`."""
    return f"{capfirst(name_of(row))}: {key.message}"


def lost_words(lost):
    """What is missing of a `Lost` reference."""
    words = _("%(row)s: what it had as “%(field)s” has been deleted.")
    return words % {"row": capfirst(name_of(lost.row)), "field": lost.field.verbose_name}
