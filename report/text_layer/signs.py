"""The signs of a page: glyphs that stand for one text together."""

from dataclasses import dataclass
from functools import cache
from unicodedata import bidirectional

from .fonts import EASTERN_DIGIT


@dataclass(slots=True)
class Piece:
    """Glyphs of an item that stand for `text` together. `glyphs`: (x, glyph) each."""

    item: object
    text: str
    glyphs: list
    y: float


@dataclass(slots=True)
class Sign:
    """`parts`: (glyph, x, y) each, from its origin (x, y) on, in units of the font."""

    item: object
    text: str
    parts: tuple
    x: float
    y: float

    @property
    def is_plain(self):
        """Whether it is one glyph on the line."""
        return len(self.parts) == 1 and self.parts[0][2] == 0

    @property
    def is_apart(self):
        """Whether it is not to be drawn in one stretch with its neighbours.

        On the order of letters from right to left, and of their marks, all readers agree; some
        turn numbers round that are written in the digits of these scripts.
        """
        return _is_apart(self.text, self.item.is_leftward)


@cache
def _is_apart(text, is_leftward):
    if is_leftward:
        return not any(bidirectional(character) in ("R", "AL", "NSM") for character in text)
    return bool(EASTERN_DIGIT.fullmatch(text))


def signs_of(items):
    """The signs of the items, counted by the fonts; each belongs to the item it begins in."""
    groups = []
    for item in items:
        for piece in item.pieces:
            if groups and _continues(groups[-1], piece):
                groups[-1].append(piece)
            else:
                groups.append([piece])
    signs = []
    for at, group in enumerate(groups):
        following = groups[at + 1][0] if at + 1 < len(groups) else None
        found = _signs(group)
        signs += found
        for sign in found:
            sign.item.font.note(sign, _advance(sign, group[-1].item, following))
    return signs


def _continues(group, piece):
    """Whether a piece belongs to the sign before it: a mark that stands higher or lower.

    A sign that is written twice begins with the same glyph again.
    """
    first, last = group[0], group[-1]
    item, before = piece.item, last.item
    return (
        piece.text == last.text
        and item.before is before
        and item.font is before.font
        and item.size == before.size
        and piece.y != last.y
        and abs(piece.y - last.y) < item.size
        and abs(piece.glyphs[0][0] - first.glyphs[0][0]) < 4 * item.size
        and [glyph for _, glyph in piece.glyphs] != [glyph for _, glyph in first.glyphs]
    )


def _signs(group):
    """The sign of a group. From right to left, as readers expect it, each of its glyphs is one."""
    glyphs = [(place, piece.y, glyph) for piece in group for place, glyph in piece.glyphs]
    item, text = group[0].item, group[0].text
    if len(glyphs) == 1:
        x, y, glyph = glyphs[0]
        return [Sign(item, text, ((glyph, 0, 0),), x, y)]
    scale = item.font.program.units / item.size
    if item.is_leftward and len(glyphs) <= len(text):
        first = len(text) - len(glyphs) + 1
        texts = [text[:first], *text[first:]]
        y = glyphs[-1][1]
        return [
            Sign(item, part, ((glyph, 0, round((height - y) * scale)),), x, y)
            for (x, height, glyph), part in zip(glyphs, reversed(texts), strict=True)
        ]
    x, y, _glyph = glyphs[0]
    parts = ((glyph, round((a - x) * scale), round((b - y) * scale)) for a, b, glyph in glyphs)
    return [Sign(item, text, tuple(parts), x, y)]


def _advance(sign, last, following):
    """How far off the next sign is, in units of the font; None where no sign follows directly."""
    font, size = sign.item.font, sign.item.size
    if len(sign.parts) == 1 or following is None:
        return None
    if following.item is not last and following.item.before is not last:
        return None
    advance = round((following.glyphs[0][0] - sign.x) * font.program.units / size)
    most = sum(font.program.metrics[glyph][0] for glyph, _x, _y in sign.parts)
    return advance if 0 <= advance <= most else None
