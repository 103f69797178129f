"""The characters that the fonts of the PDF have, and the replacement of those that they lack.

Fonts come from installed Python packages, and two that no package has from `fonts/`. The typesetter
refuses a document with a character that no font has, so such a character is replaced first; who
wrote it is told.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

from .texts import COMMON, thin_out

PACKAGES = (
    "manimgx_fonts",
    "manimgx_fonts_cjk",
    "fontpkg_source_serif_4",
    "fontpkg_ibm_plex_sans_arabic",
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
BREAK = "\N{ZERO WIDTH SPACE}"
JOINED_REPLACEMENT = re.compile(f"[{JOINERS}]*{REPLACEMENT}[{JOINERS}]*")
JOINED = re.compile(f"([^{JOINERS}])[{JOINERS}]+(?=(.))")
FORM_OF_NOTHING = re.compile("(?<![\u1800-\u18af])[\u180b-\u180f]+")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2")
MONGOLIAN_FORMS = frozenset("\u180b\u180c\u180d\u180e\u180f")
"""Signs that choose between the forms of a Mongolian letter, or separate its last vowel."""
IGNORABLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def font_folders():
    packages = (Path(find_spec(name).submodule_search_locations[0]) for name in PACKAGES)
    return [*packages, Path(__file__).parent / "fonts"]


@cache
def coverage():
    """The set of characters of each font file. All faces of a collection have the same."""
    files = [path for folder in font_folders() for path in sorted(folder.rglob("*.[to]t[fc]"))]
    return tuple(_characters(path) for path in files)


def _characters(path):
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(map(chr, font["cmap"].getBestCmap()))


@cache
def all_characters():
    return frozenset().union(*coverage())


def missing_characters(text):
    """The characters of `text` that no font has, in their order."""
    if COMMON.fullmatch(text):
        return []
    text = unicodedata.normalize("NFC", text)
    present = dict.fromkeys(text)
    if any(font.issuperset(present) for font in coverage()):
        return []
    missing = printable(text)[1]
    return [one for one in present if one in missing]


def printable(text):
    """(text, replaced): `text` as the fonts can print it, and the characters that they lack.

    Control characters (also those that change the direction of text) and other invisible ones are
    removed. A visible character that no font has becomes `REPLACEMENT`, and so does what is joined
    to one letter beyond all measure.
    """
    if text.isascii() and text.isprintable():
        return text, set()
    text = FORM_OF_NOTHING.sub("", LINE_ENDS.sub("\n", text))
    text = thin_out(unicodedata.normalize("NFC", text), REPLACEMENT)
    present = set(text)
    changes = {character: _printable(character) for character in present}
    replaced = {old for old, new in changes.items() if new == REPLACEMENT != old}
    text = text.translate({ord(old): new for old, new in changes.items() if old != new})
    if any(map(is_mark, present)):
        text, lost = _fit_marks(JOINED.sub(_with_joiners, text))
        replaced |= lost
    return JOINED_REPLACEMENT.sub(REPLACEMENT, text), replaced


@lru_cache(maxsize=20_000)
def _printable(character):
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if character == "\t" or (category == "Zs" and character not in all_characters()):
        return " "
    if character in JOINERS or character == BREAK or character in MONGOLIAN_FORMS:
        return character
    if category == "Cc" or character in IGNORABLE or _is_variation(character):
        return ""
    if category == "Cf" and character not in VISIBLE_FORMATS:
        return ""
    return character if character in all_characters() else REPLACEMENT


def _is_variation(character):
    return unicodedata.name(character, "").startswith("VARIATION SELECTOR")


@lru_cache(maxsize=20_000)
def is_mark(character):
    is_joined = character in JOINERS or character in MONGOLIAN_FORMS
    return is_joined or unicodedata.category(character).startswith("M")


def _fit_marks(text):
    """(text, lost): a letter and its combining marks need one font; a mark it lacks is replaced."""
    pieces, lost = [], set()
    for cluster in _clusters(text):
        if len(cluster) > 1:
            cluster, lost_here = _fit_cluster(cluster)
            lost |= lost_here
        pieces.append(cluster)
    return "".join(pieces), lost


@lru_cache(maxsize=20_000)
def _fit_cluster(cluster):
    if any(font.issuperset(cluster) for font in coverage()):
        return cluster, frozenset()
    homes = [font for font in coverage() if cluster[0] in font] or [frozenset(cluster[0])]
    home = max(homes, key=lambda font: sum(map(font.__contains__, cluster)))
    lost = frozenset(cluster) - home - set(JOINERS) - MONGOLIAN_FORMS
    fitted = (REPLACEMENT if one in lost else one for one in cluster if one in home | lost)
    return "".join(fitted), lost


def _with_joiners(match):
    """Drop joiners before an emoji, unless the emoji font has what is before them too."""
    left, right = match[1], match[2]
    if is_picture(right) and not _pictures().issuperset(left + right):
        return left
    return match[0]


def is_picture(character):
    return unicodedata.category(character) in ("So", "Sm") or character in "\u203c\u2049\u3030"


@cache
def _pictures():
    return next(font for font in coverage() if "\N{GRINNING FACE}" in font)


def _clusters(text):
    """`text` in pieces of one letter with its combining marks."""
    start = 0
    for index in range(1, len(text)):
        if not is_mark(text[index]):
            yield text[start:index]
            start = index
    yield text[start:]
