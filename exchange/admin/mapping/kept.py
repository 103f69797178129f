"""The mappings that were kept: their list, what they say, and their names."""

from django.contrib import admin
from django.utils.translation import gettext as _

from ...models import Mapping
from .importers import ForImporters


@admin.register(Mapping)
class MappingAdmin(ForImporters):
    list_display = ("name", "target", "city", "used_at")

    def get_urls(self):
        return [self.address("", self.changelist_view, "mapping_changelist")]

    def get_list_display_links(self, request, list_display):
        return None

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Kept mappings of lists"), **(extra_context or {})}
        return super().changelist_view(request, context)
