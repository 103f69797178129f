"""What the cells of a column are, as far as they show it: shares of numbers, days, codes, texts."""

import datetime
import math
import re
from collections import Counter
from functools import cached_property

from django.utils.translation import gettext as _
from django_countries.data import COUNTRIES

from profiles.country_names import countries_named

from ... import cells
from ..words.blanks import is_blank, yes_or_no

MOST_ROWS = 600
"""Rows that are looked at: the first ones, and others from the whole of the list."""

LONG = 80
"""Letters from which a cell is more than a name."""

LONGEST_COUNTRY = 60
MOST_COUNTRIES = 60
"""Different words of a column that are looked for among the names of countries."""

LONGEST_KEY = 40
LEAST_KEYS = 0.95
"""The share of the rows that a key must name: a few have none, or that of another row."""

YEARS = range(1900, 2101)

NUMBER = re.compile(
    r"[<>≤≥≈~±]?\s*[-+−]?\d[\d\s.,'’]*(?:e[+-]?\d+)?\s*(?:%|[^\W\d_]{1,3}[²³2]?)?", re.IGNORECASE
)
DAY = re.compile(r"\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}(?:[ T]\d{1,2}:\d\d.*)?")
MONTH_AND_YEAR = re.compile(r"\d{1,2}\s?[./]\s?\d{4}|\d{4}-\d{2}|[^\W\d_]{3,12}\.? \d{4}")
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?年度?|\.0)?")
PERIOD = re.compile(r"(?:19|20)\d\d\S{0,6}(?:\s?[-–/]\s?|\s(?:to|à|bis|a)\s)(?:19|20)?\d\d\S{0,6}")
POINT = re.compile(
    r"POINT\s*Z?\s*\(.*\)|\(?-?\d{1,3}[.,]\d+\s*[,;]\s*-?\d{1,3}[.,]\d+\)?", re.IGNORECASE
)
DEGREES = re.compile(r"\d{1,3}\s?[°º].*")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
OFFICE = re.compile(
    r"(?:info|contact|office|mail|city|town|stadt|gemeinde|rathaus|poststelle|mairie|ville|accueil|"
    r"kommun|kommune|post|admin|hello|enquir|secret|service|umwelt|environ|ayunt|alcald|munic|"
    r"prefeit|camara|comune|protocollo|urp|gabinete|urzad|sekretariat|belediye|pref|customer|help)"
)
"""How the mail addresses of offices begin."""

CODE = re.compile(r"[\w][\w./-]*")
LIST = re.compile(r"\[.*\]", re.DOTALL)
SERIALS = range(29_000, 62_000)
"""Bare numbers that can be days of a spreadsheet, from 1979 to 2069."""

SEPARATORS = (";;", "|", ";", "\n", ", ", " / ")
"""What stands between several words of a cell, the surest first."""

WORD_LENGTH = 60

MOST_NAMED = 5
"""Rows that a sentence names by their numbers."""

MOST_IN_GROUPS = 1_000
"""Rows in which groups are looked for."""


