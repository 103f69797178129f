"""The document as plain JSON values."""

import dataclasses
import datetime
from decimal import Decimal
from urllib.parse import urljoin

from catalogue.atoms import Day, Figure, Share

ADDRESSES = ("url", "link")
"""The fields in which an address stands, where they hold words at all."""


def plain(value, site=""):
    """Dictionaries, lists, strings and numbers for `value`, which is made of document parts.

    Decimal numbers become strings, so that no digit is lost. A `Share` says its percent as well.
    Addresses on this platform are made whole with that of the `site`, where it is given.
    """
    match value:
        case None | str() | bool() | int():
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
            return {"part": value.part, "whole": value.whole, "percent": value.percent}
        case tuple() | list():
            return [plain(item, site) for item in value]
    data = {f.name: plain(getattr(value, f.name), site) for f in dataclasses.fields(value)}
    for name in data.keys() & ADDRESSES:
        data[name] = whole(data[name], site)
    return data


def whole(address, site):
    """`/files/…` with the address of the `site` before it; what is no such path stays as it is."""
    is_path = isinstance(address, str) and address.startswith("/")
    return urljoin(site, address) if site and is_path else address
