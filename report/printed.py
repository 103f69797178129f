"""What only the PDF shows: titles, head and foot, QR code, drawings, and what fits on one page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from catalogue.atoms import Figure, Text

from .colophon import citation_of
from .drawings import locator, rosette, target_line
from .plain import absolute_url, plain
from .qr import draw_qr_code
from .shortening import shortened

MOST_ROWS = 14
"""More rows of targets than these never fit on the page at a glance."""
MOST_MILESTONES, MOST_FIGURES = 3, 3
WIDTHS = {
    "title": 90,
    "label": 64,
    "words": 64,
    "start": 24,
    "now": 24,
    "goal": 26,
    "number": 26,
    "unit": 14,
    "source": 56,
    "figures": 60,
    "own": 40,
}
"""Field of a row or a figure → how many letters of it fit on the page at a glance."""


def printed_words(document, site):
    """The words of the PDF beyond the document, by the keys under which the Typst files find them.

    `site`: the URL of this platform; without it, and for the working copy, no address is named.
    """
    with override(document.language):
        address = address_of(document, site)
        return {
            "titles": titles_of(document),
            "address": address and {"url": address, "words": plain(_address_words(address))},
            "citation": plain(citation_of(document, site)),
            "rosette_words": plain(_text(rosette.words_of(document.actions.petals), document)),
            "labels": {key: plain(_text(words, document)) for key, words in labels_of()},
            "brief": _brief(document),
        }


def printed_drawings(document, site):
    place = document.overview.place
    address = address_of(document, site)
    rows = document.glance.targets[:MOST_ROWS]
    with override(document.language):
        return {
            "rosette": rosette.draw_rosette(document.actions.petals, style=rosette.PRINTED),
            "locator": locator.draw_locator(
                place.country, place.latitude, place.longitude, style=locator.PRINTED
            ),
            "target_lines": [
                target_line.draw_target_line(row, style=target_line.PRINTED) for row in rows
            ],
            "qr": draw_qr_code(address) if address else None,
        }


def address_of(document, site):
    """The address in full of the very version that is printed; "" where it has none."""
    return absolute_url(document.version.url, site) if document.version and site else ""


def titles_of(document):
    """Template → the title of its PDF: city, document and day."""
    gaps = {"city": document.cover.title, "day": document.cover.day}
    return {
        "profile": _("%(city)s: city profile, %(day)s") % gaps,
        "at_a_glance": _("%(city)s: at a glance, %(day)s") % gaps,
    }


def _address_words(address):
    return Text(address.removeprefix("https://").rstrip("/"), "en")


def _text(words, document):
    return Text(words, document.language)


def labels_of():
    """Key → words. `{page}` and `{pages}` are filled in by the typesetter."""
    yield "page", _("Page {page} of {pages}")
    yield "figures", _("In its own figures")
    yield "targets", _("Targets")
    yield "areas", _("What it does")
    yield "place", _("Where it lies")
    yield "not_reported", _("Not reported yet:")
    yield "subject", _("What it is about")
    yield "start", _("Start")
    yield "now", _("Now")
    yield "goal", _("Target")
    yield "due", _("Year")
    yield "state", _("State")
    yield "no_figures", _("No figures yet.")
    yield "level", _("Category")
    yield "this_version", _("This version on the web:")


def _brief(document):
    """The page at a glance, its texts cut to what has room there."""
    glance, total = document.glance, len(document.glance.targets)
    return {
        "title": _cut("title", document.cover.title),
        "figures": [_row(figure) for figure in glance.figures[:MOST_FIGURES]],
        "targets": [_row(row) for row in glance.targets[:MOST_ROWS]],
        "more": [
            plain(_text(_more(total - shown), document))
            for shown in range(min(total, MOST_ROWS) + 1)
        ],
        "reached": _milestones(glance.reached, document),
        "due_next": _milestones(glance.due_next, document),
    }


def _more(count):
    words = ngettext(
        "and %(number)s more target in the profile",
        "and %(number)s more targets in the profile",
        count,
    )
    return words % {"number": Figure.of(count)} if count else ""


def _milestones(part, document):
    rest = len(part.entries) - MOST_MILESTONES
    return {
        "title": plain(part.title),
        "entries": [_row(entry) for entry in part.entries[:MOST_MILESTONES]],
        "empty": plain(part.empty),
        "more": plain(_text(_more(rest), document)) if rest > 0 else None,
    }


def _row(row):
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return {
        name: _cut(name, value) if name in WIDTHS else plain(value)
        for name, value in fields.items()
    }


def _cut(name, text):
    return plain(text and shortened(text, WIDTHS[name]))
