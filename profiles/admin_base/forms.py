from django import forms
from django.forms.models import ModelChoiceField
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueRow

from ..changes import lock
from ..models import ChangeSet, City
from .conflicts import changes_since, is_own
from .constraints import ConstraintErrors

SEEN_VERSION = "seen_version"  # noqa: S105 (the name of a form field)
REASON = "change_reason"
CONTROLS = {SEEN_VERSION, REASON}


class CityRowForm(ConstraintErrors, forms.ModelForm):
    """A row of a city, with the version that the user saw and an optional reason for the change.

    `model_admin` and `request` are set on the class that the admin makes for each request.
    """

    model_admin = None
    request = None
    conflict = ()
    is_own_conflict = False
    recommended = ()
    """Fields that the form marks as “Not filled in yet” while they are empty."""

    seen_version = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        label=_("Note for the history (optional)"),
        required=False,
        max_length=ChangeSet._meta.get_field("reason").max_length,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.is_new = self.instance.pk is None
        if not self.is_new:
            self.initial[SEEN_VERSION] = self.model_admin.version_of(self.instance)
        for name, field in self.fields.items():
            self._leave_out_retired(name, field)
            field.is_missing = (
                not self.is_new
                and name in self.recommended
                and self.initial.get(name) in (None, "")
            )
        self._preset_single_city()

    def _leave_out_retired(self, name, field):
        """Offer no retired catalogue rows, except those that this row has already."""
        if isinstance(field, ModelChoiceField) and issubclass(field.queryset.model, CatalogueRow):
            offered = field.queryset.filter(retired=False)
            if not self.is_new:
                offered |= field.queryset.filter(pk__in=self._chosen(name))
            field.queryset = offered.distinct()

    def _chosen(self, name):
        value = self.initial.get(name)
        rows = value if isinstance(value, (list, tuple)) else [value]
        return [getattr(row, "pk", row) for row in rows if row is not None]

    def _preset_single_city(self):
        """Set the city of a user who may edit only one; a disabled field ignores posted data."""
        field = self.fields.get("city")
        if field is None or field.queryset.model is not City:
            return
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.disabled = True
            field.initial = self.initial["city"] = only[0].pk
            self.instance.city = only[0]

    @property
    def changed_content(self):
        """The changed fields of the row itself."""
        return [name for name in self.changed_data if name not in CONTROLS]

    def clean(self):
        cleaned = super().clean()
        if not self.is_new:
            self._refuse_overwriting()
        elif city := self.cleaned_data.get("city"):
            # Locked before uniqueness within the city is checked: a colleague may be adding too.
            lock(City.objects.filter(pk=city.pk))
        return cleaned

    def _refuse_overwriting(self):
        """Add an error if the row has changed since the form was opened, and show the changes.

        The form then carries the present version, so that saving it once more overwrites them.
        """
        seen = self.data.get(self.add_prefix(SEEN_VERSION), "")
        self.conflict = changes_since(self.model_admin, self.request, self.instance, seen)
        if self.conflict == []:
            return
        self.is_own_conflict = is_own(self.conflict, self.request.user)
        if self.is_own_conflict:
            words = _("Nothing has been saved: you changed this meanwhile, on another page.")
        elif self.conflict:
            words = _("Nothing has been saved: somebody else changed this while you were editing.")
        else:
            words = _("Nothing has been saved: please compare this form with the page first.")
        self.add_error(None, words)
        self.data = self.data.copy()
        self.data[self.add_prefix(SEEN_VERSION)] = self.model_admin.version_of(self.instance)
