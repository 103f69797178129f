"""The chapters behind the actions: Nature Pathway, City Biodiversity Index, Tools & resources."""

import re

from django.utils.translation import gettext as _

from .profile import Item

ADDRESS = re.compile(r"https?://[^\s<>|]+|www\.[^\s<>|]+", re.IGNORECASE)
MOST_LETTERS = 1_000
"""Letters before an address that may be its title and summary."""

POINTS = re.compile(r"(\d+) of \d+ points|^(\d+) points", re.IGNORECASE | re.MULTILINE)


def read_steps(stream, start, end, official, profile, printed):
    """Take the links below each step; what has none is left to people. Returns the used spans."""
    headings = []
    for key, row in official.steps.items():
        for at in stream.find_all(key, start, end):
            if stream.starts_line(at) and stream.ends_line(at + len(key)):
                headings.append((at, at + len(key), row.code))
    headings.sort()
    used = [(at, behind) for at, behind, _code in headings]
    starts = [at for at, _behind, _code in headings]
    for (_at, behind, code), stop in zip(headings, [*starts[1:], end], strict=False):
        used += read_items(stream, behind, stop, profile, printed, step=code)
    return used


def read_items(stream, start, end, profile, printed, *, step=""):
    """Blocks of lines with an address: title first. Returns the spans that were used.

    `printed`: indexes of the lines that the document prints for every city.
    """
    used = []
    for begin, stop in blocks(stream, start, end, printed):
        text = stream.text(begin, stop)
        found = ADDRESS.search(text)
        if found and found.start() <= MOST_LETTERS:
            url = found[0].rstrip(".,;)")
            title, summary = title_and_summary(stream, begin, text[: found.start()])
            profile.items.append(Item(stream.place(begin), title or url, url, summary, step))
            used.append((begin, stop))
    return used


def title_and_summary(stream, begin, words):
    """The first line of a block, and what else stands in `words`, before the address."""
    first = stream.text(begin, stream.line_end(begin))
    if not words.startswith(first):
        return words.strip(), ""
    return first, words.removeprefix(first).strip()


def blocks(stream, start, end, printed):
    """Spans of lines up to an address or a blank line, without what the document prints itself."""
    begin, at = None, start
    while at < end:
        stop = min(stream.line_end(at), end)
        line = stream.line_of(at)
        index = stream.origins[at][0]
        if index in printed:
            begin = None
        else:
            begin = at if begin is None else begin
            is_last = stop >= end or not stream.lines[min(index + 1, len(stream.lines) - 1)].text
            if ADDRESS.search(line.text) or (is_last and begin is not None):
                yield begin, stop
                begin = None
        at = stop


def doubt_points(stream, start, end, profile):
    """Points of the index are computed from inputs, which the document does not print."""
    text = stream.text(start, end)
    if any(int(one or other) for one, other in POINTS.findall(text)):
        place = stream.place(start)
        message = _(
            "The city has points in the City Biodiversity Index. The document does not print what "
            "was counted: enter the assessment by hand."
        )
        profile.doubt(place, "", message, needs_person=True)
