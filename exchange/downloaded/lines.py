"""The lines of a document, with heads and feet of pages set apart."""

import html
import re
import unicodedata
from collections import Counter
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

EDGE = 3
"""So many lines at the top and at the end of a page may be its head or foot."""

LONGEST_FOOT = 120
MOST_DIGITS = 6
NUMBERED = re.compile(r"\d+")
ALONE = re.compile(r"[-–— ]*(\d{1,4})[-–— ]*")
PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:(?:page|seite|pagina|página|p\.?|第) ?)?\d{1,4}"
    r"(?: ?(?:/|of|von|de|页|頁) ?\d{1,4})? ?(?:页|頁)?[-–— ]*",
    re.IGNORECASE,
)
PAGE_OF = re.compile(
    r"\b(?:page|seite|pagina|página|p\.) ?\d{1,4} ?(?:/|of|von|de|sur|di) ?\d{1,4}\b"
    r"|第 ?\d{1,4} ?[页頁]",
    re.IGNORECASE,
)
SAYS_PAGE = re.compile(r"\bpage \d{1,4}\b|第 ?\d{1,4} ?[页頁]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """`number`: from 1; `page`: from 1, 0 in a file without pages; a blank line is ""."""

    number: int
    page: int
    text: str


def hyphen_between(before, after):
    """Whether a hyphen at the end of a line may part a word in two."""
    return before[-1:] in ("-", "‐") and before[-2:-1].isalpha() and after[:1].islower()


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


def part_feet(lines, known):
    """(the lines of the document, the heads and feet of its pages).

    `known`: whether a text is one of the document's own; such a line is never a foot.
    """
    feet = feet_of_pages(lines, known) | numbered_feet(lines, known)
    kept = [line for line in lines if line.number not in feet]
    return kept, [line for line in lines if line.number in feet]


def pattern_of(text):
    return NUMBERED.sub("0", text)


def patterns_of(line):
    """What a line has in common with such lines of other pages: all, or all but one number.

    That number must count the pages: figures and days of a city do not.
    """
    yield line.text
    for number in NUMBERED.finditer(line.text):
        if len(number[0]) <= MOST_DIGITS:
            ahead = int(number[0]) - line.page
            yield f"{line.text[: number.start()]}{{{ahead}}}{line.text[number.end() :]}"


def feet_of_pages(lines, known):
    """Numbers of the lines that stand at the edge of many pages."""
    pages = {}
    for line in lines:
        if line.page and line.text:
            pages.setdefault(line.page, []).append(line)
    edges = [{*page[:EDGE], *page[-EDGE:]} for page in pages.values()]
    counts = Counter(
        pattern for edge in edges for pattern in {one for line in edge for one in patterns_of(line)}
    )
    least = max(3, len(pages) // 3)
    return {
        line.number
        for edge in edges
        for line in edge
        if len(line.text) <= LONGEST_FOOT
        and not known(line.text)
        and (any(counts[one] >= least for one in patterns_of(line)) or is_last_number(line, pages))
    }


def is_last_number(line, pages):
    """Whether a line is the number of its page, the last or first thing on it."""
    page = pages[line.page]
    is_edge = line in (page[0], page[-1])
    return is_edge and number_alone(line.text) == line.page


def number_alone(text):
    """The number that a line is, if it is nothing else."""
    found = ALONE.fullmatch(text)
    return int(found[1]) if found else None


def numbered_feet(lines, known):
    """Numbers of the lines that count pages, in a text that has lost where its pages end.

    A number alone is one where such lines count up by one; a share or a figure does not.
    """
    of_words = [line for line in lines if SAYS_PAGE.search(line.text)]
    patterns = Counter(pattern_of(line.text) for line in of_words)
    feet = {
        line.number
        for line in of_words
        if len(line.text) <= LONGEST_FOOT
        and not known(line.text)
        and (patterns[pattern_of(line.text)] > 1 or PAGE_NUMBER.fullmatch(line.text))
    }
    alone = [line for line in lines if not line.page and PAGE_NUMBER.fullmatch(line.text)]
    return feet | counting(alone)


def counting(lines):
    """Numbers of those lines whose first figure goes up by one, three times at least."""
    runs = {}
    for line in lines:
        number = int(NUMBERED.search(line.text)[0])
        length, before = runs.get(number - 1, (0, None))
        runs[number] = length + 1, (line, before)
    longest, run = max(runs.values(), key=lambda one: one[0], default=(0, None))
    found = set()
    while longest >= 3 and run:
        line, run = run
        found.add(line.number)
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
