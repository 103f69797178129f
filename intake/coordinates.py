"""Reads coordinates as people paste them: degrees with minutes and seconds, both in one text, the
link of a map, or a point as programs write it. A single number is left to `intake.numbers`."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import unquote

from django.utils.translation import gettext as _

from .numbers import Unclear, plain_text

LATITUDE, LONGITUDE = "latitude", "longitude"
MOST = {LATITUDE: 90, LONGITUDE: 180}
AXIS_OF = {"N": LATITUDE, "S": LATITUDE, "E": LONGITUDE, "W": LONGITUDE}
LONGEST_LINK = 2000

MARKS = {
    **dict.fromkeys(("北纬", "北緯"), "N"),
    **dict.fromkeys(("南纬", "南緯"), "S"),
    **dict.fromkeys(("东经", "東経", "東經"), "E"),
    **dict.fromkeys(("西经", "西経", "西經"), "W"),
    **dict.fromkeys(("º", "˚", "度"), "°"),
    **dict.fromkeys(("′′", "''", "″", "”", "“", "秒"), '"'),
    **dict.fromkeys(("′", "’", "‘", "分"), "'"),  # noqa: RUF001 (signs that people put for minutes)
}
"""What is read as another sign; two signs for minutes are one for seconds, so they come first."""

NUMBER = r"\d{1,3}(?:[.,]\d+)?"
ANGLE = re.compile(
    rf"(?P<before>[NSEW])? ?(?P<sign>[-+])?(?P<degrees>{NUMBER})"
    rf"(?: ?° ?(?:(?P<minutes>{NUMBER}) ?' ?(?:(?P<seconds>{NUMBER}) ?\")?)?)? ?(?P<after>[NSEW])?"
)
ONE = re.sub(r"\?P<\w+>", "?:", ANGLE.pattern)
PAIR = re.compile(rf"({ONE})(?: ?[,;/] ?| )({ONE})")

DEGREES = r"([-+]?\d{1,3}(?:\.\d+)?)"
LINKS = tuple(
    re.compile(pattern.replace("#", DEGREES), re.IGNORECASE)
    for pattern in (
        "!3d#!4d#",
        r"[?&]mlat=#&mlon=#",
        r"[?&](?:q|query|ll|center|destination)=(?:loc:)?#,[ +]?#",
        r"[?&]cp=#~#",
        r"map=[\d.]+/#/#",
        "/@#,#",
        "^geo:#,#",
    )
)
"""How maps write a place in their links, a marked one before the middle of the map."""

POINTS = tuple(
    re.compile(pattern.replace("#", DEGREES), re.IGNORECASE)
    for pattern in (
        r"(?:SRID ?= ?4326 ?; ?)?POINT ?Z?M? ?\( ?#[ ,]+#(?:[ ,]+[-+]?[\d.]+)* ?\)",
        r'\{ ?"type" ?: ?"Point" ?, ?"coordinates" ?: ?\[ ?# ?, ?#(?: ?, ?[-+]?[\d.]+)? ?\] ?\}',
    )
)
"""How programs write a place: WKT and GeoJSON, the longitude first."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """What a text says of a place; None for what it does not say.

    `is_bare`: they are two numbers, and nothing says which is which. The first is the latitude,
    unless it is too much for one: then `is_turned`.
    """

    latitude: Decimal | None = None
    longitude: Decimal | None = None
    is_bare: bool = field(default=False, compare=False)
    is_turned: bool = field(default=False, compare=False)


def read(text, axis):
    """The `Coordinates` in a text; None where it is a single number without a letter or degrees.

    `axis`: what a single angle without a letter is. Raises Unclear.
    """
    text = text[:LONGEST_LINK]
    found = in_point(text) or in_link(text) or in_words(text, axis)
    for axis, most in MOST.items():
        number = found and getattr(found, axis)
        if number is not None and abs(number) > most:
            words = _("%(number)s degrees is too much: %(most)d is the most here.")
            raise Unclear(words % {"number": f"{number.normalize():f}", "most": most})
    return found


def in_point(text):
    plain = " ".join(text.split())
    found = next(filter(None, (one.fullmatch(plain) for one in POINTS)), None)
    return Coordinates(Decimal(found[2]), Decimal(found[1])) if found else None


def in_link(text):
    address = unquote(text.strip())
    for pattern in LINKS:
        if found := pattern.search(address):
            return Coordinates(*map(Decimal, found.groups()))
    if "://" in address:
        words = _(
            "This link does not say where the place is. Open it, choose the place on the map "
            "there, and copy its coordinates."
        )
        raise Unclear(words)
    return None


def in_words(text, axis):
    for sign, plain in MARKS.items():
        text = text.replace(sign, plain)
    text = plain_text(text).strip("()[] ").upper()
    if single := ANGLE.fullmatch(text):
        number, named = angle(single)
        is_plain = named is None and "°" not in text
        return None if is_plain else Coordinates(**{named or axis: number})
    pair = PAIR.fullmatch(text)
    return in_pair(*(angle(ANGLE.fullmatch(part)) for part in pair.groups())) if pair else None


def in_pair(first, second):
    """The `Coordinates` of two (number, axis); latitude first, unless they say otherwise."""
    axes = [first[1], second[1]]
    if axes[0] and axes[0] == axes[1]:
        raise Unclear(_("Give one direction of N and S, and one of E and W."))
    is_turned = axes[0] == LONGITUDE or axes[1] == LATITUDE
    is_bare = axes == [None, None]
    if is_bare:
        is_turned = abs(first[0]) > MOST[LATITUDE] >= abs(second[0])
    if is_turned:
        first, second = second, first
    return Coordinates(first[0], second[0], is_bare, is_bare and is_turned)


def angle(found):
    """(number, axis or None) of a match of `ANGLE`."""
    letters = set(filter(None, (found["before"], found["after"])))
    if len(letters) > 1 or (letters & {"S", "W"} and found["sign"]):
        raise Unclear(_("Give the direction once: by a letter, or by a minus for south and west."))
    degrees, minutes, seconds = (
        Decimal((found[name] or "0").replace(",", "."))
        for name in ("degrees", "minutes", "seconds")
    )
    if minutes >= 60 or seconds >= 60:
        raise Unclear(_("Minutes and seconds are less than 60."))
    number = degrees + minutes / 60 + seconds / 3600
    letter = next(iter(letters), None)
    is_negative = found["sign"] == "-" or letter in ("S", "W")
    return -number if is_negative else number, AXIS_OF.get(letter)
