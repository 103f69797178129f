"""Finds figures in what a city writes of an action, so that it need not type them again.

A figure is a number with a unit or a counter: 8万余亩, 近1000尾, 1,886 km², 75 %. Years, dates,
numbers of laws and rates (5 t/day) are none.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from catalogue import units
from intake import counters, magnitudes, numbers
from intake.numbers import Bounds, Unclear
from profiles.record import words_of

from .models import Measure

MOST_FOUND = 20
LONGEST_HEAD = 20
LONGEST_TAIL = 60
POINTS = 4
"""By how many points a unit may be longer than its spelling in the table."""

CLOSED_SCRIPTS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Thai, kana, Han and Hangul: words follow one another, or their endings, without a blank."""

WORD_BEFORE = rf"[^\W{CLOSED_SCRIPTS}]"
NUMBER = re.compile(
    rf"(?<!{WORD_BEFORE})(?<![.,:/+~·°'第-])"
    r"(?:\d{4,}|\d{1,3}(?:(?P<mark>[,.' ])\d{3}(?:(?P=mark)\d{3})*(?!\d))?)(?:[.,٫]\d+)?"
)
IN_WORD = re.compile(WORD_BEFORE)
RATE = re.compile(r"/| ?per\b")

MONEY = (
    *("元", "人民币", "円", "원", "บาท", "euros", "euro", "€", "dollars", "usd", "yuan", "rupees"),
    *("pesos", "reais", "rand", "рублей", "руб", "ريال", "دينار", "جنيه", "रुपये"),
)
"""Money is an amount in the unit that stands there; it is converted into nothing."""

TITLE = re.compile("《[^》]*》")

NO_HEAD = {"c", "under", "above", "below", "unter", "über", "<", ">", "~"}
"""Words of precision that mean other things in sentences: restored under 5 programmes."""

OTHER_WORDS = (
    "附近",
    "最近",
    "临近",
    "邻近",
    "相近",
    "节约",
    "公约",
    "条约",
    "制约",
    "合约",
    "赶超",
)
"""They end in a word of precision and are none: 节约2000吨 is 2000 t saved."""

AFTER = re.compile(r"\s?(?:左右|上下|余|多|정도)")
NOT_KEPT_AFTER = re.compile(r"\s?(?:" + "|".join(magnitudes.NOT_KEPT) + ")")

ORDER = (Measure.Kind.AREA, Measure.Kind.PERCENT, Measure.Kind.AMOUNT, Measure.Kind.COUNT)


@dataclass(frozen=True, slots=True)
class FigureInText:
    """A figure as it stands in a text, from character `start` on.

    `number` is None where it could be one of two (1,886 km²): the field asks which. `unit` is a
    code of `catalogue.units`, the words of a currency, or "" for what is counted.
    """

    excerpt: str
    start: int
    number: Decimal | None
    unit: str
    precision: str
    kind: str

    @property
    def is_money(self):
        return self.kind == Measure.Kind.AMOUNT and self.unit not in units.UNITS

    def fits(self, figure):
        """Whether a `Measure` or own figure can take it as it stands."""
        if figure.kind != self.kind:
            return False
        if self.kind == Measure.Kind.PERCENT:
            return self.number is None or self.number <= 100
        return self.kind == Measure.Kind.COUNT or self.unit in units.accepted(figure.unit)


def figures_in(text):
    """The `FigureInText`s of a text in their order, each excerpt once; at most `MOST_FOUND`."""
    plain = "".join(map(plain_character, text))
    for title in TITLE.finditer(plain):
        plain = plain[: title.start()] + " " * len(title[0]) + plain[title.end() :]
    found = {}
    for match in NUMBER.finditer(plain):
        figure = figure_at(text, plain, match)
        if figure is not None:
            found.setdefault(figure.excerpt, figure)
        if len(found) == MOST_FOUND:
            break
    return list(found.values())


def offer_for(action):
    """The figure in the text of an action that has none yet, which its city may want to keep.

    `action`: a model or a record. None where it has a value in figures, or no figure stands there.
    """
    statements = action.statements
    for statement in statements if isinstance(statements, tuple) else statements.all():
        values = statement.values
        for value in values if isinstance(values, tuple) else values.all():
            if value.number is not None:
                return None
    description = action.description
    found = figures_in(description if isinstance(description, str) else words_of(description))
    return min(found, key=rank, default=None)


def rank(figure):
    """Sorts what is offered first to the front: areas, then shares, amounts, counts, and money."""
    return figure.is_money, ORDER.index(figure.kind)


def plain_character(character):
    """One character for one, so that places in the text stay: digits, signs and blanks as ASCII."""
    try:
        return numbers.plain_character(character)
    except Unclear:
        return " "


