"""The lines of a document, with heads and feet of pages set apart."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

SOFT_HYPHEN = "\u00ad"
BREAKS = re.compile("\r\n|[\r\v\x85\u2028\u2029]")
UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u200b\u2060\ufeff]")
BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")

# What some programs put into a PDF in place of the letter that is meant: ligatures, and the
# radicals that look like a character.
LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
KANGXI = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
RADICALS = dict(
    zip(
        "⺁⺠⺟⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂民母虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
MEANT = str.maketrans({**LIGATURES, **KANGXI, **RADICALS})

EAST_ASIAN = "\u2e80-\u2fff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Letters and marks of scripts that put no blank between words; Korean does."""

BESIDE_EAST_ASIAN = re.compile(f"(?<=[{EAST_ASIAN}]) (?=\\S)|(?<=\\S) (?=[{EAST_ASIAN}])")
NO_BLANK_AT = re.compile(f"[{EAST_ASIAN}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

EDGE = 3
"""So many lines at the top and at the end of a page may be its head or foot."""

LONGEST_FOOT = 120
NUMBERED = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"[-–— ]*(?:(?:page|seite|pagina|página|p\.?|第) ?)?\d{1,4}"
    r"(?: ?(?:/|of|von|de|页|頁) ?\d{1,4})? ?(?:页|頁)?[-–— ]*",
    re.IGNORECASE,
)
SAYS_PAGE = re.compile(r"\bpage \d{1,4}\b|第 ?\d{1,4} ?[页頁]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """`number`: from 1; `page`: from 1, 0 in a file without pages; a blank line is ""."""

    number: int
    page: int
    text: str


def lines_of(text, *, is_pdf=False):
    """The `Line`s of a text. Blanks that a PDF has beside East Asian letters are its layout."""
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

    `known`: whether a text is one that the document prints; such a line is never a foot.
    """
    feet = feet_of_pages(lines, known) | numbered_feet(lines, known)
    kept = [line for line in lines if line.number not in feet]
    return kept, [line for line in lines if line.number in feet]


def patterns_of(lines):
    return {pattern_of(line.text) for line in lines}


def pattern_of(text):
    return NUMBERED.sub("0", text)


def feet_of_pages(lines, known):
    """Numbers of the lines that stand at the edge of many pages, with another number at most."""
    pages = {}
    for line in lines:
        if line.page and line.text:
            pages.setdefault(line.page, []).append(line)
    edges = [{*page[:EDGE], *page[-EDGE:]} for page in pages.values()]
    counts = Counter(pattern for edge in edges for pattern in patterns_of(edge))
    least = max(3, len(pages) // 3)
    return {
        line.number
        for edge in edges
        for line in edge
        if len(line.text) <= LONGEST_FOOT
        and not known(line.text)
        and (counts[pattern_of(line.text)] >= least or is_last_number(line, pages))
    }


def is_last_number(line, pages):
    """Whether a line is the number of its page, the last or first thing on it."""
    page = pages[line.page]
    is_edge = line in (page[0], page[-1])
    return is_edge and line.text.strip("-–— ") == str(line.page)


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
    alone = [line for line in lines if line.text and PAGE_NUMBER.fullmatch(line.text)]
    return feet | counting(alone)


def counting(lines):
    """Numbers of those lines whose first figure goes up by one, three times at least."""
    best, runs = [], {}
    for line in lines:
        number = int(NUMBERED.search(line.text)[0])
        runs[number] = [*runs.get(number - 1, []), line]
        best = max(best, runs[number], key=len)
    return {line.number for line in best} if len(best) >= 3 else set()


def joined(before, after):
    """Two pieces of one paragraph that stood on two lines."""
    if not before or not after:
        return before + after
    if before.endswith(SOFT_HYPHEN):
        return before[:-1] + after
    if NO_BLANK_AT.match(before[-1]) or NO_BLANK_AT.match(after[0]):
        return before + after
    if before[-1] == "-" and before[-2:-1].isalpha() and after[0].islower():
        return before + after
    return f"{before} {after}"
