"""What every admin's forms do, whether their rows belong to a city or not.

`citiesnature.admin_site` puts it in front of each admin that is registered.
"""

import logging

from django.contrib import admin
from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.typed import show_unsaved, shown_again, shows_typed, unsaved_reason

from ..returning import Returns
from .constraints import with_constraints
from .scope import ReadsNumbers

logger = logging.getLogger(__name__)


class SafeForms(Returns, ReadsNumbers, admin.ModelAdmin):
    """Forms that read numbers as all others do, validate all constraints of their rows, and lose
    nothing that was typed.

    They are shown again, unsaved, after a sign-in, a stale token, or a refusal of the database.
    """

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = with_constraints(super().get_form(request, obj, change=change, **kwargs))
        return shown_again(form, request)

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form = with_constraints(formset.form)
            yield formset, inline

    @shows_typed
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    @shows_typed
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            if request.method != "POST" or unsaved_reason(request):
                raise
            # The last resort: forms find what is wrong before, except what is saved meanwhile.
            logger.warning("The database refused a form: %s", request.path, exc_info=True)
            request.unsaved = _(
                "Nothing is saved: the database refused it, perhaps because the same was saved at "
                "this moment by somebody else. Look through it and save once more."
            )
            for file in request.FILES.values():
                file.seek(0)
            view = super().changeform_view
            return show_unsaved(view, request, object_id, form_url, extra_context)
