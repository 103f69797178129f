"""Reads days and years as people write them: the same text is the same day in form and sheet.

A year where a day is wanted, and a year of another calendar, are asked about: the message says
what was probably meant.
"""

import datetime
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from . import numbers
from .numbers import Unclear

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY = datetime.date(1899, 12, 30)
"""Day 0 of spreadsheets."""

FIRST_DAY_OF_1904 = datetime.date(1904, 1, 1)
"""Day 0 of the workbooks that count from 1904."""

FIRST_LIKELY_DAY = datetime.date(1950, 1, 1)
"""No figure here is older. A cell with an earlier day usually has a year in it."""

LAST_DAY = datetime.date(LAST_YEAR, 12, 31)
ISO_LENGTH = len("2026-04-08")

LIKELY_DAYS = range(29_221, 54_790)
"""The days of spreadsheets from 1980 to 2050."""

DAYS_WITHOUT_FORMAT = range(20_000, 80_001)
"""The numbers that are taken as days in a cell without a date format."""

YEAR_FIRST = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?:[日.]|[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?"
)
YEAR_LAST = re.compile(r"(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4})")
DAY_AND_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-. ]{1,2}([a-z]{3,9})\.?[-, ]{1,2}(\d{4})", re.IGNORECASE
)
MONTH_AND_DAY = re.compile(
    r"([a-z]{3,9})[. ]{1,2}(\d{1,2})(?:st|nd|rd|th)?[, ]{1,2}(\d{4})", re.IGNORECASE
)
MONTH = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?月?")
ONLY_YEAR = re.compile(r"(\d{1,4})(?:\.0+)? ?年?")
ONE_NUMBER = re.compile(r"\D*(\d{1,4})\D*")
MONTHS = (
    "january february march april may june july august september october november december".split()
)


# Years of other calendars


def other_calendar(number):
    """(year of ours, year and calendar in words) of a number that is a year of another; or None."""
    for first, last, year_of, words in (
        (10, 49, lambda n: 2000 + n, _("%d with two digits")),
        (50, 99, lambda n: 1900 + n, _("%d with two digits")),
        (100, 139, lambda n: n + 1911, _("%d of the Minguo calendar")),
        (1350, 1420, lambda n: n + 621, _("%d of the Persian calendar")),
        (1421, 1480, lambda n: int(n * 0.970224 + 621.5774), _("%d of the Islamic calendar")),
        (2443, 2643, lambda n: n - 543, _("%d of the Buddhist calendar")),
        (5660, 5860, lambda n: n - 3760, _("%d of the Hebrew calendar")),
    ):
        if first <= number <= last:
            return year_of(number), words % number
    return None


ERAS = {
    ("reiwa", "令和", "r"): 2018,
    ("heisei", "平成", "h"): 1988,
    ("showa", "昭和", "s"): 1925,
    ("minguo", "民國", "民国", "roc"): 1911,
}
"""Names of eras, and the year before their first."""


def era_in(text):
    """(year of ours, the text) where a text is a year of an era, such as 令和6年; or None."""
    found = ONE_NUMBER.fullmatch(text)
    words = re.sub(r"[\d\s.年]", "", text).lower()
    for names, before in ERAS.items():
        if found and words in names:
            return before + int(found[1]), text
    return None


def calendar_in(text):
    """As `other_calendar`, of the only number in a text, such as 2567 BE."""
    found = ONE_NUMBER.fullmatch(text)
    return other_calendar(int(found[1])) if found else None


def refuse_other_year(meant, example="{year}"):
    """Raise the Unclear that asks about a year of another calendar. `meant`: (year, in words)."""
    year, words = meant
    ways = {"year": year, "given": words, "example": example.format(year=year)}
    raise Unclear(_("Is %(year)d meant (%(given)s)? Then write %(example)s.") % ways)


# Years


def read_year(text):
    """(year, note) in a text. The note says what was left out of it; usually it is empty."""
    plain = numbers.plain_text(text)
    if meant := era_in(plain):
        refuse_other_year(meant)
    if day := full_day_in(plain):
        return year_of_day(checked_cell(day, "{year}"))
    if found := ONLY_YEAR.fullmatch(plain):
        return check_year(int(found[1])), numbers.note_on_ends(text)
    if meant := calendar_in(plain):
        refuse_other_year(meant)
    return check_year(whole_number(plain)), ""


