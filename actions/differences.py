"""Differences between the commitments and actions of two records, in words."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import units
from catalogue.models import Origin
from profiles.comparison import (
    Spot,
    Wording,
    changed_rows,
    compare,
    labelled,
    resource_of,
    without_colon,
    year_of,
)
from profiles.record import text_of

from .chapter import statement_label
from .lists import FrozenMeasure
from .models import (
    Action,
    CityCommitment,
    OwnFigure,
    Statement,
    Value,
)
from .own_figures import figures_of
from .plan_differences import plan_differences, plan_names, plan_of
from .record import (
    ActionRecord,
    CommitmentRecord,
    OwnFigureRecord,
    StatementRecord,
    ValueRecord,
)
from .wording import value_text

CHAPTER = "actions"
ORDER_OF_KINDS = (Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS)


def _name(rows, code, comparison):
    """The name of a row of the catalogue as a `Text`; the code where it is not known there."""
    return rows[code].text() if code in rows else comparison.own(code)


def _type(action, comparison):
    return _name(comparison.catalogue.action_types, action.action_type, comparison)


def _key_measure(action, comparison):
    code = action.key_measure
    return _name(figures_of(action, comparison.catalogue), code, comparison) if code else None


COMMITMENT = Wording(CommitmentRecord, CityCommitment, apart=("commitment",))
ACTION = Wording(
    ActionRecord,
    Action,
    labels={"description": "actions.description", "updated_on": "actions.updated"},
    words={"action_type": _type, "key_measure": _key_measure},
    apart=("number", "own_figures", "statements"),
)
OWN_FIGURE = Wording(
    OwnFigureRecord,
    OwnFigure,
    words={
        "kind": lambda row, comparison: comparison.own(kind_label(row.kind)),
        "unit": lambda row, comparison: row.unit and comparison.own(units.label(row.unit)),
    },
    apart=("code",),
)
STATEMENT = Wording(
    StatementRecord,
    Statement,
    labels={"source": "actions.source", "updated_on": "actions.updated"},
    words={
        "kind": lambda row, comparison: comparison.texts(f"course.{row.kind}"),
        "year": year_of("year"),
        "due_year": year_of("due_year"),
        "source_resource": resource_of("source_resource"),
        "plan": plan_of,
    },
    first=("kind", "year", "date", "due_year"),
    apart=("id", "values"),
)
VALUE = Wording(ValueRecord, Value, apart=("measure",), last=("amount",))
"""For values whose words are the same. `amount` follows from number and unit."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of both records of an action by code: an own figure that was deleted and made
    anew has the code of the former."""

    before: dict
    after: dict

    def place(self, code):
        """Sorts what is said of figures as they are printed."""
        figure = self.after.get(code) or self.before.get(code)
        return figure is None, figure.position if figure else 0, code


def differences(before, after, comparison):
    """The differences between two `ActionsRecord`s, in the order of the chapter."""
    if before == after:
        return []
    comparison = replace(comparison, plans=plan_names(before, after))
    found = defaultdict(list)
    by_code, by_number = attrgetter("commitment"), attrgetter("number")
    for code, then, now in changed_rows(before.commitments, after.commitments, by_code):
        place = (*_place(code, comparison.catalogue), 0, 0, 0)
        found[place] += _commitment(code, then, now, comparison)
    for _number, then, now in changed_rows(before.actions, after.actions, by_number):
        place = _place_of_action(now or then, comparison.catalogue)
        found[place] += _action(then, now, comparison)
    plans = plan_differences(before, after, CHAPTER, comparison)
    return [*(one for place in sorted(found) for one in found[place]), *plans]


def counts(record, comparison):
    """(path, label, number in words) of what an `ActionsRecord` has most of."""
    made, actions = len(record.commitments), len(record.actions)
    words = ngettext("%(number)d commitment", "%(number)d commitments", made)
    yield "commitments", _("commitments made"), made and words % {"number": made}
    words = ngettext("%(number)d action", "%(number)d actions", actions)
    yield "actions", _("actions"), actions and words % {"number": actions}


def _place(code, catalogue):
    """Sorts commitments; those that the catalogue does not know come last."""
    row = catalogue.commitments.get(code)
    if row is None or row.area not in catalogue.areas:
        return 1, 0, "", 0, code
    area = catalogue.areas[row.area]
    return 0, area.position, area.code, row.position, row.code


def _place_of_action(action, catalogue):
    """Sorts actions after their commitment, by type and number."""
    row = catalogue.action_types.get(action.action_type)
    if row is None:
        return *_place("", catalogue), 1, 0, action.number
    return *_place(row.commitment, catalogue), 1, row.position, action.number


def _commitment(code, then, now, comparison):
    name = _name(comparison.catalogue.commitments, code, comparison)
    path, texts = f"commitments.{code}", comparison.texts
    if then is None or now is None:
        spot = Spot(path, CHAPTER, texts("actions.title").value)
        label = texts.label("actions.commitment")
        return [spot.whole(label, name, is_added=then is None)]
    place = _("Commitment: %(name)s") % {"name": name}
    return compare(then, now, COMMITMENT, Spot(path, CHAPTER, place), comparison)


def _action(then, now, comparison):
    row = now or then
    place = _("Action %(number)d: %(name)s")
    place %= {"number": row.number, "name": _type(row, comparison)}
    spot = Spot(f"actions.{row.number}", CHAPTER, place)
    if then is None or now is None:
        return [spot.whole(_("action"), text_of(row.description), is_added=then is None)]
    within, found = comparison.following(then.description, now.description), []
    rows = changed_rows(then.own_figures, now.own_figures, attrgetter("code"))
    for code, was, is_now in rows:
        found += _own_figure(code, was, is_now, spot, within)
    figures = Figures(figures_of(then, within.catalogue), figures_of(now, within.catalogue))
    rows = changed_rows(then.statements, now.statements, attrgetter("id"))
    for _id, was, is_now in sorted(rows, key=lambda pair: _time(pair[2] or pair[1])):
        found += _statement(was, is_now, spot, figures, within)
    return compare(then, now, ACTION, spot, comparison, is_changed=bool(found)) + found


def _own_figure(code, then, now, action, comparison):
    label, row = _("own figure"), now or then
    path = f"{action.path}.{code}"
    if then is None or now is None:
        spot = Spot(path, CHAPTER, action.place, row=action.path)
        return [spot.whole(label, text_of(row.name), is_added=then is None)]
    spot = Spot(path, CHAPTER, action.place, labelled(label, text_of(row.name)), action.path)
    return compare(then, now, OWN_FIGURE, spot, comparison)


def kind_label(kind):
    return OwnFigure.Kind(kind).label if kind in OwnFigure.Kind else kind


def _time(statement):
    """Sorts statements as they are printed."""
    known = statement.kind in ORDER_OF_KINDS
    kind = ORDER_OF_KINDS.index(statement.kind) if known else len(ORDER_OF_KINDS)
    day = statement.date or datetime.date.min
    return kind, statement.due_year is None, statement.due_year or 0, day, statement.id


def _statement(then, now, action, figures, comparison):
    row = now or then
    label = without_colon(statement_label(row, comparison.texts))
    path = f"{action.path}.{row.id}"
    if then is None or now is None:
        spot = Spot(path, CHAPTER, action.place, row=action.path)
        own = figures.before if now is None else figures.after
        line = _line_of(row, own, figures.place, comparison)
        return [spot.whole(label, line, is_added=then is None)]
    spot, found = Spot(path, CHAPTER, action.place, label, action.path), []
    within = comparison.following(then.text or then.source, now.text or now.source)
    rows = changed_rows(then.values, now.values, attrgetter("measure"))
    for code, was, is_now in sorted(rows, key=lambda row: figures.place(row[0])):
        found += _value(code, was, is_now, spot, figures, within)
    own = compare(then, now, STATEMENT, spot, comparison, is_changed=bool(found))
    return found + own


def _value(code, then, now, statement, figures, comparison):
    sides = ((then, figures.before), (now, figures.after))
    words = [row and _words(row, own, comparison) for row, own in sides]
    names = [_measure(code, row, own).text() for row, own in sides if row]
    label = names[-1]
    if then is None or now is None or words[0].value != words[1].value:
        if label.value != names[0].value:
            pairs = zip(names, words, strict=True)
            words = [comparison.own(labelled(name, said)) for name, said in pairs]
        return [statement.difference(label, *words, code)]
    part = labelled(statement.part, label)
    spot = Spot(f"{statement.path}.{code}", CHAPTER, statement.place, part, statement.row)
    return compare(then, now, VALUE, spot, comparison)


def _words(value, figures, comparison):
    measure = _measure(value.measure, value, figures)
    missing = comparison.texts("value.missing")
    return value_text(value, measure, comparison.texts) or missing


def _measure(code, value, figures):
    """The figure of a value; one that is not known goes by its code."""
    return figures.get(code) or FrozenMeasure(
        code=code,
        name=code,
        origin=Origin.OURS,
        action_type="",
        key=code,
        kind="amount",
        unit=value.unit,
        unit_in_sentence=value.unit,
    )


def _line_of(statement, figures, place, comparison):
    """A statement on one line: its values, else its words."""
    rows = sorted(statement.values, key=lambda row: place(row.measure))
    if not rows:
        return text_of(statement.text) or text_of(statement.source)
    parts = []
    for row in rows:
        label = _measure(row.measure, row, figures).text()
        parts.append(labelled(label, _words(row, figures, comparison)))
    return comparison.own("; ".join(parts))
