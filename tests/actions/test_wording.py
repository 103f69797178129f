"""How the official sentences read with a city's values in them: every one, in every case."""

from decimal import Decimal
from itertools import product

import pytest
from django.utils import translation
from msgspec.structs import replace

from actions.lists import measures_of
from actions.models import Measure
from actions.wording import (
    baseline_sentence,
    converted_text,
    patterns_of,
    short_text,
    status_sentences,
    symbol_text,
    value_text,
)
from catalogue.atoms import Figure
from catalogue.texts import Texts
from catalogue.units import LEAST, rounded
from tests.records import changed_catalogue, make_value_record, shipped_catalogue

MEASURES = shipped_catalogue().measures
TYPES = [row for row in shipped_catalogue().action_types.values() if row.baseline_template]

NO_BREAK = "\u00a0"
PRECISIONS = {
    "exactly": "",
    "more-than": "more than ",
    "about": "about ",
    "less-than": "less than ",
}
IN_SENTENCE = {"km2": " square km", "percent": "%", "t/person/year": " tonnes per person per year"}


@pytest.fixture
def texts():
    return Texts(shipped_catalogue())


def own_measures(action_type):
    return measures_of(action_type, MEASURES)


def value_of(measure, precision="exactly", **fields):
    numbers = {Measure.Kind.COUNT: 1234, Measure.Kind.PERCENT: "62.5"}
    given = {Measure.Kind.TEXT: "two of five", Measure.Kind.STATUS: "yes", **numbers}
    return make_value_record(
        measure, given.get(measure.kind, "1234.5"), precision=precision, **fields
    )


def expected_of(measure, precision="exactly"):
    """What the gap of a measure reads, put together here by other means than the program's."""
    if measure.kind == Measure.Kind.TEXT:
        return "two of five"
    if measure.kind == Measure.Kind.STATUS:
        return ""
    few = precision == "less-than" and measure.kind == Measure.Kind.COUNT
    words = "fewer than " if few else PRECISIONS[precision]
    if measure.kind == Measure.Kind.COUNT:
        return f"{words}1,234"
    number = "62.5" if measure.kind == Measure.Kind.PERCENT else "1,234.5"
    unit = IN_SENTENCE[measure.unit]
    if measure.unit_in_sentence == "square kilometers":
        unit = " square kilometers"
    return words + number + (NO_BREAK + unit[1:] if unit.startswith(" ") else unit)


def words(runs):
    return "".join(run.text.value for run in runs)


def strong(runs):
    return [run.text.value for run in runs if run.strong]


def in_order(action_type, measures):
    place = action_type.baseline_template.index
    return sorted(measures, key=lambda measure: place(f"{{{measure.key}}}"))


def test_every_sentence_with_every_value_and_precision(texts):
    seen = 0
    for action_type, precision in product(TYPES, PRECISIONS):
        measures = own_measures(action_type)
        values = [value_of(measure, precision) for measure in measures]
        runs, is_official = baseline_sentence(action_type, values, MEASURES, texts)
        gaps = {measure.key: expected_of(measure, precision) for measure in measures}
        assert words(runs) == action_type.baseline_template.format_map(gaps)
        assert is_official
        if "{" in action_type.baseline_template:
            assert strong(runs) == [gaps[m.key] for m in in_order(action_type, measures)]
        assert "  " not in words(runs)
        seen += 1
    assert seen == 18 * 4


def test_every_sentence_with_each_value_missing(texts):
    for action_type in TYPES:
        measures = own_measures(action_type)
        for missing in measures:
            values = [value_of(measure) for measure in measures if measure != missing]
            runs, _is_official = baseline_sentence(action_type, values, MEASURES, texts)
            if len(measures) == 1:
                assert runs == ()
                continue
            gaps = {measure.key: expected_of(measure) for measure in measures}
            gaps[missing.key] = "(not stated)"
            assert words(runs) == action_type.baseline_template.format_map(gaps)
            assert "(not stated)" not in strong(runs)


@pytest.mark.parametrize("status", ["partly", "no"])
def test_a_status_has_sentences_of_ours(texts, status):
    of_status = [t for t in TYPES if "{" not in t.baseline_template]
    assert len(of_status) == 4
    for action_type in of_status:
        (measure,) = own_measures(action_type)
        value = make_value_record(measure, status)
        runs, is_official = baseline_sentence(action_type, [value], MEASURES, texts)
        assert words(runs) == getattr(measure, f"sentence_{status}")
        assert words(runs).endswith(".")
        assert not is_official
        offered = status_sentences(measure, action_type.text("baseline_template"))
        assert offered[status] == words(runs)
        assert offered["yes"] == action_type.baseline_template


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("km2", f"1,234.5{NO_BREAK}square km"),
        ("ha", f"1,234.5{NO_BREAK}hectares"),
        ("m2", f"1,234.5{NO_BREAK}square metres"),
    ],
)
def test_a_number_reads_in_the_unit_that_it_was_entered_in(texts, unit, expected):
    measure = MEASURES["protected-areas.protected_area"]
    value = value_of(measure, unit=unit)
    assert value_text(value, measure, texts).value == expected
    assert (converted_text(value, measure, texts) is None) == (unit == "km2")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("mu", f"more than 1,234.5{NO_BREAK}mu (0.823{NO_BREAK}km²)"),
        ("acre", f"more than 1,234.5{NO_BREAK}acres (5{NO_BREAK}km²)"),
    ],
)
def test_the_metric_area_stands_beside_a_unit_of_some_countries(texts, unit, expected):
    measure = MEASURES["protected-areas.protected_area"]
    value = value_of(measure, "more-than", unit=unit)
    assert value_text(value, measure, texts).value == expected
    assert symbol_text(value, measure, texts).value == expected
    assert converted_text(value, measure, texts) is None, "it would stand there twice"
    assert short_text(value, measure, texts).value in ("more than 0.823", "more than 5")


