"""The form of an item on a step: its title, its target, and the item of which it is a version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.choices import ResourceField, accept_resource_addresses, choose_by_address, selectable_for
from hub.upload_forms import UploadField, UploadsForm
from profiles.admin_base import CityRowForm
from profiles.ceilings import refuse_in_form

from .models import StepItem
from .services import versions_of

TARGET_FIELDS = ("url", "upload", "resource")
"""An item leads to exactly one of these."""

KEY_DIGITS = 18
"""How many digits of a key in a request are read: a longer number overflows the database's integer
and would be a server error instead of "not found"."""


class VersionField(forms.ModelChoiceField):
    """A choice among the city's items, each labelled with its step and language."""

    def label_from_instance(self, item):
        language = item.text("title").language
        return f"{item.step.number} {item.step.text()}: {item.title} ({language})"


class ItemForm(UploadsForm, CityRowForm):
    upload = UploadField(label=_("File"))
    resource = ResourceField(
        label=_("Resource of the hub"),
        help_text=_("One of the city’s own, or what a partner organisation has published."),
    )
    version_of = VersionField(
        label=_("Language version of"),
        queryset=StepItem.objects.none(),
        required=False,
        empty_label=_("none: it stands for itself"),
        help_text=_("If the same thing is on the step in another language already."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        city = self._city_known_by_now()
        if "step" in self.fields:
            self._number_steps(self.fields["step"])
        if "resource" in self.fields:
            kept = [self.instance.resource_id]
            self.fields["resource"].offer(selectable_for(city, kept), self.request)
        if "version_of" in self.fields:
            self._offer_versions(city)
        if "url" in self.fields:
            accept_resource_addresses(self, "url", self.request.get_host())

    def _number_steps(self, field):
        field.queryset = field.queryset.order_by("number")
        field.label_from_instance = lambda step: f"{step.number} {step.text()}"

    def _city_known_by_now(self):
        if self.instance.city_id is not None:
            return self.instance.city
        chosen = str(self.data.get(self.add_prefix("city"), ""))
        if "city" not in self.fields or not chosen.isdecimal():
            return None
        return self.fields["city"].queryset.filter(pk=chosen[:KEY_DIGITS]).first()

    def _offer_versions(self, city):
        others = StepItem.objects.filter(city=city).exclude(pk=self.instance.pk)
        step = str(self.initial.get("step") or "")
        if not self.is_bound and step.isdecimal():
            # Only an empty form is limited to the items of its step. In a posted form the step may
            # be another one: `clean` then explains what is wrong, instead of "not a valid choice".
            others = others.filter(step=step[:KEY_DIGITS])
        field = self.fields["version_of"]
        field.queryset = others.select_related("step", "city").order_by(
            "step__number", "position", "pk"
        )
        if not self.is_new:
            self.initial["version_of"] = versions_of(self.instance).first()

    def clean(self):
        cleaned = super().clean()
        choose_by_address(self, "url", "resource", self.row_city())
        if not set(TARGET_FIELDS) & set(self.errors):
            self._check_one_target()
        if self.cleaned_data.get("version_of"):
            self._check_version(self.cleaned_data["version_of"])
        if self.is_new and (city := self.cleaned_data.get("city")):
            refuse_in_form(self, StepItem(city=city))
        return cleaned

    def _check_one_target(self):
        given = [name for name in TARGET_FIELDS if self.cleaned_data.get(name)]
        if not given:
            self.add_error("url", _("Give a link, a file or a resource of the hub."))
        elif len(given) > 1:
            new = [name for name in given if name in self.changed_data]
            words = _("Give a link, a file or a resource: only one. Take the others away.")
            self.add_error((new or given)[-1], words)

    def _check_version(self, other):
        step = self.cleaned_data.get("step")
        if step is not None and other.step_id != step.pk:
            words = _("“%(title)s” is on another step: choose one on the same step, or none.")
            self.add_error("version_of", words % {"title": other.title})
            return
        own = self.cleaned_data.get("language") or other.city.content_language
        others = [one for one in (other, *versions_of(other)) if one.pk != self.instance.pk]
        taken = {one.text("title").language.lower(): one.title for one in others}
        if own.lower() in taken:
            words = _("“%(title)s” is in this language already: give the language of this one.")
            self.add_error("language", words % {"title": taken[own.lower()]})
