"""Measures in the admin, and the own figures of cities that may become some."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.typed import shown_again, shows_typed, unsaved_reason
from catalogue.admin import CatalogueAdmin

from .frequent_figures import (
    MOST_LISTED,
    KeyTaken,
    find_alike,
    frequent_figures,
    make_measure,
    new_measure,
)
from .models import Measure

KEY_TAKEN = gettext_lazy("The action type has a measure of this key already: choose another key.")


class NewMeasureForm(forms.ModelForm):
    """A measure that takes over the values of own figures; kind, unit and direction are theirs."""

    class Meta:
        model = Measure
        fields = ("name", "key", "unit_in_sentence", "sentence_partly", "sentence_no")
        help_texts = {
            "name": gettext_lazy("In English: what all cities are asked from now on."),
            "key": gettext_lazy("A short word for sheets and links, such as restored_area."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        is_status = self.instance.kind == Measure.Kind.STATUS
        for name in ("sentence_partly", "sentence_no"):
            self.fields[name].required = is_status
        for name in ("unit_in_sentence",) if is_status else ("sentence_partly", "sentence_no"):
            del self.fields[name]

    def clean_key(self):
        key = self.cleaned_data["key"]
        self.instance.code = f"{self.instance.action_type.code}.{key}"
        if Measure.objects.filter(code=self.instance.code).exists():
            self.add_error("key", KEY_TAKEN)
        return key


@admin.register(Measure)
class MeasureAdmin(CatalogueAdmin):
    list_display = ("code", "name", "kind", "unit", "retired", "is_edited")
    list_filter = ("kind", *CatalogueAdmin.list_filter)
    change_list_template = "admin/actions/measure_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.own_view)
        return [path("own/", view, name="actions_measure_own"), *super().get_urls()]

    @shows_typed
    def own_view(self, request):
        """The own figures of cities; with one chosen (`figure`), the form that makes a measure."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = request.GET.get("figure", "")
        if not chosen:
            found = frequent_figures()
            context = {"groups": found[:MOST_LISTED], "count": len(found)}
            return self.own_page(request, _("Own figures of cities"), **context)
        alike = find_alike(int(chosen)) if chosen.isdecimal() and len(chosen) < 18 else None
        if alike is None:
            return self.tell_gone(request)
        data = request.POST if request.method == "POST" else None
        form = shown_again(NewMeasureForm, request)(data, instance=new_measure(alike))
        if data and form.is_valid() and not unsaved_reason(request):
            try:
                made = make_measure(alike, form.save(commit=False), by=request.user)
            except KeyTaken:
                form.add_error("key", KEY_TAKEN)
            else:
                if made is None:
                    return self.tell_gone(request)
                return self.tell_made(request, form.instance, *made)
        title = _("Make it a measure of the catalogue")
        return self.own_page(request, title, alike=alike, form=form)

    def tell_gone(self, request):
        words = _("This figure is gone: a city has deleted it, or it is a measure by now.")
        self.message_user(request, words, messages.WARNING)
        return redirect("admin:actions_measure_own")

    def tell_made(self, request, measure, count, left):
        self.log_addition(request, measure, _("Made of own figures of cities."))
        words = _("“%(measure)s” is a measure now and has taken over %(count)d values.")
        words %= {"measure": measure.name, "count": count}
        self.message_user(request, words, messages.SUCCESS)
        if left:
            words = ngettext(
                "%(count)d own figure was left with its values: its action has another like it. "
                "Ask the city to rename or delete it.",
                "%(count)d own figures were left with their values: their actions have others "
                "like them. Ask the cities to rename or delete them.",
                left,
            )
            self.message_user(request, words % {"count": left}, messages.WARNING)
        return redirect("admin:actions_measure_change", measure.pk)

    def own_page(self, request, title, **context):
        request.current_app = self.admin_site.name
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, "admin/actions/own_figures_of_cities.html", context)
