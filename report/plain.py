"""The document as plain JSON values."""

import dataclasses
import datetime
from decimal import Decimal
from functools import cache
from urllib.parse import urljoin

from catalogue.atoms import Day, Figure, Share
from profiles.texts import with_line_feeds

ADDRESSES = ("url", "link", "current_url")
"""The names of fields that hold an address. (A field `link` may also hold a `Link`.)"""


def plain(value, site=""):
    """`value`, a part of a document, as dictionaries, lists, strings and numbers.

    Decimal numbers become strings, so that no digit is lost. A `Share` also has its percent. Line
    feeds end all lines: rows from before texts were tidied may have other line ends.
    Paths on this platform become absolute URLs if `site`, its URL, is given.
    """
    match value:
        case str():
            return with_line_feeds(value)
        case None | bool() | int():
            return value
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case Figure():
            return {"number": plain(value.value), "text": value.text}
        case Day():
            return {"date": plain(value.date), "text": value.text}
        case Share():
            return {
                "part": value.part,
                "whole": value.whole,
                "percent": value.percent,
            }
        case tuple() | list():
            return [plain(item, site) for item in value]
    data = {name: plain(getattr(value, name), site) for name in _names(type(value))}
    for name in data.keys() & ADDRESSES:
        data[name] = absolute_url(data[name], site)
    return data


@cache
def _names(kind):
    return tuple(field.name for field in dataclasses.fields(kind))


def absolute_url(address, site):
    """A path such as `/files/…` as a URL on `site`; any other address unchanged."""
    is_path = isinstance(address, str) and address.startswith("/")
    return urljoin(site, address) if site and is_path else address
