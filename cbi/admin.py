from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalogue.admin import CatalogueAdmin

from .assessment_admin import AssessmentAdmin
from .models import Component, Edition, Indicator

__all__ = ["AssessmentAdmin", "ComponentAdmin", "EditionAdmin", "IndicatorAdmin"]

HELP = {
    "inputs": _(
        "What a city fills in, in the order in which the value is computed from it, each with "
        "name, label, unit and kind (area, areas, amount, count or words). The profile of the city "
        "offers its figures where the name is city_area, terrestrial_area or population."
    ),
    "bands": _(
        "From the lowest value to the highest, each with points, min, max, min_inclusive, "
        "max_inclusive and label. Ends are texts, with the decimals that are printed; an open end "
        "is null. "
        "Results that have points keep the table by which they got them."
    ),
    "boundary_conflicts": _(
        "Shown below the table of points: for which values sources give different points."
    ),
}


@admin.register(Edition)
class EditionAdmin(CatalogueAdmin):
    """Editions of the City Biodiversity Index."""


@admin.register(Component)
class ComponentAdmin(CatalogueAdmin):
    list_filter = ("edition", *CatalogueAdmin.list_filter)


@admin.register(Indicator)
class IndicatorAdmin(CatalogueAdmin):
    list_display = (
        "number",
        "code",
        "name",
        "component",
        "method",
        "needs_earlier",
        "has_bands",
        "origin",
        "retired",
        "is_edited",
    )
    list_filter = ("component__edition", "component", "method", *CatalogueAdmin.list_filter)

    @admin.display(description=_("table of points"), boolean=True)
    def has_bands(self, indicator):
        return bool(indicator.bands)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in HELP:
            field.help_text = HELP[db_field.name]
        return field
