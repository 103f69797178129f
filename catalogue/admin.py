"""The admin of the official lists, for platform staff; other apps build on `CatalogueAdmin`."""

import json

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .admin_search import FoldedSearch
from .models import CatalogueRow, FixedText, KMGBFTarget, Topic
from .shipped import differences

BASE_FIELDS = {"id", *(field.name for field in CatalogueRow._meta.fields)}


class ReadableJSONField(forms.JSONField):
    """Shows JSON indented and unescaped; an error names the line and the character."""

    widget = AdminTextareaWidget

    def __init__(self, *args, **kwargs):
        kwargs["widget"] = AdminTextareaWidget(attrs={"class": "json", "spellcheck": "false"})
        super().__init__(*args, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, InvalidJSONInput):
            return value
        return json.dumps(value, indent=2, ensure_ascii=False)

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(self._describe_fault(value)) from None

    def _describe_fault(self, text):
        try:
            json.loads(text)
        except ValueError as error:
            return _("Not valid JSON in line %(line)s, character %(column)s: %(fault)s.") % {
                "line": getattr(error, "lineno", 1),
                "column": getattr(error, "colno", 1),
                "fault": getattr(error, "msg", error),
            }
        return _("Not valid JSON.")


def is_list_of_texts(value):
    """Whether this is a list of texts, such as the guiding questions of a step."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


class CatalogueRowForm(forms.ModelForm):
    def clean_translations(self):
        """{language: {field: text}}, languages in small letters, fields that exist."""
        translations = self.cleaned_data["translations"] or {}
        shape = _("Write {“language”: {“field”: “text”}}, for example %(example)s.") % {
            "example": '{"fr": {"name": "…"}}'
        }
        if not isinstance(translations, dict):
            raise ValidationError(shape)
        faults = []
        for texts in translations.values():
            if not isinstance(texts, dict):
                raise ValidationError(shape)
            for name, text in texts.items():
                try:
                    self._check_translated(name, text)
                except ValidationError as error:
                    faults.append(error)
        if faults:
            raise ValidationError(faults)
        return {language.lower(): texts for language, texts in translations.items()}

    def _check_translated(self, name, text):
        try:
            field = self._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if isinstance(field, models.JSONField) and is_list_of_texts(getattr(self.instance, name)):
            if not is_list_of_texts(text):
                raise ValidationError(
                    _("“%(field)s” must be a list of texts in quotes: [“…”].") % {"field": name}
                )
            return
        if not isinstance(field, (models.CharField, models.TextField)) or name == "code":
            raise ValidationError(_("There is no text “%(field)s” to translate.") % {"field": name})
        if not isinstance(text, str):
            raise ValidationError(_("“%(field)s” must be a text in quotes.") % {"field": name})

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            is_json = isinstance(self._meta.model._meta.get_field(name), models.JSONField)
            if is_json and name != "translations" and not isinstance(value, list):
                self.add_error(name, _("Write a list: […]."))
        return cleaned


class LoggedHistory(admin.ModelAdmin):
    """Links to Django's log of changes only where there is one, for rows without our history."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            kind = get_content_type_for_model(self.model)
            log = LogEntry.objects.filter(content_type=kind, object_id=str(obj.pk))
            context["has_history"] = log.exists()
        return super().render_change_form(request, context, add, change, form_url, obj)


class CatalogueAdmin(FoldedSearch, LoggedHistory):
    """Base for all catalogue rows: shipped ones cannot be deleted and show what staff changed."""

    form = CatalogueRowForm
    list_display = ("code", "name", "origin", "retired", "is_edited")
    list_display_links = ("code", "name")
    list_filter = ("retired", "origin")
    search_fields = ("code", "name")
    formfield_overrides = {
        models.JSONField: {"form_class": ReadableJSONField},
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def get_fieldsets(self, request, obj=None):
        own = [
            field.name
            for field in (*self.opts.fields, *self.opts.many_to_many)
            if field.name not in BASE_FIELDS
        ]
        row = ["code", "name", *own, "note", "origin", "position", "retired"]
        fieldsets = [(None, {"fields": row}), (_("Translations"), {"fields": ["translations"]})]
        if obj and obj.shipped:
            fieldsets.insert(1, (_("Changed since it was shipped"), {"fields": ["changed"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ("changed", "code") if obj else ("changed",)

    def get_queryset(self, request):
        related = [field.name for field in self.opts.fields if field.is_relation]
        many = [field.name for field in self.opts.many_to_many]
        rows = super().get_queryset(request).prefetch_related(*many)
        return rows.select_related(*related) if related else rows

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_delete_permission(self, request, obj=None):
        is_shipped = obj is not None and bool(obj.shipped)
        return not is_shipped and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "name":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    @admin.display(description=_("edited"), boolean=True)
    def is_edited(self, row):
        return bool(differences(row))

    @admin.display(description=_("Differences"))
    def changed(self, row):
        changes = differences(row)
        if not changes:
            return _("Nothing: the row is as it was shipped.")
        lines = (
            (one.label, self._as_words(one.shipped), self._as_words(one.present)) for one in changes
        )
        return format_html(
            '<ul class="changes">{}</ul>',
            format_html_join("", "<li><b>{}</b> <del>{}</del> <ins>{}</ins></li>", lines),
        )

    def construct_change_message(self, request, form, formsets, add=False):
        """Old and new value of each field: catalogue rows have no history but the admin's log."""
        if add:
            return super().construct_change_message(request, form, formsets, add)
        return "\n".join(self._change(form, name) for name in form.changed_data)

    def _change(self, form, name):
        field, old, new = form.fields[name], form.initial.get(name), form.cleaned_data.get(name)
        if isinstance(field, forms.ModelMultipleChoiceField):
            old, new = (", ".join(map(str, rows)) for rows in (old or (), new))
        elif isinstance(field, forms.ModelChoiceField):
            old = field.queryset.filter(pk=old).first()
        elif isinstance(old, list) and isinstance(new, list):
            # Of a long list, such as bands or inputs, only the entries that differ are logged.
            old, new = [e for e in old if e not in new], [e for e in new if e not in old]
        return f"{capfirst(field.label or name)}: {self._as_words(old)} → {self._as_words(new)}"

    @staticmethod
    def _as_words(value):
        if value in (None, "", [], {}):
            return "–"
        if isinstance(value, (list, dict)):
            return json.dumps(value, ensure_ascii=False)
        return str(value)


@admin.register(KMGBFTarget)
class KMGBFTargetAdmin(CatalogueAdmin):
    list_display = ("number", *CatalogueAdmin.list_display)


@admin.register(Topic, FixedText)
class PlainCatalogueAdmin(CatalogueAdmin):
    """Rows that are a name and nothing more."""
