"""Reads what strangers send, for the hub and for imports; nothing in it is taken on trust.

`numbers` and `dates` read what people type, in forms and in cells.

A file for the hub goes through `check`, also one in the .zip beside a workbook. A workbook does
not: `exchange.reading` uses `archive`, `xml` and `refusals` itself. Nothing here has models or
knows of cities.
"""

from .check import Checked, check
from .kinds import ACCEPT, ALLOWED, IMAGE_ACCEPT, SHOWN_INLINE
from .names import plain_name
from .refusals import Refused

__all__ = [
    "ACCEPT",
    "ALLOWED",
    "IMAGE_ACCEPT",
    "SHOWN_INLINE",
    "Checked",
    "Refused",
    "check",
    "plain_name",
]
