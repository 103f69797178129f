"""The form of a resource in the admin."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from profiles.access import is_platform_staff
from profiles.admin_base import CityRowForm
from profiles.ceilings import refuse_in_form
from profiles.texts import tidy

from . import moderation
from .choices import NO_LINK
from .models import Resource
from .upload_forms import UploadField, UploadsForm

State = Resource.State
COVER_SIDE = 1200
"""Pixels of the longest side of a cover: enough for a card and for the top of a page."""


class ResourceForm(UploadsForm, CityRowForm):
    """The form of a resource; `state` offers the transitions that the user may make."""

    recommended = ("summary", "languages", "year", "licence")
    constraint_fields = {"hub_resource_of_city_or_partner": "organisation"}

    class Meta:
        help_texts = {
            "languages": _(
                "Those in which it can be read or heard, with commas between: English, French"
            )
        }

    file = UploadField(label=_("File"))
    cover = UploadField(label=_("Cover"), images_only=True, longest_side=COVER_SIDE)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_staff = is_platform_staff(self.request.user)
        self.before = State(self.instance.state)
        self.was_sent_back = False
        self._name_targets()
        if "url" in self.fields:
            self.fields["url"].error_messages["invalid"] = NO_LINK
        if "state" in self.fields:
            self._offer_transitions()
        if "city" in self.fields and not self.by_staff:
            self.fields["city"].required = True

    def _preset_single_city(self):
        """Staff can also choose no city, for a resource of a partner organisation."""
        if not is_platform_staff(self.request.user):
            super()._preset_single_city()
        elif "city" in self.fields:
            self.fields["city"].empty_label = _("none: a partner organisation made it")

    def _name_targets(self):
        if "targets" in self.fields:
            self.fields["targets"].label_from_instance = lambda target: (
                f"{target.number} {target.text()}"
            )

    def _offer_transitions(self):
        stay_label = format_lazy(_("Leave it as it is: {state}"), state=self.before.label)
        if self.is_new:
            stay_label = _("Keep it as a draft")
        transitions = moderation.TRANSITIONS.open_from(self.before, self.by_staff)
        self.fields["state"] = forms.ChoiceField(
            label=_("State"),
            choices=[
                (self.before, stay_label),
                *((transition.after, transition.label) for transition in transitions),
            ],
            widget=forms.RadioSelect,
            help_text=_("Platform staff look at a resource before everybody can see it."),
            error_messages={
                "invalid_choice": _("This step is not open from where the resource is now.")
            },
        )
        self.initial["state"] = self.before

    def clean(self):
        cleaned = super().clean()
        self._require_link_or_file()
        self._refuse_unused_note()
        if self.is_new and (city := self.cleaned_data.get("city")):
            refuse_in_form(self, Resource(city=city))
        return cleaned

    def _require_link_or_file(self):
        if {"url", "file"} & set(self.errors):
            return
        has_link, has_file = (bool(self.cleaned_data.get(name)) for name in ("url", "file"))
        if has_link and has_file:
            field = self._field_added_last()
            self.add_error(field, _("Give a link or a file, not both: take the other one away."))
        elif not has_link and not has_file:
            self.add_error("url", _("Give a link, or choose a file below."))

    def _field_added_last(self):
        return "file" if "file" in self.changed_data or self.is_new else "url"

    def _refuse_unused_note(self):
        """Add an error for a note that `moderation.adjust_state_fields` would empty."""
        is_stored = self.cleaned_data.get("state") in (State.RETURNED, State.SUBMITTED)
        if "state_note" in self.changed_data and not is_stored:
            if tidy(self.cleaned_data.get("state_note", "")):
                self.add_error(
                    "state_note", _("The note goes with a return: choose “Return”, or empty it.")
                )

    def _post_clean(self):
        super()._post_clean()
        if "state" in self.errors:
            return
        try:
            moderation.check_transition(self.before, self.instance, self.by_staff)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)

    def adjust_state_fields(self):
        """Call `moderation.adjust_state_fields` with the changed fields; before saving."""
        changed = self.changed_content
        self.was_sent_back = moderation.adjust_state_fields(
            self.before, self.instance, changed, self.by_staff
        )
