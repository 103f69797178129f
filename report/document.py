"""A city's profile as one document of plain data, which page, PDF and JSON render.

Numbers and sentences are made here and in the `chapter` modules; the renderers make none.
"""

from dataclasses import dataclass

from django.utils.translation import get_language, override

import actions.chapter
import cbi.chapter
import hub.chapter
import hub.pictures
import pathway.chapter
from actions.chapter import ActionsChapter
from actions.judged import judge
from catalogue.atoms import Day, Link, Text
from catalogue.texts import Texts
from catalogue.translated import OFFICIAL_LANGUAGE
from cbi.chapter import CBIChapter
from hub.chapter import ResourcesChapter
from hub.context import Context
from hub.pictures import Pictures
from pathway.chapter import PathwayChapter
from profiles.record import text_of

from . import colophon, glance, overview
from .colophon import Colophon
from .glance import Glance
from .overview import OverviewChapter
from .version import Version, earlier_line, newest_update, published_line


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover; only samples have a `sample_note`, only versions of before an `earlier_note`.

    `day` is that of the reader, for earlier versions that of their publication.
    """

    title: Text
    local_name: Text | None
    line: Text
    day: Day
    published: Text
    earlier_note: Text | None
    sample_note: Text | None


@dataclass(frozen=True, slots=True)
class Document:
    """The whole profile. `language` is the reader's, `content_language` that of the city's texts.

    `version` is the publication it is made of, None for the working copy; `figures_up_to` is the
    day of the newest last update of what it reports.
    """

    slug: str
    language: str
    content_language: str
    content_version: int
    version: Version | None
    figures_up_to: Day | None
    cover: Cover
    glance: Glance
    pictures: Pictures
    contents: Text
    overview: OverviewChapter
    actions: ActionsChapter
    pathway: PathwayChapter
    cbi: CBIChapter
    resources: ResourcesChapter
    colophon: Colophon
    disclaimer: Text
    disclaimer_link: Link
    footer: Text

    @property
    def chapters(self):
        return (self.overview, self.actions, self.pathway, self.cbi, self.resources)


def build(
    record,
    city,
    resources,
    catalogue,
    *,
    language,
    day,
    content_version,
    version=None,
    redactions=(),
):
    """The document of `record` in `language`, as read on `day` (a date).

    It says what the record holds: `day` only sets the date of the cover and decides which targets
    are overdue. `city`, `resources`: as in `hub.context.Context`. `content_version`: that of the
    city when the record was made. `version`: a `Version`, None for the working copy; `redactions`:
    the `Redaction`s of it. No query.
    """
    with override(language):
        texts, newest = Texts(catalogue), newest_update(record)
        context = Context(city, resources, catalogue, texts, day)
        judged = judge(record.actions.actions, catalogue, day)
        chapter_2 = actions.chapter.build(record, context, judged)
        chapters = {
            "overview": overview.build(record, context, action_count=len(chapter_2.actions)),
            "actions": chapter_2,
            "pathway": pathway.chapter.build(record, context),
            "cbi": cbi.chapter.build(record, context),
            "resources": hub.chapter.build(record, context),
        }
        privacy = texts("disclaimer.link")
        return Document(
            slug=record.city.slug,
            language=get_language() or OFFICIAL_LANGUAGE,
            content_language=record.city.language,
            content_version=content_version,
            version=version,
            figures_up_to=newest,
            cover=_cover(record, context, version, newest),
            glance=glance.build(record, judged, context, **chapters),
            pictures=hub.pictures.build(record, texts.language),
            contents=texts("contents.title"),
            **chapters,
            colophon=colophon.build(
                context,
                version,
                newest,
                redactions,
                has_inferred_targets=chapter_2.kmgbf_note is not None,
            ),
            disclaimer=texts("disclaimer"),
            disclaimer_link=Link(privacy.value, privacy),
            footer=texts("footer"),
        )


def _cover(record, context, version, newest):
    city, texts = record.city, context.texts
    return Cover(
        title=text_of(city.name),
        local_name=text_of(city.local_name),
        line=texts("cover.line"),
        day=Day.of(context.day),
        published=published_line(version, newest),
        earlier_note=earlier_line(version),
        sample_note=texts("sample.note") if context.city.is_sample else None,
    )
