"""The smallest parts of the profile document: plain values that every renderer understands."""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language (`language` is a BCP 47 tag)."""

    value: str
    language: str

    def __str__(self):
        return self.value

    def __bool__(self):
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a sentence; `strong` marks what the city filled in."""

    text: Text
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    title: Text


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`, both whole numbers."""

    part: int
    whole: int

    @property
    def percent(self):
        """0 to 100, half rounded up; 100 only when complete, 0 only when nothing is there."""
        if self.whole <= 0 or self.part <= 0:
            return 0
        if self.part >= self.whole:
            return 100
        exact = Decimal(100 * self.part) / Decimal(self.whole)
        return min(99, max(1, int(exact.quantize(Decimal(1), ROUND_HALF_UP))))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and as `text` with its digits grouped for the active language."""

    value: Decimal
    text: str

    @classmethod
    def of(cls, number, decimals=None):
        """A figure with `decimals` places, half rounded up, or with as many as the number has."""
        value = shown = Decimal(number)
        own = len(f"{value:f}".partition(".")[2].rstrip("0"))
        if decimals is None:
            decimals = own
        elif decimals < own:  # `number_format` would truncate instead of rounding
            shown = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        return cls(value, _number(shown, decimals, get_language()))

    def __str__(self):
        return self.text


@lru_cache(maxsize=4096)
def _number(number, decimals, language):
    """A document writes the same numbers again and again. `language`: the active one."""
    return number_format(number, decimals, use_l10n=True, force_grouping=True)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, and as `text` in the active language, such as 06 June 2026."""

    date: datetime.date
    text: str

    @classmethod
    def of(cls, date):
        return _day(date, get_language())

    def __str__(self):
        return self.text


@lru_cache(maxsize=1024)
def _day(date, language):
    """A document names the same few days again and again. `language`: the active one."""
    return Day(date, date_format(date, pgettext("how a full date is written", "d F Y")))


@dataclass(frozen=True, slots=True)
class ChapterHead:
    """What opens each chapter: `label` is "Chapter 2"; `anchor` names it in addresses."""

    number: int
    anchor: str
    label: Text
    title: Text
    intro: Text | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label under it."""

    code: str
    value: Text | Figure
    label: Text
    link: str = ""
