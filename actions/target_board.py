"""The target board: how far each target of a city is, one row a target and measure."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from catalogue.atoms import Text
from profiles.record import text_of
from profiles.writing_systems import platform_text

from .models import Measure, Statement
from .own_figures import own_note
from .tracking import TargetState
from .wording import symbol_text, value_text

ORDER = (
    TargetState.OVERDUE,
    TargetState.BEHIND,
    TargetState.ON_TRACK,
    TargetState.REACHED,
    TargetState.NO_DATA,
)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target for one measure, or one in words.

    - `title` is that of the action, `measure` the label of the measure; None for one in words.
      `label` is the one of them that says what it is about: a status is “in place” of an action.
    - `start` is the baseline, without one the earliest of several reports; `now` the newest
      progress after it. Each is None where nothing was reported.
    - `goal` is the amount to be reached, or says that the target is in words; `due` its year.
    - `share` is the part of the way from start to goal that was gone, from 0 to 1; None where
      there is no start or nothing after it, and the target is not reached.
    - `words` are the city's own; `own` says that the figure is.
    """

    action: int
    title: Text
    measure: Text | None
    label: Text
    start: Text | None
    now: Text | None
    goal: Text
    due: Text | None
    state: str
    state_label: Text
    share: Decimal | None
    words: Text | None
    own: Text | None = None


def target_rows(judged, entries, context):
    """The rows of `Judged` actions, with their `ActionEntry`s in the order of the document.

    A reader sees first what can be judged, what is late before what goes well: overdue, behind, on
    track, reached; then what has no data. Within a state those in words come last, the earlier due
    year first, then the order of the document.
    """
    rows, by_number = [], {one.action.number: one for one in judged}
    for entry in entries:
        action = by_number[entry.number]
        for target in action.targets:
            rows += _rows_of(target, action, entry, context)
    return tuple(sorted(rows, key=_place))


def _place(row):
    due = int(row.due.value) if row.due else None
    return ORDER.index(row.state), row.measure is None, due is None, due or 0


def _rows_of(target, judged, entry, context):
    measures, texts = judged.figures, context.texts
    states, shares = judged.states[target.id], judged.shares_of(target)
    about = {
        "action": entry.number,
        "title": entry.title,
        "due": Text(str(target.due_year), texts.language) if target.due_year else None,
    }
    for value in target.values:
        if state := states.get(value.measure):
            measure = measures[value.measure]
            reports = judged.reports_of(measure)
            yield TargetRow(
                **about,
                **_state(state, texts),
                **_way(value, measure, reports, texts),
                label=entry.title if _is_of_whole_action(measure) else measure.text(),
                share=_share(shares[measure.code], reports, state),
                words=text_of(target.text),
                own=own_note(measure, texts),
            )
    if not states:
        yield TargetRow(
            **about,
            **_state(judged.state_of(target), texts),
            measure=None,
            label=entry.title,
            start=None,
            now=None,
            goal=platform_text(_("in words"), texts.language),
            share=None,
            words=_words_of(target, measures, texts),
        )


def _is_of_whole_action(measure):
    """An official status asks whether the action is in place; one of the city's own has a name."""
    return measure.kind == Measure.Kind.STATUS and not measure.is_own


def _state(state, texts):
    return {"state": state.value, "state_label": texts(f"target.{state.value}")}


def _words_of(target, measures, texts):
    """The text of a target in words, else what it says of its measures."""
    said = (value_text(value, measures[value.measure], texts) for value in target.values)
    return text_of(target.text) or next(said, None)


def _way(value, measure, reports, texts):
    """From where to where, and how far. `reports`: as `reports_of` returns them."""
    values = [one for _statement, one in reports]
    start, now = (values[0], values[-1]) if len(values) > 1 else (None, None)
    if len(values) == 1:
        is_baseline = reports[0][0].kind == Statement.Kind.BASELINE
        start, now = (values[0], None) if is_baseline else (None, values[0])
    return {
        "measure": measure.text(),
        "start": start and symbol_text(start, measure, texts),
        "now": now and symbol_text(now, measure, texts),
        "goal": symbol_text(value, measure, texts),
    }


def _share(share, reports, state):
    """The share of the way, where there is one: from a start to something after it."""
    return share if len(reports) > 1 or state == TargetState.REACHED else None
