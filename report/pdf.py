"""The document as a PDF (PDF/UA-1), set by Typst in a process of its own (`typesetting.py`)."""

import json
import logging

from profiles.characters import BREAK, REPLACEMENT
from profiles.texts import shows_nothing

from . import fonts
from .drawings import index, target_line, target_states, timeline, wheel
from .drawings.index_layout import lay_out_chart as lay_out_index_chart
from .drawings.style import COLOURS
from .drawings.timeline_layout import lay_out_chart
from .file_names import content_disposition_of
from .links_in_text import may_have_links, pieces_of
from .making import make_once
from .pictures import picture_files
from .plain import ADDRESSES, plain
from .printed import printed_drawings, printed_words
from .typesetting import typeset

PROFILE, AT_A_GLANCE = "profile.typ", "at_a_glance.typ"
"""The templates: the whole profile, and its one page for those who have a minute."""
ENDINGS = {PROFILE: ".pdf", AT_A_GLANCE: "-at-a-glance.pdf"}
"""Template → how the names of its files end."""
WORDS = "value"
"""The name of the field of `Text` that holds the words."""
MOST_ON_A_LINE = 3
"""So many values of a figure stand on one line, with words at each; more of them in a table."""

logger = logging.getLogger(__name__)


def render(document, site="", key="", template=PROFILE):
    """The bytes of the PDF; the same for the same document. Raises ReportError.

    `site`: the URL of this platform (`https://example.org/`). Without it, what is on the platform
    itself is named but not linked. `key`: as in `making.make_once`.
    """

    def make():
        return _set(document, site, template)

    disposition = content_disposition_of(document, ENDINGS[template])
    return make_once(f"The PDF of {document.slug}", make, key, disposition)


def _set(document, site, template):
    payload, replaced = printable_payload(document, site)
    if replaced:
        logger.info("PDF of %s: no font has %s", document.slug, ", ".join(map(ascii, replaced)))
    pictures = picture_files(document)
    payload |= {"template": template, "files": sorted(pictures)}
    return typeset(json.dumps(payload).encode(), pictures)


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
                fitted = {key: fit(item, key) for key, item in value.items()}
                return fitted | _lines(value.get(WORDS), fit)
            case list():
                return [fit(item) for item in value]
        return value

    keywords = [chapter.head.title for chapter in document.chapters]
    words = printed_words(document, site) | {"keywords": plain(keywords)}
    payload = fit(plain(document, site) | words)
    return payload, sorted(replaced)


def _lines(words, fit):
    """The lines of a text with addresses, each as pieces: what is printed, and where it leads."""
    if not isinstance(words, str) or not may_have_links(words):
        return {}
    lines = [
        [{"value": fit(piece.text), "url": piece.url} for piece in pieces_of(line)]
        for line in words.split("\n")
    ]
    return {"lines": lines} if any(piece["url"] for line in lines for piece in line) else {}


def drawings(document):
    """The colours, and the drawings as SVG, by the keys under which the Typst files find them."""
    return {
        "colours": COLOURS,
        "states": {state: target_states.state_mark(state) for state in target_states.STATES},
        "charts": {
            str(action.number): [_course(course, action) for course in action.courses]
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


def _course(course, action):
    """One line, with where the mark between its ends stands; of more marks a chart for a table."""
    if len(course.marks) <= MOST_ON_A_LINE:
        line = target_line.draw_course_line(
            course, _state_of(course, action), style=target_line.PRINTED
        )
        return {"line": line, "place": target_line.places(course)[1]}
    layout = lay_out_chart(course)
    name = course.measure
    return {
        "svg": timeline.draw_chart(layout, name, style=timeline.PRINTED, printable=_printable),
        "alt": _printable(f"{course.label}: {layout.description}"),
    }


def _state_of(course, action):
    """The state of the last target for the figure; "" where there is none."""
    return next(
        (
            target.tracked.state
            for target in reversed(action.targets)
            if any(value.measure == course.measure for value in target.values)
        ),
        "",
    )


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
