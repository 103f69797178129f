"""The cover: the name of the city, and the day of the download."""

from django.utils.translation import gettext as _

from intake.numbers import Unclear
from profiles.country_names import countries_named

from .days import read_day
from .official import CHAPTERS
from .stream import key_of

CITY_PLACES = ("cbi.component.empty", "resources.empty", "actions.empty")
"""Sentences that begin with the name of the city."""

MOST_LINES = 8
"""More lines above the line of the cover are no name."""


def read_cover(stream, official, profile, feet):
    """Take name and day from the lines around the line of the cover. Returns the used spans.

    `feet`: the heads and feet of the pages.
    """
    line = official.label("cover.line")
    at = next(stream.find_all(line), -1)
    above, used = [], []
    if at >= 0:
        above = spans_of_lines(stream, at)
        end = at + len(line)
        profile.day = day_behind(stream, end, profile)
        used.append((at, stream.line_end(end) if end < len(stream) else end))
    texts = [" ".join(stream.text(*span).split()) for span in above]
    said = name_in_sentences(stream, official)
    taken = take_name(stream, texts, said, heads_of(stream, official, feet), profile)
    return [*above[:taken], *used]


def spans_of_lines(stream, end):
    found, at = [], 0
    while at < end:
        found.append((at, min(stream.line_end(at), end)))
        at = found[-1][1]
    return found


def heads_of(stream, official, feet):
    """Keys of the names that stand before the title of a chapter, on one line with it.

    Our own documents print such a line at the head of a page.
    """
    titles = [official.label(f"{chapter}.title") for chapter in CHAPTERS]
    keys = {key_of(line.text) for line in (*feet, *stream.lines)}
    return {key.removesuffix(title) for key in keys for title in titles if key.endswith(title)}


def take_name(stream, above, said, heads, profile):
    """Take the name from the lines `above` the line of the cover; returns how many of them are
    taken. `said`: the name in a sentence further down; `heads`: keys of it at the heads of pages.

    Below the name our own documents print what it is called there, its country and its levels.
    """
    about = {"sheet": "Cities", "thing": profile, "header": "Name", "needs_person": True}
    starts = [" ".join(above[:number]) for number in range(1, min(len(above), MOST_LINES) + 1)]
    known = {*heads, key_of(said)} - {""}
    sure = next((name for name in reversed(starts) if key_of(name) in known), "")
    if sure:
        profile.name = sure
        behind = above[starts.index(sure) + 1 :]
        profile.local_name = local_name(behind)
        return len(above) - len(behind) + bool(profile.local_name)
    if not above:
        profile.name = said
        message = _("No name of a city stands on the cover.")
        profile.doubt(stream.place(0), said, message, **about | {"needs_person": not said})
    elif len(above) == 1:
        profile.name, profile.perhaps = above[0], [said]
        if said:
            message = _("Further down the document calls the city “%s”.") % said
            profile.doubt(stream.place(0), profile.name, message, **about)
        return 1
    else:
        profile.perhaps = [*starts, said]
        message = _("Nothing says which of these lines are the name of the city: look at the name.")
        profile.doubt(stream.place(0), " / ".join(above), message, **about)
    return 0


def local_name(lines):
    """The line between the name and that with country and region; "" where there is none such."""
    if len(lines) < 2 or is_place(lines[0]) or not is_place(lines[1]):
        return ""
    return lines[0]


def is_place(line):
    country, _mark, _region = line.partition("·")
    return len(countries_named(country.strip())) == 1


def day_behind(stream, at, profile):
    """The day of the download; nothing depends on it."""
    if at >= len(stream):
        return None
    words = stream.text(at, stream.line_end(at))
    try:
        return read_day(words)[0]
    except Unclear:
        profile.doubt(stream.place(at), words, _("No day of the download can be read here."))
        return None


def name_in_sentences(stream, official):
    """The name of the city in a sentence that the document prints with it."""
    for code in CITY_PLACES:
        tail = key_of(official.catalogue.texts[code].name.replace("{city}", ""))
        for at in stream.find_all(tail):
            start = stream.line_start(at)
            if start < at:
                return stream.text(start, at)
    return ""
