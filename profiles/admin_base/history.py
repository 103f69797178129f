"""The history of a row in words: who, when, why, and each field's old and new value.

A trail is a queryset of history records; a row has its own and those of the rows edited with it.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from simple_history.template_utils import HistoricalRecordContextHelper, ObjDiffDisplay

from ..models import ChangeSet, CityOwned
from ..people import display_name
from .scope import visible_name

EMPTY = "–"
LONGEST_VALUE = 240
"""Characters of an old or a new text in a list; the rest is cut around the difference."""

DERIVED_FIELDS = {"search_text", "amount", "updated_on"}
"""Fields that are computed from others: no history shows them."""


@dataclass
class FieldChange:
    """`old` is None for what was added, `new` for what was deleted."""

    label: str
    old: Any
    new: Any


@dataclass
class RowChange:
    """What happened to one row. `label`: its name if it was edited with the row of the history."""

    label: str
    act: str
    fields: list[FieldChange]


@dataclass
class Entry:
    """What one change set did to a row. `version` is the row's own record in it, if any."""

    change_set: ChangeSet
    who: str
    version: Any = None
    rows: list[RowChange] = field(default_factory=list)


class _DifferenceWording(HistoricalRecordContextHelper):
    """simple-history's wording of differences, with labels of choices and a dash for no value."""

    def __init__(self, model, record, request):
        super().__init__(model, record)
        self.request = request

    def prepare_delta_change_value(self, change, value):
        value = super().prepare_delta_change_value(change, value)
        if isinstance(value, CityOwned):
            return visible_name(self.request, value)
        return words_of(self.record, self.model._meta.get_field(change.field), value)

    def get_obj_diff_display(self):
        return ObjDiffDisplay(max_length=LONGEST_VALUE)


def words_of(record, model_field, value):
    """A value of a history record as text. Its model may have `names_within(record)`: code → name
    of the parts of a value.
    """
    find = getattr(record.instance_type, "names_within", None)
    return words_for(model_field, value, find(record) if find and isinstance(value, dict) else {})


def words_for(model_field, value, names):
    """A value as text: the label of a choice, “yes” or “no”, a dash for none."""
    if value is None or value in ("", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        parts = (
            f"{names.get(code, code)}: {words_for(model_field, part, names)}"
            for code, part in value.items()
        )
        return "; ".join(parts)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(one) for one in value)
    return value


def entries_of(model_admin, request, row, records_by_trail):
    """An `Entry` for each change set of these records, the newest first."""
    entries = {}
    for index, (trail, records) in enumerate(
        zip(model_admin.trails(row), records_by_trail, strict=True)
    ):
        for record in sorted(records, key=lambda record: record.history_id):
            entry = entries.get(record.change_set_id)
            if entry is None:
                who = display_name(record.change_set.user, request.user)
                entry = entries[record.change_set_id] = Entry(record.change_set, who)
            if index == 0:
                entry.version = record
            hidden = model_admin.hidden_in_history(request, row)
            label = model_admin.trail_label(record)
            entry.rows += row_changes(request, trail, record, hidden, label)
    return [entries[key] for key in sorted(entries, reverse=True)]


def row_changes(request, trail, record, hidden, label):
    """[RowChange] for what `record` did to its row; empty if it changed no field that is shown."""
    act = {"+": _("added"), "-": _("deleted")}.get(record.history_type, "")
    previous = (
        trail.filter(id=record.id, history_id__lt=record.history_id).order_by("history_id").last()
    )
    if act:
        fields = filled_in_fields(request, record, hidden) if label else []
    else:
        fields = changed_fields(request, previous, record, hidden)
    return [RowChange(label, act, fields)] if act or fields else []


def changed_fields(request, old, new, hidden=()):
    """[FieldChange] for the fields in which two records of one row differ."""
    if old is None:
        return []
    delta = new.diff_against(old, foreign_keys_are_objs=True, excluded_fields=hidden)
    texts = _DifferenceWording(new.instance_type, new, request).context_for_delta_changes(delta)
    return [FieldChange(text["field"], text["old"], text["new"]) for text in texts]


def filled_in_fields(request, record, hidden, is_added=None):
    """[FieldChange] for all fields that a row had when it was added or deleted."""
    if is_added is None:
        is_added = record.history_type == "+"
    changes = []
    for model_field in record.tracked_fields:
        value = getattr(record, model_field.attname)
        if is_key_or_parent(model_field) or model_field.name in hidden:
            continue
        if value in (None, "") or value == model_field.get_default():
            continue
        if model_field.is_relation:
            related = model_field.related_model._default_manager.filter(pk=value).first()
            value = (
                visible_name(request, related)
                if isinstance(related, CityOwned)
                else related or value
            )
        value = words_of(record, model_field, value)
        old, new = (None, value) if is_added else (value, None)
        changes.append(FieldChange(model_field.verbose_name, old, new))
    return changes


def is_key_or_parent(model_field):
    """Whether the field only says which row it is: the primary key, or a required foreign key."""
    return model_field.primary_key or (model_field.is_relation and not model_field.null)


def give_versions(entries, trail):
    """Give each entry in which the row itself did not change the record that it had then."""
    known = list(trail.order_by("-history_id")) if entries else ()
    for entry in entries:
        if entry.version is None:
            past = (one for one in known if one.change_set_id <= entry.change_set.pk)
            entry.version = next(past, None)
        if entry.version is not None and entry.version.history_type == "-":
            entry.version = None


def told_differences(model_admin, request, row, version):
    """[RowChange] for what changes if the `WholeVersion` comes back: from now to then."""
    hidden = model_admin.hidden_in_history(request, row)
    told = []
    for one in version.differences:
        for pk in [stored.pk for stored in one.changed]:
            label = model_admin.trail_label(one.now[pk])
            if fields := changed_fields(request, one.now[pk], one.then[pk], hidden):
                told.append(RowChange(label, "", fields))
        for rows, records, act in (
            (one.coming, one.then, _("comes back")),
            (one.going, one.now, _("is deleted; it stays in the history")),
        ):
            for record in (records[stored.pk] for stored in rows):
                fields = filled_in_fields(request, record, hidden, is_added=records is one.then)
                told.append(RowChange(model_admin.trail_label(record), act, fields))
    return told


def change_set_ids(trails):
    """The ids of all change sets in these trails, the newest first."""
    ids = {pk for trail in trails for pk in trail.values_list("change_set_id", flat=True)}
    return sorted(ids, reverse=True)
