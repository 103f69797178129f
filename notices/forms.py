from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.forms import form_helper

from .kinds import kinds_for
from .models import MutedKind


class ChoicesForm(forms.Form):
    """Which mails somebody wants, and in which language where the platform has several."""

    kinds = forms.MultipleChoiceField(
        label=_("Write to me when …"), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language of the mails"))

    def __init__(self, *args, user, **kwargs):
        self.user, self.offered = user, kinds_for(user)
        muted = set(user.muted_kinds.values_list("kind", flat=True))
        wanted = [kind.code for kind in self.offered if kind.code not in muted]
        kwargs["initial"] = {"kinds": wanted, "language": user.mail_language}
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.code, kind.name) for kind in self.offered]
        self.fields["language"].choices = settings.LANGUAGES
        if not self.offered:
            del self.fields["kinds"]
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        self.helper = form_helper(*self.fields, button=_("Save"))

    @transaction.atomic
    def save(self):
        """Write what is offered here; choices for a role that somebody has no more stay."""
        wanted = set(self.cleaned_data.get("kinds", ()))
        unwanted = {kind.code for kind in self.offered} - wanted
        self.user.muted_kinds.filter(kind__in=wanted).delete()
        MutedKind.objects.bulk_create(
            (MutedKind(user=self.user, kind=code) for code in sorted(unwanted)),
            ignore_conflicts=True,
        )
        if "language" in self.cleaned_data:
            self.user.language = self.cleaned_data["language"]
            self.user.save(update_fields=["language"])