def test_hectares_are_said_in_square_kilometres_too(texts):
    measure = MEASURES["access-to-nature.green_blue_area"]
    value = value_of(measure, "about", unit="ha")
    assert converted_text(value, measure, texts).value == f"12.345{NO_BREAK}square kilometers"
    assert short_text(value, measure, texts).value == "about 12.345"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Two plans.", "Two plans"),
        ("安吉城市总体规划。", "安吉城市总体规划"),
        ("Plan A,\nPlan B\r\n", "Plan A, Plan B"),
        ("जल योजना।", "जल योजना"),
        ("no. 5", "no. 5"),
    ],
)
def test_the_citys_words_fit_into_the_sentence(texts, typed, expected):
    measure = MEASURES["ecosystem-policies.extent_or_names"]
    (action_type,) = (row for row in TYPES if row.code == measure.action_type)
    value = make_value_record(measure, typed)
    runs, _is_official = baseline_sentence(action_type, [value], MEASURES, texts)
    assert strong(runs) == [expected]
    assert value_text(value, measure, texts).value == typed


def translated(language, patterns):
    """The shipped texts in the active language, these of them translated."""
    shipped = shipped_catalogue().texts
    rows = [
        replace(shipped[code], translations={language: {"name": pattern}})
        for code, pattern in patterns.items()
    ]
    return Texts(changed_catalogue(texts=rows))


@pytest.mark.parametrize(
    ("language", "patterns", "unit", "expected"),
    [
        (
            "zh-hans",
            {"value.number.unit": "{number}{unit}", "value.more-than": "超过{value}"},
            "平方公里",
            "超过1234.5平方公里",
        ),
        (
            "fr",
            {"value.number.unit": "{number} {unit}", "value.more-than": "plus de {value}"},
            "km²",
            f"plus de 1{NO_BREAK}234,5{NO_BREAK}km²",
        ),
        (
            "ar",
            {"value.number.unit": "{number} {unit}", "value.more-than": "أكثر من {value}"},
            "كم²",
            f"أكثر من 1234,5{NO_BREAK}كم²",
        ),
    ],
)
def test_a_language_sets_its_own_order_and_spaces(language, patterns, unit, expected):
    measure = replace(
        MEASURES["protected-areas.protected_area"],
        translations={language: {"unit_in_sentence": unit}},
    )
    with translation.override(language):
        said = value_text(value_of(measure, "more-than"), measure, translated(language, patterns))
    assert said.value.replace("\u202f", NO_BREAK) == expected
    assert said.language == language


def test_a_space_before_a_percent_sign_does_not_break():
    measure = MEASURES["carbon.tree_cover"]
    value, expected = value_of(measure), f"62,5{NO_BREAK}%"
    with translation.override("fr"):
        french = translated("fr", {"value.number.percent": "{number} %"})
        assert value_text(value, measure, french).value == expected
        assert short_text(value, measure, french).value == expected


def test_a_script_finds_the_same_words(texts):
    """The patterns of the live preview, filled in as static/js/sentence.js fills them in."""
    for action_type, precision in product(TYPES, PRECISIONS):
        for measure in own_measures(action_type):
            if measure.is_numeric:
                value = value_of(measure, precision)
                patterns = patterns_of(measure, texts)
                number = expected_of(measure).partition(NO_BREAK)[0].removesuffix("%")
                amount = patterns["units"][value.unit].replace("{number}", number)
                said = patterns["precisions"][precision].replace("{value}", amount)
                assert said == value_text(value, measure, texts).value


def test_a_script_finds_the_metric_area(texts):
    """Filled in as static/js/sentence.js does: the first area that is not tiny."""
    measure = MEASURES["protected-areas.protected_area"]
    for number, unit in product(("0.5", "30", "1234.5", "1987000"), ("mu", "acre", "rai")):
        patterns = patterns_of(measure, texts)
        areas = patterns["metric"][unit]
        amounts = [(Decimal(number) * Decimal(one["factor"]), one["text"]) for one in areas]
        amount, text = next((pair for pair in amounts if pair[0] >= LEAST), amounts[-1])
        words = patterns["units"][unit].replace("{number}", Figure.of(number).text)
        said = text.replace("{value}", words).replace("{number}", Figure.of(rounded(amount)).text)
        value = replace(value_of(measure, unit=unit), number=Decimal(number))
        assert said == value_text(value, measure, texts).value
