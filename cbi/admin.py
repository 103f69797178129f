from django.contrib import admin

from catalogue.admin import CatalogueAdmin

from .models import Component, Edition, Indicator


@admin.register(Edition)
class EditionAdmin(CatalogueAdmin):
    """Editions of the City Biodiversity Index."""


@admin.register(Component)
class ComponentAdmin(CatalogueAdmin):
    list_filter = ("edition", *CatalogueAdmin.list_filter)


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin):
    list_display = ("number", *CatalogueAdmin.list_display)
    list_filter = ("component", *CatalogueAdmin.list_filter)
