from django.contrib import admin

from catalogue.admin import CatalogueAdmin

from .models import Rule


@admin.register(Rule)
class RuleAdmin(CatalogueAdmin):
    list_display = ("category", "level", "name", "fact", "threshold", "retired", "is_edited")
    list_display_links = ("name",)
    list_filter = ("category", "level", *CatalogueAdmin.list_filter)
