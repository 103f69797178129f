"""Chapter 5: what the city shares in the Tools & resources hub, as plain data."""

from dataclasses import dataclass

from django.db.models import F

from catalogue.atoms import ChapterHead, Link, Text

from .models import Resource


@dataclass(frozen=True, slots=True)
class ResourceEntry:
    link: Link
    summary: Text | None
    year: int | None
    topics: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ResourcesChapter:
    head: ChapterHead
    resources: tuple[ResourceEntry, ...]
    empty: Text | None


def build(city, texts):
    """The chapter of `city`, newest resources first."""
    newest_first = F("year").desc(nulls_last=True)
    rows = Resource.objects.filter(city=city).order_by(newest_first, "title", "pk")
    resources = []
    for row in rows.prefetch_related("topics"):
        row.city = city
        summary = row.text("summary") if row.summary else None
        topics = tuple(topic.text() for topic in row.topics.all())
        resources.append(ResourceEntry(Link(row.url, row.text("title")), summary, row.year, topics))
    empty = None if resources else texts("resources.empty", city=city.name)
    return ResourcesChapter(texts.chapter(5, "resources"), tuple(resources), empty)
