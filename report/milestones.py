"""What a city has reached and what comes next, told by its targets and nothing else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.tracking import TargetState
from catalogue.atoms import Text
from profiles.writing_systems import platform_text


@dataclass(frozen=True, slots=True)
class Milestone:
    """A target that is reached, or due next. `action`: its number; `due`: the year.

    `label` says what it is about, `figures` how much; `words` are the city's own, of a target
    without figures.
    """

    action: int
    due: Text | None
    label: Text
    figures: Text | None
    words: Text | None


@dataclass(frozen=True, slots=True)
class Milestones:
    """`empty` says why there is none."""

    title: Text
    entries: tuple[Milestone, ...]
    empty: Text | None


def reached(rows, language):
    """The targets that are reached, the latest due first; `rows`: the `TargetRow`s of a city."""
    found = [row for row in rows if row.state == TargetState.REACHED]
    found.sort(key=lambda row: -_year(row))
    words = _("None of the targets is known to be reached.") if rows else _("No targets yet.")
    return _milestones(_("Reached"), found, words, language)


def due_next(rows, day, language):
    """The targets that are not reached, of this year and later; the next due first."""
    open_rows = [row for row in rows if row.state != TargetState.REACHED and row.due]
    found = sorted((row for row in open_rows if _year(row) >= day.year), key=_year)
    words = _("No open target names a year that is still to come.")
    return _milestones(
        _("What comes next"), found, words if rows else _("No targets yet."), language
    )


def _year(row):
    return int(row.due.value) if row.due else 0


def _milestones(title, rows, empty, language):
    return Milestones(
        title=platform_text(title, language),
        entries=tuple(_milestone(row, language) for row in rows),
        empty=None if rows else platform_text(empty, language),
    )


def _milestone(row, language):
    has_figures = row.measure is not None
    words = _("%(now)s now, target %(goal)s") if row.now else _("target %(goal)s")
    gaps = {"now": row.now, "goal": row.goal}
    return Milestone(
        action=row.action,
        due=row.due,
        label=row.label,
        figures=platform_text(words % gaps, language) if has_figures else None,
        words=None if has_figures else row.words,
    )
