"""Reads numbers as people write them: the same text is the same number in every form and sheet.

Digits of all scripts are read. Blanks, commas, points and apostrophes are understood where they
leave one reading only; any other text is asked back.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import magnitudes
from .readings import readings

MOST_LETTERS = 100
MOST_DIGITS = 30
"""Digits before the decimal point. No field takes more."""

MARKS = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("−﹣‐‑–", "-"),  # noqa: RUF001 (signs that people and programs put for minus)
    **dict.fromkeys("’‘ʼ", "'"),  # noqa: RUF001 (apostrophes between groups of digits)
    **dict.fromkeys("≈∼〜", "~"),  # noqa: RUF001 (signs for about)
    "،": ",",
    "٪": "%",
}
"""Characters that are read as another one; the first 94 are the full-width forms."""

UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(
    map(chr, range(0xFE00, 0xFE10))
)
"""Characters that show nothing and are, for Unicode, letters, signs or accents."""

NAMES_OF_UNSEEN = {
    "\u200b": "zero-width space",
    "\ufeff": "byte order mark",
    "\u2060": "word joiner",
}
"""Where Unicode's own name says less."""

PRECISIONS = {
    "more-than": (
        *(">", "more than", "over", "above", "greater than", "超过", "超過", "超", "逾", "多于"),
        *("大于", "高于", "突破", "plus de", "más de", "mais de", "mehr als", "über", "более"),
        *("свыше", "أكثر من", "มากกว่า", "hơn", "lebih dari", "초과"),
    ),
    "less-than": (
        *("<", "less than", "below", "under", "fewer than", "不足", "不到", "少于", "低于"),
        *("小于", "moins de", "menos de", "weniger als", "unter", "менее", "أقل من", "น้อยกว่า"),
        *("dưới", "kurang dari", "미만"),
    ),
    "about": (
        *("~", "about", "approx", "approximately", "around", "ca", "circa", "c", "roughly"),
        *("nearly", "almost", "close to", "约", "約", "大约", "大約", "约为", "近", "将近", "接近"),
        *("environ", "près de", "aproximadamente", "cerca de", "unos", "casi", "quase", "rund"),
        *("etwa", "knapp", "около", "почти", "حوالي", "نحو", "लगभग", "ประมาณ", "khoảng"),
        *("sekitar", "약", "およそ"),
    ),
}
PRECISION_OF = {word: precision for precision, words in PRECISIONS.items() for word in words}

NOT_KEPT = (
    *(">=", "<=", "≥", "≤", "at least", "at most", "up to", "±", "至少", "不少于", "不低于"),
    *("至多", "最多", "不超过", "au moins", "al menos", "pelo menos", "mindestens", "не менее"),
)
"""Words that include the number itself, which no precision does."""

PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
PERHAPS_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
WRITTEN = re.compile(
    r"(?P<head>[^\d+-]*?) ?(?P<sign>[+-]?)"
    r"(?P<digits>(?:(?<![^\W\d_])[.,٫])?\d[\d.,' ٬٫]*)(?P<unit>.*)",
    re.ASCII,
)
UNIT = re.compile(r"%|(?![ex][+-]?\d)[^\W\d_][^\d+=<>]*\d?", re.IGNORECASE)


class Unclear(ValueError):
    """A text or cell cannot be read in one way. The message is a whole sentence for its author.

    `is_text`: the message says no more than that.
    """

    def __init__(self, message, *, is_text=False):
        super().__init__(message)
        self.is_text = is_text


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a field takes, and in which `unit`.

    `places`: the decimals that it keeps; `digits`: how many digits it keeps before and after the
    point. `is_absurd`: of a number that the field takes, whether it cannot be meant, as far as one
    knows; asked where a text could be two numbers.
    """

    whole: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    places: int | None = None
    digits: int | None = None
    unit: str = ""
    is_absurd: Callable[[Decimal], bool] | None = None

    def admit(self, number):
        return (
            (not self.whole or number == number.to_integral_value())
            and (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A number with what stood before and after it; `precision` is a key of `PRECISIONS`.

    `times`: the multiplier that stood behind its digits, by which `number` is multiplied already.
    `is_chosen`: whether the digits alone could be another number too.
    """

    number: Decimal
    precision: str = ""
    unit: str = ""
    times: int = 1
    is_chosen: bool = False


ANY = Bounds()


