"""Which texts are one number, and which are asked back."""

from decimal import Decimal

import pytest

from catalogue import units
from intake import numbers
from intake.numbers import Bounds, Unclear

LATITUDE = Bounds(least=Decimal(-90), most=Decimal(90), places=5)
WHOLE = Bounds(whole=True, least=Decimal(0))
AREA = Bounds(places=3, unit="km2")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1886", "1886"),
        (" 12.50\n", "12.50"),
        ("1 886,32", "1886.32"),
        ("1\u202f886\u00a0000.5", "1886000.5"),
        ("1’886", "1886"),
        ("300,5", "300.5"),
        (",5", "0.5"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", "5"),
        ("0,123", "0.123"),
        ("1.8860", "1.8860"),
        ("1.234.567", "1234567"),
        ("1,234,567.5", "1234567.5"),
        ("1.234,567", "1234.567"),
        ("12,34,567", "1234567"),
        ("1,00,000.25", "100000.25"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("６００，０００．５", "600000.5"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("۱۲۳۴", "1234"),
        ("๑๒.๕", "12.5"),
        ("१,००,०००", "100000"),
        ("𝟏𝟐", "12"),
        ("\u200e600000\u200b", "600000"),
        ("\ufeff105.4", "105.4"),
    ],
)
def test_a_text_with_one_reading_is_that_number(text, number):
    assert numbers.read(text) == numbers.Written(Decimal(number))


@pytest.mark.parametrize(
    "text",
    [
        *("", "viel", "NaN", "inf", "-", "1_000", "²", "5²", "½", "5½", "1e3", "1E-3", "0x10"),
        *("--5", "+-5", "(5)", "5-6", "5–6", "€5", "5€", "#REF!", "5/6", "1\n886", "5+", "=5"),
        *("1 2 3", "12 34", "6, 4", "1,2,3", "12,345,67", "1 886 32", "1.886.5", "12,,5", "5,"),
        *("1886 000", "01,234,567", "- 5", "1٬23", "1'88"),
        *("≥ 5", "at least 5", "1" * 31, "9" * 30_000, "\u200b" * 30_000),
    ],
)
def test_any_other_text_is_asked_back(text):
    with pytest.raises(Unclear):
        numbers.read(text)


@pytest.mark.parametrize(
    ("text", "bounds", "number"),
    [
        ("1,886", WHOLE, 1886),
        ("600,000", WHOLE, 600_000),
        ("1.886", WHOLE, 1886),
        ("42.967", LATITUDE, Decimal("42.967")),
        ("-42,967", LATITUDE, Decimal("-42.967")),
        ("12.345%", Bounds(most=Decimal(100)), Decimal("12.345")),
        ("2.026", Bounds(whole=True, least=Decimal(1900), most=Decimal(2100)), 2026),
        ("999.999", LATITUDE, Decimal("999.999")),  # the field says that this is no latitude
        ("1.234,5", WHOLE, Decimal("1234.5")),
    ],
)
def test_what_the_field_takes_decides_between_two_readings(text, bounds, number):
    assert numbers.read(text, bounds).number == number


def test_words_and_several_numbers_are_told_apart():
    for text, words in (("some 5.5", "not a number"), ("1 2 3", "more than one number")):
        with pytest.raises(Unclear, match=words):
            numbers.read(text)


@pytest.mark.parametrize("text", ["1,886", "1.886", "-1.886", "more than 1,886 ha"])
def test_two_readings_are_both_named(text):
    with pytest.raises(Unclear) as asked:
        numbers.read(text)
    sign = "-" if "-" in text else ""
    words = f"{sign}1886 or {sign}1.886: write {sign}1886 or {sign}1.8860."
    assert str(asked.value) == f"This could be {words}"
    with pytest.raises(Unclear, match=r"600000 or 600: write 600000 or 600\."):
        numbers.read("600.000", WHOLE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10\u200b5.4", "zero-width space (U+200B)"),
        ("60\u00ad0", "soft hyphen (U+00AD)"),
        ("1\ufeff0", "byte order mark (U+FEFF)"),
        ("1\u200e0", "left-to-right mark (U+200E)"),
        ("1\ufe0f0", "variation selector-16 (U+FE0F)"),
        ("1\x000", "control character (U+0000)"),
        ("12\x07", "control character (U+0007)"),
    ],
)
def test_an_invisible_character_inside_is_named(text, name):
    with pytest.raises(Unclear) as asked:
        numbers.read(text)
    assert name in str(asked.value)


@pytest.mark.parametrize(
    ("text", "precision", "unit"),
    [
        ("> 5", "more-than", ""),
        ("＞5", "more-than", ""),
        ("<5 ha", "less-than", "ha"),
        ("ca. 5", "about", ""),
        ("ca.5", "about", ""),
        ("~5", "about", ""),
        ("≈ 5", "about", ""),
        ("About 5 km²", "about", "km2"),
        ("more than 5", "more-than", ""),
        ("fewer than 5", "less-than", ""),
        ("5km2", "", "km2"),
        ("5 sq. km", "", "km2"),
        ("5㎢", "", "km2"),
        ("5 Hectares", "", "ha"),
        ("5 %", "", "percent"),
        ("5٪", "", "percent"),
        ("5 people", "", "people"),
    ],
)
def test_precision_and_unit_are_told_apart_from_the_number(text, precision, unit):
    read = numbers.read(text)
    assert (read.number, read.precision, units.parse(read.unit)) == (5, precision, unit)


