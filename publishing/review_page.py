"""What the pages of a review show: the doubts, and old and new side by side, with comments."""

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from os.path import commonprefix

from django.utils.translation import gettext_lazy as _

from actions.record import ActionsRecord
from pathway.record import PathwayRecord
from profiles.comments import place_of
from profiles.models import PublicCity
from profiles.record import CityRecord

from . import record as records
from .differences import differences, find_titles
from .doubts import find_doubts
from .record import ProfileRecord

MOST_SHOWN = 400
"""So many differences stand on one page; the preview shows all."""

CHAPTERS = {
    "overview": _("The city"),
    "actions": _("Actions"),
    "pathway": _("Nature Pathway"),
    "cbi": _("City Biodiversity Index"),
    "resources": _("Tools & resources"),
}

SHORT = 60
"""Within texts that are longer, what differs is marked."""

COMMENT = "comment:"
"""How the name of the input for a comment begins; the path of the field follows."""


@dataclass
class Line:
    """A field on the page: what stood there and what is sent, and what is asked about it."""

    path: str
    label: str
    place: str = ""
    chapter: str = ""
    before: object = None
    after: object = None
    comments: list = field(default_factory=list)
    typed: str = ""

    @property
    def input_name(self):
        return f"{COMMENT}{self.path}"

    @property
    def before_parts(self):
        return _parts(self.before, self.after)

    @property
    def after_parts(self):
        return _parts(self.after, self.before)


@dataclass
class DoubtLine:
    """A doubt; `anchor`: the path of the difference that it is about; else it has a `line`."""

    message: str
    place: str
    label: str = ""
    anchor: str = ""
    line: Line | None = None


@dataclass
class Compared:
    """`chapters`: pairs of a heading and its places, each a pair of a heading and its `Line`s;
    `contents`: the `Difference`s that sum a first publication up; else empty.
    `others`: those of fields that are as published by now, and have comments."""

    contents: list
    count: int
    chapters: list
    doubts: list
    whole: Line
    others: list

    @property
    def is_first(self):
        return bool(self.contents)

    @property
    def unshown(self):
        return max(self.count - MOST_SHOWN, 0)


def published_record(city_id):
    """The `ProfileRecord` that the public reads of a city; None if there is none to be read."""
    rows = PublicCity.objects.public().filter(pk=city_id)
    stored = rows.values_list("publication__record", flat=True).first()
    try:
        return None if stored is None else records.read(stored)
    except records.UnreadableRecord:
        return None


def compare(city_id, after, catalogue, comments=(), typed=None):
    """The `Compared` of what is public with the record `after`.

    `typed`: path → what stands in the input for its comment.
    """
    before, typed = published_record(city_id), typed or {}
    titles, contents = find_titles(city_id, before, after), []
    if before is None:
        contents = differences(None, after, catalogue, titles)
    found = differences(before or _blank(after), after, catalogue, titles)
    lines = [_line(one, typed) for one in found[:MOST_SHOWN]]
    whole = Line("", place_of(""), typed=typed.get("", ""))
    by_path = {line.path: line for line in (whole, *lines)}
    doubts = [_doubt_line(one, lines, by_path, typed) for one in find_doubts(before, after)]
    others = _lines_of_others(by_path, comments, typed)
    for comment in comments:
        by_path[comment.path].comments.append(comment)
    chapters = [
        (
            CHAPTERS[chapter],
            [(place, list(rows)) for place, rows in groupby(own, attrgetter("place"))],
        )
        for chapter, own in groupby(lines, attrgetter("chapter"))
    ]
    return Compared(contents, len(found), chapters, doubts, whole, others)


def _blank(record):
    """The record of the same city before it has stated anything."""
    own = record.city
    city = CityRecord(slug=own.slug, name=own.name, country=own.country, language=own.language)
    return ProfileRecord(city=city, actions=ActionsRecord(), pathway=PathwayRecord())


def _line(one, typed):
    return Line(
        one.path,
        one.label,
        one.place,
        one.chapter,
        one.before,
        one.after,
        typed=typed.get(one.path, ""),
    )


def _lines_of_others(by_path, comments, typed):
    """New lines for what is asked about fields that have none; they are added to `by_path`."""
    paths = dict.fromkeys([*(one.path for one in comments), *typed])
    new = {path: Line(path, place_of(path)) for path in paths if path not in by_path}
    for path, line in new.items():
        line.typed = typed.get(path, "")
    by_path |= new
    return list(new.values())


def _doubt_line(doubt, lines, by_path, typed):
    """A `DoubtLine`; of several doubts about a field that has no line, the first has one."""
    about = next((line for line in lines if _is_about(doubt.path, line.path)), None)
    if about is not None:
        return DoubtLine(doubt.message, about.place, about.label, about.path)
    place, own = place_of(doubt.path), None
    if doubt.path not in by_path:
        own = by_path[doubt.path] = Line(doubt.path, place, typed=typed.get(doubt.path, ""))
    return DoubtLine(doubt.message, place, line=own)


def _parts(text, other):
    """`text` as its beginning and end, which `other` has too, and what differs between them.

    A short text, or one that is all new, is the beginning alone.
    """
    own, other = str(text), str(other)
    if min(len(own), len(other)) < SHORT:
        return own, "", ""
    start = len(commonprefix([own, other]))
    end = len(commonprefix([own[start:][::-1], other[start:][::-1]]))
    return own[:start], own[start : len(own) - end], own[len(own) - end :]


def _is_about(path, other):
    """Whether one of two paths names the same field as the other, or the row around it."""
    return f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}.")
