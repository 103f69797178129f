"""The admin of phases and steps, for platform staff."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.admin import CatalogueAdmin, CatalogueRowForm

from .explorer import steps
from .models import Phase, Step


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = AdminTextareaWidget

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (line.strip() for line in super().to_python(value).splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class StepForm(CatalogueRowForm):
    def clean(self):
        """Refuse a translation with more or fewer questions than in English."""
        cleaned = super().clean()
        number = len(self.cleaned_data.get("questions") or ())
        for language, texts in (self.cleaned_data.get("translations") or {}).items():
            translated = texts.get("questions")
            if translated is not None and len(translated) != number:
                words = _(
                    "%(language)s: the number of questions is %(translated)d, "
                    "in English it is %(number)d."
                )
                numbers = {"language": language, "translated": len(translated), "number": number}
                self.add_error("translations", words % numbers)
        return cleaned


@admin.register(Phase)
class PhaseAdmin(CatalogueAdmin):
    """Phases of the Nature Pathway."""


@admin.register(Step)
class StepAdmin(CatalogueAdmin):
    form = StepForm
    list_display = ("number", *CatalogueAdmin.list_display)
    list_filter = ("phase", *CatalogueAdmin.list_filter)

    def view_on_site(self, obj):
        """Its page; a retired step has none unless a city uses it."""
        return obj.get_absolute_url() if steps().filter(pk=obj.pk).exists() else None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "questions":
            return LinesField(
                label=capfirst(db_field.verbose_name),
                required=False,
                help_text=_("One question on each line. Among the translations: %(example)s.")
                % {"example": '{"fr": {"questions": ["…", "…"]}}'},
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
