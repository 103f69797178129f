"""What an action says in one line: its newest number, and how far its targets are."""

from django.utils.translation import gettext as _

from profiles.writing_systems import platform_text

from .models import Statement
from .tracking import TargetState, gravest
from .wording import symbol_text

NO_TARGET, IN_WORDS = "no-target", "in-words"
"""What an action without a target in figures has instead of a `TargetState`."""


def key_figure(judged, texts):
    """The newest number of the main measure as a `Text`; None where nothing is reported."""
    if judged.newest:
        first = judged.newest[0]
        return symbol_text(first.value, first.measure, texts)
    has_reports = any(one.kind != Statement.Kind.TARGET for one in judged.statements)
    return platform_text(_("in words"), texts.language) if has_reports else None


def standing(judged):
    """(code, words) of how far the targets of an action are: the gravest state of those in figures.

    An action whose targets are all in words is overdue or says that they are.
    """
    if not judged.targets:
        return NO_TARGET, _("no target yet")
    in_figures = [state for states in judged.states.values() for state in states.values()]
    state = gravest(in_figures or map(judged.state_of, judged.targets))
    if not in_figures and state == TargetState.NO_DATA:
        return IN_WORDS, _("target in words")
    words = _("no data yet") if state == TargetState.NO_DATA else state.label
    return state.value, words
