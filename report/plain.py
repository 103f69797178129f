"""The document as plain JSON values."""

import dataclasses
import datetime
from decimal import Decimal

from catalogue.atoms import Day, Figure, Share


def plain(value):
    """Dictionaries, lists, strings and numbers for `value`, which is made of document parts.

    Decimal numbers become strings, so that no digit is lost. A `Share` says its percent as well.
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
            return [plain(item) for item in value]
    return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
