"""What the fonts of the PDF can print, and the places at which long words may break.

`profiles.characters` knows which characters the fonts have.
"""

import re

from profiles.characters import BREAK, is_mark, is_picture, printable

UNBROKEN = 40
"""The longest run of letters of usual width without a place to break it."""
SPACELESS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
"""Thai, Lao, Myanmar, Khmer: Typst breaks them by a dictionary, where it finds words."""
BREAKABLE = (
    rf"\s\u200b{SPACELESS}\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U0003ffff"
)
"""Spaces, and scripts without spaces between words: Typst knows where to break them."""
UNBROKEN_RUN = re.compile(
    rf"[^{BREAKABLE}]{{{UNBROKEN // 2 + 1},}}|[{SPACELESS}]{{401,}}|(\S)\1{{60,}}"
)
"""Runs that Typst cannot break: long words, hundreds of letters of a `SPACELESS` script without a
break, one character repeated."""


def fit(text):
    """(text, replaced): `text` as it can be set, and the characters that the fonts lack."""
    if len(text) <= UNBROKEN // 2 and text.isascii() and text.isprintable():
        return text, set()  # most strings of a document are such
    text, replaced = printable(text)
    return UNBROKEN_RUN.sub(_with_breaks, text), replaced


def _with_breaks(match):
    """The matched run with a zero width space after every `UNBROKEN` letters or so."""
    pieces, length = [], 0
    for character in match[0]:
        width = 1 + _is_wide(character)
        if length + width > UNBROKEN and not is_mark(character):
            pieces.append(BREAK)
            length = 0
        pieces.append(character)
        length += width
    return "".join(pieces)


def _is_wide(character):
    """Whether a character counts twice, as it may be as wide as two letters."""
    return character.isupper() or character in "mw@%&—" or is_picture(character)
