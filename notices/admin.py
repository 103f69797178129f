"""The list of mails, for platform staff to see what was not sent."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin_search import FoldedSearch

from .kinds import KINDS
from .models import Mail


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return [(kind.code, kind.name) for kind in KINDS.values()]

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Mail)
class MailAdmin(FoldedSearch):
    """Read only, and without what the mails say: there are links that set passwords."""

    list_display = ("to", "kind_name", "state", "created_at", "attempts", "error")
    list_filter = ("state", KindFilter)
    search_fields = ("to",)
    date_hierarchy = "created_at"
    fields = (
        *("to", "kind_name", "subject", "state", "created_at"),
        *("attempts", "next_attempt_at", "sent_at", "error"),
    )

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Mails"), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, mail):
        return KINDS[mail.kind].name if mail.kind in KINDS else mail.kind

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
