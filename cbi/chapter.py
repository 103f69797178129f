"""Chapter 4: the City Biodiversity Index as plain data.

No city has an assessment yet, so every component says that it has not been started: not started
is not zero.
"""

from dataclasses import dataclass

from catalogue.atoms import ChapterHead, Text

from .models import Edition


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
    editions = Edition.objects.order_by("retired", "position", "code")
    edition = editions.prefetch_related("components").first()
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
            for component in edition.components.all()
            if not component.retired
        ),
    )
