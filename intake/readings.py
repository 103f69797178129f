"""Which numbers digits can mean that have marks between them."""

import re
from decimal import Decimal

GROUPED = re.compile(r"[1-9]\d{0,2}([.,' ٬])\d{3}(?:\1\d{3})*", re.ASCII)
INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}", re.ASCII)
"""Groups of two before the last group of three, as in 1,00,000."""

DECIMAL_MARKS = ".,٫"


def readings(digits):
    """The numbers that digits with marks between them can mean: none, one or two.

    Of two, the first takes the mark for one between groups, the second for the decimal mark.
    """
    found = []
    if whole := without_groups(digits):
        found.append(Decimal(whole))
    for mark in DECIMAL_MARKS:
        before, seen, decimals = digits.rpartition(mark)
        whole = without_groups(before) if before else "0"
        if not seen or mark in before or not whole or not (decimals or (before and mark == ".")):
            continue
        if not decimals or decimals.isdecimal():
            found.append(Decimal(f"{whole}.{decimals}"))
    return found


def without_groups(digits):
    """The digits of a whole number; "" where the groups between its marks are wrong."""
    if digits.isdecimal():
        return digits
    if GROUPED.fullmatch(digits) or INDIAN.fullmatch(digits):
        return re.sub(r"\D", "", digits)
    return ""
