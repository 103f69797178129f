"""What is new in a version of a city, as one sentence for people who do not know the city.

A sentence says the one thing that matters most to readers: a target that is reached, one that is
set, an assessment, figures; else what changed, as lists of versions do. The order is ours.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.courses import state_of_target
from actions.models import Statement
from actions.own_figures import known_figures
from actions.tracking import TargetState
from actions.wording import value_text
from catalogue.texts import Texts

from .differences import differences, summary

CITY = "%(city)s"
"""Stands for the city in a sentence, so that a page can make it a link."""

Kind = Statement.Kind


def news(before, after, catalogue, day):
    """A sentence with `CITY` in it, in the active language; None where nothing differs. No query.

    `before` and `after`: two `ProfileRecord`s, `before` None for a first publication. `day`: the
    day on which targets are judged.
    """
    if before is None:
        return _first(len(after.actions.actions))
    if before == after:
        return None
    told = Told(before, after, catalogue, day)
    sentences = (told.reached, told.set_targets, told.assessed, told.reported, told.started)
    for sentence in (*sentences, told.added):
        if words := sentence():
            return words
    changed = summary(differences(before, after, catalogue))
    return _said(_("%(city)s updated its profile: %(changes)s"), changes=changed)


def _said(words, **gaps):
    """`words` with its gaps filled, except that for the city."""
    # What fills them may have a percent sign, and the gap for the city is filled later.
    escaped = {name: str(value).replace("%", "%%") for name, value in gaps.items()}
    return words % {"city": CITY, **escaped}


def _first(number):
    if not number:
        return _said(_("%(city)s published its profile"))
    words = ngettext(
        "%(city)s published its profile with %(number)d action",
        "%(city)s published its profile with %(number)d actions",
        number,
    )
    return _counted(words, number)


class Told:
    """What two records of a city, one after the other, have to tell."""

    def __init__(self, before, after, catalogue, day):
        self.before, self.after, self.catalogue, self.day = before, after, catalogue, day
        self.texts = Texts(catalogue)
        self._figures = {}
        for action in (*before.actions.actions, *after.actions.actions):
            figures = known_figures(action, catalogue)
            self._figures.update((one.id, figures) for one in action.statements)

    def reached(self):
        new = self._reached_in(self.after).keys() - self._reached_in(self.before).keys()
        for key, target in self._reached_in(self.after).items():
            if key in new:
                return _said(_("%(city)s reached a target: %(goal)s"), goal=self._goal(target))
        return ""

    def _reached_in(self, record):
        """Id of a target in figures that is reached → the target."""
        return {
            target.id: target
            for action, target in statements_of(record, Kind.TARGET)
            if self._figure(target)
            and state_of_target(target, action.statements, self._figures[target.id], self.day)
            == TargetState.REACHED
        }

    def set_targets(self):
        figured = [
            target for target in self._new(Kind.TARGET) if target.due_year and self._figure(target)
        ]
        if len(figured) > 1:
            words = ngettext(
                "%(city)s set %(number)d target with a figure and a year",
                "%(city)s set %(number)d targets with a figure and a year",
                len(figured),
            )
            return _counted(words, len(figured))
        for target in figured:
            return _said(
                _("%(city)s set a target: %(goal)s by %(year)s"),
                goal=self._goal(target),
                year=target.due_year,
            )
        return ""

    def assessed(self):
        known = {(one.edition, one.year) for one in self.before.assessments}
        for one in reversed(self.after.assessments):
            if (one.edition, one.year) not in known:
                words = _("%(city)s scored the City Biodiversity Index for %(year)s")
                return _said(words, year=one.year)
        return ""

    def reported(self):
        number = len({action.number for action in self._actions_with_new(Kind.PROGRESS)})
        words = ngettext(
            "%(city)s reported progress on %(number)d action",
            "%(city)s reported progress on %(number)d actions",
            number,
        )
        return _counted(words, number)

    def started(self):
        number = len({action.number for action in self._actions_with_new(Kind.BASELINE)})
        words = ngettext(
            "%(city)s said where %(number)d action starts",
            "%(city)s said where %(number)d actions start",
            number,
        )
        return _counted(words, number)

    def added(self):
        known = {action.number for action in self.before.actions.actions}
        number = sum(action.number not in known for action in self.after.actions.actions)
        words = ngettext(
            "%(city)s added %(number)d action", "%(city)s added %(number)d actions", number
        )
        return _counted(words, number)

    def _new(self, kind):
        known = {statement.id for _action, statement in statements_of(self.before, kind)}
        return [one for _action, one in statements_of(self.after, kind) if one.id not in known]

    def _actions_with_new(self, kind):
        new = {one.id for one in self._new(kind)}
        return [action for action, one in statements_of(self.after, kind) if one.id in new]

    def _figure(self, statement):
        """The first value of a statement that is a number, and whose figure is known."""
        measures = self._figures[statement.id]
        for value in statement.values:
            if value.number is not None and value.measure in measures:
                return value
        return None

    def _goal(self, target):
        """Such as “Tree cover, share of the city: 15%”."""
        value = self._figure(target)
        measure = self._figures[target.id][value.measure]
        words = _("%(measure)s: %(value)s")
        number = value_text(value, measure, self.texts)
        return words % {"measure": measure.text(), "value": number}


def _counted(words, number):
    """A sentence about a number of things; "" for none."""
    return words % {"city": CITY, "number": number} if number else ""


def statements_of(record, kind):
    """Pairs (action, statement) of a kind, by action."""
    for action in record.actions.actions:
        for statement in action.statements:
            if statement.kind == kind:
                yield action, statement
