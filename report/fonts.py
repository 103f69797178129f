"""The fonts of the PDF, and the replacement of characters that they do not have.

Fonts come from installed Python packages only. Typst refuses a PDF/UA with a character that no font
has, so such a character is replaced before the document is typeset.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

PACKAGES = (
    "manimgx_fonts",
    "manimgx_fonts_cjk",
    "fontpkg_source_serif_4",
    "fontpkg_ibm_plex_sans_arabic",
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
BREAK = "\N{ZERO WIDTH SPACE}"
REPLACED_RUN = re.compile(f"[{JOINERS}]*{REPLACEMENT}[{JOINERS}{REPLACEMENT}]*")
JOINED = re.compile(f"([^{JOINERS}])[{JOINERS}]+(?=(.))")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
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


@cache
def fonts():
    """The fonts for the typesetter. Loaded at the first document, never at import."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=_folders()
    )


def _folders():
    return [Path(find_spec(name).submodule_search_locations[0]) for name in PACKAGES]


@cache
def coverage():
    """The set of characters of each font file. All faces of a collection have the same."""
    files = [path for folder in _folders() for path in sorted(folder.rglob("*.[to]t[fc]"))]
    return tuple(_characters(path) for path in files)


def _characters(path):
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(map(chr, font["cmap"].getBestCmap()))


@cache
def all_characters():
    return frozenset().union(*coverage())


def fit(text):
    """(text, replaced): `text` as the fonts can print it, and the characters that they lack.

    Control characters (also those that change the direction of text) and other invisible ones are
    removed. A visible character that no font has becomes `REPLACEMENT`.
    """
    if text.isascii() and text.isprintable():
        return UNBROKEN_RUN.sub(_with_breaks, text), set()
    text = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text))
    present = set(text)
    changes = {character: _printable(character) for character in present}
    replaced = {old for old, new in changes.items() if new == REPLACEMENT != old}
    text = text.translate({ord(old): new for old, new in changes.items() if old != new})
    if any(map(_is_mark, present)):
        text, lost = _fit_marks(JOINED.sub(_with_joiners, text))
        replaced |= lost
    return UNBROKEN_RUN.sub(_with_breaks, REPLACED_RUN.sub(REPLACEMENT, text)), replaced


@lru_cache(maxsize=20_000)
def _printable(character):
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if character == "\t" or (category == "Zs" and character not in all_characters()):
        return " "
    if character in JOINERS or character == BREAK:
        return character
    if category == "Cc" or character in IGNORABLE or _is_variation(character):
        return ""
    if category == "Cf" and character not in VISIBLE_FORMATS:
        return ""
    return character if character in all_characters() else REPLACEMENT


def _is_variation(character):
    return "\u180b" <= character <= "\u180f" or unicodedata.name(character, "").startswith(
        "VARIATION SELECTOR"
    )


@lru_cache(maxsize=20_000)
def _is_mark(character):
    return character in JOINERS or unicodedata.category(character).startswith("M")


def _fit_marks(text):
    """(text, lost): a letter and its combining marks need one font; marks it lacks are left out."""
    pieces, lost = [], set()
    for cluster in _clusters(text):
        if len(cluster) > 1 and not any(font.issuperset(cluster) for font in coverage()):
            homes = [font for font in coverage() if cluster[0] in font] or [frozenset(cluster[0])]
            home = max(homes, key=lambda font: sum(map(font.__contains__, cluster)))
            lost.update(set(cluster) - home - set(JOINERS))
            cluster = "".join(character for character in cluster if character in home)
        pieces.append(cluster)
    return "".join(pieces), lost


def _with_joiners(match):
    """Drop joiners before an emoji, unless the emoji font has what is before them too."""
    left, right = match[1], match[2]
    if _is_picture(right) and not _pictures().issuperset(left + right):
        return left
    return match[0]


def _is_picture(character):
    return unicodedata.category(character) in ("So", "Sm") or character in "\u203c\u2049\u3030"


@cache
def _pictures():
    return next(font for font in coverage() if "\N{GRINNING FACE}" in font)


def _clusters(text):
    """`text` in pieces of one letter with its combining marks."""
    start = 0
    for index in range(1, len(text)):
        if not _is_mark(text[index]):
            yield text[start:index]
            start = index
    yield text[start:]


def _with_breaks(match):
    """The matched run with a zero width space after every `UNBROKEN` letters or so."""
    pieces, length = [], 0
    for character in match[0]:
        width = 1 + _is_wide(character)
        if length + width > UNBROKEN and not _is_mark(character):
            pieces.append(BREAK)
            length = 0
        pieces.append(character)
        length += width
    return "".join(pieces)


def _is_wide(character):
    """Whether a character counts twice, as it may be as wide as two letters."""
    return character.isupper() or character in "mw@%&—" or _is_picture(character)
