"""How Typst writes text into the content of a page: marks, a font and a place, and strings."""

import codecs
import re
import struct

STRING = rb"\((?:[^\\()]++|\\.)*+\)"
for _depth in range(4):  # a string may hold brackets that are balanced
    STRING = rb"\((?:[^\\()]++|\\.|%s)*+\)" % STRING
ITEM = re.compile(rb"q ((?:[-\d.]+ ){6})cm((?:(?!\nq |\nBT|\nQ).)*)\nBT(.*?)\nET\nQ\n", re.DOTALL)
"""Text in one place, with its colour: the matrix, the colour, and the groups in it."""
FONT = re.compile(rb"Tr/(\w+) ")
GROUP = re.compile(
    rb"\s*(?:/Span<</ActualText(<\w+>|%s)>>BDC)?\s*(/ReversedChars BMC)?\s*"
    rb"0 Tr/(\w+) ([-\d.]+) Tf 1 0 0 -1 ([-\d.]+) ([-\d.]+) Tm"
    rb"(\[(?:[^]()]++|%s)*+\]TJ|%s\s?Tj|<\w+>\s?Tj)(?:\s*EMC)?" % (STRING, STRING, STRING),
    re.DOTALL,
)
"""The text and direction it is marked with, font, size, place, and what is shown."""
SHOWN = re.compile(rb"(%s)|<(\w*)>|(-?[\d.]+)" % STRING, re.DOTALL)


class Group:
    """Text that is marked in one way, or not at all.

    `shown`: codes, and numbers: how far back the next code is, in thousandths of the size.
    """

    __slots__ = ("actual", "is_reversed", "style", "x", "y", "shown")

    def __init__(self, found):
        actual, is_reversed, *style, x, y, shown = found.groups()
        self.actual = None if actual is None else read_text(actual)
        self.is_reversed = is_reversed is not None
        self.style, self.x, self.y = style, float(x), float(y)
        self.shown = [
            float(number) if number else _codes(literal, digits)
            for literal, digits, number in SHOWN.findall(shown)
        ]

    @property
    def codes(self):
        return [code for one in self.shown if not isinstance(one, float) for code in one]


def _codes(literal, digits):
    string = _unescaped(literal) if literal else bytes.fromhex(digits.decode())
    return struct.unpack(f">{len(string) // 2}H", string)


def read_text(text):
    """The words of an `/ActualText`."""
    string = _unescaped(text) if text.startswith(b"(") else bytes.fromhex(text[1:-1].decode())
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be")
    return string.decode("latin-1")


def _unescaped(literal):
    string = literal[1:-1]
    if b"\\" in string:
        for escape, octal in ((b"\\\\", b"\\134"), (b"\\(", b"\\050"), (b"\\)", b"\\051")):
            string = string.replace(escape, octal)
        string = codecs.escape_decode(string)[0]
    return string


def write_group(style, place, shown, is_reversed):
    """`style`: name and size of the font. `shown`: numbers, and lists of codes."""
    pieces = [
        write_number(one)
        if isinstance(one, float)
        else b"<%s>" % b"".join(b"%04X" % c for c in one)
        for one in shown
    ]
    x, y = map(write_number, place)
    text = b"0 Tr/%s %s Tf 1 0 0 -1 %s %s Tm[%s]TJ" % (*style, x, y, b"".join(pieces))
    return b"/ReversedChars BMC %s\nEMC" % text if is_reversed else b" " + text


def write_number(value):
    return (b"%.3f" % value).rstrip(b"0").rstrip(b".")
