"""What those who look after cities fill in: who sees to a city, notes, and mails to cities."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.people import display_name

from .mailings import CITY, NAME, unknown_gaps
from .models import CityCare, CityNote, Mailing
from .people import owners_for


class PersonChoice(forms.ModelChoiceField):
    def __init__(self, *args, reader, **kwargs):
        self.reader = reader
        super().__init__(*args, **kwargs)

    def label_from_instance(self, person):
        return display_name(person, self.reader)


class OwnerForm(forms.Form):
    """Who looks after the `cities`."""

    def __init__(self, *args, cities, reader, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.cities = cities
        self.fields["owner"] = PersonChoice(
            queryset=owners_for(cities),
            reader=reader,
            required=False,
            label=ngettext("Who looks after this city", "Who looks after them", len(cities)),
            empty_label=_("nobody"),
        )

    def save(self):
        owner = self.cleaned_data["owner"]
        CityCare.objects.bulk_create(
            [CityCare(city_id=city.pk, owner=owner) for city in self.cities],
            update_conflicts=True,
            unique_fields=["city"],
            update_fields=["owner"],
            batch_size=500,
        )


class NoteForm(forms.ModelForm):
    class Meta:
        model = CityNote
        fields = ("text",)
        labels = {"text": gettext_lazy("A new note")}
        widgets = {"text": forms.Textarea({"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class BundleForm(forms.Form):
    """Which files of the chosen cities a ZIP is to have."""

    forms = forms.MultipleChoiceField(
        label=gettext_lazy("Which files"),
        choices=[
            ("pdf", gettext_lazy("Profile as PDF")),
            ("at_a_glance", gettext_lazy("One page (PDF)")),
            ("docx", gettext_lazy("Word file, to edit")),
        ],
        initial=["pdf"],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of file.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class MailingForm(forms.ModelForm):
    """Subject and text of a mail to cities, as plain text."""

    class Meta:
        model = Mailing
        fields = ("subject", "text")
        widgets = {"text": forms.Textarea({"rows": 12})}
        help_texts = {
            "text": gettext_lazy(
                "Plain text. {city} becomes the name of the city, {name} that of the person. A "
                "line below says who has written this, and that an answer goes to your address."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    def clean(self):
        cleaned = super().clean()
        for field in ("subject", "text"):
            if unknown := unknown_gaps(cleaned.get(field, "")):
                words = _("%(gap)s is not filled in. Write %(city)s or %(name)s, or no braces.")
                self.add_error(field, words % {"gap": unknown[0], "city": CITY, "name": NAME})
        return cleaned
