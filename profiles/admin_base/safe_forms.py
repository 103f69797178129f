"""What every admin's forms do, whether their rows belong to a city or not.

`citiesnature.admin_site` puts it in front of each admin that is registered.
"""

from django.contrib import admin

from .constraints import with_constraints


class SafeForms(admin.ModelAdmin):
    """Forms that validate all constraints of their rows."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        return with_constraints(super().get_form(request, obj, change=change, **kwargs))

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form = with_constraints(formset.form)
            yield formset, inline
