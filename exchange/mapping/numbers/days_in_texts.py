"""Days that go into a text, where a cell may say anything."""

from django.utils.translation import gettext as _

from intake import dates, numbers
from intake.numbers import Unclear

from ... import cells
from ...problems import CellError
from . import days
from .reading import Doubtful


def day_or_words(value, form, *, from_1904=False):
    """(what a text takes of a cell of days, notes): the day as ISO 8601 where there is one, else
    what stands in the cell; that is a doubt where it may be a day. Raises CellError for a cell that
    shows an error."""
    words = cells.as_text(value).strip()
    try:
        day, notes = days.read_day(value, form, from_1904=from_1904)
    except CellError as error:
        if isinstance(value, cells.Broken):
            raise
        said = _("It stays in the text as it stands in the list. %s")
        is_odd = not isinstance(value, str) or may_be_day(value)
        return words, (Doubtful(said % error),) if is_odd else ()
    if day is None:
        return "", ()
    return f"{day.isoformat()}{time_in(value)}", notes


def may_be_day(value):
    """Whether a cell in which no day was read looks like one."""
    return is_serial(value) or isinstance(value, str) and days.orders_of(plain(value)) is not None


def is_serial(value):
    """Whether a number without a date format is likely the day of a spreadsheet."""
    if isinstance(value, str):
        return len(value) == 5 and value.isdecimal() and int(value) in dates.LIKELY_DAYS
    return cells.is_number(value) and value in dates.LIKELY_DAYS


def time_in(value):
    """The time behind the day in a text, as it stands there; nothing for midnight."""
    text = plain(value) if isinstance(value, str) else ""
    time = text[len(days.without_time(text)) :]
    return f" {time.strip(' ,T')}" if any(sign in "123456789" for sign in time) else ""


def plain(value):
    try:
        return numbers.plain_text(value)
    except Unclear:
        return value.strip()
