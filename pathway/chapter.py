"""Chapter 3: the nine steps and what the city put on them, as plain data."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from catalogue.atoms import ChapterHead, Link, Text

from .models import Step, StepItem

NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class StepEntry:
    number: int
    title: Text
    items: tuple[Link, ...]
    empty: Text | None


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    number: int
    title: Text
    steps: tuple[StepEntry, ...]


@dataclass(frozen=True, slots=True)
class PathwayChapter:
    head: ChapterHead
    phases: tuple[PhaseEntry, ...]


def build(city, texts):
    """The chapter of `city`, every step with its items or with the words that it has none.

    A retired step is shown only where the city has put something on it.
    """
    items = {}
    for item in StepItem.objects.filter(city=city).order_by("position", "pk"):
        item.city = city
        items.setdefault(item.step_id, []).append(Link(item.url, item.text("title")))
    shown = Step.objects.filter(Q(retired=False) | Q(pk__in=items))
    steps = shown.select_related("phase").order_by("phase__number", "number")
    phases = tuple(
        PhaseEntry(
            number=phase.number,
            title=_numbered(NUMERALS[phase.number], phase.text()),
            steps=tuple(_step(step, items.get(step.pk, ()), texts) for step in rows),
        )
        for phase, rows in groupby(steps, key=attrgetter("phase"))
    )
    return PathwayChapter(texts.chapter(3, "pathway"), phases)


def _step(step, items, texts):
    empty = None if items else texts("pathway.step.empty")
    return StepEntry(step.number, _numbered(step.number, step.text()), tuple(items), empty)


def _numbered(number, name):
    return Text(f"{number}. {name}", name.language)
