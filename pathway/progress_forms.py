"""The form for the state of one step of a city."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from profiles.admin_base.conflicts import changes_since, is_own
from profiles.admin_base.constraints import ConstraintErrors
from profiles.number_fields import DateField

from .models import StepProgress

CONTENT_FIELDS = ("state", "started_on", "done_on")


class StepProgressForm(ConstraintErrors, forms.ModelForm):
    """State and days of one step. The page posts the forms of all steps together.

    A step that the user has not touched is not written, so that two people can work on different
    steps. A step that somebody else has changed meanwhile is an error until it is sent again.
    """

    constraint_fields = {
        "pathway_progress_started_has_begun": "started_on",
        "pathway_progress_only_done_ends": "done_on",
        "pathway_progress_ends_after_its_start": "done_on",
    }

    seen_version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = StepProgress
        fields = CONTENT_FIELDS
        field_classes = {"started_on": DateField, "done_on": DateField}
        widgets = {"started_on": DateField.widget, "done_on": DateField.widget}

    def __init__(self, data=None, *, model_admin, request, instance, has_items):
        self.model_admin, self.request = model_admin, request
        super().__init__(data, instance=instance, prefix=f"step-{instance.step.number}")
        self.label_suffix = ""
        self.use_required_attribute = False
        self.conflict = ()
        counted = _("under way, as something stands on it") if has_items else _("not started")
        silent = _("not said: counts as %s") % counted
        state = self.fields["state"]
        state.required = False
        state.choices = [("", silent), *StepProgress.State.choices]
        self.initial["seen_version"] = model_admin.version_of(instance)

    def clean(self):
        cleaned = super().clean()
        self.is_touched = bool(self.errors) or self._typed_content() != self._opened_content()
        if not self.is_touched:
            return cleaned
        self._refuse_overwriting()
        has_day = cleaned.get("started_on") or cleaned.get("done_on")
        if has_day and not cleaned.get("state") and "state" not in self.errors:
            self.add_error("state", _("Choose the state that goes with the day."))
        return cleaned

    def _post_clean(self):
        # Without a state there is no row to validate: only days that are wrong in themselves are.
        if self.is_touched and self.cleaned_data.get("state"):
            super()._post_clean()
        elif self.is_touched:
            days = {name: self.cleaned_data.get(name) for name in ("started_on", "done_on")}
            try:
                StepProgress(**days).clean()
            except ValidationError as error:
                self.add_error(None, error)

    def _typed_content(self):
        return {name: self.cleaned_data.get(name) or None for name in CONTENT_FIELDS}

    def _opened_content(self):
        """What the form had when the user opened it, from the history row `seen_version`."""
        seen = self.cleaned_data["seen_version"]
        # A longer number overflows the database's integer; no history row has the id 0.
        key = int(seen) if seen.isdecimal() and len(seen) < 19 else 0
        trail = self.model_admin.trails(self.instance)[0]
        record = trail.filter(history_id=key).exclude(history_type="-").first()
        return {name: getattr(record, name, None) or None for name in CONTENT_FIELDS}

    def _refuse_overwriting(self):
        seen = self.cleaned_data["seen_version"]
        self.conflict = changes_since(self.model_admin, self.request, self.instance, seen)
        if self.conflict == []:
            return
        words = _("Not saved: somebody else changed this step meanwhile.")
        if is_own(self.conflict, self.request.user):
            words = _("Not saved: you changed this step meanwhile, on another page.")
        self.add_error("state", words)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = self.initial["seen_version"]

    def save(self, commit=True):
        """Save the row if the user touched it; delete it if the state was emptied."""
        if not self.is_touched:
            return
        if self.cleaned_data["state"]:
            self.instance.save()
        elif self.instance.pk is not None:
            self.instance.delete()
