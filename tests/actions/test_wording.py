"""How the official sentences read with a city's values in them: every one, in every case."""

from decimal import Decimal
from itertools import product

import pytest
from django.utils import translation

from actions.models import ActionType, Measure, Statement, Value
from actions.wording import (
    baseline_sentence,
    converted_text,
    patterns_of,
    short_text,
    status_sentences,
    value_text,
)
from catalogue.models import FixedText
from catalogue.texts import Texts
from tests.factories import make_action, make_city

pytestmark = pytest.mark.usefixtures("catalogue")

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
    return Texts()


@pytest.fixture
def statement():
    return Statement(action=make_action(make_city("Worded")), kind=Statement.Kind.BASELINE)


def types():
    rows = ActionType.objects.exclude(baseline_template="").order_by("position")
    return list(rows.prefetch_related("measures"))


def measure_of(action_type, key):
    return Measure.objects.get(action_type__code=action_type, key=key)


def value_of(statement, measure, precision="exactly", number=Decimal("1234.5"), unit=""):
    value = Value(statement=statement, measure=measure)
    if measure.is_numeric:
        number = Decimal(1234) if measure.kind == Measure.Kind.COUNT else number
        number = Decimal("62.5") if measure.kind == Measure.Kind.PERCENT else number
        value.number, value.unit, value.precision = number, unit or measure.unit, precision
        value.fill_amount()
    elif measure.kind == Measure.Kind.TEXT:
        value.text = "two of five"
    else:
        value.status = "yes"
    return value


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


def test_every_sentence_with_every_value_and_precision(statement, texts):
    seen = 0
    for action_type, precision in product(types(), PRECISIONS):
        measures = action_type.measures.all()
        values = [value_of(statement, measure, precision) for measure in measures]
        runs, is_official = baseline_sentence(action_type, values, texts)
        gaps = {measure.key: expected_of(measure, precision) for measure in measures}
        assert words(runs) == action_type.baseline_template.format_map(gaps)
        assert is_official
        if "{" in action_type.baseline_template:
            assert strong(runs) == [gaps[m.key] for m in in_order(action_type, measures)]
        assert "  " not in words(runs)
        seen += 1
    assert seen == 18 * 4


def test_every_sentence_with_each_value_missing(statement, texts):
    for action_type in types():
        measures = list(action_type.measures.all())
        for missing in measures:
            values = [value_of(statement, m) for m in measures if m != missing]
            runs, _is_official = baseline_sentence(action_type, values, texts)
            if len(measures) == 1:
                assert runs == ()
                continue
            gaps = {measure.key: expected_of(measure) for measure in measures}
            gaps[missing.key] = "(not stated)"
            assert words(runs) == action_type.baseline_template.format_map(gaps)
            assert "(not stated)" not in strong(runs)


@pytest.mark.parametrize("status", ["partly", "no"])
def test_a_status_has_sentences_of_ours(statement, texts, status):
    of_status = [t for t in types() if "{" not in t.baseline_template]
    assert len(of_status) == 4
    for action_type in of_status:
        (measure,) = action_type.measures.all()
        value = Value(statement=statement, measure=measure, status=status)
        runs, is_official = baseline_sentence(action_type, [value], texts)
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
def test_a_number_reads_in_the_unit_that_it_was_entered_in(statement, texts, unit, expected):
    value = value_of(statement, measure_of("protected-areas", "protected_area"), unit=unit)
    assert value_text(value, texts).value == expected
    assert (converted_text(value, texts) is None) == (unit == "km2")


def test_hectares_are_said_in_square_kilometres_too(statement, texts):
    measure = measure_of("access-to-nature", "green_blue_area")
    value = value_of(statement, measure, "about", unit="ha")
    assert converted_text(value, texts).value == f"12.345{NO_BREAK}square kilometers"
    assert short_text(value, texts).value == "about 12.345"


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
def test_the_citys_words_fit_into_the_sentence(statement, texts, typed, expected):
    measure = measure_of("ecosystem-policies", "extent_or_names")
    value = Value(statement=statement, measure=measure, text=typed)
    runs, _is_official = baseline_sentence(measure.action_type, [value], texts)
    assert strong(runs) == [expected]
    assert value_text(value, texts).value == typed


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
def test_a_language_sets_its_own_order_and_spaces(statement, language, patterns, unit, expected):
    measure = measure_of("protected-areas", "protected_area")
    measure.translations = {language: {"unit_in_sentence": unit}}
    for code, pattern in patterns.items():
        FixedText.objects.filter(code=code).update(translations={language: {"name": pattern}})
    with translation.override(language):
        said = value_text(value_of(statement, measure, "more-than"), Texts())
    assert said.value.replace("\u202f", NO_BREAK) == expected
    assert said.language == language


@pytest.mark.parametrize(("pattern", "expected"), [("{number} %", f"62,5{NO_BREAK}%")])
def test_a_space_before_a_percent_sign_does_not_break(statement, pattern, expected):
    FixedText.objects.filter(code="value.number.percent").update(
        translations={"fr": {"name": pattern}}
    )
    value = value_of(statement, measure_of("carbon", "tree_cover"))
    with translation.override("fr"):
        assert value_text(value, Texts()).value == expected
        assert short_text(value, Texts()).value == expected


def test_a_script_finds_the_same_words(statement, texts):
    """The patterns of the live preview, filled in as static/js/sentence.js fills them in."""
    for action_type, precision in product(types(), PRECISIONS):
        for measure in action_type.measures.all():
            if measure.is_numeric:
                value = value_of(statement, measure, precision)
                patterns = patterns_of(measure, texts)
                number = expected_of(measure).partition(NO_BREAK)[0].removesuffix("%")
                amount = patterns["units"][value.unit].replace("{number}", number)
                said = patterns["precisions"][precision].replace("{value}", amount)
                assert said == value_text(value, texts).value
