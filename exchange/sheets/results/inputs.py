"""The cells “Input 1” to “Input 4” of a result: what each holds depends on the indicator."""

from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cbi.models import Indicator, IndicatorResult, InputKind, input_bounds
from intake import numbers
from profiles.fields import CellTextValidator

from ... import cells
from ...columns import choices
from ...columns.references import ReferenceWidget
from ...columns.widgets import ChoiceWidget, NumberWidget, RawWidget, TextWidget
from ...problems import CellError

SEPARATOR = ";"


class InputWidget(RawWidget):
    """A Decimal, words, or a tuple of areas, as the indicator asks."""

    expected = gettext_lazy(
        "a number, words, or areas with a semicolon between two of them: as the indicator asks"
    )

    def render(self, value, obj=None, **kwargs):
        if is_blank(value):
            return None
        if isinstance(value, tuple):
            return value[0] if len(value) == 1 else f"{SEPARATOR} ".join(map(in_a_list, value))
        return cells.tidy(value) if isinstance(value, str) else value

    def same(self, old, new):
        if is_blank(old) or is_blank(new):
            return is_blank(old) and is_blank(new)
        if isinstance(old, str) and isinstance(new, str):
            return cells.comparable(old) == cells.comparable(new)
        return old == new


def is_blank(value):
    return value is None or value in ("", ())


def in_a_list(number):
    return numbers.write(number) if isinstance(number, Decimal) else str(number)


class IndicatorWidget(ReferenceWidget):
    """Passes on the word for an indicator, which means another one in another edition."""

    expected = gettext_lazy(
        "an indicator of the edition, by its code, its number or its official name"
    )

    def __init__(self):
        super().__init__(Indicator)

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        return cells.as_text(value)

    def choices_for(self, context):
        return choices.Choices("indicators", describe_indicators, title=_("Indicator"))


def describe_indicators():
    """(code; number, name and what belongs into each input) of each indicator."""
    rows = Indicator.objects.current().order_by(
        "component__edition__position", "component__edition__code", "number"
    )
    for row in rows:
        asked = row.input_rows()
        inputs = [f"{input_name(at, one)}: {measure_of(one)}" for at, one in enumerate(asked)]
        words = "; ".join(inputs) or _("No inputs: give the city's own points")
        yield row.code, f"{row.number} {row.name}. {words}."


def input_name(index, one):
    """“Input 2 (Area of city)”, as messages and the sheet Lists call it."""
    return _("Input %(number)d (%(label)s)") % {"number": index + 1, "label": one.label.value}


def measure_of(one):
    return one.kind.label if one.is_area or not one.unit else one.unit


class InputReader:
    """Reads and sets the inputs of results; index 0 is the column “Input 1”."""

    def __init__(self, context):
        self.context = context
        self.by_indicator = {}
        self.text = TextWidget()
        self.number = NumberWidget()
        self.number.bind(context)

    def all_of(self, result):
        """The `Input`s that the result's indicator asks for, in their order."""
        pk = result.indicator_id
        if pk not in self.by_indicator:
            self.by_indicator[pk] = self.context.catalogue_row(Indicator, pk).input_rows()
        return self.by_indicator[pk]

    def find(self, result, index):
        inputs = self.all_of(result)
        return inputs[index] if index < len(inputs) else None

    def stored_value(self, result, index):
        """A Decimal, words or a tuple of Decimals; None where there is nothing."""
        one = self.find(result, index)
        given = result.inputs.get(one.name) if one else None
        if given in (None, "", []):
            return None
        if one.kind == InputKind.WORDS:
            return given
        return tuple(map(decimal, given)) if one.kind == InputKind.AREAS else decimal(given)

    def set_value(self, result, index, value):
        name = self.find(result, index).name
        others = {other: given for other, given in result.inputs.items() if other != name}
        result.inputs = others if is_blank(value) else {**others, name: plain(value)}

    def read(self, one, raw, area_unit):
        """The cell's value for the input `one`, as in `stored_value`. Raises CellError."""
        if one.kind == InputKind.WORDS:
            return self.read_words(raw)
        bounds = input_bounds(one, area_unit)
        if one.kind == InputKind.AREAS:
            return self.read_areas(raw, bounds)
        return not_negative(Decimal(self.number.clean_within(raw, bounds)))

    def read_words(self, raw):
        text = self.text.clean(raw)
        try:
            CellTextValidator()(text)
        except ValidationError as error:
            raise CellError(" ".join(error.messages)) from error
        return text

    def read_areas(self, raw, bounds):
        if not isinstance(raw, str):
            return (not_negative(self.number.clean_within(raw, bounds)),)
        parts = [part.strip() for part in raw.split(SEPARATOR)]
        return tuple(self.read_area(part, bounds) for part in parts if part)

    def read_area(self, part, bounds):
        try:
            return not_negative(self.number.clean_within(part, bounds))
        except CellError as error:
            raise CellError(f"“{part}”: {error}") from error

    def expected(self, one):
        if one.kind == InputKind.WORDS:
            return str(self.text.expected)
        if one.kind == InputKind.AREAS:
            return _("areas, with a semicolon between two of them, such as 12.5; 3")
        whole = one.kind == InputKind.COUNT
        return str(NumberWidget.whole_expected if whole else self.number.expected)


def not_negative(number):
    if number < 0:
        raise CellError(_("The number cannot be below zero."))
    return number


def decimal(text):
    """A stored number as Decimal; what is no number stays text."""
    try:
        number = Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        return str(text)
    return number if number.is_finite() else str(text)


def plain(value):
    """A value of `stored_value` as the JSON field keeps it."""
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


AreaUnit = models.TextChoices(
    "AreaUnit",
    {word.upper(): (word, name) for word, name in IndicatorResult._meta.get_field("unit").choices},
)


class AreaUnitWidget(ChoiceWidget):
    def __init__(self):
        super().__init__(AreaUnit)

    def choices_for(self, context):
        units = super().choices_for(context)
        return choices.Choices(units.name, units.load, title=_("Unit of the areas"))
