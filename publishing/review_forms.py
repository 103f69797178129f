"""The forms of a review: what the sender says, and what the reviewer decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from profiles.text_fields import TidyCharField
from profiles.texts import tidy

from .review_page import COMMENT

APPROVE, RETURN, ASK = "_approve", "_return", "_comment"
"""The names of the buttons."""


def note_field(**options):
    return TidyCharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=5_000, **options
    )


class SendForm(forms.Form):
    note = note_field(
        label=_("Note to the reviewer"),
        help_text=_("What is new, or what you are unsure about. It is not published."),
    )
    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """The note of a reviewer. `comments`: path of a field → the comment that was typed there."""

    note = note_field(
        label=_("Note to the city"), help_text=_("The city reads it. It is not published.")
    )

    @property
    def comments(self):
        posted = self.data.items()
        typed = {
            name[len(COMMENT) :]: tidy(text) for name, text in posted if name.startswith(COMMENT)
        }
        return {path: text for path, text in typed.items() if text}

    def clean(self):
        cleaned = super().clean()
        if RETURN in self.data and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say what the city should change."))
        if ASK in self.data and not self.comments:
            self.add_error(None, _("Nothing is written beside a field yet."))
        return cleaned
