"""What is tidied in a text before it is stored, and which texts show nothing or cannot be set."""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n?")

DIRECTION_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of the text after them, until another one ends it."""

INVISIBLE = (
    "\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001107f\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Blanks, control characters, all that Unicode calls default ignorable, and empty letters."""

VISIBLE = re.compile(f"[^{INVISIBLE}]")

COMMON = re.compile(
    "[\n\x20-\x7e\xa0-\xac\xae-\u017f\u0391-\u03a1\u03a3-\u03ce\u0400-\u045f\u05d0-\u05ea\u060c\u061b\u061f"
    "\u0621-\u063a\u0641-\u064a\u0660-\u0669\u2013\u2014\u2018-\u201e\u2026\u20ac"
    "\u3001\u3002\u3041-\u3093\u30a1-\u30f6\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e]*"
)
"""Text of characters that are joined to no other and that the fonts of the PDF have.

Most texts are such, and need not be looked through letter by letter.
"""

MOST_MARKS = 30
"""The most characters that may be joined to one letter: Unicode's stream-safe text (UAX #15)."""


def shows_nothing(text):
    return VISIBLE.search(text) is None


def is_plain(text):
    """Whether there is nothing to tidy but blanks around it: most texts of an import are so."""
    return text.isascii() and text.isprintable()


def tidy(text):
    """`text` as it is stored: line feeds end its lines, tabs are blanks, and no blanks around it.

    A text that shows nothing is empty.
    """
    if is_plain(text):
        return text.strip()
    if shows_nothing(text):
        return ""
    return with_line_feeds(text).strip()


def tidy_line(text):
    """`text` of one line as it is stored; nothing in it turns the direction of what follows it."""
    if is_plain(text):
        return text.strip()
    return tidy(DIRECTION_CONTROLS.sub("", with_line_feeds(text).replace("\n", " ")))


def with_line_feeds(text):
    """`text` with line feeds only, and with blanks for tabs."""
    return text if text.isprintable() else LINE_ENDS.sub("\n", text).replace("\t", " ")


def crowded_letter(text):
    """The first letter of `text` to which too much is joined, with all of it; "" if none is."""
    found = (
        None if text.isascii() or COMMON.fullmatch(text) else CROWDED.search(text.translate(_kinds))
    )
    return text[slice(*found.span())] if found else ""


def thin_out(text, sign="\N{REPLACEMENT CHARACTER}"):
    """`text` with `sign` in place of what is joined to a letter beyond `MOST_MARKS`."""
    pieces, end = [], 0
    for found in () if COMMON.fullmatch(text) else CROWDED.finditer(text.translate(_kinds)):
        pieces += text[end : found.start() + MOST_MARKS + 1], sign
        end = found.end()
    return "".join([*pieces, text[end:]]) if pieces else text


class _Kinds(dict):
    """A table for `str.translate` that gives the kind of each character as a letter.

    m: a mark, which belongs to the letter before it; j: a mark that also joins the letter after it;
    c: a single consonant of Hangul, joined to those before it; s: a blank; x: anything else.
    """

    VIRAMA = 9
    """The combining class of the signs that join the next letter to the one before."""

    def __missing__(self, code):
        self[code] = kind = self.find(chr(code))
        return kind

    def find(self, character):
        if character == "\N{ZERO WIDTH JOINER}" or unicodedata.combining(character) == self.VIRAMA:
            return "j"
        if unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
            return "m"
        if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
            return "m"  # a vowel or a last consonant of Hangul
        if "\U0001f3fb" <= character <= "\U0001f3ff":
            return "m"  # the colour of a skin
        if "\u1100" <= character <= "\u115f" or "\ua960" <= character <= "\ua97f":
            return "c"
        return "s" if character.isspace() else "x"


_kinds = _Kinds()
CROWDED = re.compile(rf".(?:[mj]|(?<=j)[xc]|(?<=c)c){{{MOST_MARKS + 1},}}")
"""A letter to which too much is joined, in the kinds of the characters."""