def whole_number(text):
    bounds = numbers.Bounds(whole=True, least=Decimal(FIRST_YEAR), most=Decimal(LAST_YEAR))
    not_one = Unclear(_("This is not one year: write it with four digits, such as 2024."))
    try:
        written = numbers.read(text, bounds)
    except Unclear as error:
        raise error if error.is_text and not re.search(r"\d", text) else not_one from None
    if written != numbers.Written(written.number) or written.number % 1:
        raise not_one
    return int(written.number)


def check_year(number):
    """The number itself, also one that is no year at all: its field says so. Raises Unclear."""
    if FIRST_YEAR <= number <= LAST_YEAR:
        return number
    if meant := other_calendar(number):
        refuse_other_year(meant)
    if number in LIKELY_DAYS:
        refuse_days_of_spreadsheet(int(number), "{year}")
    return number


def refuse_days_of_spreadsheet(number, example):
    day = FIRST_DAY + datetime.timedelta(days=number)
    example = example.format(day=day.isoformat(), year=day.year)
    words = {"number": number, "day": day.isoformat(), "example": example}
    raise Unclear(
        _("%(number)d is %(day)s as a spreadsheet counts days: write %(example)s.") % words
    )


def year_of_day(day):
    """(year, note) of a day that stands where a year is wanted."""
    note = _("Only the year of %(day)s is kept: %(year)d.")
    return check_year(day.year), note % {"day": day.isoformat(), "year": day.year}


def year_in_cell(day, *, from_1904=False):
    """(year, note) of a date cell where a year is wanted. Raises Unclear."""
    return year_of_day(checked_cell(day, "{year}", from_1904=from_1904))


# Days


def read_date(text):
    """(day, note) in a text; the note asks about a day long ago. Raises Unclear."""
    if len(text) == ISO_LENGTH and (day := iso_day(text)) and FIRST_LIKELY_DAY <= day <= LAST_DAY:
        return day, ""
    start, end = numbers.ends_of(text)
    if end - start > numbers.MOST_LETTERS:
        raise no_day()
    plain = numbers.plain_text(text)
    if day := full_day_in(plain):
        return day, note_on_old_day(day) or numbers.note_on_ends(text)
    if found := ONLY_YEAR.fullmatch(plain):
        refuse_year(int(found[1]))
    if meant := era_in(plain) or calendar_in(plain):
        refuse_other_year(meant, "{year}-01-01")
    if (found := MONTH.fullmatch(plain)) and day_of(int(found[1]), int(found[2]), 1):
        example = f"{found[1]}-{int(found[2]):02d}-01"
        message = _("This is a month, not a day: write a day of it, such as %s.")
        raise Unclear(message % example)
    if plain.isdecimal() and int(plain) in LIKELY_DAYS:
        refuse_days_of_spreadsheet(int(plain), "{day}")
    refuse_either_order(plain)
    raise no_day()


def no_day():
    return Unclear(_("This is not a date that can be read in one way only."), is_text=True)


def note_on_old_day(day):
    """What to say of a day from before 1950 that was written in full; usually nothing."""
    if day >= FIRST_LIKELY_DAY:
        return ""
    meant = year_in_days((day - FIRST_DAY).days)
    if meant is None:
        return _("%s is long ago: is it right?") % day.isoformat()
    words = {"day": day.isoformat(), "year": meant[0]}
    return _("%(day)s is long ago: is the year %(year)d meant? Then write %(year)d-01-01.") % words


def full_day_in(text):
    """The day in a text where there can be no other; else None. Raises Unclear for odd years."""
    for pattern, order in (
        (YEAR_FIRST, (1, 2, 3)),
        (DAY_AND_MONTH, (3, 2, 1)),
        (MONTH_AND_DAY, (3, 1, 2)),
    ):
        if found := pattern.fullmatch(text):
            year, month, day = (found[group] for group in order)
            return day_of(int(year), month_of(month), int(day))
    if found := YEAR_LAST.fullmatch(text):
        days = either_order(found)
        return days[0] if len(days) == 1 else None
    return iso_day(text)


