"""The fonts of a PDF: which code draws which glyph, how wide it is, and what it stands for."""

import re
from collections import Counter
from functools import cached_property
from unicodedata import bidirectional

from .font_program import MOST_GLYPHS, FontProgram

MAPPING = re.compile(rb"<(\w{4})> <(\w*)>\n")
MAPPINGS = re.compile(rb"(?<=endcodespacerange\n).*(?=endcmap)", re.DOTALL)
WIDTHS = re.compile(rb"/W\[([^\]]*)\]")

EASTERN_DIGIT = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
"""Digits of scripts from right to left, which are written from left to right themselves."""


class EmbeddedFont:
    """`texts`: what each code stands for. `widths`: in thousandths of the size, by code.

    `leftward`: the codes of letters from right to left. `doubtful`: those of texts that may have to
    be mended. `codes`: (text, parts) of a sign → the code that draws it, from `assign_codes` on.
    """

    def __init__(self, file, number):
        self.file = file
        self.descendant = file.reference(number, b"DescendantFonts")
        self.descriptor = file.reference(self.descendant, b"FontDescriptor")
        self.map = file.reference(number, b"ToUnicode")
        self.is_truetype = b"/CIDToGIDMap/Identity" in file.objects[self.descendant]
        self.texts = _texts(file.stream(self.map))
        self._codes_of = {}
        for code, text in self.texts.items():
            self._codes_of.setdefault(text, []).append(code)
        self.leftward = {code for code, text in self.texts.items() if _is_leftward(text)}
        self.doubtful = self.leftward | self._doubles() | self._eastern_digits()
        self.uses, self.advances, self.codes = Counter(), {}, {}

    def codes_of(self, text):
        """The codes that stand for a text. If they are several, they may draw one sign together."""
        return self._codes_of.get(text, ())

    def _doubles(self):
        return {
            code
            for text, codes in self._codes_of.items()
            for code in codes
            if len(codes) > 1 and not text.isascii()
        }

    def _eastern_digits(self):
        return {code for code, text in self.texts.items() if EASTERN_DIGIT.fullmatch(text)}

    @cached_property
    def widths(self):
        return _widths(self.file.objects[self.descendant])

    @cached_property
    def program(self):
        return FontProgram(self.file.stream(self.file.reference(self.descriptor, b"FontFile2")))

    def note(self, sign, advance):
        """Counts a use of a sign. `advance`: to the next one, in units of the font, or None."""
        key = (sign.text, sign.parts)
        if sign.is_plain:
            self.uses[key] += 1
        else:
            seen = self.advances.setdefault(key, Counter())
            if advance is not None:
                seen[advance] += 1

    def assign_codes(self):
        """Gives each sign a code: a single glyph its own, where it stands for this text mostly."""
        taken = set()
        for (text, parts), _count in self.uses.most_common():
            glyph = parts[0][0]
            if glyph not in taken:
                taken.add(glyph)
                self.codes[text, parts] = glyph
                self.texts[glyph] = text
            else:
                self._add(text, parts, self.program.metrics[glyph][0])
        for (text, parts), seen in self.advances.items():
            self._add(text, parts, seen.most_common(1)[0][0] if seen else self._extent(parts))

    def _add(self, text, parts, advance):
        if self.program.count + len(self.program.added) < MOST_GLYPHS:
            code = self.program.add(parts, advance)
            self.codes[text, parts] = code
            self.texts[code] = text
            self.widths[code] = advance * 1000 / self.program.units

    def _extent(self, parts):
        rights = [
            x + min(box[2], self.program.metrics[glyph][0])
            for glyph, x, _y in parts
            if (box := self.program.box(glyph))
        ]
        return max(0, *rights, 0)

    def save(self):
        if not self.codes:
            return
        text = self.file.stream(self.map)
        self.file.set_stream(
            self.map, MAPPINGS.sub(_mappings(self.texts), text), b"/Type/CMap/WMode 0"
        )
        if not self.program.added:
            return
        self.file.set_stream(
            self.file.reference(self.descriptor, b"FontFile2"), self.program.content()
        )
        widths = b"".join(
            b" %d %d %.5g" % (code, code, self.widths[code])
            for code in range(self.program.count, self.program.count + len(self.program.added))
        )
        old = WIDTHS.search(self.file.objects[self.descendant])[1]
        self.file.replace(self.descendant, WIDTHS, b"/W[" + old + widths + b"]")
        self.file.replace(self.descriptor, rb"/CIDSet \d+ 0 R", b"")


def _texts(mappings):
    pairs = MAPPING.findall(mappings)
    words = bytes.fromhex(b"000A".join(words for _code, words in pairs).decode())
    codes = (int(code, 16) for code, _words in pairs)
    return dict(zip(codes, words.decode("utf-16-be").split("\n"), strict=True)) if pairs else {}


def _widths(dictionary):
    numbers = WIDTHS.search(dictionary)
    numbers = numbers[1].split() if numbers else []
    return {
        code: float(width)
        for first, last, width in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        for code in range(int(first), int(last) + 1)
    }


def _mappings(texts):
    lines = [
        b"<%04X> <%s>\n" % (code, text.encode("utf-16-be").hex().upper().encode())
        for code, text in sorted(texts.items())
    ]
    chunks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    return b"".join(
        b"%d beginbfchar\n%sendbfchar\n" % (len(chunk), b"".join(chunk)) for chunk in chunks
    )


def _is_leftward(text):
    return any(bidirectional(character) in ("R", "AL") for character in text)
