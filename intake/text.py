"""Plain text, tables as text, and map data."""

import codecs
import json
import re

from .refusals import not_as_named, text_not_in_utf8, too_many_points

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
OTHER_THINGS = re.compile(r"\s*(?:<[!?/a-z]|#!|%PDF-|%!PS|\{\\rtf)", re.IGNORECASE)
"""How web pages, drawings, scripts and documents begin."""

MOST_LISTS = 2_000_000
"""Lists and objects in a file of map data. Each takes some 100 bytes of memory."""

MEMBERS = {
    "FeatureCollection": "features",
    "Feature": "properties",
    "GeometryCollection": "geometries",
    "Point": "coordinates",
    "MultiPoint": "coordinates",
    "LineString": "coordinates",
    "MultiLineString": "coordinates",
    "Polygon": "coordinates",
    "MultiPolygon": "coordinates",
}
"""What an object of each GeoJSON type must have (RFC 7946)."""


def check(content, ending):
    """The text in UTF-8; text in UTF-16 is converted."""
    text = decode(content)
    if NOT_TEXT.search(text) or OTHER_THINGS.match(text.lstrip("\ufeff\u200b")):
        raise not_as_named(ending)
    if content.startswith(UTF_16):
        return codecs.BOM_UTF8 + text.encode()
    return content


def decode(content):
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise text_not_in_utf8() from None


def check_map(content, ending):
    content = check(content, ending)
    text = content.decode("utf-8-sig")
    if text.count("[") + text.count("{") > MOST_LISTS:
        raise too_many_points()
    try:
        data = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise not_as_named(ending) from None
    kind = data.get("type") if isinstance(data, dict) else None
    if not isinstance(kind, str) or MEMBERS.get(kind, "") not in data:
        raise not_as_named(ending)
    return content


def refuse_constant(name):
    raise ValueError(f"{name} is no number of JSON.")