def read(text, bounds=ANY):
    """The number in `text`, as `Written`. Raises Unclear where it is none, or several."""
    number = plain_number(text)
    if number is not None:
        return Written(number)
    text = plain_text(text)
    found = WRITTEN.fullmatch(text)
    if not found:
        raise not_one_number(text)
    tail = tail_in(found["unit"], text, bounds)
    precision = precision_in(found["head"], tail, text)
    if tail.unit not in ("", "%"):
        # The bounds are those of a number in the field's own unit.
        bounds = replace(bounds, least=None, most=None, is_absurd=None)
    numbers = readings(found["digits"].rstrip())
    if not numbers:
        raise not_one_number(text)
    if tail.is_of_letters and len(numbers) > 1:
        numbers = [numbers[0 if "," in found["digits"] else 1]]
    sign = -1 if found["sign"] == "-" else 1
    numbers = [multiplied(number, sign * tail.times) for number in numbers]
    likely = likely_one(numbers, bounds, found["digits"])
    number = small_enough(chosen(numbers, bounds, found["digits"]) if likely is None else likely)
    return Written(number, precision, tail.unit, tail.times, is_chosen=likely is not None)


def tail_in(words, text, bounds):
    """What stands behind the number, as `Tail`. The unit of the field has no multiplier in it."""
    unit = unicodedata.normalize("NFKC", words.strip())
    is_own = unit != "" and unit.casefold() == bounds.unit.casefold()
    tail = magnitudes.Tail(unit=unit) if is_own else magnitudes.parted(unit)
    if tail.times > 1 and magnitudes.parted(bounds.unit).times > 1:
        words = _("The unit has a multiplier of its own: write the number before “%s” alone.")
        raise Unclear(words % bounds.unit)
    if tail.not_kept:
        raise cannot_be_kept(tail.not_kept)
    if word := magnitudes.unclear_multiplier(tail.unit):
        raise Unclear(_("“%s” is not the same number everywhere: write all its digits.") % word)
    is_unit = UNIT.fullmatch(tail.unit) and (tail.unit[0].isalpha() or tail.unit == "%")
    if tail.unit and (not is_unit or (tail.unit == "%" and tail.times > 1)):
        raise not_one_number(text)
    return tail


def multiplied(number, times):
    """The product with all its digits, and none of the zeros behind the point that it makes."""
    if times == 1:
        return number
    return number * times if abs(times) == 1 else Decimal(f"{(number * times).normalize():f}")


def plain_number(text):
    """The Decimal of a text that needs no more reading; else None. Raises Unclear."""
    if len(text) > MOST_LETTERS or not PLAIN.fullmatch(text) or PERHAPS_GROUPED.fullmatch(text):
        return None
    return small_enough(Decimal(text))


def plain_text(text):
    """`text` with ASCII digits, signs and blanks, and nothing invisible. Raises Unclear."""
    start, end = ends_of(text)
    if end - start > MOST_LETTERS:
        raise too_large()
    return "".join(map(plain_character, text[start:end]))


def ends_of(text):
    """Where the text begins and ends without blanks and invisible characters around it."""
    start, end = 0, len(text)
    while start < end and is_edge(text[start]):
        start += 1
    while start < end and is_edge(text[end - 1]):
        end -= 1
    return start, end


def note_on_ends(text):
    """A note that names an invisible character before or behind the text; usually empty."""
    start, end = ends_of(text)
    unseen = next(filter(is_invisible, text[:start].strip() + text[end:].strip()), "")
    return unseen and _("An invisible character is left out: a %s.") % name_of(unseen)


def is_edge(character):
    """Whether a character may be left away. Control characters are no slip of a program."""
    is_control = unicodedata.category(character) == "Cc"
    return character.isspace() or (is_invisible(character) and not is_control)


def is_invisible(character):
    return unicodedata.category(character) in ("Cf", "Cc") or character in UNSEEN


def plain_character(character):
    if character.isascii() and character.isprintable():
        return character
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Zs":
        return " "
    if is_invisible(character) and not character.isspace():
        raise Unclear(
            _("There is an invisible character inside, a %s: type it anew.") % name_of(character)
        )
    return MARKS.get(character, character)


def name_of(character):
    name = NAMES_OF_UNSEEN.get(character) or unicodedata.name(character, "").lower()
    code = f"U+{ord(character):04X}"
    return f"{name} ({code})" if name else _("control character (%s)") % code


