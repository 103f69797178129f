"""Names and addresses in the XML of a workbook."""

import re

from intake.package import STRICT, TRANSITIONAL
from intake.refusals import damaged_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAIN_NAMESPACES = (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
"""Of the two forms of the format, transitional and strict. Extensions have other namespaces, and
repeat some of the names."""

YES = ("1", "true")
LETTERS_AND_DIGITS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def whole_number(digits):
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise damaged_workbook()
    return int(digits)


def column_index(letters):
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def corners(ref):
    """B2:C7 as (2, 1, 7, 2): rows from 1, columns from 0. None for anything else."""
    ends = [LETTERS_AND_DIGITS.fullmatch(end) for end in ref.replace("$", "").split(":")]
    if not 1 <= len(ends) <= 2 or None in ends:
        return None
    (first, last) = ends if len(ends) == 2 else ends * 2
    return int(first[2]), column_index(first[1]), int(last[2]), column_index(last[1])


def id_of(attributes):
    """The id with which an element refers to another part; None where it has none."""
    ids = (attributes.get(f"{namespace} id") for namespace in (TRANSITIONAL, STRICT))
    return next((id for id in ids if id is not None), None)
