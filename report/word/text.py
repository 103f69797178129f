"""Texts as runs of WordprocessingML: clean, in their language and in their direction."""

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from catalogue.atoms import Text
from profiles.characters import LINE_ENDS, REPLACEMENT
from profiles.texts import DIRECTION_CONTROLS, thin_out
from profiles.writing_systems import is_leftwards

from ..links_in_text import Piece, pieces_of

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters that XML forbids, or that show nothing."""
NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

LEFTWARD = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
LATIN = "A-Za-z\u00c0-\u024f\u0370-\u052f"
LEFTWARD_RUN = re.compile(f"[{LEFTWARD}](?:[^{LATIN}\n]*[{LEFTWARD}])?")
LATIN_RUN = re.compile(f"[{LATIN}](?:[^{LEFTWARD}\n]*[{LATIN}])?")

EAST_ASIAN_FONTS = {
    "CN": "Microsoft YaHei",
    "TW": "Microsoft JhengHei",
    "JP": "Yu Gothic",
    "KR": "Malgun Gothic",
}
"""Region of the characters → a font that comes with Word; other programs take one like it."""
EAST_ASIAN_TAGS = {"CN": "zh-CN", "TW": "zh-TW", "JP": "ja-JP", "KR": "ko-KR"}
"""Word knows no scripts in tags of Chinese, but regions."""


@dataclass(frozen=True, slots=True)
class Span:
    """Words within a paragraph. `url`: where a click leads, in full or as `#anchor`."""

    words: str
    language: str
    is_strong: bool = False
    url: str = ""


def strong(text):
    return Span(text.value, text.language, is_strong=True)


def linked(text, url):
    return Span(text.value, text.language, url=url)


def cleaned(words):
    """`words` as XML may hold them; line feeds end all lines.

    As in the PDF, what turns the direction of the text after it is left out.
    """
    if words.isascii() and words.isprintable():
        return words
    words = NO_CHARACTER.sub(REPLACEMENT, LINE_ENDS.sub("\n", words))
    return thin_out(DIRECTION_CONTROLS.sub("", FORBIDDEN.sub("", words.replace("\t", " "))))


def run_of(span):
    """The `<w:r>` elements of a `Span`, without its link."""
    is_leftward = is_leftwards(span.language)
    pieces = directed(cleaned(span.words), is_leftward)
    return "".join(
        f"<w:r>{properties(span.language, turned, span.is_strong, bool(span.url))}"
        f"{with_breaks(words)}</w:r>"
        for words, turned in pieces
    )


def directed(words, is_leftward):
    """(piece, whether it runs from right to left) of `words`, in their order.

    Word draws signs and digits between words in the direction of their run, so words of the other
    direction need a run of their own.
    """
    other, end = (LATIN_RUN if is_leftward else LEFTWARD_RUN), 0
    for found in other.finditer(words):
        if found.start() > end:
            yield words[end : found.start()], is_leftward
        yield found[0], not is_leftward
        end = found.end()
    if end < len(words) or not words:
        yield words[end:], is_leftward


def with_breaks(words):
    lines = words.split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)


@lru_cache(maxsize=1000)
def properties(tag, is_leftward, is_strong, is_link):
    """The `<w:rPr>` of a run. Its parts stand in the order of the schema."""
    region = east_asian_region(tag)
    parts = ['<w:rStyle w:val="Hyperlink"/>'] if is_link else []
    if region:
        font = EAST_ASIAN_FONTS[region]
        parts.append(f'<w:rFonts w:hint="eastAsia" w:eastAsia="{font}"/>')
    if is_strong:
        parts.append("<w:b/><w:bCs/>")
    if is_leftward:
        parts.append("<w:rtl/>")
    parts.append(language_element(tag))
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def language_element(tag):
    """`<w:lang>`: one attribute each for Latin, East Asian and other scripts."""
    region = east_asian_region(tag)
    known = quoteattr(EAST_ASIAN_TAGS[region] if region else tag)
    east_asian = f" w:eastAsia={known}" if region else ""
    return f"<w:lang w:val={known}{east_asian} w:bidi={known}/>"


def east_asian_region(tag):
    """CN, TW, JP or KR; None for languages that use no Han characters or Hangul."""
    language, *others = tag.lower().split("-")
    if language in ("ja", "ko"):
        return {"ja": "JP", "ko": "KR"}[language]
    if language not in ("zh", "yue"):
        return None
    is_traditional = "hant" in others or {"tw", "hk", "mo"} & set(others) and "hans" not in others
    return "TW" if is_traditional else "CN"


def spans_of(items, language):
    """`items` of a paragraph as `Span`s: `Text`s, `Span`s, and signs in the reader's language.

    Addresses in a `Text` are links.
    """
    for item in items:
        if isinstance(item, Span):
            yield item
        elif isinstance(item, Text):
            for piece in pieces_of(item.value) or (Piece(""),):
                yield Span(piece.text, item.language, url=piece.url)
        elif item:
            yield Span(str(item), language)
