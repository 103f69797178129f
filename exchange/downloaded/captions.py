"""The line below a statement that our own documents print: where it comes from, and from when."""

import re
from dataclasses import dataclass

UNCHANGED = "confirmedunchangedon"
BETWEEN = " ·\n"
"""What parts the pieces of the line, and the last update behind them."""


@dataclass(frozen=True, slots=True)
class Captions:
    """`start`: the position at which they begin, the end of the text where there are none.
    `rest`: what else is said there."""

    start: int
    year: int | None = None
    source: str = ""
    rest: str = ""


def read_captions(stream, start, end, official):
    """The `Captions` that end at `end`: at `start`, or at the start of a line behind it."""
    pattern = pattern_of(official)
    at = start
    while at < end:
        found = pattern.match(stream.letters, at, end)
        if found and found[0].strip("·"):
            return captions_in(found, at, stream)
        at = stream.line_end(at)
    return Captions(end)


def captions_in(found, at, stream):
    def words(name):
        text = stream.text(*found.span(name)) if found[name] else ""
        return text.replace("\n", " ").strip(BETWEEN)

    year = int(found["year"]) if found["year"] else None
    return Captions(at, year, words("source"), words("rest"))


def pattern_of(official):
    ours, plan, source = (
        re.escape(official.label(code))
        for code in ("actions.sentence.ours", "actions.plan", "actions.source")
    )
    year = official.label("actions.year").replace("{year}", r"(?P<year>(?:19|20)\d\d)")
    return re.compile(
        rf"(?:{ours}·?)?(?:{year}·?)?(?P<rest>(?:(?:{UNCHANGED}|{plan}).*?)?)"
        rf"(?:{source}(?P<source>.*))?·?\Z"
    )
