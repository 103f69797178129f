"""A city at a glance: one sentence, key figures, targets, and what it does in each area.

Made from the chapters and the record; its words are the platform's, not of the catalogue.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from achievements.models import Rule
from actions.key_figures import KeyFigure, Scale, key_figures
from actions.target_board import TargetRow, target_rows
from catalogue.atoms import Fact, Figure, Text
from profiles.writing_systems import platform_text

from . import milestones
from .milestones import Milestones
from .sentence import sentence

__all__ = ["ActionDots", "AreaBar", "CommitmentLine", "Glance", "KeyFigure", "Scale", "TargetRow"]


@dataclass(frozen=True, slots=True)
class ActionDots:
    """What an action has: a starting point, a target, progress."""

    number: int
    has_start: bool
    has_target: bool
    has_progress: bool


@dataclass(frozen=True, slots=True)
class CommitmentLine:
    """A commitment, made or with actions; `count` is 0 where it is made and has none."""

    code: str
    name: Text
    count: int
    actions: tuple[ActionDots, ...]


@dataclass(frozen=True, slots=True)
class AreaBar:
    """An area of action. `share`: of the number of actions in the area that has most, 0 to 1.

    `states_text` says how many of the actions have a starting point, and a target; None without.
    """

    number: int
    name: Text
    anchor: str
    count: int
    count_text: Text
    states_text: Text | None
    share: Decimal
    commitments: tuple[CommitmentLine, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """`awards` is None where no level is complete; `not_reported` are the titles of the chapters
    without content, in order."""

    title: Text
    sentence: Text
    counts: tuple[Fact, ...]
    awards: Text | None
    figures: tuple[KeyFigure, ...]
    targets: tuple[TargetRow, ...]
    reached: Milestones
    due_next: Milestones
    areas: tuple[AreaBar, ...]
    not_reported: tuple[Text, ...]


def build(record, judged, context, *, overview, actions, pathway, cbi, resources):
    """The `Glance` of a record and of its chapters, in the active language. No query.

    `judged`: the `Judged` of its actions.
    """
    language, entries = context.texts.language, actions.actions
    targets = target_rows(judged, entries, context)
    awards = _awards(overview.achievements)
    return Glance(
        title=platform_text(_("At a glance"), language),
        sentence=platform_text(sentence(actions), language),
        counts=tuple(_counts(actions, language)),
        awards=platform_text(awards, language) if awards else None,
        figures=key_figures(record.city, judged, entries, context),
        targets=targets,
        reached=milestones.reached(targets, language),
        due_next=milestones.due_next(targets, context.day, language),
        areas=tuple(_areas(actions.areas, language)),
        not_reported=tuple(_not_reported(actions, pathway, cbi, resources)),
    )


def _counts(chapter, language):
    """The counts of an `ActionsChapter`, in short; none where there is no action."""
    counts = {fact.code: int(fact.value.value) for fact in chapter.summary}
    if not counts:
        return
    counts["progress"] = sum(bool(entry.progress) for entry in chapter.actions)
    labels = {
        "actions": ngettext("action", "actions", counts["actions"]),
        "commitments": ngettext("commitment made", "commitments made", counts["commitments"]),
        "baseline": _("with a starting point"),
        "target": _("with a target"),
        "progress": _("with progress"),
    }
    for code, label in labels.items():
        if counts[code] or code != "progress":
            yield Fact(code, Figure.of(counts[code]), platform_text(label, language))


def _awards(achievements):
    """The highest complete level of each category, on one line; "" where there is none."""
    labels = {**dict(Rule.Category.choices), Rule.Category.PROFILE: _("Profile")}
    said = []
    for category in achievements.categories:
        complete = [level for level in category.levels if level.share.percent == 100]
        if complete:
            words = _("%(category)s: %(level)s complete")
            level = Rule.Level(complete[-1].code).label
            said.append(words % {"category": labels[category.code], "level": level})
    return " · ".join(said)


def _areas(areas, language):
    counts = {area.number: sum(len(c.actions) for c in area.commitments) for area in areas}
    most = max(counts.values(), default=0) or 1
    for area in areas:
        count = counts[area.number]
        words = ngettext("%(number)s action", "%(number)s actions", count)
        yield AreaBar(
            number=area.number,
            name=area.name,
            anchor=f"area-{area.number}",
            count=count,
            count_text=platform_text(words % {"number": Figure.of(count)}, language),
            states_text=_states_text(area, language),
            share=(Decimal(count) / most).quantize(Decimal("0.0001")),
            commitments=tuple(map(_commitment, area.commitments)),
        )


def _states_text(area, language):
    actions = [action for commitment in area.commitments for action in commitment.actions]
    counts = (
        (sum(one.baseline is not None for one in actions), _("%(number)s with a starting point")),
        (sum(bool(one.targets) for one in actions), _("%(number)s with a target")),
    )
    said = [words % {"number": Figure.of(count)} for count, words in counts if count]
    return platform_text(" · ".join(said), language) if said else None


def _commitment(entry):
    dots = tuple(
        ActionDots(one.number, one.baseline is not None, bool(one.targets), bool(one.progress))
        for one in entry.actions
    )
    return CommitmentLine(entry.code, entry.name, len(dots), dots)


def _not_reported(actions, pathway, cbi, resources):
    has_content = (
        (actions, bool(actions.areas)),
        (pathway, pathway.summary is not None),
        (cbi, any(edition.year for edition in cbi.editions)),
        (resources, bool(resources.resources)),
    )
    return [chapter.head.title for chapter, has_any in has_content if not has_any]