def precision_in(head, tail, text):
    """The precision that the words around a number give; two that differ are asked back."""
    word = " ".join(head.lower().strip(" .").split())
    found = list(tail.precisions)
    if word in PRECISION_OF:
        found.append(PRECISION_OF[word])
    elif word in NOT_KEPT:
        raise cannot_be_kept(word)
    elif word or head.strip():
        raise not_one_number(text)
    if len(set(found)) > 1:
        raise Unclear(
            _("“%s” says two things: write more than, less than or about once.") % text.strip()
        )
    return found[0] if found else ""


def cannot_be_kept(word):
    return Unclear(
        _("“%s” cannot be kept: write more than, less than or about, or the number alone.") % word
    )


def likely_one(numbers, bounds, digits):
    """The one of two `numbers` that is not absurd, if the language of the form writes it so.

    None where either could be meant, or the field takes one of them only.
    """
    if bounds.is_absurd is None or bounds.whole or not all(map(bounds.admit, numbers)):
        return None
    likely = [number for number in numbers if not bounds.is_absurd(number)]
    if len(numbers) != 2 or len(likely) != 1:
        return None
    has_decimals = get_format("DECIMAL_SEPARATOR") in digits
    return likely[0] if likely[0] is numbers[has_decimals] else None


def chosen(numbers, bounds, digits):
    """The one of `numbers` that the bounds admit. Raises Unclear where it could be another.

    Where they admit none, the field says itself why it does not take the number.
    """
    admitted = [number for number in numbers if bounds.admit(number)]
    if not admitted:
        return numbers[0 if bounds.whole else -1]
    if len(admitted) == 1 or (bounds.whole and "," in digits):
        # Pages print whole numbers with commas: 600,000 is never 600 with three decimals.
        return admitted[0]
    grouped, decimal = admitted
    ways = {"first": f"{grouped:f}", "second": f"{decimal.normalize():f}", "long": f"{decimal:f}0"}
    if bounds.whole or decimal == decimal.to_integral_value():
        ways["long"] = ways["second"]
    message = _("This could be %(first)s or %(second)s: write %(first)s or %(long)s.")
    raise Unclear(message % ways)


def small_enough(number):
    if number.adjusted() >= MOST_DIGITS:
        raise too_large()
    return number


def too_large():
    return Unclear(_("This is no number, or one that is too large."))


def not_one_number(text):
    """The Unclear for what could be several numbers, or none."""
    has_marks = any(mark in text for mark in ",. '") and not any(map(str.isalpha, text))
    if has_marks and any(map(str.isdecimal, text)):
        return Unclear(_("This is text that could be read as more than one number: type a number."))
    return Unclear(_("This is text, not a number."), is_text=True)


def fitted(number, bounds):
    """(number, note): the number as the field keeps it, and a note where that is another one.

    Raises Unclear where nothing would be left of it, and for a part of a whole number.
    """
    if bounds.whole:
        if number != number.to_integral_value():
            raise Unclear(_("This is not a whole number."))
        return number, ""
    places = kept_places(number, bounds)
    if places is None or -number.as_tuple().exponent <= places:
        return number, ""
    kept = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if kept == number:
        return kept, ""
    words = {"given": f"{number:f}", "kept": f"{kept:f}", "places": places}
    if kept == 0:
        message = ngettext(
            "This is too small: %(places)d decimal is kept.",
            "This is too small: %(places)d decimals are kept.",
            places,
        )
        raise Unclear(message % words)
    note = ngettext(
        "%(given)s is rounded to %(kept)s: %(places)d decimal is kept.",
        "%(given)s is rounded to %(kept)s: %(places)d decimals are kept.",
        places,
    )
    return kept, note % words


def kept_places(number, bounds):
    """The decimals that the field keeps of this number; None for all of them."""
    if bounds.digits is None:
        return bounds.places
    left = max(bounds.digits - max(number.adjusted() + 1, 1), 0)
    return left if bounds.places is None else min(left, bounds.places)


def write(number, bounds=ANY):
    """The digits of a Decimal, so that `read` gives it back: 1.234 as 1.2340."""
    text = f"{number.normalize() + 0:f}"
    return text if reads_as(text, number, bounds) else f"{text}0"


def reads_as(text, number, bounds):
    try:
        return read(text, bounds).number == number
    except Unclear:
        return False
