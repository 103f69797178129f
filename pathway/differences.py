"""Differences between the steps of two records and the items on them, in words."""

from dataclasses import replace
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.atoms import Day
from hub.differences import FILE, file_words
from profiles.comparison import Spot, Wording, changed_rows, compare, labelled, resource_of
from profiles.record import text_of, words_of

from .chapter import numbered
from .models import StepItem, StepProgress
from .record import ItemRecord, ProgressRecord

CHAPTER = "pathway"


def _state(progress, comparison):
    return comparison.texts(f"pathway.state.{progress.state}")


def _step_of(item, comparison):
    return comparison.own(_title(item.step, comparison))


PROGRESS = Wording(ProgressRecord, StepProgress, words={"state": _state}, apart=("step",))
ITEM = Wording(
    ItemRecord,
    StepItem,
    words={"resource": resource_of("resource"), "step": _step_of},
    first=("step", "title"),
    apart=("id", "position", "file"),
)


def differences(before, after, comparison):
    """The differences between two `PathwayRecord`s, in the order of the steps."""
    if before == after:
        return []
    by_step = attrgetter("step")
    progress = {row[0]: row for row in changed_rows(before.progress, after.progress, by_step)}
    items = {}
    for _id, then, now in changed_rows(before.items, after.items, attrgetter("id")):
        items.setdefault((now or then).step, []).append((then, now))
    found = []
    for step in sorted({*progress, *items}, key=lambda code: _place(code, comparison.catalogue)):
        if step in progress:
            found += _progress(*progress[step], comparison)
        rows = items.get(step, [])
        for then, now in sorted(rows, key=lambda row: _place_of_item(row[1] or row[0])):
            found += _item(then, now, comparison)
        found += _order(step, before, after, comparison)
    return found


def counts(record, comparison):
    """(path, label, number in words) of what a `PathwayRecord` has."""
    number = len(record.progress)
    words = ngettext("%(number)d step", "%(number)d steps", number)
    yield "pathway", _("steps with a state"), number and words % {"number": number}
    number = len(record.items)
    words = ngettext("%(number)d item", "%(number)d items", number)
    yield "items", _("items on steps"), number and words % {"number": number}


def _place(code, catalogue):
    """Sorts steps; those that the catalogue does not know come last."""
    step = catalogue.steps.get(code)
    return step is None, step.number if step else 0, code


def _place_of_item(item):
    return item.position, item.id


def _title(code, comparison):
    step = comparison.catalogue.steps.get(code)
    return numbered(step.number, step.text()).value if step else code


def _spot(step, comparison):
    path = f"pathway.{step}"
    return Spot(path, CHAPTER, _title(step, comparison), row=path)


def _progress(step, then, now, comparison):
    spot, texts = _spot(step, comparison), comparison.texts
    if then is not None and now is not None:
        return compare(then, now, PROGRESS, spot, comparison)
    row = now or then
    days = (("pathway.started", row.started_on), ("pathway.done", row.done_on))
    words = [texts(code, day=Day.of(day)).value for code, day in days if day]
    line = comparison.own(", ".join([_state(row, comparison).value, *words]))
    return [spot.whole(_("state"), line, is_added=then is None)]


def _item(then, now, comparison):
    row = now or then
    title = text_of(row.title)
    spot = replace(_spot(row.step, comparison), path=f"pathway.{row.step}.{row.id}")
    if then is None or now is None:
        return [spot.whole(_kind(row), title, is_added=then is None)]
    spot = replace(spot, part=_("“%(title)s”") % {"title": title or row.id})
    found = compare(then, now, ITEM, spot, comparison)
    if then.file == now.file:
        return found
    if then.file and now.file:
        spot = replace(spot, path=f"{spot.path}.file")
        return found + compare(then.file, now.file, FILE, spot, comparison)
    files = [file and file_words(file, comparison) for file in (then.file, now.file)]
    return [*found, spot.difference(_("file"), *files, "file")]


def _kind(item):
    if item.resource:
        return _("resource")
    return _("file") if item.file else _("link")


def _order(step, before, after, comparison):
    """One difference for all items of a step that stand in another order, or at other numbers."""
    then, now = (
        {row.id: row for row in sorted(one.items, key=_place_of_item) if row.step == step}
        for one in (before, after)
    )
    both = then.keys() & now.keys()
    if all(then[pk].position == now[pk].position for pk in both):
        return []
    orders = [[row for pk, row in rows.items() if pk in both] for rows in (then, now)]
    is_moved = [row.id for row in orders[0]] != [row.id for row in orders[1]]
    if not is_moved and then.keys() != now.keys():
        return []  # the others only made room
    words = [_listed(rows, comparison, is_numbered=not is_moved) for rows in orders]
    return [_spot(step, comparison).difference(_("order of the items"), *words, "position")]


def _listed(items, comparison, is_numbered):
    titles = [words_of(item.title) or str(item.id) for item in items]
    if is_numbered:
        titles = [labelled(item.position, words) for item, words in zip(items, titles, strict=True)]
    return comparison.own("; ".join(titles))
