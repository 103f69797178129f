from django.contrib import admin

from catalogue.admin import CatalogueAdmin
from profiles.admin_base import CityFilter, CityRowAdmin

from .models import Phase, Step, StepItem


@admin.register(StepItem)
class StepItemAdmin(CityRowAdmin):
    fields = ("city", "step", "title", "url", "language", "position")
    list_display = ("title", "city", "step")
    list_select_related = ("city", "step")
    list_filter = (CityFilter, "step")
    search_fields = ("title",)


@admin.register(Phase)
class PhaseAdmin(CatalogueAdmin):
    """Phases of the Nature Pathway."""


@admin.register(Step)
class StepAdmin(CatalogueAdmin):
    list_display = ("number", *CatalogueAdmin.list_display)
    list_filter = ("phase", *CatalogueAdmin.list_filter)