@pytest.mark.parametrize(
    ("text", "number", "precision", "unit"),
    [
        ("8万余亩", 80_000, "more-than", "mu"),
        ("80余万亩", 800_000, "more-than", "mu"),
        ("８ 万亩", 80_000, "", "mu"),
        ("17.8万亩", 178_000, "", "mu"),
        ("1.234万亩", 12_340, "", "mu"),
        ("1,234.5万亩", 12_345_000, "", "mu"),
        ("近1000尾", 1000, "about", "尾"),
        ("不足8万亩", 80_000, "less-than", "mu"),
        ("超过356位", 356, "more-than", "位"),
        ("8万亩左右", 80_000, "about", "mu"),
        ("1.7亿元", 170_000_000, "", "元"),
        ("3百万千瓦时", 3_000_000, "", "kWh"),
        ("5千米", 5, "", "km"),
        ("3千克", 3, "", "kg"),
        ("8만여 그루", 80_000, "more-than", "그루"),
        ("5 แสนไร่", 500_000, "", "rai"),
        ("5 lakh hectares", 500_000, "", "ha"),
        ("१२ लाख", 1_200_000, "", ""),
        ("2 crore", 20_000_000, "", ""),
        ("1.2 million ha", 1_200_000, "", "ha"),
        ("2 millones de hectáreas", 2_000_000, "", "ha"),
        ("1,5 million d’hectares", 1_500_000, "", "ha"),  # noqa: RUF001 (as French is written)
        ("более 3,5 тыс. га", 3500, "more-than", "ha"),
        ("أكثر من ١٢ فدان", 12, "more-than", "feddan"),
    ],
)
def test_a_multiplier_is_told_apart_from_number_and_unit(text, number, precision, unit):
    read = numbers.read(text)
    assert (read.number, read.precision, units.parse(read.unit)) == (number, precision, unit)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("8万5千亩", "not a number"),
        ("8万5", "not a number"),
        ("5万%", "not a number"),
        ("八万亩", "not a number"),
        ("8万亩以上", "“以上” cannot be kept"),
        ("至少8万亩", "“至少” cannot be kept"),
        ("约8万余亩", "says two things"),
        ("5 billion ha", "“billion” is not the same number everywhere"),
        ("5 mil", "“mil” is not the same number everywhere"),
        ("1,886 million", "1886000000 or 1886000: write 1886000000 or 1886000"),
    ],
)
def test_a_multiplier_that_could_mean_two_numbers_is_asked_back(text, words):
    with pytest.raises(Unclear, match=words):
        numbers.read(text)


def test_a_multiplier_in_the_fields_own_unit_is_none():
    assert numbers.read("5万元", Bounds(unit="万元")) == numbers.Written(5, "", "万元")


def test_an_invisible_character_at_an_end_is_left_out_and_named():
    assert numbers.note_on_ends(" 105.4\u200b ") == (
        "An invisible character is left out: a zero-width space (U+200B)."
    )
    assert numbers.note_on_ends(" 105.4\n") == numbers.note_on_ends("") == ""


def test_a_number_keeps_the_places_of_its_field_and_says_so():
    kept, note = numbers.fitted(Decimal("1234.5678"), AREA)
    assert (kept, note) == (
        Decimal("1234.568"),
        "1234.5678 is rounded to 1234.568: 3 decimals are kept.",
    )
    assert numbers.fitted(Decimal("12.3450"), AREA) == (Decimal("12.345"), "")
    assert numbers.fitted(Decimal("0.0005"), AREA)[0] == Decimal("0.001")
    third = Decimal(f"{100 / 3:.15g}")
    assert numbers.fitted(third, Bounds(places=6, digits=15))[0] == Decimal("33.333333")
    assert numbers.fitted(Decimal("1234567890.1234567"), Bounds(digits=15))[0] == Decimal(
        "1234567890.12346"
    )
    for number, bounds in ((Decimal("0.0001"), AREA), (Decimal("1.5"), WHOLE)):
        with pytest.raises(Unclear):
            numbers.fitted(number, bounds)


@pytest.mark.parametrize("bounds", [numbers.ANY, LATITUDE])
@pytest.mark.parametrize("number", ["1.234", "-12.345", "1234.5", "0.123", "1E+3", "100.000", "-0"])
def test_what_is_written_is_read_again(number, bounds):
    number = Decimal(number)
    assert numbers.read(numbers.write(number, bounds), bounds).number == number


def test_a_multiplier_is_asked_back_where_the_unit_of_the_field_has_one():
    people = Bounds(least=Decimal(0), unit="万人")
    assert numbers.read("5万人", people).number == numbers.read("5", people).number == 5
    with pytest.raises(Unclear, match="The unit has a multiplier of its own"):
        numbers.read("5万", people)


def test_of_two_readings_the_one_that_is_not_absurd_is_taken_where_the_language_writes_it_so():
    def bounds(is_absurd):
        return Bounds(places=3, is_absurd=is_absurd)

    small, large = bounds(lambda number: number < 10), bounds(lambda number: number > 10)
    read = numbers.read("1,886", small)
    assert (read.number, read.is_chosen) == (1886, True)
    assert numbers.read("1.886", large).number == Decimal("1.886")
    assert not numbers.read("1886", large).is_chosen
    for text, other in (
        ("1.886", small),
        ("1,886", large),
        ("1,886", bounds(lambda number: False)),
    ):
        with pytest.raises(Unclear, match="This could be 1886 or 1.886"):
            numbers.read(text, other)
