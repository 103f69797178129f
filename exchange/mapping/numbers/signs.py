"""Which sign stands before the decimals of a column, and digits written so that all read them."""

import re
from decimal import Decimal

from intake import numbers, readings

SCIENTIFIC = re.compile(r"([+-]?\d+(?:[.,]\d+)?)[eE]([+-]?\d{1,2})", re.ASCII)
SIGN = re.compile(r"[.,]\d|\d[.,]", re.ASCII)
FIGURES = re.compile("[0-9][0-9.,' \xa0\u2009\u202f]*")
"""What most numbers of a list are."""

BLANKS = str.maketrans("\xa0\u2009\u202f", "   ")
TO_NINE = str.maketrans("12345678", "99999999")
EITHER = frozenset(".,")


def plain_figures(text):
    """A text of digits and marks only as `numbers.plain_text` gives it; None of any other."""
    return text.translate(BLANKS).strip() if FIGURES.fullmatch(text) else None


def shape(text):
    """What texts have in common that are written in one way: of a digit, whether it is a nought."""
    return text.translate(TO_NINE)


def signs_of(text):
    """The signs that may stand before decimals where this text is: one, both, or none of them.

    `EITHER`: the text does not tell. It is `numbers.plain_text`.
    """
    if text.isdecimal():
        return EITHER
    if found := SCIENTIFIC.fullmatch(text):
        return frozenset("," if "," in found[1] else "." if "." in found[1] else EITHER)
    found = numbers.WRITTEN.fullmatch(text)
    if not found:
        return EITHER
    return frozenset(
        sign for sign in EITHER if number_of(found["digits"].rstrip(), sign) is not None
    )


def has_sign(text):
    """Whether a point or comma stands among digits."""
    return SIGN.search(text) is not None


def number_of(digits, decimal):
    """The Decimal of digits in which `decimal` stands before the decimals; None where it cannot."""
    if digits.isdecimal():
        return Decimal(digits)
    digits = digits.replace("٬", "'")
    whole, sign, decimals = digits.rpartition(decimal)
    if not sign and "٫" in digits:
        whole, sign, decimals = digits.rpartition("٫")
    if not sign:
        whole, decimals = digits, "0"
    if not decimals.isdecimal() or decimal in whole:
        return None
    whole = readings.without_groups(whole) if whole else "0"
    return Decimal(f"{whole}.{decimals}" if sign else whole) if whole else None


def is_ambiguous(text):
    """Whether a text is two numbers, one with either sign."""
    found = numbers.WRITTEN.fullmatch(text)
    if not found:
        return False
    digits = found["digits"].rstrip()
    one, other = (number_of(digits, sign) for sign in ".,")
    return None not in (one, other) and one != other


def rewritten(text, decimal):
    """(text, whether the sign fits): the digits of `text` written so that they are one number.

    Where `decimal` is not what stands before its decimals, the text is as it was.
    """
    found = numbers.WRITTEN.fullmatch(text)
    if not found or not decimal:
        return text, True
    digits = found["digits"].rstrip()
    number = number_of(digits, decimal)
    if number is None:
        return text, False
    start, end = found.start("digits"), found.start("digits") + len(digits)
    return f"{text[:start]}{unmistakable(number)}{text[end:]}", True


def unmistakable(number):
    """The digits of a Decimal with a point that nobody takes for one between groups."""
    text = f"{number:f}"
    return f"{text}0" if numbers.PERHAPS_GROUPED.fullmatch(text) else text


def scientific(text):
    """The Decimal of a text such as 2e+05; None where it is none.

    Programs write one digit before the sign, so that it never stands between groups.
    """
    found = SCIENTIFIC.fullmatch(text)
    if not found:
        return None
    number = Decimal(found[1].replace(",", ".")).scaleb(int(found[2]))
    return numbers.small_enough(Decimal(f"{number:f}"))
