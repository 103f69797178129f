"""The units of measurement: conversions, choices and the reading of cells come from one table.

A new unit is a row of `ROWS`. Its words in a sentence are the fixed text `unit.CODE` of
`catalogue.json`; without it the code itself is printed.
"""

import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CONVERTED = Context(prec=15)
"""As many digits as SQLite and spreadsheets keep: 1 mu is 0.0666… ha without an end."""

WITHOUT_LIMIT = Context(prec=100)

MOST_DECIMALS = 6
"""No number that somebody entered has more."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor`: how many of the smallest unit of the same `kind` make one of this unit.

    `symbol` follows a number; `label` is for choices and for brackets after the name of a measure;
    `name` is for places where the unit stands alone.
    """

    code: str
    kind: str
    factor: Fraction
    symbol: str
    label: str
    name: str
    for_sums: bool = False
    is_local: bool = False
    """Known in some countries only: the metric area stands beside it."""
    spellings: tuple = ()
    """How people write it besides code, symbol, label and name; small letters."""


ROWS = (
    Unit(
        "km2",
        "area",
        Fraction(1_000_000),
        "km²",
        _("km²"),
        _("km²"),
        for_sums=True,
        spellings=(
            *("km^2", "sq km", "sqkm", "square km", "square kilometres", "square kilometers"),
            *("square kilometre", "square kilometer", "kilómetros cuadrados", "km cuadrados"),
            *("kilomètres carrés", "quilômetros quadrados", "quilómetros quadrados", "qkm", "kmq"),
            *("quadratkilometer", "кв км", "км2", "квадратных километров", "كم2", "كيلومتر مربع"),
            *("वर्ग किमी", "वर्ग किलोमीटर", "ตารางกิโลเมตร", "ตร กม", "平方公里", "平方千米"),
            *("平方キロメートル", "平方キロ", "제곱킬로미터", "kilometer persegi", "km vuông"),
        ),
    ),
    Unit(
        "ha",
        "area",
        Fraction(10_000),
        "ha",
        _("ha"),
        _("hectares"),
        for_sums=True,
        spellings=(
            *("hectare", "hectárea", "hectáreas", "hektar", "ettari", "га", "гектар", "гектара"),
            *("гектаров", "هكتار", "هكتارا", "हेक्टेयर", "เฮกตาร์", "公顷", "公頃", "ヘクタール"),
            *("헥타르", "héc-ta"),
        ),
    ),
    Unit(
        "m2",
        "area",
        Fraction(1),
        "m²",
        _("m²"),
        _("m²"),
        spellings=(
            *("m^2", "mq", "sq m", "sqm", "square m", "square metres", "square meters", "qm"),
            *("square metre", "square meter", "metros cuadrados", "mètres carrés", "кв м", "м2"),
            *("metros quadrados", "quadratmeter", "квадратных метров", "م2", "متر مربع"),
            *("वर्ग मीटर", "ตารางเมตร", "ตร ม", "平方米", "平米", "平方公尺", "平方メートル"),
            *("제곱미터", "meter persegi", "mét vuông"),
        ),
    ),
    Unit(
        "mu",
        "area",
        Fraction(10_000, 15),
        _("mu"),
        _("mu (1/15 ha)"),
        _("mu"),
        is_local=True,
        spellings=("亩", "市亩", "mǔ"),
    ),
    Unit(
        "acre",
        "area",
        Fraction("4046.8564224"),
        _("acres"),
        _("acres"),
        _("acres"),
        is_local=True,
        spellings=(
            "ac",
            "英亩",
            "英畝",
            "एकड़",
            "एकड़",
            "에이커",
            "エーカー",
            "เอเคอร์",
            "акр",
            "акров",
        ),
    ),
    Unit(
        "dunam",
        "area",
        Fraction(1_000),
        _("dunams"),
        _("dunams (1,000 m²)"),
        _("dunams"),
        is_local=True,
        spellings=("dunum", "dunums", "dönüm", "donum", "دونم", "دونما", "דונם", "דונמים"),
    ),
    Unit(
        "rai",
        "area",
        Fraction(1_600),
        _("rai"),
        _("rai (1,600 m²)"),
        _("rai"),
        is_local=True,
        spellings=("ไร่",),
    ),
    Unit(
        "feddan",
        "area",
        # 24 kirat of 175 m², 60 m by 70 m: Lyons, The cadastral survey of Egypt (1907).
        Fraction(4_200),
        _("feddans"),
        _("feddans (4,200 m²)"),
        _("feddans"),
        is_local=True,
        spellings=("faddan", "fed", "فدان", "فدانا", "أفدنة"),
    ),
    Unit(
        "percent",
        "share",
        Fraction(1),
        "%",
        _("percent"),
        _("percent"),
        spellings=(
            "pct",
            "per cent",
            "pour cent",
            "por ciento",
            "por cento",
            "prozent",
            "процентов",
        ),
    ),
    Unit("count", "count", Fraction(1), "", "", ""),
    Unit(
        "t/person/year",
        "mass per person",
        Fraction(1),
        _("t/person/year"),
        _("t per person and year"),
        _("t per person and year"),
    ),
    Unit(
        "t",
        "mass",
        Fraction(1_000),
        "t",
        _("t"),
        _("tonnes"),
        spellings=(
            *("tonne", "metric tons", "toneladas", "tonnen", "т", "тонн", "طن", "टन", "ตัน"),
            *("吨", "公吨", "噸", "公噸", "トン", "톤", "tấn"),
        ),
    ),
    Unit(
        "kg",
        "mass",
        Fraction(1),
        "kg",
        _("kg"),
        _("kilograms"),
        spellings=("kilogram", "kilo", "kilos", "кг", "كغ", "كجم", "किलो", "กก", "公斤", "千克"),
    ),
    Unit(
        "m3",
        "volume",
        Fraction(1_000),
        "m³",
        _("m³"),
        _("m³"),
        spellings=(
            *("m^3", "cubic metres", "cubic meters", "metros cúbicos", "mètres cubes", "м3"),
            *("kubikmeter", "куб м", "م3", "متر مكعب", "ลูกบาศก์เมตร", "立方米", "立方公尺", "㎥"),
        ),
    ),
    Unit(
        "L",
        "volume",
        Fraction(1),
        "L",
        _("litres"),
        _("litres"),
        spellings=("litre", "liter", "liters", "litros", "л", "литров", "لتر", "ลิตร", "升", "公升"),
    ),
    Unit(
        "km",
        "length",
        Fraction(1_000),
        "km",
        _("km"),
        _("kilometres"),
        spellings=(
            *("kilometre", "kilometer", "kilometers", "kilómetros", "kilomètres", "км", "كم"),
            *(
                "quilômetros",
                "quilómetros",
                "किमी",
                "กม",
                "กิโลเมตร",
                "公里",
                "千米",
                "キロメートル",
            ),
        ),
    ),
    Unit(
        "m",
        "length",
        Fraction(1),
        "m",
        _("m"),
        _("metres"),
        spellings=(
            "metre",
            "meter",
            "meters",
            "metros",
            "mètres",
            "м",
            "متر",
            "मीटर",
            "เมตร",
            "米",
        ),
    ),
    Unit("kWh", "energy", Fraction(1), "kWh", _("kWh"), _("kWh"), spellings=("千瓦时", "千瓦時")),
    Unit("MWh", "energy", Fraction(1_000), "MWh", _("MWh"), _("MWh"), spellings=("兆瓦时",)),
    Unit("GWh", "energy", Fraction(1_000_000), "GWh", _("GWh"), _("GWh"), spellings=("吉瓦时",)),
)
UNITS = {unit.code: unit for unit in ROWS}
"""By code. The unit of a measure may be missing here; it then converts only into itself."""

