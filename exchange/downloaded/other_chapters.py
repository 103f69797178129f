"""The chapters behind the actions: Nature Pathway, City Biodiversity Index, Tools & resources."""

import re

from django.utils.translation import gettext as _

from .lines import GOES_ON
from .profile import Item
from .stream import DASHES

ADDRESS = re.compile(
    r"https?://[^\s<>|]+|www\.[^\s<>|]+"
    r"|(?<![\w@/.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/[^\s<>|]*",
    re.IGNORECASE,
)
"""An address; without its scheme also a name of a host with a path."""

MOST_LETTERS = 1_000
"""Letters before an address that may be its title and summary."""

END_OF_ADDRESS = ".,;)"
BETWEEN = f" {DASHES}:|\t\n"
"""What parts a title from the address on its line."""

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

    An address alone belongs to the paragraph above it; in the hub, to a summary and a title.
    `printed`: indexes of the lines that the document prints for every city.
    """
    used, above = [], []
    for begin, stop in blocks(stream, start, end, printed):
        if above and above[-1][1] != begin:
            above = []
        found = ADDRESS.search(stream.text(begin, stop))
        if not found or found.start() > MOST_LETTERS:
            above.append((begin, stop))
            continue
        if not found.start() and above:
            begin = above[-1 if step else -2 :][0][0]
        item = item_of(stream, begin, stop, step, profile)
        if len(above) > 1 and item.summary:
            doubt_paragraphs(stream, begin, item, profile)
        used.append((begin, stop))
        above = []
        profile.items.append(item)
        doubt_wrapped(stream, stop, item, profile)
    return used


def doubt_paragraphs(stream, begin, item, profile):
    message = _(
        "Two paragraphs stand above this address: they are taken as title and summary. Each may "
        "be something else."
    )
    about = link_of(item) | {"header": "Title", "needs_person": True}
    profile.doubt(stream.place(begin), item.title, message, **about)


def item_of(stream, begin, stop, step, profile):
    """The `Item` of lines that have an address."""
    text = stream.text(begin, stop)
    found = ADDRESS.search(text)
    address = found[0].rstrip(END_OF_ADDRESS)
    title, summary = title_and_summary(stream, begin, text[: found.start()])
    behind = text[found.start() + len(address) :].strip(BETWEEN)
    if any(map(str.isalnum, behind)):
        summary = f"{summary}\n{behind}".strip()
    url = address if "://" in address else f"https://{address}"
    item = Item(stream.place(begin), title or address, url, "" if step else summary, step)
    if url != address:
        message = _("The address is printed without “https://”, which is added.")
        profile.doubt(item.place, address, message, **link_of(item))
    if step and summary:
        message = _("The Nature Pathway keeps a title and an address only: these words are left.")
        profile.doubt(item.place, summary, message, needs_person=True, **link_of(item))
    return item


def link_of(item):
    sheet = "Pathway" if item.step else "Resources"
    return {"sheet": sheet, "thing": item, "header": "Link"}


def title_and_summary(stream, begin, words):
    """The first line of a block, and what else stands in `words`, before the address."""
    first = stream.text(begin, stream.line_end(begin))
    if not words.startswith(first):
        return words.strip(BETWEEN), ""
    return first, words.removeprefix(first).strip()


def doubt_wrapped(stream, at, item, profile):
    """Doubt an address at the end of a line where the next line may go on with it."""
    if at >= len(stream):
        return
    line = stream.line_of(at)
    is_next = line.number == stream.line_of(at - 1).number + 1
    if is_next and GOES_ON.fullmatch(line.text):
        message = _("The next line may belong to this address: %s") % line.text
        place = stream.place(at - 1)
        profile.doubt(place, item.url, message, needs_person=True, **link_of(item))


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
    found = [one for one in POINTS.finditer(stream.text(start, end)) if int(one[1] or one[2])]
    if found:
        place = stream.place(start)
        words = ", ".join(one[0] for one in found)
        message = _(
            "The city has points in the City Biodiversity Index. The document does not print what "
            "was counted: enter the assessment by hand."
        )
        profile.doubt(place, words, message, needs_person=True)
