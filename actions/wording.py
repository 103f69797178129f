"""Values as text: number, unit and precision; and the official sentences with values in them."""

from decimal import Decimal

from catalogue import units
from catalogue.atoms import Figure, Run, Text
from catalogue.models import gap_names
from catalogue.texts import fill_gaps
from catalogue.units import accepted
from profiles.record import text_of
from profiles.writing_systems import platform_text

from .lists import measures_of
from .models import Measure, Value

NO_BREAK_SPACE = "\u00a0"

FULL_STOPS = ".。．।։።۔ "

STATUS_SENTENCES = {"partly": "sentence_partly", "no": "sentence_no"}


def value_text(value, measure, texts):
    """A `ValueRecord` as text: "more than 1,886 square km", "74.43%", or the city's own words."""
    if value.status:
        return texts(f"status.{value.status}")
    if value.number is None:
        return text_of(value.text)
    number = Figure.of(value.number, measure.decimals).text
    words = _number_words(measure, value.unit, number, texts).value
    words = _with_metric(words, value, measure, texts)
    return _with_precision(measure, value.precision, words, texts)


def _with_metric(words, value, measure, texts):
    """The words of a number, and the metric area in brackets if its unit is a local one."""
    found = units.beside(value.number, value.unit or measure.unit, measure.unit)
    if found is None:
        return words
    number, unit = found
    return _beside(words, Figure.of(number), unit, texts)


def _beside(words, number, unit, texts):
    area = f"{number}{NO_BREAK_SPACE}{units.symbol(unit)}"
    return texts("value.converted", value=words, converted=area).value


def _number_words(measure, unit, number, texts):
    """A number with its unit, joined by no-break spaces."""
    if measure.kind == Measure.Kind.PERCENT:
        return _kept_together(texts, "percent", number=number)
    if not measure.unit_in_sentence:
        return Text(number, texts("value.exactly", value="").language)
    return _kept_together(texts, "unit", number=number, unit=_unit_words(measure, unit, texts))


def _unit_words(measure, unit, texts):
    """The words for the figure's own unit; for another our fixed text or its code."""
    if unit in ("", measure.unit):
        return measure.text("unit_in_sentence").value
    return texts(f"unit.{unit}").value if f"unit.{unit}" in texts.rows else unit


def _kept_together(texts, pattern, **gaps):
    """A fixed text about a number, with no-break spaces so that number and unit share a line."""
    text = texts(f"value.number.{pattern}", **{name: f"{{{name}}}" for name in gaps})
    return Text(text.value.replace(" ", NO_BREAK_SPACE).format_map(gaps), text.language)


def _with_precision(measure, precision, words, texts):
    is_few = measure.kind == Measure.Kind.COUNT and precision == Value.Precision.LESS_THAN
    return texts(f"value.{precision}.count" if is_few else f"value.{precision}", value=words)


def patterns_of(measure, texts):
    """What a script needs to print a number of `measure` as `value_text` does.

    `units`: unit → text with `{number}`; `precisions`: precision → text with `{value}`, which
    stands for the filled text of the unit. `metric`: local unit → the areas of which the first
    that is not tiny stands beside it, as factor and text with `{value}` and `{number}`.
    """
    return {
        "units": {
            unit: _number_words(measure, unit, "{number}", texts).value
            for unit in accepted(measure.unit)
        },
        "precisions": {
            precision: _with_precision(measure, precision, "{value}", texts).value
            for precision in Value.Precision.values
        },
        "metric": {
            unit: [
                {
                    "factor": str(units.convert(Decimal(1), unit, area)),
                    "text": _beside("{value}", "{number}", area, texts),
                }
                for area in units.areas_beside(measure.unit)
            ]
            for unit in accepted(measure.unit)
            if units.is_local(unit)
        },
    }


def converted_text(value, measure, texts):
    """The number in the measure's unit as text; None if it was entered in that unit, or if
    `value_text` has the metric area already."""
    if value.unit in ("", measure.unit) or units.beside(value.number, value.unit, measure.unit):
        return None
    return _number_words(measure, measure.unit, _amount(value, measure), texts)


def short_text(value, measure, texts):
    """The number in the measure's unit, with its precision: "more than 1,886", "74.43%"."""
    number = _amount(value, measure)
    if measure.kind == Measure.Kind.PERCENT:
        number = _kept_together(texts, "percent", number=number).value
    return _with_precision(measure, value.precision, number, texts)


def symbol_text(value, measure, texts):
    """A number as entered with the symbol of its unit: "more than 151.74 km²", "74.43%"; a status
    as its word."""
    if value.number is None:
        return value_text(value, measure, texts)
    words = Figure.of(value.number, measure.decimals).text
    if measure.kind == Measure.Kind.PERCENT:
        words = percent_text(words, texts)
    elif symbol := _symbol(value, measure):
        words = _with_metric(f"{words}{NO_BREAK_SPACE}{symbol}", value, measure, texts)
    return _with_precision(measure, value.precision, words, texts)


def symbol_parts(value, measure, texts):
    """(number with its precision, symbol of its unit or None), to be set apart: "74.43", "%"."""
    words = Figure.of(value.number, measure.decimals).text
    number = _with_precision(measure, value.precision, words, texts)
    symbol = _symbol(value, measure)
    symbol = symbol and _with_metric(symbol, value, measure, texts)
    return number, platform_text(symbol, texts.language) if symbol else None


def _symbol(value, measure):
    return units.symbol(value.unit or measure.unit)


def percent_text(number, texts):
    """A number, written already, with its percent sign."""
    return _kept_together(texts, "percent", number=number).value


def _amount(value, measure):
    if value.unit in ("", measure.unit):
        return Figure.of(value.amount, measure.decimals).text
    return Figure.of(units.readable(value.amount)).text


def baseline_sentence(action_type, values, measures, texts):
    """(runs, is official): the sentence of the action type with the values of a baseline in it.

    Without values there is no sentence. A type with a status has an official sentence for "yes"
    only; the sentences for "partly" and "no" are our own. Figures of the city's own stand in none.
    `measures`: code → measure or own figure.
    """
    if not action_type.baseline_template:
        return (), True
    official = [value for value in values if not measures[value.measure].is_own]
    by_key = {measures[value.measure].key: value for value in official}
    for measure in measures_of(action_type, measures):
        if not measure.is_own and measure.kind == Measure.Kind.STATUS:
            return _status_sentence(action_type, measure, by_key.get(measure.key))
    if not by_key:
        return (), True
    template = action_type.text("baseline_template")
    missing = Run(texts("value.missing"))
    said = {
        key: _in_sentence(value, measures[value.measure], texts) for key, value in by_key.items()
    }
    given = {key: Run(text, strong=True) for key, text in said.items()}
    gaps = {key: given.get(key, missing) for key in gap_names(template.value)}
    return fill_gaps(template, gaps), True


def _in_sentence(value, measure, texts):
    """Words of the city on one line, without the full stop of a sentence of their own."""
    text = value_text(value, measure, texts)
    if not value.text:
        return text
    return Text(" ".join(text.value.split()).rstrip(FULL_STOPS), text.language)


def _status_sentence(action_type, measure, value):
    if value is None or not value.status:
        return (), True
    if value.status == Value.Status.YES:
        return fill_gaps(action_type.text("baseline_template"), {}), True
    return (Run(measure.text(STATUS_SENTENCES[value.status])),), False


def status_sentences(measure, template):
    """Status → its sentence; that of "yes" is the `template` (a `Text`)."""
    ours = {status: measure.text(field).value for status, field in STATUS_SENTENCES.items()}
    return {Value.Status.YES.value: template.value, **ours}
