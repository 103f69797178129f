"""Days and years as lists write them: in either order, with months in words, as periods."""

import datetime
import re
from functools import cache

from django.utils.translation import gettext as _

from catalogue.folding import fold
from intake import dates, numbers
from intake.numbers import Unclear

from ... import cells
from ...problems import CellError
from ..words.blanks import is_blank
from .month_names import MONTHS
from .reading import MOST_REMEMBERED, Doubtful, Told, error_in

ORDERS = ("dmy", "mdy", "ymd")
THREE = re.compile(r"(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})\.?", re.ASCII)
TIME = re.compile(r"[T ,]+\d{1,2}[:h]\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:Z| ?UTC)?$", re.I)
DAY_IN_WORDS = re.compile(
    r"(?:\w+[,.] ?)?(\d{1,2})(?:st|nd|rd|th|er|º|°|ª)?[ .\-/]*(?:de |of |d')?([^\W\d][^\d,]*?)"
    r"[ .,\-/]*(?:de |del )?['’]?(\d{4}|\d{2})(?: ?(?:г|р|år|m)\.?)?",  # noqa: RUF001 (Cyrillic: year)
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(
    r"(?:\w+, )?([^\W\d][^\d,]*?)[ .\-/]+(\d{1,2})(?:st|nd|rd|th)?[ ,.\-/]+['’]?(\d{4}|\d{2})",
    re.IGNORECASE,
)
OF_EAST_ASIA = str.maketrans("년월일", "年月日")

YEAR = re.compile(r"(?<![\d.,])(19\d\d|20\d\d|2100)(?!\d|[.,]\d{3})", re.ASCII)
PERIOD = re.compile(
    r"(?:\D*)(19\d\d|20\d\d|2100) ?(/|-|—|~|至|到| to | à | a | bis | до | al | et | y | e )"
    r" ?(\d{4}|\d{2})(?!\d)\D*",
    re.ASCII | re.IGNORECASE,
)
TWO_DAYS = re.compile(r"[\d./:T-]+(?: [\d./:]+)? ?(?:–|—|-|to|à|a|bis|до|al|/|~|至) ?[\d./:T-]+.*")  # noqa: RUF001 (dashes between two days)
MOST_YEARS = 60
"""Of a period; more are no period."""

EIGHT = len("20251231")
LEAST_TO_COMPARE = 3
"""Different days of a column by which its order is guessed from how they differ."""

SHORT = 100
"""From here on, a year has more than two digits."""


# Order


def orders_of(text):
    """The orders in which a text can be a day, a set; None for a text that does not tell."""
    found = THREE.fullmatch(without_time(text))
    if not found or len(found[1]) == 4 or len(found[4]) == 3 or len(found[1]) == 3:
        return None
    return {order for order in ORDERS if day_in_order(found, order)}


def day_in_order(found, order):
    """The day of a match of `THREE` in this order; None where it has none."""
    parts = dict(zip(order, (found[1], found[3], found[4]), strict=True))
    if len(parts["d"]) > 2 or len(parts["y"]) not in (2, 4):
        return None
    try:
        return dates.day_of(full_year(parts["y"]), int(parts["m"]), int(parts["d"]))
    except Unclear:
        return None


def full_year(digits):
    """The year of four digits, or of two: those from 50 on are of the last century."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def guess_order(texts):
    """The order of the days of a column, as `Told`, from its texts as `numbers.plain_text`."""
    told = {text: orders for text in texts if (orders := orders_of(text))}
    if not told:
        return Told()
    common = set(ORDERS).intersection(*told.values())
    if len(common) > 1 and "ymd" in common:
        common = by_spread(told, common)
    proof = next((text for text, orders in told.items() if orders == common), "")
    if len(common) == 1 and proof:
        return Told(*common, _("“%s” can be read in this order only") % proof, is_proved=True)
    if len(common) == 1:
        return Told(*common, _("the days differ more than the years"))
    if "dmy" in common and all("." in text for text in told):
        return Told("dmy", _("days with points between are written so"))
    return Told(is_asked=any(len(orders) > 1 for orders in told.values()))


def by_spread(told, common):
    """Those of the orders in `common` that are left where years have two digits.

    The days of a list differ more than its years.
    """
    parts = [THREE.fullmatch(without_time(text)) for text in told]
    first, last = ({found[at] for found in parts} for at in (1, 4))
    if len(parts) < LEAST_TO_COMPARE or len(first) == len(last):
        return common
    return common & {"ymd"} if len(first) < len(last) else common - {"ymd"}


# Days


def read_day(value, form, *, from_1904=False):
    """(day or None, notes) of a cell. Raises CellError."""
    return read(value, form, from_1904, day_in)


def read(value, form, from_1904, reads):
    """What `reads` makes of a cell, equal cells once. Raises CellError."""
    remembered = reads, type(value), value
    if known := form.known.get(remembered):
        return known
    if is_blank(value):
        return None, ()
    if isinstance(value, cells.Broken):
        raise CellError(error_in(value))
    try:
        found = reads(value, form, from_1904)
    except Unclear as error:
        raise CellError(str(error)) from error
    if len(form.known) < MOST_REMEMBERED:
        form.known[remembered] = found
    return found


def day_in(value, form, from_1904):
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return dates.day_in_cell(value, from_1904=from_1904), ()
    if isinstance(value, str):
        return day_in_text(value, form, from_1904)
    if not cells.is_number(value):
        raise dates.no_day()
    return day_of_serial(value, form, from_1904)


def day_of_serial(number, form, from_1904):
    if len(digits := f"{number:.0f}") == EIGHT and (day := dates.iso_day(digits)):
        return dates.check_day(day), (read_as(digits, day),)
    if not form.serials and int(number) in dates.LIKELY_DAYS:
        dates.refuse_days_of_spreadsheet(int(number), "{day}")
    day = dates.day_of_number(number, from_1904=from_1904)
    words = {"number": f"{number:.0f}", "day": day.isoformat()}
    return day, (_("%(number)s is %(day)s as a spreadsheet counts days.") % words,)


def day_in_text(value, form, from_1904):
    text = numbers.plain_text(value).translate(OF_EAST_ASIA)
    if text.isdecimal() and int(text) in dates.DAYS_WITHOUT_FORMAT and form.serials:
        return day_of_serial(int(text), form, from_1904)
    text = without_time(text)
    day, notes = day_in_parts(text, form) if THREE.fullmatch(text) else (None, ())
    if day is None:
        day = day_in_words(text)
        notes = ()
    if day is None:
        day, note = dates.read_date(text)
        return day, (Doubtful(note),) if note else ()
    dates.check_day(day)
    if note := dates.note_on_old_day(day):
        notes = (*notes, Doubtful(note))
    return day, notes or (read_as(value.strip(), day),)


def read_as(text, day):
    return _("“%(text)s” is read as %(day)s.") % {"text": text, "day": day.isoformat()}


def day_in_parts(text, form):
    """(day, notes) of three numbers in a text; (None, ()) where `intake.dates` reads it."""
    found = THREE.fullmatch(text)
    if len(found[1]) >= 3 or len(found[4]) == 3:
        return None, ()
    if form.order and (day := day_in_order(found, form.order)):
        return day, ()
    days = {day for order in ORDERS if (day := day_in_order(found, order))}
    if len(days) == 1:
        (day,) = days
        note = read_as(text, day)
        return day, (Doubtful(note) if form.order else note,)
    if len(found[4]) == 2 and days:
        ways = " / ".join(day.isoformat() for day in sorted(days))
        message = _("This can be read in more than one way: write it as %s.")
        raise Unclear(message % ways)
    return None, ()


def day_in_words(text):
    """The day of a text with the month in words; None of another."""
    if found := DAY_IN_WORDS.fullmatch(text):
        day, month, year = found.groups()
    elif found := MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    number = months().get(fold(month).strip(" ."))
    return number and dates.day_of(full_year(year), number, int(day))


@cache
def months():
    """Folded name of a month → its number."""
    known = {}
    for number, (names, english) in enumerate(zip(MONTHS, dates.MONTHS, strict=True), start=1):
        for name in (*names.split(), english, english[:3]):
            known[fold(name)] = number
    return {**known, "sept": 9}


def without_time(text):
    return TIME.sub("", text) if ":" in text or "h" in text else text


# Years


def read_year(value, form, *, from_1904=False):
    """(year or None, notes) of a cell; of a period its last year. Raises CellError."""
    return read(value, form, from_1904, year_in)


def year_in(value, form, from_1904):
    if isinstance(value, str):
        return year_in_text(value, form, from_1904)
    if isinstance(value, datetime.date):
        day = value.date() if isinstance(value, datetime.datetime) else value
        year, note = dates.year_in_cell(day, from_1904=from_1904)
        return year, (note,)
    if not cells.is_number(value):
        raise Unclear(_("This is not one year: write it with four digits, such as 2024."))
    return year_of_number(value, form, from_1904)


def year_of_number(number, form, from_1904):
    if form.serials and int(number) in dates.LIKELY_DAYS:
        day, notes = day_of_serial(number, form, from_1904)
        return day.year, notes
    if number != int(number):
        raise Unclear(_("This is not a whole number."))
    return within_years(dates.check_year(int(number))), ()


def within_years(year):
    if dates.FIRST_YEAR <= year <= dates.LAST_YEAR:
        return year
    words = {"year": year, "first": dates.FIRST_YEAR, "last": dates.LAST_YEAR}
    raise Unclear(_("The year %(year)d is not between %(first)d and %(last)d.") % words)


def year_in_text(value, form, from_1904):
    text = numbers.plain_text(value).translate(OF_EAST_ASIA)
    if re.fullmatch(r"\d+(?:\.0+)?", text):
        return year_of_number(int(text.partition(".")[0]), form, from_1904)
    day = day_or_none(text, form, from_1904)
    if day:
        return dates.year_of_day(day)[0], (dates.year_of_day(day)[1],)
    year = last_year_of(text, form)
    if year is None:
        return year_by_rules(value)
    words = {"text": text, "year": year}
    return year, (_("Of “%(text)s”, the year %(year)d is kept.") % words,)


def day_or_none(text, form, from_1904):
    try:
        return day_in_text(text, form, from_1904)[0]
    except Unclear:
        return None


def year_by_rules(value):
    """The year in a text as `intake.dates` reads it, which asks about other calendars."""
    year, note = dates.read_year(value)
    return within_years(year), (note,) if note else ()


def last_year_of(text, form):
    """The only year in a text, or the last one of a period; None where there is neither."""
    if found := PERIOD.fullmatch(text):
        return end_of_period(int(found[1]), found[2], found[3], form)
    years = [int(year) for year in YEAR.findall(text)]
    if len(years) == 1:
        return years[0]
    is_period = len(years) == 2 and years[0] <= years[1] and TWO_DAYS.fullmatch(text)
    return years[1] if is_period else None


def end_of_period(first, mark, end, form):
    """The last year of a period such as 2015-2020 or 2015/16; None where it may be a month."""
    if len(end) == 4:
        last = int(end)
    elif perhaps_month(first, mark, end):
        if int(end) < first % SHORT:
            return first
        if not form.periods:
            return None
        last = first - first % SHORT + int(end)
    else:
        last = first - first % SHORT + int(end)
        last += SHORT if last < first else 0
    return last if first <= last <= first + MOST_YEARS else None


def perhaps_month(first, mark, end):
    return mark in "-/" and 1 <= int(end) <= 12


def perhaps_period(text):
    """Whether a text, such as 2011/12, is a period or a month."""
    found = PERIOD.fullmatch(text)
    return bool(
        found
        and len(found[3]) == 2
        and perhaps_month(int(found[1]), found[2], found[3])
        and int(found[3]) >= int(found[1]) % SHORT
    )


def has_periods(texts):
    """Whether a text of a column, such as 2012/13, can only be a period that ends a year later."""
    found = filter(None, map(PERIOD.fullmatch, texts))
    return any(
        len(one[3]) == 2 and int(one[3]) > 12 and int(one[3]) == (int(one[1]) + 1) % SHORT
        for one in found
    )
