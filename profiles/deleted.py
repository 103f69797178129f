"""Rows that were deleted, and how they come back with all that was deleted together with them."""

from functools import cached_property

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, FileField, OuterRef, Value, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .ceilings import beyond_ceilings
from .changes import create_in_bulk, link_in_bulk, lock, recorded_models
from .fitting import lost_references, taken_keys
from .models import ChangeSet, City
from .undo import linked_fields, records_with_links, row_of


class NotBroughtBack(RuntimeError):
    """Nothing was written. `reasons`: sentences for the user."""

    def __init__(self, reasons):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def deletions(model, cities):
    """The history records of the deletion of rows that are gone, the newest first.

    `model`: of rows directly below a city; `cities`: a queryset or the keys of cities. An import
    that was taken back leaves no trace: what it had made is not among them.
    """
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    gone = model.history.filter(~Exists(later), history_type="-", city__in=cities)
    gone = gone.exclude(change_set__kind=ChangeSet.Kind.UNDO)
    return gone.select_related("change_set__user").order_by("-history_id")


def numbers_of_deleted(models, city_id):
    """Model → how many deleted rows of the city there are, if any; one query for all `models`."""
    counts = [
        deletions(model, [city_id])
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

    (None, None) for rows directly below the city.
    """
    name, _separator, above = model.city_path.partition("__")
    return (name, model._meta.get_field(name).related_model) if above else (None, None)


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
        names = [one.name for one in fields if one.is_relation and not one.null]
        prefetch_related_objects([gone.row for gone in found], *names)
    return found


class DeletedRow:
    """A row that is gone, by the record of its deletion, with the rows that went with it."""

    def __init__(self, record):
        self.record = record
        self.model = record.instance_type
        self.row = row_of(self.model, record)

    @cached_property
    def records(self):
        """Model → the records of the deletion of its rows, parents before children."""
        found = {self.model: [self.record]}
        for model in models_below(self.model):
            name, parent = parent_of(model)
            keys = [record.id for record in found[parent]]
            gone = model.history.filter(change_set=self.record.change_set_id, history_type="-")
            records = gone.filter(**{f"{name}__in": keys}).order_by("id")
            # A row that has been brought back alone since is there already.
            present = set(model._base_manager.filter(pk__in=records.values("id")).values_list("pk"))
            found[model] = [record for record in records if (record.id,) not in present]
        return found

    @cached_property
    def rows(self):
        """Model → its rows as they were, not saved, each with its parent."""
        found = {self.model: [self.row]}
        for model in models_below(self.model):
            found[model] = [row_of(model, record) for record in self.records[model]]
            name, parent = parent_of(model)
            parents = {row.pk: row for row in found[parent]}
            for row in found[model]:
                setattr(row, name, parents[getattr(row, f"{name}_id")])
        return found

    @property
    def name(self):
        return name_of(self.row)

    @property
    def below(self):
        """(kind of rows, their number) of what went with it."""
        return [
            (one._meta.verbose_name_plural if len(rows) > 1 else one._meta.verbose_name, len(rows))
            for one, rows in self.rows.items()
            if one is not self.model and rows
        ]

    def hindrances(self):
        """Sentences that say why it cannot come back; empty if it can."""
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
        lock(City.objects.filter(pk=self.record.city_id))
        if self.model.history.filter(id=self.record.id, history_id__gt=self.record.pk).exists():
            raise NotBroughtBack([_("It has been brought back already.")])
        if said := self.hindrances():
            raise NotBroughtBack(said)
        for model, rows in self.rows.items():
            create_in_bulk(model, rows)
            if linked := linked_fields(model):
                self.restore_links(model, linked)

    def restore_links(self, model, linked):
        """Link the rows of `model` as they were before they were deleted."""
        keys = [record.id for record in self.records[model]]
        before = model.history.filter(id__in=keys, change_set__lte=self.record.change_set_id)
        before = before.exclude(history_type="-").order_by("history_id")
        newest = dict(before.values_list("id", "history_id"))
        records = records_with_links(model, list(newest.values()))
        for name in linked:
            link_in_bulk(model, name, {record.id: record.links[name] for record in records})


def has_files(row):
    """Whether the files that the row names are still stored: those of deleted rows go in time."""
    fields = [field for field in row._meta.fields if isinstance(field, FileField)]
    files = [getattr(row, field.attname) for field in fields]
    return all(not file or file.storage.exists(file.name) for file in files)


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
