"""Looks at a file that somebody sends, before any of it is kept.

Nothing here knows of rows or cities. What passes is what its ending says; what does not is Refused,
in a sentence that says what to do instead.
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
