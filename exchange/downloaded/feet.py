"""Tells the heads and feet of pages from the lines of a document."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from intake.numbers import Unclear

from .days import read_day

EDGE = 3
"""So many lines at the top and at the end of a page may be its head or foot."""

LEAST_TIMES = 3
MOST_COVERS = 20
"""So many lines with the words of the cover may be its own line."""

LONGEST_FOOT = 120
MOST_NUMBERS, MOST_DIGITS = 8, 6
NUMBERED = re.compile(r"\d+")
ALONE = re.compile(r"[-–— ]*(\d{1,4})[-–— ]*")
GAP = "{}"
SAYS_PAGE = re.compile(r"\b(?:page|seite|pagina|página) ?\{\}|第 ?\{\} ?[页頁]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parted:
    """`lines`: of the document; `feet`: heads and feet of its pages, of which `unsure` may be
    lines of a text."""

    lines: list
    feet: list
    unsure: list


def part_feet(lines, official):
    """The `Parted` lines. A heading or label of the actions is never a foot."""
    pages = {}
    for line in lines:
        if line.page and line.text:
            pages.setdefault(line.page, []).append(line)
    short = [line for line in lines if line.text and len(line.text) <= LONGEST_FOOT]
    may_be = [line for line in short if not official.is_of_actions(line.text)]
    numbered = numbered_feet(may_be, official, last=short[-1].number if short else 0)
    sure = beside(lines, may_be, numbered) | feet_at_edges(pages, official)
    once = beside(lines, may_be, printed_once(may_be, official))
    kept = cover(lines, sure | once, official)
    sure, once = sure - kept, once - kept
    found = sure | once
    feet = [line for line in lines if line.number in found]
    unsure = once - sure | numbers_alone(feet, pages)
    return Parted(
        [line for line in lines if line.number not in found],
        feet,
        [line for line in feet if line.number in unsure],
    )


def numbers_alone(feet, pages):
    """Numbers of the lines that are a figure alone, unless it counts pages on half of them."""
    alone = [(line, int(found[1])) for line in feet if (found := ALONE.fullmatch(line.text))]
    counts = Counter(number - line.page for line, number in alone)
    return {
        line.number
        for line, number in alone
        if not line.page or counts[number - line.page] < len(pages) / 2
    }


# Pages that are known


def feet_at_edges(pages, official):
    """Numbers of the lines that stand at the edge of many pages.

    Words that the document prints itself must stand at the very same place of each.
    """
    edges = [list(edge_of(page)) for page in pages.values()]
    counts = Counter()
    for edge in edges:
        counts.update({(side, one) for side, _at, line in edge for one in patterns_of(line)})
        counts.update({(side, at, line.text) for side, at, line in edge})
    own_least = max(2, min(len(pages), LEAST_TIMES))
    least = max(own_least, len(pages) // 3)
    found = set()
    for side, at, line in (one for edge in edges for one in edge):
        if len(line.text) > LONGEST_FOOT or official.is_of_actions(line.text):
            continue
        if official.is_of_document(line.text):
            is_foot = counts[side, at, line.text] >= own_least
        else:
            is_foot = any(counts[side, one] >= least for one in patterns_of(line))
        if is_foot:
            found.add(line.number)
    return found


def edge_of(page):
    """(side, distance from it, line) of the lines that may be the head or foot of a page."""
    for at, line in enumerate(page[:EDGE]):
        yield "top", at, line
    for at, line in enumerate(page[: -EDGE - 1 : -1]):
        yield "end", at, line


def patterns_of(line):
    """What a line has in common with such lines of other pages: all, or all but one number.

    That number must count the pages: figures and days of a city do not.
    """
    yield line.text
    for number, pattern in without_one_number(line.text):
        yield pattern.replace(GAP, f"{{{number - line.page}}}")


def without_one_number(text):
    """(number, text with a gap in place of it) of each number of a line that has few."""
    numbers = list(NUMBERED.finditer(text))
    for number in numbers if len(numbers) <= MOST_NUMBERS else ():
        if len(number[0]) <= MOST_DIGITS:
            yield int(number[0]), f"{text[: number.start()]}{GAP}{text[number.end() :]}"


# Texts that have lost where their pages end


def numbered_feet(lines, official, last):
    """Numbers of the lines that count up and say “page”, or part the whole text as pages do."""
    groups, found = {}, set()
    for line in lines:
        if not official.is_of_document(line.text):
            for number, pattern in without_one_number(line.text):
                groups.setdefault(pattern, []).append((number, line))
    for pattern, group in groups.items():
        run = counting(group)
        is_page = SAYS_PAGE.search(pattern) and len(run) > 1
        is_page = is_page or (not run[0][1].page and part_text(run, last))
        if is_page:
            found.update(line.number for _number, line in run)
    return found


def counting(group):
    """The longest run of (number, line) in a group in which the number goes up by one."""
    runs = {}
    for number, line in group:
        length, before = runs.get(number - 1, (0, None))
        runs[number] = length + 1, ((number, line), before)
    _length, link = max(runs.values(), key=lambda one: one[0])
    run = []
    while link:
        one, link = link
        run.append(one)
    return run[::-1]


def part_text(run, last):
    """Whether lines part a text, which ends with the line `last`, into pieces like pages.

    A list that counts up does not: all the rest of the text stands above and below it.
    """
    if len(run) < LEAST_TIMES:
        return False
    first, places = run[0][0], [line.number for _number, line in run]
    pieces = [other - one for one, other in pairwise(places)]
    longest = max(*pieces, places[0] / max(first, 1), last - places[-1])
    return longest <= 3 * median(pieces)


def beside(lines, may_be, feet):
    """`feet`, with the numbers of the lines that stand beside half of them with the same words."""
    printed = [line for line in lines if line.text]
    least = max(LEAST_TIMES, len(feet) / 2)
    for _other_line in range(EDGE - 1):
        groups, allowed = {}, {line.number for line in may_be} - feet
        for one, other in pairwise(printed):
            for side, foot, line in (("above", other, one), ("below", one, other)):
                if foot.number in feet and line.number in allowed:
                    groups.setdefault((side, line.text), []).append(line.number)
        feet = feet.union(*(group for group in groups.values() if len(group) >= least))
    return feet


# Words that the document prints once


def printed_once(lines, official):
    """Numbers of the lines with words that the document prints once, where they come often."""
    groups = {}
    for line in lines:
        if official.is_printed_once(line.text):
            groups.setdefault(line.text.lower(), []).append(line.number)
    return {number for group in groups.values() if len(group) >= LEAST_TIMES for number in group}


def cover(lines, feet, official):
    """Numbers of the lines of the cover among `feet`: a name, its own line, and a day."""
    printed = [line for line in lines if line.text]
    found = [at for at, line in enumerate(printed) if official.is_cover_line(line.text)]
    found = found[:MOST_COVERS]
    if not found:
        return set()
    at = min(found, key=lambda at: (not is_day(printed[at + 1 : at + 2]), at == 0))
    return {line.number for line in printed[max(at - 1, 0) : at + 2]} & feet


def is_day(lines):
    try:
        return bool(lines) and bool(read_day(lines[0].text)[0])
    except Unclear:
        return False
