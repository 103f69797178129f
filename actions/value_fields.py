"""Form fields for a value of a measure or an own figure: a number with unit and precision, words,
or a status."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue import units
from intake import numbers
from intake.numbers import Unclear
from profiles.number_fields import not_read
from profiles.text_fields import TidyCharField

from .models import Measure, Value
from .models.own_figures import code_of
from .quantities import bounds_of, quantity_in

PREFIX = "value_"


@dataclass(frozen=True)
class EnteredNumber:
    """A number as entered, with unit and precision. `number` is None where none was entered."""

    number: Decimal | None
    unit: str
    precision: str

    @property
    def is_empty(self):
        return self.number is None


class NumberWidget(forms.MultiWidget):
    """Precision, number and unit. `unit` is preselected; it is hidden if no other is accepted."""

    def __init__(self, measure, unit):
        self.measure, self.unit = measure, unit
        number = forms.TextInput(attrs={"inputmode": "decimal", "size": 14, "class": "number"})
        choices = [(code, units.label(code)) for code in units.accepted(measure.unit)]
        unit = forms.Select(choices=choices) if len(choices) > 1 else forms.HiddenInput()
        super().__init__([forms.Select(choices=Value.Precision.choices), number, unit])
        names = {"measure": measure.name}
        self.widgets[0].attrs["aria-label"] = _("Precision: %(measure)s") % names
        self.widgets[2].attrs["aria-label"] = _("Unit: %(measure)s") % names

    def decompress(self, value):
        if value is None:
            return [Value.Precision.EXACTLY, "", self.unit]
        bounds = bounds_of(self.measure)
        number = "" if value.is_empty else numbers.write(value.number, bounds)
        return [value.precision, number, value.unit or self.measure.unit]

    def id_for_label(self, id_):
        return f"{id_}_1" if id_ else id_


class NumberValueField(forms.MultiValueField):
    """`notes`: how the value differs from what was typed."""

    notes = ()

    def __init__(self, measure, unit=None, **kwargs):
        self.measure = measure
        accepted = units.accepted(measure.unit)
        widget = NumberWidget(measure, unit if unit in accepted else measure.unit)
        fields = (
            forms.ChoiceField(choices=Value.Precision.choices, required=False),
            forms.CharField(required=False),
            forms.ChoiceField(choices=[(unit, unit) for unit in accepted], required=False),
        )
        super().__init__(fields, widget=widget, required=False, require_all_fields=False, **kwargs)

    def compress(self, values):
        """The value. “Exactly” is preselected: words before the number may say something else."""
        self.notes = ()
        if not values or not values[1]:
            return None
        precision, text, unit = values
        given = "" if precision == Value.Precision.EXACTLY else precision
        try:
            read = quantity_in(text, self.measure, unit=unit, precision=given)
        except Unclear as error:
            raise ValidationError(not_read(text) if error.is_text else str(error)) from error
        self.notes = read.notes
        return EnteredNumber(read.number, read.unit, read.precision or Value.Precision.EXACTLY)

    def has_changed(self, initial, data):
        """Compare whole values: unit and precision without a number are no value, so no change."""
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True


def field_for(measure, unit=None):
    """The form field for a value of `measure`, with `unit` preselected. Empty means no value."""
    if measure.is_numeric:
        return NumberValueField(measure, unit, label=label_with_unit(measure))
    texts = {"label": measure.name, "required": False}
    if measure.kind == Measure.Kind.STATUS:
        return forms.ChoiceField(choices=[("", _("no answer")), *Value.Status.choices], **texts)
    return TidyCharField(widget=forms.Textarea(attrs={"rows": 3}), **texts)


def label_with_unit(measure):
    """The measure's name, with its unit if only one unit is accepted."""
    accepted = units.accepted(measure.unit)
    unit = units.label(measure.unit) if len(accepted) == 1 else ""
    return f"{measure.name} ({unit})" if unit else measure.name


def usual_units(action, figures):
    """Code of a figure → the unit that the city used last, or None.

    Looked for in this action; for a measure also in the city's other actions, then in measures of
    the same unit.
    """
    some = [figure for figure in figures if len(units.accepted(figure.unit)) > 1]
    given = Value.objects.filter(number__isnull=False).order_by("statement__updated_on", "pk")
    of_measures = given.filter(
        statement__action__city=action.city_id, measure__unit__in=[one.unit for one in some]
    )
    latest = {}
    rows = of_measures.values_list("statement__action", "measure__code", "measure__unit", "unit")
    for of_action, code, own_unit, unit in rows if some else ():
        latest[own_unit] = latest[code] = unit
        if of_action == action.pk:
            latest[of_action, code] = unit
    own = [figure for figure in some if figure.is_own and figure.pk]
    rows = given.filter(own_figure__in=own).values_list("own_figure__number", "unit")
    for number, unit in rows if own else ():
        latest[action.pk, code_of(number)] = unit
    return {
        figure.code: latest.get((action.pk, figure.code))
        or (None if figure.is_own else latest.get(figure.code) or latest.get(figure.unit))
        for figure in figures
    }


def field_content(value):
    """A stored value in the form in which its field takes it as initial data."""
    if value.figure.is_numeric:
        return EnteredNumber(value.number, value.unit, value.precision)
    return value.status if value.figure.kind == Measure.Kind.STATUS else value.text


def fill_value(value, content):
    """Set the cleaned data of a form field on `value`, which is one of the field's figure.

    What was confirmed as unchanged before was another content.
    """
    value.unchanged_on = None
    if value.figure.is_numeric:
        value.number, value.unit = content.number, content.unit
        value.precision = content.precision
    elif value.figure.kind == Measure.Kind.STATUS:
        value.status = content
    else:
        value.text = content


def read_only_text(value):
    """A stored value as text, for users who may not edit the form."""
    if not value.figure.is_numeric:
        return value.get_status_display() or value.text
    number = f"{value.number.normalize():f}"
    precision = "" if value.precision == Value.Precision.EXACTLY else value.get_precision_display()
    return " ".join(filter(None, (precision, number, units.label(value.unit))))
