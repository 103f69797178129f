"""Actions as they stand on a day: what several parts of a document say of each, found out once."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from .courses import (
    baseline_of,
    measured_shares,
    measured_states,
    news_in,
    progress_until,
    reports_of,
    state_of_all,
    statement_day,
    targets_in,
    ways,
)
from .lists import FrozenMeasure
from .own_figures import FrozenOwnFigure, known_figures, own_figures_of
from .record import StatementRecord, ValueRecord


@dataclass(frozen=True, slots=True)
class NewestNumber:
    """The newest number of a figure, in the baseline or in a progress report."""

    measure: FrozenMeasure | FrozenOwnFigure
    statement: StatementRecord
    value: ValueRecord


class Judged:
    """An `ActionRecord` on the day `on`.

    `figures`: code → what its values are of. `own` are the measures of its type in their order,
    then the figures that the city has made for it. `statements` as `statements_of` has them;
    `progress` are the reports that do not tell of a day after `on`, by time.
    """

    def __init__(self, action, own, figures, on):
        self.action, self.own, self.figures, self.on = action, own, figures, on
        self.statements = statements_of(action, figures)
        self.targets = targets_in(self.statements)
        self.baseline = baseline_of(self.statements)
        self.progress = sorted(progress_until(on, self.statements), key=statement_day)
        self._reports = {}

    @cached_property
    def newest(self):
        """The `NewestNumber`s, that of the main measure first.

        Main is the measure that the city has chosen; then one for which the action has a target in
        figures; then one that is not the whole of another (such as the area of the city, of which a
        part is natural); then one that shall grow; then the first in the catalogue.
        """
        wholes = {measure.whole for measure in self.own}
        aimed_at = {
            value.measure
            for target in self.targets
            for value in target.values
            if value.number is not None
        }

        def rank(measure):
            code, chosen = measure.code, self.action.key_measure
            return code != chosen, code not in aimed_at, code in wholes, measure.falls

        found = []
        for measure in sorted((one for one in self.own if one.is_numeric), key=rank):
            if reports := self.reports_of(measure):
                found.append(NewestNumber(measure, *reports[-1]))
        return found

    @property
    def chosen(self):
        """The number of the measure that the city has chosen; None where it has no number."""
        found = (one for one in self.newest if one.measure.code == self.action.key_measure)
        return next(found, None)

    def reports_of(self, measure):
        """As `courses.reports_of` has them."""
        if measure.code not in self._reports:
            found = reports_of(self.baseline, self.progress, measure)
            self._reports[measure.code] = found
        return self._reports[measure.code]

    @cached_property
    def _ways(self):
        """Id of a target → its `ways`."""
        return {
            target.id: ways(target, self.baseline, self.progress, self.figures)
            for target in self.targets
        }

    @cached_property
    def states(self):
        """Id of a target → its `measured_states`."""
        return {
            target.id: measured_states(target, self._ways[target.id], self.on)
            for target in self.targets
        }

    def state_of(self, target):
        reports = news_in(self.baseline, self.progress)
        return state_of_all(target, self.states[target.id], reports, self.on)

    def shares_of(self, target):
        """As `measured_shares` has them."""
        return measured_shares(self._ways[target.id])


def judge(actions, catalogue, on):
    """The `Judged` of each of these `ActionRecord`s, in their order."""
    own = defaultdict(list)
    for measure in catalogue.measures.values():
        own[measure.action_type].append(measure)
    return [
        Judged(
            action,
            [*own[action.action_type], *own_figures_of(action, catalogue).values()],
            known_figures(action, catalogue),
            on,
        )
        for action in actions
    ]


def statements_of(action, figures):
    """The statements by time, each with its values in the order of the figures."""

    def time(statement):
        day = statement.date or datetime.date.min
        return statement.due_year is None, statement.due_year or 0, day, statement.id

    def place(value):
        return figures[value.measure].position, value.measure

    found = []
    for statement in sorted(action.statements, key=time):
        known = [value for value in statement.values if value.measure in figures]
        found.append(replace(statement, values=tuple(sorted(known, key=place))))
    return found
