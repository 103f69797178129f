"""The text of a page: read as items, each in one place and one font, and drawn anew."""

import re
from itertools import groupby

from .operators import FONT, GROUP, ITEM, Group, codes_of, read_shown, read_text, write_group
from .signs import Piece

BETWEEN = re.compile(rb"(?:EMC/Span<</MCID \d+>>BDC\n)?")


class Item:
    """What is drawn in one place and one font. `before`: the item directly before it, if any."""

    def __init__(self, found, before):
        self.start, self.end = found.span()
        matrix = found[1].split()
        self.is_upright = matrix[:4] == [b"1", b"0", b"0", b"-1"]
        self.x, self.y = map(float, matrix[4:]) if self.is_upright else (0, 0)
        self.head = b"q " + found[1] + b"cm" + found[2] + b"\nBT"
        self.colour = found[2]
        self.before = before if self.is_upright else None
        self.font = self.style = self.size = None
        self.pieces = []
        self.is_spanned = self.is_leftward = False

    def read(self, groups, font):
        """Reads the pieces of the groups, all of which are in this font."""
        self.font, self.style, self.size = font, groups[0].style, float(groups[0].style[1])
        scale, widths, texts = self.size / 1000, font.widths, font.texts
        for group in groups:
            x, y = self.x + group.x, self.y - group.y
            glyphs = []
            for one in group.shown:
                if isinstance(one, float):
                    x -= one * scale
                    continue
                for code in one:
                    glyphs.append((x, code))
                    x += widths.get(code, 0) * scale
            if group.actual is not None:
                self.is_spanned = True
                self.pieces.append(Piece(self, group.actual, glyphs, y))
            else:
                self.pieces += [Piece(self, texts.get(one[1], ""), [one], y) for one in glyphs]
        self.is_leftward = any(
            group.is_reversed or not font.leftward.isdisjoint(group.codes) for group in groups
        )
        if self.is_beside(self.before) and self.y != self.before.y:
            # Only a mark has them apart: a comma beside it has the direction of its letters.
            self.is_leftward = self.before.is_leftward = self.is_leftward or self.before.is_leftward

    def is_beside(self, before):
        """Whether the item before it is on its left, in the same line and font."""
        return (
            before is not None
            and self.before is before
            and self.font is before.font
            and self.size == before.size
            and self.x >= before.x
            and abs(self.y - before.y) < self.size
        )


class Content:
    """A page: `text` is what draws it, `items` what of that may have to be mended."""

    def __init__(self, file, page, fonts):
        self.file = file
        self.number = file.reference(page, b"Contents")
        self.text = file.stream(self.number)
        resources = file.objects[file.reference(page, b"Resources")]
        names = re.search(rb"/Font<<(.*?)>>", resources)
        pairs = re.findall(rb"/(\w+) (\d+) 0 R", names[1]) if names else []
        self.fonts = {name: fonts[int(number)] for name, number in pairs}
        self.items = []

    def mark_doubtful(self):
        """Tells the fonts which of their codes are marked as another text than they stand for."""
        signs = set()
        for at in re.finditer(rb"/Span<</ActualText", self.text):
            if found := GROUP.match(self.text, at.start()):
                signs.add((found[3], found[1], found[7]))
        for name, actual, shown in signs:
            font = self.fonts[name]
            font.doubtful.update(codes_of(read_shown(shown)))
            font.doubtful.update(font.codes_of(read_text(actual)))

    def read(self):
        """Reads the items that have anything to mend."""
        fonts = {name: font for name, font in self.fonts.items() if font.is_truetype}
        last = None
        if b"/ReversedChars" not in self.text and not any(font.doubtful for font in fonts.values()):
            return
        for found in ITEM.finditer(self.text):
            font = fonts.get(FONT.search(found[3])[1])
            groups = _groups_to_mend(found[3], font) if font else []
            if groups:
                last = Item(found, last if last and self._is_next(last, found) else None)
                last.read(groups, font)
                self.items.append(last)
            else:
                last = None

    def _is_next(self, last, found):
        between = self.text[last.end : found.start()]
        return last.is_upright and last.colour == found[2] and BETWEEN.fullmatch(between)

    def draw(self, signs):
        """Draws the signs in place of the items that they were read from."""
        mine = {item: [] for item in self.items}
        for sign in signs:
            mine[sign.item].append(sign)
        for run in _leftward_runs(self.items):
            mine[run[0]] = [sign for item in reversed(run) for sign in reversed(mine[item])]
            mine.update((item, []) for item in run[1:])
        pieces, at = [], 0
        for item in self.items:
            drawn = _drawn(item, mine[item])
            if drawn is not None:
                pieces += self.text[at : item.start], drawn
                at = item.end
        if pieces:
            self.file.set_stream(self.number, b"".join([*pieces, self.text[at:]]))


def _groups_to_mend(text, font):
    """The groups of an item; none if all that they show is good as it is."""
    is_marked = b"DC " in text or b"/ReversedChars" in text
    if not is_marked and not font.doubtful:
        return []
    groups = [Group(found) for found in GROUP.finditer(text)]
    doubtful = (not font.doubtful.isdisjoint(group.codes) for group in groups)
    return groups if is_marked or font.leftward or any(doubtful) else []


def _leftward_runs(items):
    """Items from right to left that follow one another: Typst draws the last one first."""
    runs = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if item.is_beside(last) and item.is_leftward and last.is_leftward:
            runs[-1].append(item)
        else:
            runs.append([item])
    return [run for run in runs if run[0].is_leftward]


def _drawn(item, signs):
    """The item with these signs; None where it is good as it is."""
    codes = [item.font.codes[sign.text, sign.parts] for sign in signs]
    is_apart = len(signs) > 1 and any(sign.is_apart for sign in signs)
    if not item.is_spanned and not is_apart and codes == [p.glyphs[0][1] for p in item.pieces]:
        return None
    if not signs:
        return b""
    groups = groupby(zip(signs, codes, strict=True), key=_stretch)
    text = b"".join(_group(item, list(group)) for _key, group in groups)
    return item.head + text + b"\nET\nQ\n"


def _stretch(one):
    """Of a (sign, code): signs that follow one another with the same are drawn in one stretch."""
    sign, _code = one
    return (sign.y, sign.x) if sign.is_apart else (sign.y,)


def _group(item, group):
    is_reversed = item.is_leftward and len(group) > 1
    if is_reversed:
        group.reverse()
    scale, shown = 1000 / item.size, [[]]
    start, y = end, _y = group[0][0].x, group[0][0].y
    for sign, code in group:
        shift = (end - sign.x) * scale
        if abs(shift) > 0.01:
            shown += [shift, []]
            end = sign.x
        shown[-1].append(code)
        end += item.font.widths.get(code, 0) / scale
    return write_group(item.style, (start - item.x, item.y - y), filter(None, shown), is_reversed)
