"""The lines of a document, and how two of them are joined."""

import html
import re
import unicodedata
from dataclasses import dataclass

from . import languages

SIGN_OF_HTML = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});")
SOFT_HYPHEN = "\u00ad"
BREAKS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
ENDS = "\n\r\v\f\x85\u2028\u2029"
UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200b\u2060\ufeff]")
BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")

# What some programs put into a PDF in place of the letter that is meant: ligatures, the radicals
# that look like a character, and the forms that Arabic letters have within a word.
LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
RADICALS = dict(
    zip(
        "⺁⺠⺟⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂民母虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
FORMS_OF_ARABIC = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFE80, 0xFEFD))
}
MEANT = str.maketrans({**LIGATURES, **KANGXI, **RADICALS, **FORMS_OF_ARABIC})
DOOR, SIMPLIFIED_DOOR = "⼾", "户"
"""The one radical whose character is another one in simplified Chinese."""

EAST_ASIAN = "\u2e80-\u2fff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Letters and marks of scripts that put no blank between words; Korean does."""

BESIDE_EAST_ASIAN = re.compile(f"(?<=[{EAST_ASIAN}]) (?=\\S)|(?<=\\S) (?=[{EAST_ASIAN}])")
NO_BLANK_AT = re.compile(f"[{EAST_ASIAN}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

PAGE_OF = re.compile(
    r"\b(?:page|seite|pagina|página|p\.) ?\d{1,4} ?(?:/|of|von|de|sur|di) ?\d{1,4}\b"
    r"|第 ?\d{1,4} ?[页頁]",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(r"://|^\W*www\.|\w@", re.IGNORECASE)
ENDS_ADDRESS = ".,;:)>!"
PARTS_ADDRESS = "/-_=&?%@"
GOES_ON = re.compile(r"(?!https?:|www\.)(?=\S*[./_=&?%-])[\x21-\x7e]+")
"""Words that may be the rest of an address."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number`: from 1; `page`: from 1, 0 in a file without pages; a blank line is ""."""

    number: int
    page: int
    text: str


def hyphen_between(before, after):
    """Whether a hyphen at the end of a line may part a word in two."""
    return before[-1:] in ("-", "‐") and before[-2:-1].isalpha() and after[:1].islower()


def goes_on(before, after):
    """Whether a line ends with an address, which the next one may go on with."""
    address, rest = before.split()[-1:], after.split()[:1]
    if not (address and rest and IN_ADDRESS.search(address[0])):
        return False
    if address[0].endswith(tuple(ENDS_ADDRESS)):
        return False
    rest = rest[0].rstrip(ENDS_ADDRESS)
    return address[0][-1] in PARTS_ADDRESS or GOES_ON.fullmatch(rest) is not None


def without_signs_of_html(text):
    """`text` with the letters that signs such as &amp; stand for."""
    return SIGN_OF_HTML.sub(lambda match: html.unescape(match[0]), text)


def count_lines(text):
    return 1 + sum(map(text.count, ENDS))


def lines_of(text, *, is_pdf=False):
    """The `Line`s of a text. Blanks that a PDF has beside East Asian letters are its layout."""
    if languages.is_simplified(text):
        text = text.replace(DOOR, SIMPLIFIED_DOOR)
    text = UNSEEN.sub("", BREAKS.sub("\n", text)).translate(MEANT)
    pages = text.split("\f")
    has_pages = len(pages) > 1 or is_pdf
    found = []
    for page, content in enumerate(pages, start=1):
        for line in content.split("\n"):
            line = BLANKS.sub(" ", line).strip()
            if is_pdf:
                line = BESIDE_EAST_ASIAN.sub("", line)
            found.append(Line(len(found) + 1, page if has_pages else 0, line))
    return found


def joined(before, after):
    """Two pieces of one paragraph that stood on two lines."""
    if not before or not after:
        return before + after
    if before.endswith(SOFT_HYPHEN):
        return before[:-1] + after
    if NO_BLANK_AT.match(before[-1]) or NO_BLANK_AT.match(after[0]):
        return before + after
    is_word = before[-2:-1].isalpha() and after[0].islower()
    if before[-1] in "-–" and (is_word or (before[-2:-1].isdigit() and after[0].isdigit())):
        return before + after
    return f"{before} {after}"
