"""The sentence that tells a city at a glance: how much it does, and how far one can tell.

Plain counts, without praise or blame. At the beginning of a sentence, one to ten are words.
"""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions.tracking import TargetState
from catalogue.atoms import Figure

OPENINGS = (
    *(gettext_lazy("One"), gettext_lazy("Two"), gettext_lazy("Three"), gettext_lazy("Four")),
    *(gettext_lazy("Five"), gettext_lazy("Six"), gettext_lazy("Seven"), gettext_lazy("Eight")),
    *(gettext_lazy("Nine"), gettext_lazy("Ten")),
)


def sentence(chapter):
    """The sentences about an `ActionsChapter`, in the active language."""
    actions = chapter.actions
    commitments = [one for area in chapter.areas for one in area.commitments]
    if not actions:
        return _nothing_yet(len(commitments))
    said = (
        _actions(len(actions), sum(bool(one.actions) for one in commitments)),
        _without_action(sum(not one.actions for one in commitments)),
        _starts(actions),
        _targets(actions),
        _states([target for action in actions for target in action.targets]),
    )
    return " ".join(filter(None, said))


def _opening(number):
    return str(OPENINGS[number - 1]) if number <= len(OPENINGS) else Figure.of(number).text


def _counted(words, number):
    """`words` that begin with their number."""
    return words % {"number": _opening(number)}


def _nothing_yet(commitments):
    words = _("What the city does for nature will stand here, action by action.")
    if not commitments:
        return words
    made = ngettext("One commitment is made.", "%(number)s commitments are made.", commitments)
    return f"{_counted(made, commitments)} {words}"


def _actions(number, commitments):
    under = ngettext("under one commitment", "under %(count)s commitments", commitments)
    words = ngettext("One action %(under)s.", "%(number)s actions %(under)s.", number)
    under %= {"count": Figure.of(commitments)}
    return words % {"number": _opening(number), "under": under}


def _without_action(number):
    """Of commitments that are made."""
    words = ngettext(
        "One more commitment has no action yet.",
        "%(number)s more commitments have no action yet.",
        number,
    )
    return _counted(words, number) if number else ""


def _starts(actions):
    starts = [action.baseline for action in actions if action.baseline]
    number, total = len(starts), len(actions)
    if not starts:
        return _("Where they start is not said yet.") if total > 1 else _("It names no start yet.")
    if total == 1:
        words = _("It says where it starts, %(how)s.")
    elif number == total:
        words = _("All say where they start, %(how)s.")
    else:
        words = ngettext(
            "One says where it starts, %(how)s.",
            "%(number)s say where they start, %(how)s.",
            number,
        )
    return words % {"number": _opening(number), "how": _how_told(starts)}


def _how_told(starts):
    figures = sum(map(_has_figure, starts))
    if not figures:
        return _("in words")
    if figures == len(starts):
        return ngettext("in figures", "all of them in figures", figures)
    return _("%(count)s of them in figures") % {"count": Figure.of(figures)}


def _has_figure(statement):
    return any(value.number is not None for value in statement.values)


def _targets(actions):
    named = [action.targets for action in actions if action.targets]
    number, total = len(named), len(actions)
    if not named:
        return _("No targets yet.")
    if total == 1:
        words = _("It names a target, %(how)s.")
    elif number == total:
        words = _("All name a target, %(how)s.")
    else:
        words = ngettext(
            "One names a target, %(how)s.", "%(number)s name a target, %(how)s.", number
        )
    return words % {"number": _opening(number), "how": _how_exact(named)}


def _how_exact(named):
    """What the targets of actions have; of each action its most exact target counts."""
    words = {
        (True, True): _("with a figure and a year"),
        (True, False): _("with a figure, without a year"),
        (False, True): _("with a year, without a figure"),
        (False, False): _("without a figure or a year"),
    }
    kinds = Counter(
        max((_has_figure(one), one.due_year is not None) for one in targets) for targets in named
    )
    if len(kinds) == 1:
        return words[next(iter(kinds))]
    if exact := kinds[True, True]:
        return _("%(count)s of them with a figure and a year") % {"count": Figure.of(exact)}
    return _("none of them with both a figure and a year")


def _states(targets):
    """How many of those targets of which one can tell are reached or on track."""
    states = [target.tracked.state for target in targets]
    judged = [TargetState(state) for state in states if state != TargetState.NO_DATA]
    if not judged:
        return ""
    if len(judged) == 1:
        words = _("The target is %(state)s.")
        if len(states) > 1:
            words = _("One target can be judged: it is %(state)s.")
        return words % {"state": judged[0].label}
    good = sum(state in (TargetState.REACHED, TargetState.ON_TRACK) for state in judged)
    of = _("%(total)s targets")
    if len(judged) < len(states):
        of = _("%(total)s targets that can be judged")
    of %= {"total": Figure.of(len(judged))}
    if good == len(judged):
        return _("All %(targets)s are reached or on track.") % {"targets": of}
    if not good:
        return _("None of %(targets)s is reached or on track.") % {"targets": of}
    words = ngettext(
        "%(count)s of %(targets)s is reached or on track.",
        "%(count)s of %(targets)s are reached or on track.",
        good,
    )
    return words % {"count": Figure.of(good), "targets": of}
