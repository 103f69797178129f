from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.emails import EmailFormField
from profiles.fields import CellTextValidator
from profiles.text_fields import TidyCharField
from profiles.texts import tidy_line

MOST_LETTERS = 3000


class AskForm(forms.Form):
    """Whom to ask for which rows of an update. `is_mailed`: whether the mail is to be sent."""

    name = TidyCharField(
        tidy=tidy_line,
        label=gettext_lazy("Name of the colleague"),
        max_length=200,
        validators=[CellTextValidator()],
    )
    email = EmailFormField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        required=False,
        help_text=gettext_lazy(
            "The link goes there, and so does a figure that you return. You can also copy the link "
            "and send it yourself."
        ),
    )
    department = TidyCharField(
        tidy=tidy_line,
        label=gettext_lazy("Department"),
        max_length=200,
        required=False,
        validators=[CellTextValidator()],
        help_text=gettext_lazy("So the update names whom you wait for."),
    )
    message = TidyCharField(
        label=gettext_lazy("Message"),
        max_length=MOST_LETTERS,
        required=False,
        validators=[CellTextValidator()],
        widget=forms.Textarea({"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args, rows, is_mailed=False, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.rows, self.is_mailed = {row.key: row for row in rows}, is_mailed

    @property
    def chosen(self):
        """The keys of the rows that are ticked."""
        if not self.is_bound:
            return self.initial.get("rows", [])
        return [key for key in self.data.getlist("rows") if key in self.rows]

    def clean(self):
        cleaned = super().clean()
        if not self.chosen:
            self.add_error(None, _("Choose at least one figure."))
        if self.is_mailed and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Give the address, or make a link to copy instead."))
        return cleaned

    def fields_of_request(self):
        return {name: self.cleaned_data[name] for name in self.fields}
