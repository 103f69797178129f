"""What only the PDF shows: titles, head and foot, QR code, drawings, and what fits on one page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from catalogue.atoms import Figure
from profiles.writing_systems import platform_text

from .citation import citation
from .drawings import city_mark, locator, rosette, target_line
from .plain import absolute_url, plain
from .qr import draw_qr_code
from .shortening import fits, shortened

MOST_ROWS = 14
"""More rows of targets than these never fit on the page at a glance."""
MOST_MILESTONES, MOST_FIGURES = 3, 3
WIDTHS = {"label": 56, "words": 56, "source": 56, "own": 40}
"""Field of a figure or a milestone → how many letters of it fit on the page at a glance."""
ROW_WIDTHS = {**WIDTHS, "label": 62, "words": 36}
"""The same of a row of targets: what it is about has two lines."""
AMOUNT_WIDTHS = {"start": 48, "now": 48, "goal": 48, "number": 60, "unit": 60, "figures": 110}
"""The same of amounts, which are never cut: a number that ends early is another number."""
LONGEST_TITLE = 90


def printed_words(document, site):
    """The words of the PDF beyond the document, by the keys under which the Typst files find them.

    `site`: the URL of this platform; without it, and for the working copy, no address is named.
    """
    with override(document.language):
        address = address_of(document, site)
        return {
            "titles": titles_of(document),
            "address": {"url": address} if address else None,
            "citation": plain(citation_of(document, address)),
            "rosette_words": plain(_text(_rosette_words(document), document)),
            "labels": {key: plain(_text(words, document)) for key, words in labels_of()},
            "brief": _brief(document),
        }


def printed_drawings(document, site):
    place = document.overview.place
    address = address_of(document, site)
    rows = document.glance.targets[:MOST_ROWS]
    with override(document.language):
        return {
            "texture": city_mark.printed_mark(document.slug),
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


def citation_of(document, address):
    """How to cite the document, without the address, which stands at its end as a link."""
    if not address:
        return None
    words = citation(str(document.cover.title), document.version, address)
    return _text(words.removesuffix(address).rstrip(), document)


def _rosette_words(document):
    return rosette.name_of(str(document.cover.title), document.actions.petals)


def _text(words, document):
    return platform_text(words, document.language)


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


def _brief(document):
    """The page at a glance, its texts cut to what has room there."""
    glance = document.glance
    return {
        "place": plain(document.overview.place.parts),
        "title": _cut(document.cover.title, LONGEST_TITLE),
        "local_name": _cut(document.cover.local_name, LONGEST_TITLE),
        "figures": [_row(figure, document) for figure in glance.figures[:MOST_FIGURES]],
        "targets": [_row(row, document, ROW_WIDTHS) for row in glance.targets[:MOST_ROWS]],
        "more": _rests(glance.targets, MOST_ROWS, document),
        "reached": _milestones(glance.reached, document),
        "due_next": _milestones(glance.due_next, document),
    }


def _rests(rows, most, document):
    """What is said of the other rows where 0, 1, 2 … `most` are shown."""
    shown = range(min(len(rows), most) + 1)
    return [plain(_text(_more(len(rows) - number), document)) for number in shown]


def _more(count):
    words = ngettext(
        "and %(number)s more target in the profile",
        "and %(number)s more targets in the profile",
        count,
    )
    return words % {"number": Figure.of(count)} if count else ""


def _milestones(part, document):
    return {
        "title": plain(part.title),
        "entries": [_row(entry, document) for entry in part.entries[:MOST_MILESTONES]],
        "empty": plain(part.empty),
        "more": _rests(part.entries, MOST_MILESTONES, document),
    }


def _row(row, document, widths=WIDTHS):
    fields = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return {
        name: _cut(value, widths[name]) if name in widths else plain(value)
        for name, value in (fields | _elsewhere(row, document)).items()
    }


def _elsewhere(row, document):
    """Name of a field → words that say where its amount is found, of amounts without room."""
    amounts = {name: getattr(row, name, None) for name in AMOUNT_WIDTHS}
    long = {
        name for name, amount in amounts.items() if amount and not fits(amount, AMOUNT_WIDTHS[name])
    }
    words = _text(_("see action %(number)s") % {"number": row.action}, document)
    if long & {"number", "unit"}:
        return {"number": words, "unit": None}
    return dict.fromkeys(long, words)


def _cut(text, width):
    return plain(text and shortened(text, width))