class Content:
    """What the cells of the column at `at` are. `rows`: all rows of the list."""

    def __init__(self, at, rows, seen):
        self.at, self.rows = at, rows
        self.all_values = [row.values[at] for row in seen]
        self.values = [value for value in self.all_values if not is_blank(value)]
        self.filled = len(self.values) / len(seen) if seen else 0.0
        self.kinds = Counter(map(kind_of, self.values))

    @property
    def is_empty(self):
        return not self.values

    def share(self, *kinds):
        """The share of these kinds among the cells that say something."""
        return sum(self.kinds[kind] for kind in kinds) / len(self.values) if self.values else 0.0

    @cached_property
    def texts(self):
        return [cells.as_text(value).strip() for value in self.values]

    @cached_property
    def words(self):
        """Folded word → how many of the cells have it."""
        return Counter(map(cells.folded, self.texts))

    @cached_property
    def mean_length(self):
        return sum(map(len, self.texts)) / len(self.texts) if self.texts else 0.0

    @property
    def is_text(self):
        return self.share("text", "list") >= 0.5

    @cached_property
    def is_yes_or_no(self):
        return bool(self.words) and all(yes_or_no(word) is not None for word in self.words)

    @property
    def are_office_mails(self):
        """Whether the mail addresses are of offices, none of a person."""
        mails = [text.casefold() for text in self.texts if MAIL.fullmatch(text)]
        return bool(mails) and all(OFFICE.match(mail) for mail in mails)

    @property
    def is_long(self):
        return self.mean_length >= LONG

    @property
    def is_numeric(self):
        return self.share("number", "whole", "year") >= 0.6

    @property
    def are_years(self):
        return self.share("year", "period") >= 0.6

    @property
    def are_days(self):
        return self.share("day", "month") >= 0.5

    @property
    def has_serials(self):
        """Whether some cells are bare numbers that can be days, beside days or years."""
        wholes = [value for value in self.values if kind_of(value) == "whole"]
        return bool(wholes) and all(int(number_in(value)) in SERIALS for value in wholes)

    @property
    def are_codes(self):
        """Whether nearly all cells are numbers, or short codes with a figure."""
        codes = sum(
            len(text) <= LONGEST_KEY
            and any(map(str.isdecimal, text))
            and bool(CODE.fullmatch(text))
            for text in self.texts
        )
        return not self.is_empty and codes >= 0.9 * len(self.values)

    @cached_property
    def are_countries(self):
        words = list(self.words)[:MOST_COUNTRIES]
        if not words or max(map(len, words)) > LONGEST_COUNTRY or self.is_numeric:
            return False
        return sum(map(is_country, words)) >= 0.7 * len(words)

    @property
    def are_country_names(self):
        """The same where no header says so: two letters can be other codes too."""
        return len(self.words) > 1 and self.mean_length > 2 and self.are_countries

    @cached_property
    def repeats(self):
        """Whether the cells are few words that come again and again."""
        few = len(self.words) <= max(3, min(40, 0.5 * len(self.values)))
        return bool(self.values) and few and self.mean_length <= WORD_LENGTH

    @cached_property
    def is_key(self):
        """Whether each row of the list, but for a few, has a short word of its own here."""
        least = LEAST_KEYS * len(self.values)
        if self.is_empty or self.filled < LEAST_KEYS or len(self.words) < least:
            return False
        if (
            sum(len(text) <= LONGEST_KEY and bool(CODE.fullmatch(text)) for text in self.texts)
            < least
        ):
            return False
        return own_words(self.rows, self.at) >= LEAST_KEYS

    def within(self, least, most):
        """Whether all numbers lie between two others, and some have decimals."""
        numbers = [number_in(value) for value in self.values]
        known = [number for number in numbers if number is not None]
        return (
            len(known) >= 0.7 * len(numbers)
            and all(least <= number <= most for number in known)
            and any(number != int(number) for number in known)
        )

    @cached_property
    def separator(self):
        """What stands between several words of a cell; "" where each cell has one."""
        texts = [text for text in self.texts if len(text) <= 10 * WORD_LENGTH]
        if any(LIST.fullmatch(text) for text in texts):
            return ""  # `words` reads such lists in any case.
        for separator in SEPARATORS:
            parts = [part for text in texts if separator in text for part in text.split(separator)]
            if parts and max(map(len, parts)) <= WORD_LENGTH and comes_again(parts, texts):
                return separator
        return ""

    @cached_property
    def is_filled_in_groups(self):
        """Whether a cell is filled in the first row of each group alone, as in merged cells: a word
        begins one group, and no group runs on where a column to the left begins another."""
        if not self.all_values or self.filled > 0.7 or is_blank(self.all_values[0]):
            return False
        return len(self.words) >= 0.9 * len(self.texts) and not self.runs_over_groups

    @property
    def runs_over_groups(self):
        """Whether an empty cell stands in another group of a column to the left than the filled
        cell above it. Columns of groups have a word in each row, and few different ones."""
        rows = self.rows[:MOST_IN_GROUPS]
        words = {
            at: [cells.folded(cells.as_text(row.values[at])) for row in rows]
            for at in range(self.at)
        }
        groups = [some for some in words.values() if all(some) and len({*some}) <= len(some) / 2]
        begun = None
        for order, row in enumerate(rows):
            if not is_blank(row.values[self.at]):
                begun = order
            elif begun is not None and any(some[order] != some[begun] for some in groups):
                return True
        return False


