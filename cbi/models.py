from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueRow


class Edition(CatalogueRow):
    """An edition of the City Biodiversity Index. Editions are never mixed in one total."""

    max_points = models.PositiveSmallIntegerField(_("maximum points"))
    source_work = models.CharField(_("published in"), max_length=500, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")


class Component(CatalogueRow):
    """A core component of an edition."""

    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="components", verbose_name=_("edition")
    )
    max_points = models.PositiveSmallIntegerField(_("maximum points"))

    class Meta(CatalogueRow.Meta):
        verbose_name = _("component")
        verbose_name_plural = _("components")


class Indicator(CatalogueRow):
    """An indicator of an edition: what is entered, how it is computed, what earns points.

    `bands` are rows of points, min and max (as decimal strings) with their inclusiveness; each
    part carries its provenance, because not all of the handbook's text could be verified.
    """

    component = models.ForeignKey(
        Component,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("component"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    max_points = models.PositiveSmallIntegerField(_("maximum points"))
    inputs = models.JSONField(_("inputs"), default=list, blank=True)
    formula = models.TextField(_("formula"), blank=True)
    bands = models.JSONField(_("bands"), default=list, blank=True)
    name_provenance = models.CharField(_("provenance of the name"), max_length=200, blank=True)
    bands_provenance = models.CharField(_("provenance of the bands"), max_length=200, blank=True)
    boundary_conflicts = models.JSONField(_("conflicts at the edges"), default=list, blank=True)
    first_application = models.TextField(_("at the first application"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(
                fields=("component", "number"), name="cbi_indicator_number_once_per_component"
            )
        ]
