"""The document as a PDF (PDF/UA-1), set by Typst in a process of its own (`typesetting.py`)."""

import json
import logging

from profiles.characters import BREAK, REPLACEMENT
from profiles.downloads import content_disposition
from profiles.texts import shows_nothing

from . import fonts, stored_pdfs
from .drawings import index, target_states, timeline, wheel
from .drawings.index_layout import lay_out_chart as lay_out_index_chart
from .drawings.style import COLOURS
from .drawings.timeline_layout import lay_out_chart
from .failures import BusyError, ReportError
from .pictures import picture_files
from .plain import ADDRESSES, plain
from .printed import printed_drawings, printed_words
from .slots import slot
from .typesetting import typeset

PROFILE, AT_A_GLANCE = "profile.typ", "at_a_glance.typ"
"""The templates: the whole profile, and its one page for those who have a minute."""
WORDS = "value"
"""The name of the field of `Text` that holds the words."""

logger = logging.getLogger(__name__)


def render(document, site="", key="", template=PROFILE):
    """The bytes of the PDF; the same for the same document. Raises ReportError.

    `site`: the URL of this platform (`https://example.org/`). Without it, what is on the platform
    itself is named but not linked. `key`: the PDF is stored under it (`stored_pdfs`), or taken from
    there where somebody else has stored it meanwhile; without it, nothing is stored.
    """
    try:
        with slot(key):
            # Who had the slot before may have stored it.
            stored = stored_pdfs.find(key) if key else None
            return stored.content if stored else _set(document, site, key, template)
    except BusyError as error:
        logger.warning("The PDF of %s has to wait: %s", document.slug, error)
        raise BusyError(f"The PDF of {document.slug} has to wait: {error}") from error
    except ReportError as error:
        logger.error("The PDF of %s could not be made: %s", document.slug, error)
        raise ReportError(f"The PDF of {document.slug} could not be made: {error}") from error


def _set(document, site, key, template):
    payload, replaced = printable_payload(document, site)
    if replaced:
        logger.info("PDF of %s: no font has %s", document.slug, ", ".join(map(ascii, replaced)))
    files = {f"{role}.jpg": content for role, content in picture_files(document).items()}
    payload |= {"template": template, "files": sorted(files)}
    content = typeset(json.dumps(payload).encode(), files)
    if key:
        stored_pdfs.store(key, content, content_disposition_of(document))
    return content


def content_disposition_of(document):
    """Content-Disposition with a name in ASCII, and one with the city's name in its own script."""
    day = document.cover.day.date.isoformat()
    if document.cover.earlier_note:
        day = f"version-{document.version.number}-{day}"
    elif document.version is None:
        day = f"working-copy-{day}"
    names = (document.cover.title, document.cover.local_name, day)
    full_name = " ".join(str(name) for name in names if name).replace("/", "-") + ".pdf"
    return content_disposition(False, f"{document.slug}-{day}.pdf", full_name)


def replaced_characters(document):
    """The characters of the document that no font has, sorted; U+FFFD is printed instead."""
    return _printable_words(document)[1]


def printable_payload(document, site=""):
    """(payload, replaced): the document as JSON values that the fonts can print."""
    payload, replaced = _printable_words(document, site)
    return payload | drawings(document) | printed_drawings(document, site), replaced


def _printable_words(document, site=""):
    """Like `printable_payload`, without the drawings.

    Addresses get no line breaks: a break would change where they lead.
    """
    replaced = set()

    def fit(value, key=None):
        match value:
            case str():
                text, lost = fonts.fit(value)
                replaced.update(lost)
                if key == WORDS and value.strip() and shows_nothing(text):
                    return REPLACEMENT  # no heading or title may be empty
                return text.replace(BREAK, "") if key in ADDRESSES else text
            case dict():
                return {key: fit(item, key) for key, item in value.items()}
            case list():
                return [fit(item) for item in value]
        return value

    keywords = [chapter.head.title for chapter in document.chapters]
    words = printed_words(document, site) | {"keywords": plain(keywords)}
    payload = fit(plain(document, site) | words)
    return payload, sorted(replaced)


def drawings(document):
    """The colours, and the drawings as SVG, by the keys under which the Typst files find them."""
    return {
        "colours": COLOURS,
        "states": {state: target_states.state_mark(state) for state in target_states.STATES},
        "charts": {
            str(action.number): [_chart(lay_out_chart(course)) for course in action.courses]
            for action in document.actions.actions
            if action.courses
        },
        "wheel": wheel.draw_city_wheel(
            document.pathway, linked=False, style=wheel.PRINTED, printable=_printable
        ),
        "step_states": {state: wheel.state_mark(state, wheel.PRINTED) for state in wheel.MARKS},
        "index_courses": {
            edition.code: _index_chart(edition, document.cbi.labels)
            for edition in document.cbi.editions
        },
    }


def _chart(layout):
    name = layout.course.measure
    return {
        "svg": timeline.draw_chart(layout, name, style=timeline.PRINTED, printable=_printable),
        "alt": _printable(f"{layout.course.label}: {layout.description}"),
    }


def _index_chart(edition, labels):
    layout = lay_out_index_chart(edition.course)
    if layout is None:
        return None
    return {
        "svg": index.draw_chart(
            layout, labels.course, "index", style=index.PRINTED, printable=_printable
        ),
        "alt": _printable(f"{labels.course}: {layout.description}"),
    }


def _printable(words):
    return fonts.fit(words)[0].replace(BREAK, "")