def iso_day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def month_of(word):
    if word.isdecimal():
        return int(word)
    known = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(word.lower())]
    return 9 if word.lower() == "sept" else known[0] if len(known) == 1 else 0


def day_of(year, month, day):
    """The day; None where there is no such one. Raises Unclear for a year of another calendar."""
    if not FIRST_YEAR <= year <= LAST_YEAR and (meant := other_calendar(year)):
        same_months = 2443 <= year <= 2643
        refuse_other_year(
            meant, f"{{year}}-{month:02d}-{day:02d}" if same_months else "{year}-01-01"
        )
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def either_order(found):
    """The days that a match of `YEAR_LAST` can mean: day and month in either order."""
    one, _mark, other, year = (int(part) if part.isdecimal() else part for part in found.groups())
    return sorted({day for day in (day_of(year, other, one), day_of(year, one, other)) if day})


def refuse_either_order(text):
    found = YEAR_LAST.fullmatch(text)
    days = either_order(found) if found else []
    if days:
        ways = " / ".join(day.isoformat() for day in days)
        message = _("This can be read in more than one way: write it as %s.")
        raise Unclear(message % ways)


def refuse_year(number):
    """Raise the Unclear for a year where a day is wanted."""
    if FIRST_YEAR <= number <= LAST_YEAR:
        message = _("%(year)d is a year, not a day: write a day of it, such as %(year)d-01-01.")
        raise Unclear(message % {"year": number})
    if meant := other_calendar(number):
        refuse_other_year(meant, "{year}-01-01")
    raise Unclear(_("This is a number, not a date."))


def check_day(day):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unclear(
            _("The year %(year)d is not between %(first)d and %(last)d.")
            % {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return day


def day_in_cell(day, *, from_1904=False):
    """The day of a date cell. Raises Unclear for one that is probably a year."""
    return checked_cell(day, "{year}-01-01", from_1904=from_1904)


def checked_cell(day, example, *, from_1904=False):
    if not FIRST_YEAR <= day.year <= LAST_YEAR and (meant := other_calendar(day.year)):
        refuse_other_year(meant, example)
    check_day(day)
    if day < FIRST_LIKELY_DAY:
        refuse_year_as_day(day, example, from_1904)
    return day


def day_of_number(number, *, from_1904=False):
    """The day of a cell without a date format, which has the days since day 0."""
    first = FIRST_DAY_OF_1904 if from_1904 else FIRST_DAY
    if not abs(number) < 100_000:
        raise Unclear(_("This is a number, not a date."))
    day = first + datetime.timedelta(days=int(number))
    if (day - FIRST_DAY).days in DAYS_WITHOUT_FORMAT:
        return check_day(day)
    refuse_year(int(number) if number == int(number) else 0)


def year_in_days(number):
    """(year, in words) where the days of a spreadsheet are rather a year; or None."""
    if FIRST_YEAR <= number <= LAST_YEAR:
        return number, str(number)
    return other_calendar(number) if number >= 100 else None


def refuse_year_as_day(day, example, from_1904):
    """Raise the Unclear for a date cell from before 1950, which asks what was meant."""
    number = (day - (FIRST_DAY_OF_1904 if from_1904 else FIRST_DAY)).days
    meant = year_in_days(number)
    words = {"day": day.isoformat(), "number": number}
    if meant is None:
        words["itself"] = day.year if example == "{year}" else day.isoformat()
        message = _("This is %(day)s. If that is right, write it as text: %(itself)s.")
        raise Unclear(message % words)
    words |= {"given": meant[1], "example": example.format(year=meant[0])}
    message = _(
        "This is %(day)s, which is what the number %(number)d becomes in a date cell. Is "
        "%(example)s meant (%(given)s)? Then write that."
    )
    if meant[0] == number:
        message = _(
            "This is %(day)s, which is what the number %(number)d becomes in a date cell. Is the "
            "year %(number)d meant? Then write %(example)s."
        )
    raise Unclear(message % words)
