"""The rosette of a city as SVG, and the same in words."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .roles import GROUP, HIDDEN, SHOWN
from .rosette_layout import RADIUS, is_grouped, lay_out_rosette, petal_room
from .style import SERIF, Colour, stroke, style_element

SMALL = 88
"""Below so many pixels the drawing is simpler and has no number: it could not be read."""
RING = 17
"""The radius of the ring around the number."""
NUMBER_SIZES = {1: 19, 2: 19, 3: 15, 4: 12}
"""Digits of the number → its size."""

PRINTED = style_element(
    {
        ".area-1": {"color": Colour.FOREST},
        ".area-2": {"color": Colour.RIVER},
        ".area-3": {"color": Colour.SUN},
        ".petal-short": stroke("currentColor", 0.7, fill="none"),
        ".petal-long": stroke("currentColor", 0.9, fill="none"),
        ".petal-full": {"fill": "currentColor"},
        ".rosette-dense path": {"stroke-width": 0.4},
        ".rosette-ring": stroke(Colour.INK, 0.7, fill="none"),
        "text": {"font-family": SERIF, "fill": Colour.INK},
    }
)


def draw_rosette(petals, title="", size=220, *, style="", links=()):
    """The SVG of the rosette of these `Petal`s, `size` pixels wide.

    `title` names it, and the words follow; without a title it is hidden from screen readers, for
    places where the same stands beside it. For the PDF, `style` is a style element. `links`: (place
    of a petal, address, words) of petals that lead somewhere; a rosette of commitments has none.
    """
    layout = lay_out_rosette(petals, is_small=size < SMALL)
    kinds = {"small": layout.is_small, "dense": layout.is_dense, "empty": not petals}
    name = format_html("<title>{}</title>", name_of(title, petals)) if title else ""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="rosette{kinds}" width="{size}"'
        ' height="{size}" viewBox="{edge} {edge} {side} {side}" {role}>'
        "{name}{style}{petals}{middle}</svg>",
        kinds="".join(f" rosette-{kind}" for kind, is_so in kinds.items() if is_so),
        size=size,
        edge=-RADIUS,
        side=2 * RADIUS,
        role=(GROUP if links else SHOWN) if title else HIDDEN,
        name=name,
        style=style,
        petals=_petals(layout) + _links(links, len(petals)),
        middle=_middle(layout),
    )


def _links(links, count):
    """The room of each petal that leads somewhere, above all petals."""
    return format_html_join(
        "",
        '<a href="{}" aria-label="{}"><title>{}</title><path class="petal-room" d="{}"/></a>',
        ((url, words, words, petal_room(place, count)) for place, url, words in links),
    )


def draw_petal(petal):
    """The SVG of one petal alone, for the key beside a rosette; hidden from screen readers."""
    layout = lay_out_rosette([petal])
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="rosette rosette-petal" width="28"'
        ' height="60" viewBox="-18 -100 36 77" {}>{}</svg>',
        HIDDEN,
        _petals(layout),
    )


def _petals(layout):
    return format_html_join(
        "",
        '<path class="area-{} petal-{}" d="{}"/>',
        ((part.area, part.kind, part.path) for part in layout.parts),
    )


def _middle(layout):
    if layout.is_small and layout.count:
        return ""
    ring = format_html('<circle class="rosette-ring" r="{}"/>', RING)
    if layout.is_small:
        return ring
    size = NUMBER_SIZES.get(len(str(layout.count)), 10)
    return ring + format_html(
        '<text class="rosette-count" y="{}" font-size="{}" text-anchor="middle">{}</text>',
        round(size * 0.35, 1),
        size,
        layout.count,
    )


def name_of(title, petals):
    """What a screen reader says of the rosette; `title` names the city."""
    return _("Rosette of %(city)s. %(words)s.") % {"city": title, "words": words_of(petals)}


def words_of(petals):
    """What the rosette says, as "30 actions: 18 with a starting point, 1 with a target"."""
    count = len(petals)
    if not count:
        return _("No actions yet")
    words = ngettext("%(n)d action", "%(n)d actions", count) % {"n": count}
    starts = sum(petal.has_start for petal in petals)
    targets = sum(petal.has_target for petal in petals)
    parts = []
    if starts:
        parts.append(_("%(n)d with a starting point") % {"n": starts})
    if targets:
        parts.append(_("%(n)d with a target") % {"n": targets})
    if parts:
        words = _("%(actions)s: %(parts)s") % {"actions": words, "parts": ", ".join(parts)}
    if is_grouped(petals):
        words = _("%(words)s. One petal for each commitment") % {"words": words}
    return words
