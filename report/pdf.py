"""The document as a PDF (PDF/UA-1), set by Typst.

Nothing is compiled at import: a process forked after its first compile hangs at its next one.
`typst.compile` may be called from several threads at once; a kept `Compiler` may not.
"""

import datetime
import json
import logging
from pathlib import Path

import typst

from . import fonts
from .drawings import city_mark, index, target_states, timeline, wheel
from .drawings.index_layout import chart as index_chart
from .drawings.style import COLOURS
from .drawings.timeline_layout import chart
from .plain import ADDRESSES, plain

TEMPLATE = Path(__file__).with_name("profile.typ")
STANDARD = "ua-1"
logger = logging.getLogger(__name__)


class ReportError(RuntimeError):
    """The document could not be made into a PDF."""


def render(document, site=""):
    """The bytes of the PDF; the same for the same document. Raises ReportError.

    `site`: where this platform is (`https://example.org/`). Without it, what stands on the platform
    itself is named but not linked.
    """
    payload, replaced = fitted(document, site)
    if replaced:
        logger.info("PDF of %s: no font has %s", document.slug, ", ".join(map(ascii, replaced)))
    try:
        return typst.compile(
            TEMPLATE,
            font_paths=fonts.fonts(),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"payload": json.dumps(payload)},
            pdf_standards=STANDARD,
            timestamp=_midnight(document.cover.day.date),
        )
    except typst.TypstError as error:
        logger.exception("The PDF of %s could not be made", document.slug)
        raise ReportError(f"The PDF of {document.slug} could not be made: {error}") from error


def replaced_characters(document):
    """The characters of the document that no font has, sorted: printed as a replacement sign."""
    return fitted(document)[1]


def fitted(document, site=""):
    """(payload, replaced): the document as JSON values that the fonts can print.

    Nothing is put into an address: a break in it would lead elsewhere.
    """
    replaced = set()

    def fit(value, key=None):
        match value:
            case str():
                text, lost = fonts.fit(value)
                replaced.update(lost)
                return text.replace(fonts.BREAK, "") if key in ADDRESSES else text
            case dict():
                return {key: fit(item, key) for key, item in value.items()}
            case list():
                return [fit(item) for item in value]
        return value

    keywords = [chapter.head.title for chapter in document.chapters]
    payload = fit(plain(document, site) | {"keywords": plain(keywords)})
    return payload | drawings(document), sorted(replaced)


def drawings(document):
    """The colours, and the drawings as SVG; the templates of the PDF look them up by these keys."""
    return {
        "colours": COLOURS,
        "mark": city_mark.printed_mark(document.slug),
        "states": {state: target_states.state_mark(state) for state in target_states.STATES},
        "charts": {
            str(action.number): [_drawn(chart(course)) for course in action.courses]
            for action in document.actions.actions
            if action.courses
        },
        "wheel": wheel.of_chapter(
            document.pathway, linked=False, style=wheel.PRINTED, said=_printable
        ),
        "step_states": {state: wheel.state_mark(state, wheel.PRINTED) for state in wheel.MARKS},
        "index_courses": {
            edition.code: _index_course(edition, document.cbi.labels)
            for edition in document.cbi.editions
        },
    }


def _drawn(it):
    name = it.course.measure
    return {
        "svg": timeline.chart(it, name, style=timeline.PRINTED, said=_printable),
        "alt": _printable(f"{it.course.label}: {it.description}"),
    }


def _index_course(edition, labels):
    drawn = index_chart(edition.course)
    if drawn is None:
        return None
    return {
        "svg": index.course(drawn, labels.course, "index", style=index.PRINTED, said=_printable),
        "alt": _printable(f"{labels.course}: {drawn.description}"),
    }


def _printable(words):
    return fonts.fit(words)[0].replace(fonts.BREAK, "")


def _midnight(date):
    return datetime.datetime.combine(date, datetime.time(), datetime.UTC)
