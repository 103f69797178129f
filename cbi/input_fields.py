"""The form fields of the inputs of an indicator: numbers, lists of areas, words."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from intake import numbers
from profiles.fields import CellTextValidator
from profiles.number_fields import NumberField
from profiles.text_fields import TidyCharField

from .models import LONGEST_LIST, InputKind, input_bounds


class ComparesNumbers:
    """A field whose text is the same as another one where its numbers are: 12.50 and 12.5."""

    def has_changed(self, initial, data):
        try:
            return comparable(self.to_python(data)) != comparable(initial)
        except ValidationError:
            return True


class NumberText(ComparesNumbers, NumberField):
    """A number as text, as `IndicatorResult.inputs` stores it; "" if empty."""

    def to_python(self, value):
        number = super().to_python(value)
        if number is None:
            return ""
        # Lists may be long: the zero that makes 1.234 unmistakable is not stored.
        text = f"{number:f}"
        short = text.removesuffix("0")
        return short if numbers.PERHAPS_GROUPED.fullmatch(short) else text


class NumberTexts(ComparesNumbers, forms.CharField):
    """A list of numbers, separated by semicolons or line breaks: "12.5; 3; 0.4"."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "numbers", "inputmode": "decimal"})

    def __init__(self, *, bounds, **kwargs):
        super().__init__(required=False, max_length=LONGEST_LIST, **kwargs)
        self.bounds = bounds
        self.notes = ()

    def prepare_value(self, value):
        if isinstance(value, list):
            one = NumberField(bounds=self.bounds)
            return "; ".join(str(one.prepare_value(as_number(text))) for text in value)
        return value

    def to_python(self, value):
        text = super().to_python(value) or ""
        one, found, notes = NumberText(bounds=self.bounds, required=False), [], []
        for part in filter(str.strip, text.replace("\n", ";").split(";")):
            found.append(self.read_part(one, part.strip()))
            notes += one.notes
        self.notes = notes
        return found

    def read_part(self, one, part):
        try:
            return one.to_python(part)
        except ValidationError as error:
            message = " ".join(error.messages)
            raise ValidationError(message if part in message else f"“{part}”: {message}") from error

    def run_validators(self, value):
        """Check the length of the text, not of the list: the browser's `maxlength` counts text."""
        return super().run_validators("; ".join(value))


def as_number(text):
    """A stored number as Decimal; what is no number stays text."""
    try:
        number = Decimal(text)
    except (ArithmeticError, TypeError, ValueError):
        return text
    return number if number.is_finite() else text


def field_for(one, suggestions, area_unit):
    """The form field for an `Input`; it may be empty. Areas are in `area_unit`."""
    label, bounds = str(one.label), input_bounds(one, area_unit)
    if one.kind == InputKind.WORDS:
        widget = forms.Textarea(attrs={"rows": 3})
        # As a `LongTextField`: the text must fit into a cell of a workbook.
        field = TidyCharField(label=label, required=False, max_length=30_000, widget=widget)
        field.validators.append(CellTextValidator())
    elif one.kind == InputKind.AREAS:
        field = NumberTexts(label=label, bounds=bounds)
    else:
        mode = "numeric" if one.kind == InputKind.COUNT else "decimal"
        widget = forms.TextInput(attrs={"inputmode": mode, "class": "number", "size": 16})
        field = NumberText(label=label, widget=widget, required=False, bounds=bounds)
    field.unit = "" if one.is_area else one.unit
    field.suggestions = suggestions
    is_list = one.kind == InputKind.AREAS
    field.hint = str(_("With a semicolon between them: 12.5; 3; 0.4")) if is_list else ""
    field.help_text = " ".join(filter(None, [field.hint, *(found.text for found in suggestions)]))
    return field


def kept(one, stored, typed):
    """What was typed, or the stored text where that is the same number: 12.50 for 12.5."""
    before = stored.get(one.name)
    if one.kind == InputKind.WORDS or before is None:
        return typed
    return before if comparable(before) == comparable(typed) else typed


def comparable(texts):
    return [as_number(text) for text in texts] if isinstance(texts, list) else as_number(texts)
