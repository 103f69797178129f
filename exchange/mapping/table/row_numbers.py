"""Numbers of rows as people write them: “4, 12-15”."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SEPARATORS = re.compile(r"[,;\s、，]+")
RANGE = re.compile(r"(\d{1,7})(?:[-–—](\d{1,7}))?")
BESIDE_DASHES = re.compile(r"\s*([-–—])\s*")


def written(numbers):
    """The numbers in words, neighbours as a range."""
    ranges = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in ranges)


def read(text, present):
    """Those of the `present` numbers that a text names, in order. Raises ValidationError."""
    found = set()
    for word in filter(None, SEPARATORS.split(BESIDE_DASHES.sub(r"\1", text))):
        match = RANGE.fullmatch(word)
        if match is None:
            message = _("“%s” is no number of a row: write them as in 4, 12-15.")
            raise ValidationError(message % word[:40])
        first, last = int(match[1]), int(match[2] or match[1])
        found |= {number for number in present if first <= number <= last}
    return sorted(found)
