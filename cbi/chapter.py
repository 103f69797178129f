"""Chapter 4: the City Biodiversity Index as plain data.

No city has an assessment yet, so every component says that it has not been started: not started
is not zero.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from catalogue.atoms import ChapterHead, Text

from .models import Component


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    name: Text
    max_points: int
    state: Text
    empty: Text


@dataclass(frozen=True, slots=True)
class CBIChapter:
    head: ChapterHead
    edition: Text
    max_points: int
    state: Text
    components: tuple[ComponentEntry, ...]


def build(city, texts):
    """The chapter of `city`, by the edition that stands first; retired ones come last."""
    rows = Component.objects.select_related("edition").order_by(
        "edition__retired", "edition__position", "edition__code", "position", "code"
    )
    edition, components = next(
        (edition, list(own)) for edition, own in groupby(rows, key=attrgetter("edition"))
    )
    return CBIChapter(
        head=texts.chapter(4, "cbi"),
        edition=edition.text(),
        max_points=edition.max_points,
        state=texts("cbi.not_started", points=edition.max_points),
        components=tuple(
            ComponentEntry(
                name=component.text(),
                max_points=component.max_points,
                state=texts("cbi.not_started", points=component.max_points),
                empty=texts("cbi.component.empty", city=city.name),
            )
            for component in components
            if not component.retired
        ),
    )