def figure_at(text, plain, match):
    """The `FigureInText` of a number and the words around it; None if it is none."""
    start = match.start()
    times, begin, end = unit_behind(plain, match.end())
    if end is None or RATE.match(plain, end) or NOT_KEPT_AFTER.match(plain, end):
        return None
    word = plain[begin:end]
    unit, kind = kind_of(word)
    is_year = times == 1 and re.fullmatch(r"(?:19|20)\d\d", match[0])
    if is_year and kind == Measure.Kind.COUNT and not re.match(f"[{CLOSED_SCRIPTS}]", word):
        return None
    if after := AFTER.match(plain, end):
        end = after.end()
    head = head_before(plain, start)
    if head.strip() in numbers.NOT_KEPT:
        return None
    for first in dict.fromkeys((start - len(head), start)):
        try:
            return read_figure(text, first, end, unit, kind)
        except Unclear:  # “about 8万余亩” says two things: it is read without the first
            continue
    return None


def unit_behind(plain, end):
    """(times, beginning, end) of the unit or counter behind a number that ends at `end`.

    `times` is the multiplier between them. The end is None where there is no unit.
    """
    behind = plain[end : end + LONGEST_TAIL]
    left = magnitudes.without_more(behind.lstrip(" "), [])
    times, left = magnitudes.multiplier(left)
    left = magnitudes.without_more(left.lstrip(" "), []).lstrip(" ")
    begin = end + len(behind) - len(left)
    words, longest = known_words()
    most = longest.get(units.folded(left[:1])[:1], 0)
    for length in range(min(most, len(left)), 0, -1):
        is_known = left[length - 1] not in ". " and units.folded(left[:length]) in words
        if is_known and ends_there(left, length):
            return times, begin, begin + length
    return times, begin, None


def ends_there(words, length):
    """Whether a word ends after so many characters: “m” is none in “more”."""
    last, behind = words[length - 1], words[length : length + 1]
    return not (IN_WORD.match(last) and IN_WORD.match(behind))


@lru_cache(maxsize=1)
def known_words():
    """(all units, currencies and counters; first letter → how long a word with it may be)."""
    known = {*units.spellings(), *counters.WORDS, *map(units.folded, MONEY)} - {"count"}
    longest = {}
    for word in known:
        longest[word[0]] = max(longest.get(word[0], 0), len(word) + POINTS)
    return known, longest


def read_figure(text, start, end, unit, kind):
    """The figure of an excerpt as a field for its kind reads it. Raises Unclear for a wrong one."""
    excerpt = text[start:end].strip()
    is_count, is_share = kind == Measure.Kind.COUNT, kind == Measure.Kind.PERCENT
    bounds = Bounds(whole=is_count, least=Decimal(0), most=Decimal(100) if is_share else None)
    try:
        written = numbers.read(excerpt, bounds)
    except Unclear:
        precise = two_readings(excerpt)
        return FigureInText(excerpt, start, None, unit, precise, kind)
    if is_count and written.number % 1:
        raise Unclear(excerpt)
    return FigureInText(excerpt, start, written.number, unit, written.precision, kind)


def two_readings(excerpt):
    """The precision of a figure of which only the number has two readings. Raises Unclear."""
    return numbers.read(re.sub(r"(\d)[.,](\d{3})(?!\d)", r"\1\2", excerpt, count=1)).precision


def kind_of(written):
    """(unit, kind) of the unit or counter behind a number."""
    code = units.parse(written)
    row = units.UNITS.get(code)
    if row is None:
        is_counted = counters.is_counter(written)
        return ("", Measure.Kind.COUNT) if is_counted else (written, Measure.Kind.AMOUNT)
    kinds = {"area": Measure.Kind.AREA, "share": Measure.Kind.PERCENT}
    return code, kinds.get(row.kind, Measure.Kind.AMOUNT)


def head_before(plain, start):
    """The word of precision that ends before a number, with the blank behind it, or ""."""
    before = plain[max(0, start - LONGEST_HEAD) : start]
    words = before.rstrip().lower()
    if words.endswith(OTHER_WORDS):
        return ""
    for word in heads():
        if words.endswith(word) and is_whole(words, word):
            return before[len(words) - len(word) :].lower()
    return ""


@lru_cache(maxsize=1)
def heads():
    known = {*numbers.PRECISION_OF, *numbers.NOT_KEPT} - NO_HEAD
    return sorted(known, key=len, reverse=True)


def is_whole(words, word):
    """Whether a word at the end of others is one by itself: “ca” is none in “Jamaica”."""
    before = words[: -len(word)][-1:]
    is_closed = unicodedata.category(word[0]) == "Lo" and not "\u0600" <= word[0] <= "\u06ff"
    return is_closed or not before.isalnum()
