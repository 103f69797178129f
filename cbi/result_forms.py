"""The form of one indicator: its inputs, their value and points, and the city's own points."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from catalogue import units
from hub.choices import ResourceField, accept_resource_addresses, choose_by_address
from profiles.dates import today
from profiles.plausibility import unanswered

from .bands import band_points
from .chapter import UNVERIFIED, value_text
from .formulas import InputError, Missing
from .input_fields import as_number, field_for, kept
from .models import AREA_UNIT, IndicatorResult, InputKind
from .plausibility import doubts_about_result
from .suggestions import Known, suggestions_for
from .wording import formula_words

OWN_FIELDS = ("reason", "evidence", "evidence_url", "evidence_resource")
PREFIX = "input_"
NOTHING_KNOWN = Known()


def own_field(model_field, **kwargs):
    """The form field for one of `OWN_FIELDS`."""
    if model_field.name == "evidence_resource":
        return ResourceField(label=capfirst(model_field.verbose_name))
    field = model_field.formfield(**kwargs)
    if isinstance(field.widget, forms.Textarea):
        field.widget = forms.Textarea(attrs={"rows": 2})
    return field


class ResultForm(forms.Form):
    """The form for the result of one indicator; the result may be unsaved.

    `known`: what is `Known` already. `resources`: resources of the hub that may be the evidence;
    `request`: that of the user who chooses.
    """

    def __init__(self, data=None, *, result, known=NOTHING_KNOWN, resources=(), request=None):
        self.result, self.indicator, self.known = result, result.indicator, known
        self.missing = None
        self.is_outdated = is_outdated(result)
        self.stored_content = entered_content(result)
        self.resources, self.request = resources, request
        if data is None:
            self.compute_stored()
        super().__init__(data, prefix=f"i{self.indicator.number}", label_suffix="")
        self.use_required_attribute = False
        self.rows = self.asked_inputs()
        self.add_inputs()
        self.add_points()

    def compute_stored(self):
        """Find out which input a half-filled result still needs, without saving."""
        if self.result.value is not None or self.result.pk is None:
            return
        try:
            self.result.score()
        except Missing as error:
            self.missing = error
        except InputError:
            pass  # `clean` reports it when the form is posted

    def asked_inputs(self):
        """The inputs; in a first assessment only the count to compare with later."""
        rows = self.indicator.input_rows()
        return rows[:1] if self.result.is_first_count else rows

    def add_inputs(self):
        for one in self.rows:
            offered = suggestions_for(one, self.result.assessment.city, self.known)
            self.fields[PREFIX + one.name] = field_for(one, offered, self.area_unit)
            empty = [] if one.kind == InputKind.AREAS else ""
            given = self.result.inputs.get(one.name, empty)
            is_one = one.kind not in (InputKind.AREAS, InputKind.WORDS)
            self.initial[PREFIX + one.name] = as_number(given) if is_one else given
        if any(one.is_area for one in self.rows):
            self.fields["unit"] = forms.ChoiceField(
                label=_("Unit of the areas"), choices=units.choices(AREA_UNIT), required=False
            )
            self.initial["unit"] = self.result.unit or AREA_UNIT

    @property
    def area_unit(self):
        """The unit of the areas that is chosen in the form."""
        chosen = self.data.get(self.add_prefix("unit"))
        return chosen if chosen in units.metric(AREA_UNIT) else self.result.unit or AREA_UNIT

    def add_points(self):
        if not self.result.is_first_count:
            points = [(str(n), str(n)) for n in range(self.indicator.max_points + 1)]
            self.fields["own_points"] = forms.TypedChoiceField(
                label=_("Points that the city gives itself"),
                choices=[("", _("none")), *points],
                coerce=int,
                empty_value=None,
                required=False,
            )
            own = self.result.own_points
            self.initial["own_points"] = "" if own is None else str(own)
        self.fields |= fields_for_model(IndicatorResult, OWN_FIELDS, formfield_callback=own_field)
        for name in OWN_FIELDS:
            self.initial[name] = self.result.serializable_value(name)
        self.fields["evidence_resource"].offer(self.resources, self.request)
        accept_resource_addresses(self, "evidence_url", self.request.get_host())
        if self.indicator.bands:
            self.fields["takes_lower"] = forms.BooleanField(
                label=_("Take the lower points"), required=False
            )
            self.initial["takes_lower"] = self.result.takes_lower
        if self.is_outdated:
            self.fields["rescore"] = forms.BooleanField(
                label=_("Work out the points again by the present table"), required=False
            )

    @property
    def commented_fields(self):
        """What follows the indicator's code in the path of a comment → the form field."""
        inputs = {f"inputs.{one.name}": self.fields[PREFIX + one.name] for one in self.rows}
        return {**self.fields, **inputs}

    # What templates read

    @property
    def input_fields(self):
        return [self[PREFIX + one.name] for one in self.rows]

    @property
    def own_fields(self):
        names = ["own_points", *OWN_FIELDS]
        return [self[name] for name in names if name in self.fields]

    @property
    def is_own_open(self):
        """Whether the page opens the part with the city's own points."""
        own = self.own_fields
        return not self.indicator.bands or any(
            field.value() not in (None, "") or field.errors for field in own
        )

    @property
    def has_own_words(self):
        return any(field.value() or field.errors for field in self.own_fields)

    @property
    def unit_field(self):
        return self["unit"]

    @property
    def rescore_field(self):
        return self["rescore"]

    @property
    def lower_field(self):
        return self["takes_lower"]

    @property
    def has_unverified_name(self):
        return self.indicator.name_provenance.startswith(UNVERIFIED)

    @property
    def value(self):
        return value_text(self.result)

    @property
    def basis_label(self):
        return IndicatorResult.Basis(self.result.basis).label

    @property
    def edge(self):
        """The `BandPoints` of an unclear result; else None."""
        result = self.result
        return band_points(result.value, result.bands) if result.is_unclear else None

    @property
    def missing_label(self):
        """The label of the input that is still missing; "" if none is."""
        labels = {one.name: one.label for one in self.rows}
        return labels.get(self.missing.name, "") if self.missing else ""

    @property
    def formula(self):
        return formula_words(self.indicator)

    @property
    def faults(self):
        """Pairs (bound field, message) of the form's errors."""
        return [(self[name], text) for name, texts in self.errors.items() for text in texts]

    # Validation and saving

    def clean(self):
        cleaned = super().clean()
        city = self.result.assessment.city
        choose_by_address(self, "evidence_url", "evidence_resource", city)
        before = self.doubts() if self.result.reason else []
        self.apply_typed(cleaned)
        if self.has_wrong_inputs:
            self.forget_value()
        else:
            self.compute()
        self.check_own_points()
        self.ask_about_doubts(before)
        return cleaned

    @property
    def has_wrong_inputs(self):
        return any(name == "unit" or name.startswith(PREFIX) for name in self.errors)

    def forget_value(self):
        """Show no value: the stored one does not belong to the wrong inputs in the form."""
        self.result.value = self.result.computed_points = None
        self.result.is_unclear = False

    def apply_typed(self, cleaned):
        """Set what is right on the result; changed inputs are scored by the current bands."""
        result, before = self.result, (self.result.inputs, self.result.unit)
        known = {one.name for one in self.indicator.input_rows()}
        given = {name: value for name, value in result.inputs.items() if name in known}
        typed = {one.name: cleaned.get(PREFIX + one.name, "") for one in self.rows}
        given |= {one.name: kept(one, given, typed[one.name]) for one in self.rows}
        result.inputs = {name: value for name, value in given.items() if value not in ("", [])}
        if "unit" in self.fields:
            areas = any(one.is_area and one.name in result.inputs for one in self.rows)
            result.unit = (cleaned.get("unit") or AREA_UNIT) if areas else ""
        if (result.inputs, result.unit) != before or cleaned.get("rescore"):
            result.bands = None
        result.takes_lower = bool(cleaned.get("takes_lower"))
        for name in {*OWN_FIELDS} & {*cleaned}:
            setattr(result, name, cleaned[name])
        if "own_points" in self.fields:
            result.own_points = cleaned.get("own_points")
        elif not result.reason:
            # A first count has no field for own points. Points from the time when it was not the
            # first are kept, unless their reason was emptied: the database demands one.
            result.own_points = None

    def compute(self):
        try:
            self.result.score()
        except Missing as error:
            self.missing = error
        except InputError as error:
            self.add_error_at(PREFIX + error.name, error.message)
        self.result.takes_lower = self.result.takes_lower and self.result.is_unclear

    def doubts(self):
        return list(doubts_about_result(self.result, self.known.earlier))

    def ask_about_doubts(self, before):
        """Ask for a reason where changed inputs look wrong. `before`: what was doubted then."""
        is_changed = any(name.startswith((PREFIX, "unit")) for name in self.changed_data)
        if self.has_wrong_inputs or not is_changed:
            return
        left = unanswered(
            self.doubts(),
            before,
            reason=self.cleaned_data.get("reason", ""),
            is_reason_new="reason" in self.changed_data,
        )
        for doubt in left:
            self.add_error_at(PREFIX + doubt.field, doubt.message)
        if left:
            self.add_error("reason", _("Correct the figure, or say here why it is right."))

    def check_own_points(self):
        """Validate the city's own points and texts by the model; errors go to their fields.

        Nobody knows whether evidence is needed while an input is wrong, or given while a field of
        the evidence is.
        """
        result = self.result
        has_wrong_evidence = any(name.startswith("evidence") for name in self.errors)
        is_known = not self.has_wrong_inputs and not has_wrong_evidence
        others = {field.name for field in result._meta.fields} - {*OWN_FIELDS, "own_points"}
        self.add_errors_of(result.clean_fields, exclude=others | {*self.errors})
        if not result.is_first_count:
            self.add_errors_of(result.clean_points, is_value_known=is_known)

    def add_errors_of(self, check, **options):
        """Add the errors of a check of the model to the fields that have none yet."""
        try:
            check(**options)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                if name not in self.errors:
                    self.add_error_at(name, messages)

    def add_error_at(self, name, messages):
        """Add an error to the field, or to the first field if the form does not have it."""
        self.add_error(name if name in self.fields else next(iter(self.fields)), messages)

    def save(self):
        """Save a changed result, or delete it if it was emptied. Runs inside `recording`."""
        is_changed = entered_content(self.result) != self.stored_content
        if not is_changed and not self.cleaned_data.get("rescore"):
            return
        if not self.result.is_empty:
            self.result.updated_on = today()
            self.result.save()
        elif self.result.pk is not None:
            self.result.delete()


def entered_content(result):
    """The fields of a result that people enter, without the computed ones."""
    return {
        name: result.serializable_value(name)
        for name in ("inputs", "unit", "takes_lower", "own_points", *OWN_FIELDS)
    }


def is_outdated(result):
    """Whether staff have corrected the bands since this result was scored."""
    is_scored = result.pk is not None and result.value is not None
    return is_scored and result.bands is not None and result.bands != result.indicator.bands