METRIC_AREAS = ("km2", "ha", "m2")

LEAST = Decimal("0.1")
"""Of a unit; smaller areas are shown in a smaller one."""


def accepted(unit):
    """The codes of the units in which a measure of `unit` may be entered, its own first."""
    own = UNITS.get(unit)
    if own is None:
        return (unit,)
    return (unit, *(row.code for row in ROWS if row.kind == own.kind and row is not own))


def metric(unit):
    """The `accepted` units without those of some countries only."""
    return tuple(code for code in accepted(unit) if code == unit or not is_local(code))


def is_local(unit):
    """Whether only some countries know a unit."""
    return unit in UNITS and UNITS[unit].is_local


def ratio(unit, into):
    """How many `into` make one `unit`. Raises KeyError if the two are of different kinds."""
    if unit == into:
        return Fraction(1)
    one, other = UNITS[unit], UNITS[into]
    if one.kind != other.kind:
        raise KeyError(unit)
    return one.factor / other.factor


def convert(number, unit, into):
    """`number` in the unit `into`: exact between metric units, with 15 digits where one is local.

    Raises KeyError if the two are of different kinds.
    """
    share = ratio(unit, into)
    if share == 1:
        return number
    product = WITHOUT_LIMIT.multiply(number, Decimal(share.numerator))
    context = CONVERTED if is_local(unit) or is_local(into) else WITHOUT_LIMIT
    return context.divide(product, Decimal(share.denominator))


def beside(number, unit, own):
    """(number, unit) of a number of a local `unit` in a metric one, rounded to be read.

    In the unit `own` of the measure, unless that is local too or makes a tiny number; else in one
    that fits the size. None for any other unit.
    """
    if not is_local(unit):
        return None
    for into in areas_beside(own):
        amount = convert(number, unit, into)
        if amount >= LEAST:
            break
    return rounded(amount), into


def areas_beside(own):
    """The metric units of an area, that of the measure first where it is one."""
    return tuple(dict.fromkeys((own, *METRIC_AREAS) if own in METRIC_AREAS else METRIC_AREAS))


def rounded(number):
    """A number with three significant digits, and never less than its whole part."""
    places = max(0, 2 - number.adjusted()) if number else 0
    return number.quantize(Decimal(1).scaleb(-places))


def readable(number):
    """A number as it is; `rounded` if it has so many decimals that a conversion made it."""
    ends = -number.normalize().as_tuple().exponent <= MOST_DECIMALS
    return number if ends else rounded(number)


def choices(unit):
    """(code, label) of each metric unit, for a field of a model or form."""
    return [(code, UNITS[code].label) for code in metric(unit)]


def symbol(unit):
    return str(UNITS[unit].symbol) if unit in UNITS else unit


def label(unit):
    return str(UNITS[unit].label) if unit in UNITS else unit


def parse(written):
    """The code of a unit as somebody wrote it; any other text unchanged."""
    if written in UNITS:
        return written
    return spellings().get(folded(written), written)


def spellings():
    """How a unit is written, `folded` → its code."""
    return _spellings(get_language())


@lru_cache(maxsize=64)
def _spellings(language):
    """`language`: the active one, in which the labels are."""
    found = {}
    for unit in ROWS:
        known = (unit.code, str(unit.symbol), str(unit.label), str(unit.name), *unit.spellings)
        for words in map(folded, known):
            found.setdefault(words, unit.code)
    found.pop("", None)
    return found


def folded(words):
    """`words` as units are compared: regardless of case, points, and the form of the 2 in m²."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().replace(".", " ").split())
