"""Form fields for numbers, years and days as people type them, by the readers of `intake`."""

import datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from intake import coordinates, dates, numbers
from intake.numbers import Unclear

from .numbers import LONGEST_QUOTE, bounds_of, coordinate_in, is_year, number_in


def not_read(text):
    """The message for a text that is no number."""
    message = _("“%(given)s” is no number. Write digits, with a point before decimals: 1886.5")
    return message % {"given": text[:LONGEST_QUOTE]}


class ReadsText:
    """Base of the fields. `read` turns text into a value and notes, and raises Unclear.

    `notes`: how the value differs from what was typed; the admin shows them after saving.
    """

    widget = forms.TextInput
    input_mode = "decimal"
    notes = ()

    def read(self, text):
        raise NotImplementedError

    def to_python(self, value):
        self.notes = ()
        if value is not None and not isinstance(value, str):
            return value
        if value is None or not value.strip():
            return None
        try:
            read, self.notes = self.read(value)
        except Unclear as error:
            message = self.not_read(value) if error.is_text else str(error)
            raise ValidationError(message, code="invalid") from error
        return read

    def not_read(self, text):
        return not_read(text)

    def widget_attrs(self, widget):
        attrs = {"inputmode": self.input_mode, "class": "number"}
        own = {name: value for name, value in attrs.items() if name not in widget.attrs}
        return {**super().widget_attrs(widget), **own}


class NumberField(ReadsText, forms.Field):
    """A Decimal, or None. `bounds`: what the field takes, as `intake.numbers.Bounds`."""

    def __init__(self, *, bounds=numbers.ANY, **kwargs):
        super().__init__(**kwargs)
        self.bounds = bounds

    def read(self, text):
        return number_in(text, self.bounds)

    def prepare_value(self, value):
        """Digits that are read as this number again."""
        return numbers.write(value, self.bounds) if isinstance(value, Decimal) else value


class DecimalField(NumberField, forms.DecimalField):
    """For the decimal fields of models."""


class CoordinateField(DecimalField):
    """A latitude or a longitude. `other`: the other one, where the text says both."""

    input_mode = "text"
    other = None

    def __init__(self, *, axis, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def read(self, text):
        number, notes, self.other = coordinate_in(text, self.axis, self.bounds)
        return number, notes

    def to_python(self, value):
        self.other = None
        return super().to_python(value)


class IntegerField(NumberField, forms.IntegerField):
    """For the whole numbers of models."""

    input_mode = "numeric"

    def read(self, text):
        number, notes = super().read(text)
        return int(number), notes


class YearField(IntegerField):
    def read(self, text):
        year, note = dates.read_year(text)
        return year, [note] if note else []


class DateField(ReadsText, forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def read(self, text):
        day, note = dates.read_date(text)
        return day, [note] if note else []

    def to_python(self, value):
        value = super().to_python(value)
        return value.date() if isinstance(value, datetime.datetime) else value

    def not_read(self, text):
        return self.error_messages["invalid"]

    def widget_attrs(self, widget):
        return forms.DateField.widget_attrs(self, widget)


def form_options(field):
    """The options of `formfield` that give a model's field its form field from above."""
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return {"form_class": DateField, "widget": DateField.widget}
    if field.choices:
        return {}
    if field.name in coordinates.MOST:
        axis = {"form_class": CoordinateField, "axis": field.name}
        return {**axis, "widget": forms.TextInput, "bounds": bounds_of(field)}
    if is_year(field):
        form_class = YearField
    elif isinstance(field, models.IntegerField):
        form_class = IntegerField
    elif isinstance(field, models.DecimalField):
        form_class = DecimalField
    else:
        return {}
    return {"form_class": form_class, "widget": forms.TextInput, "bounds": bounds_of(field)}


def notes_of(form):
    """(label, note) of the fields whose values differ from what was typed."""
    if hasattr(form, "notes"):
        return form.notes
    return [
        (field.label, note)
        for name, field in form.fields.items()
        if name in form.changed_data
        for note in getattr(field, "notes", ())
    ]
