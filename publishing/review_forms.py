"""The forms of a review: what the sender says, and what the reviewer decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from profiles.comments import place_of
from profiles.fields import CellTextValidator
from profiles.models import Comment
from profiles.text_fields import TidyCharField
from profiles.texts import tidy

from .review_page import COMMENT

APPROVE, RETURN, ASK = "_approve", "_return", "_comment"
"""The names of the buttons."""

LONGEST_PATH = Comment._meta.get_field("path").max_length


def note_field(**options):
    return TidyCharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
        validators=[CellTextValidator()],
        **options,
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
        for path, text in self.comments.items():
            self.check_comment(path, text)
        return cleaned

    def check_comment(self, path, text):
        """The path comes with the name of an input: no page of ours sends other ones."""
        if len(path) > LONGEST_PATH or not path.isprintable():
            self.add_error(None, _("A comment is about a field that does not exist."))
            return
        try:
            note_field().run_validators(text)
        except forms.ValidationError as error:
            self.add_error(None, [f"{place_of(path)}: {words}" for words in error.messages])
