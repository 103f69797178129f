"""A city's profile as one document of plain data, which page, PDF and JSON render.

Numbers and sentences are made here and in the `chapter` modules; the renderers make none.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

import actions.chapter
import cbi.chapter
import hub.chapter
import pathway.chapter
from actions.chapter import ActionsChapter
from catalogue.atoms import Day, Link, Text
from catalogue.models import OFFICIAL_LANGUAGE
from catalogue.texts import Texts
from cbi.chapter import CBIChapter
from hub.chapter import ResourcesChapter
from pathway.chapter import PathwayChapter
from profiles.dates import today

from . import overview
from .overview import OverviewChapter


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover; only samples have a `sample_note`."""

    title: Text
    local_name: Text | None
    line: Text
    day: Day
    sample_note: Text | None


@dataclass(frozen=True, slots=True)
class Document:
    """The whole profile. `language` is the reader's, `content_language` that of the city's texts.

    `day` is the day printed on the cover and the one against which due and stale are judged.
    """

    slug: str
    language: str
    content_language: str
    content_version: int
    cover: Cover
    contents: Text
    overview: OverviewChapter
    actions: ActionsChapter
    pathway: PathwayChapter
    cbi: CBIChapter
    resources: ResourcesChapter
    disclaimer: Text
    disclaimer_link: Link
    footer: Text

    @property
    def chapters(self):
        return (self.overview, self.actions, self.pathway, self.cbi, self.resources)


def build(city, on=None):
    """The document of `city` as read on the day `on` (default: today in UTC).

    It says what the city holds now: `on` only sets the date of the cover and decides which targets
    are overdue. The number of queries does not depend on the number of rows.
    """
    day = Day.of(on or today())
    texts = Texts()
    chapter_2 = actions.chapter.build(city, texts, day.date)
    privacy = texts("disclaimer.link")
    return Document(
        slug=city.slug,
        language=get_language() or OFFICIAL_LANGUAGE,
        content_language=city.content_language,
        content_version=city.content_version,
        cover=_cover(city, day, texts),
        contents=texts("contents.title"),
        overview=overview.build(city, texts, action_count=len(chapter_2.actions)),
        actions=chapter_2,
        pathway=pathway.chapter.build(city, texts),
        cbi=cbi.chapter.build(city, texts),
        resources=hub.chapter.build(city, texts),
        disclaimer=texts("disclaimer"),
        disclaimer_link=Link(privacy.value, privacy),
        footer=texts("footer"),
    )


def _cover(city, day, texts):
    return Cover(
        title=Text(city.name, OFFICIAL_LANGUAGE),
        local_name=city.text("local_name") if city.local_name else None,
        line=texts("cover.line"),
        day=day,
        sample_note=texts("sample.note") if city.is_sample else None,
    )
