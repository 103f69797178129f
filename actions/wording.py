"""How values read: number and unit together, with their precision, apart from the sentence."""

from catalogue.atoms import Figure, Run, Text
from catalogue.models import gaps_of
from catalogue.texts import split

from .models import Measure
from .units import SENTENCE_UNITS, accepted

STATUS_SENTENCES = {"partly": "sentence_partly", "no": "sentence_no"}


def value_text(value, texts):
    """The words of a value: "more than 1,886 square km", "74.43%", or the city's own."""
    measure = value.measure
    if measure.kind == Measure.Kind.TEXT:
        return value.statement.text_of_city(value.text)
    if measure.kind == Measure.Kind.STATUS:
        return texts(f"status.{value.status}")
    number = Figure.of(value.number, measure.decimals).text
    if measure.kind == Measure.Kind.PERCENT:
        words = texts("value.number.percent", number=number)
    elif measure.unit_in_sentence:
        unit = unit_words(measure).get(value.unit or measure.unit, value.unit)
        words = texts("value.number.unit", number=number, unit=unit)
    else:
        words = Text(number, texts("value.exactly", value="").language)
    return texts(f"value.{value.precision}", value=words.value)


def unit_words(measure):
    """Unit → its words in a sentence, for each unit in which `measure` may be entered."""
    own = measure.text("unit_in_sentence").value
    return {
        unit: own if unit == measure.unit else SENTENCE_UNITS.get(unit, unit)
        for unit in accepted(measure.unit)
    }


def in_measures_unit(value, texts):
    """The words of a number that was entered in another unit than its measure's; else None."""
    measure = value.measure
    if value.unit in ("", measure.unit):
        return None
    unit = measure.text("unit_in_sentence").value
    return texts("value.number.unit", number=_amount(value), unit=unit)


def short_text(value, texts):
    """The number in the measure's unit, with its precision: "more than 1,886", "74.43%"."""
    number = _amount(value)
    if value.measure.kind == Measure.Kind.PERCENT:
        number = texts("value.number.percent", number=number).value
    return texts(f"value.{value.precision}", value=number)


def _amount(value):
    is_own = value.unit in ("", value.measure.unit)
    return Figure.of(value.amount, value.measure.decimals if is_own else None).text


def baseline_sentence(action_type, values, texts):
    """(runs, is official): the sentence of the action type with the city's values in it.

    `values` are those of the baseline. The official sentence of a status without a gap stands for
    "yes"; for "partly", "no" and no answer there are sentences of ours, or none.
    """
    if not action_type.baseline_template:
        return (), True
    by_key = {value.measure.key: value for value in values}
    for measure in action_type.measures.all():
        if measure.kind == Measure.Kind.STATUS:
            return _status_sentence(action_type, measure, by_key.get(measure.key))
    template = action_type.text("baseline_template")
    missing = Run(texts("value.missing"))
    given = {key: Run(value_text(value, texts), strong=True) for key, value in by_key.items()}
    return split(template, {key: given.get(key, missing) for key in gaps_of(template.value)}), True


def _status_sentence(action_type, measure, value):
    if value is None:
        return (), True
    if value.status == "yes":
        return split(action_type.text("baseline_template"), {}), True
    return (Run(measure.text(STATUS_SENTENCES[value.status])),), False
