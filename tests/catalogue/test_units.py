"""Units as people have them: each spelling is one unit, and nothing is lost on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest

from catalogue import units


@pytest.mark.parametrize(
    ("code", "square_metres"),
    [
        ("mu", Fraction(2000, 3)),
        ("acre", Fraction("4046.8564224")),
        ("dunam", Fraction(1000)),
        ("rai", Fraction(1600)),
        ("feddan", Fraction(4200)),
    ],
)
def test_an_area_of_some_countries_is_exact(code, square_metres):
    assert units.ratio(code, "m2") == square_metres


@pytest.mark.parametrize("own", ["km2", "mu", "t", "kWh"])
def test_a_number_converted_there_and_back_is_the_number(own):
    for unit in units.accepted(own):
        for number in map(Decimal, ("0.01", "1", "8", "80000", "178000.5", "123456789.12")):
            there = units.convert(number, unit, own)
            assert abs(units.convert(there, own, unit) - number) <= number * Decimal("1e-14")
            assert len(there.as_tuple().digits) <= 24, "a database keeps no more"


def test_fifteen_mu_are_a_hectare_without_a_rest():
    assert units.convert(Decimal(15), "mu", "ha") == 1
    assert units.convert(Decimal(80_000), "mu", "km2") == Decimal("53.3333333333333")
    assert units.convert(Decimal("1234567.890123"), "m2", "km2") == Decimal("1.234567890123")


@pytest.mark.parametrize(
    ("number", "unit", "own", "expected"),
    [
        (80_000, "mu", "mu", ("53.3", "km2")),
        (1_987_000, "mu", "km2", ("1325", "km2")),
        (80_000, "mu", "ha", ("5333", "ha")),
        (30, "mu", "km2", ("2.00", "ha")),
        (1, "rai", "rai", ("0.160", "ha")),
        (0, "acre", "km2", ("0.00", "m2")),
        (5, "ha", "km2", None),
        (5, "t", "t", None),
    ],
)
def test_a_metric_area_that_can_be_read_stands_beside(number, unit, own, expected):
    found = units.beside(Decimal(number), unit, own)
    assert found == (expected and (Decimal(expected[0]), expected[1]))


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("km2", "平方公里 平方千米 ㎢ км² كم² ตร.กม. qkm km^2"),
        ("ha", "公顷 га هكتار हेक्टेयर ヘクタール 헥타르 Hectáreas"),
        ("m2", "平方米 ㎡ м² م² Quadratmeter"),
        ("mu", "亩 市亩 Mu mǔ"),
        ("acre", "英亩 acres एकड़ 에이커"),
        ("dunam", "دونم דונם dönüm Dunams"),
        ("rai", "ไร่ Rai"),
        ("feddan", "فدان feddans"),
        ("percent", "pct Pct. %"),
        ("t", "吨 т tonnes ตัน 톤"),
        ("m3", "立方米 m³ ㎥ м³"),
        ("km", "公里 千米 км"),
        ("kWh", "千瓦时 KWH"),
    ],
)
def test_a_unit_is_known_in_many_spellings(code, written):
    assert {word: units.parse(word) for word in written.split()} == dict.fromkeys(
        written.split(), code
    )


@pytest.mark.parametrize("written", ["畝", "公亩", "mẫu", "tatami", ""])
def test_another_unit_of_a_like_name_is_not_taken_for_it(written):
    """畝 is a mu in China and a se, a seventh of it, in Japan."""
    assert units.parse(written) == written


def test_no_spelling_stands_for_two_units():
    seen = {}
    for unit in units.ROWS:
        known = (unit.code, str(unit.symbol), str(unit.label), str(unit.name), *unit.spellings)
        for words in filter(None, map(units.folded, known)):
            assert seen.setdefault(words, unit.code) == unit.code, words
