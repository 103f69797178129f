"""What an action says in one line: its newest number, and how far its targets are."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalogue.atoms import Text

from .courses import measured_states, reports_of, state_of_target
from .lists import FrozenMeasure
from .models import Statement
from .record import StatementRecord, ValueRecord
from .tracking import TargetState, gravest
from .wording import symbol_text

NO_TARGET, IN_WORDS = "no-target", "in-words"
"""What an action without a target in figures has instead of a `TargetState`."""


@dataclass(frozen=True, slots=True)
class NewestNumber:
    """The newest number of a measure, in the baseline or in a progress report."""

    measure: FrozenMeasure
    statement: StatementRecord
    value: ValueRecord


def newest_numbers(action, statements, measures, on):
    """The `NewestNumber`s of an `ActionRecord` on the day `on`, the main measure first.

    Main is the measure that the city has chosen; then one for which the action has a target in
    figures; then one that is not the whole of another (such as the area of the city, of which a
    part is natural); then one that shall grow; then the first in the catalogue. `statements`: those
    of the action, `measures`: code → measure.
    """
    own = [one for one in measures.values() if one.action_type == action.action_type]
    wholes = {measure.whole for measure in own}
    aimed_at = {
        value.measure
        for target in targets_in(statements)
        for value in target.values
        if value.number is not None
    }

    def rank(measure):
        code = measure.code
        return code != action.key_measure, code not in aimed_at, code in wholes, measure.falls

    found = []
    for measure in sorted((one for one in own if one.is_numeric), key=rank):
        if reports := reports_of(statements, measure, on):
            found.append(NewestNumber(measure, *reports[-1]))
    return found


def key_figure(statements, numbers, texts):
    """The first of the `NewestNumber`s as a `Text`; None where nothing is reported."""
    if numbers:
        return symbol_text(numbers[0].value, numbers[0].measure, texts)
    has_reports = any(one.kind != Statement.Kind.TARGET for one in statements)
    return Text(_("in words"), texts.language) if has_reports else None


def standing(statements, measures, on):
    """(code, words) of how far the targets of an action are: the gravest state of those in figures.

    An action whose targets are all in words is overdue or says that they are.
    """
    targets = targets_in(statements)
    if not targets:
        return NO_TARGET, _("no target yet")
    states = [measured_states(one, statements, measures, on).values() for one in targets]
    judged = [one for one in states if one]
    if judged:
        state = gravest(state for one in judged for state in one)
    else:
        state = gravest(state_of_target(one, statements, measures, on) for one in targets)
    if not judged and state == TargetState.NO_DATA:
        return IN_WORDS, _("target in words")
    words = _("no data yet") if state == TargetState.NO_DATA else state.label
    return state.value, words


def targets_in(statements):
    return [one for one in statements if one.kind == Statement.Kind.TARGET]