def own_words(rows, at):
    """The share of rows that have a word in the column at `at` which no row above has."""
    without = sum(map(len, rows_without_own(rows, at)))
    return 1 - without / len(rows) if rows else 0.0


def rows_without_own(rows, at):
    """(numbers of the rows without a word in the column at `at`, of those with that of another)."""
    empty, again, seen = [], [], set()
    for row in rows:
        if is_blank(value := row.values[at]):
            empty.append(row.number)
        elif (word := cells.folded(cells.as_text(value))) in seen:
            again.append(row.number)
        else:
            seen.add(word)
    return empty, again


def unnamed_rows(content):
    """Sentences that name the rows which a key does not name."""
    empty, again = rows_without_own(content.rows, content.at)
    if empty:
        yield _("It is empty in row %s.") % numbers_of(empty)
    if again:
        yield _("Row %s has that of a row above.") % numbers_of(again)


def numbers_of(rows):
    named = ", ".join(map(str, rows[:MOST_NAMED]))
    return f"{named} …" if len(rows) > MOST_NAMED else named


def comes_again(parts, texts):
    """Whether parts of cells are words of the column: they stand in several cells."""
    counts = Counter(cells.folded(part) for text in texts for part in [text])
    counts.update(cells.folded(part) for part in parts)
    again = sum(counts[cells.folded(part)] > 1 for part in parts)
    return again >= 0.5 * len(parts)


def contents_of(columns, rows):
    """The `Content` of each column, by its key."""
    seen = rows_to_look_at(rows)
    return {column.key: Content(column.at, rows, seen) for column in columns}


def rows_to_look_at(rows):
    if len(rows) <= MOST_ROWS:
        return rows
    first = rows[: MOST_ROWS // 2]
    step = (len(rows) - len(first)) // (MOST_ROWS - len(first)) + 1
    return first + rows[len(first) :: step]


def kind_of(value):
    """What one cell is, in a word."""
    if isinstance(value, datetime.date):
        return "day"
    if isinstance(value, cells.Percent):
        return "number"
    if isinstance(value, str):
        return kind_of_text(value.strip())
    if cells.is_number(value) and math.isfinite(value):
        if value == int(value):
            return "year" if int(value) in YEARS else "whole"
        return "number"
    return "text"


PATTERNS = (
    ("year", YEAR),
    ("day", DAY),
    ("period", PERIOD),
    ("point", POINT),
    ("degrees", DEGREES),
    ("month", MONTH_AND_YEAR),
    ("link", LINK),
    ("mail", MAIL),
    ("number", NUMBER),
    ("list", LIST),
)
LONGEST_PATTERN = 300


def kind_of_text(text):
    if len(text) > LONGEST_PATTERN:
        return "text"
    if text.isdecimal() and not YEAR.fullmatch(text):
        return "whole"
    return next((kind for kind, pattern in PATTERNS if pattern.fullmatch(text)), "text")


def number_in(value):
    """The number in a cell, roughly, for comparisons alone; None for a text."""
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        return None


def is_country(word):
    if len(word) == 2 and word.isascii():
        return word.upper() in COUNTRIES
    return bool(countries_named(word))
