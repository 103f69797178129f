"""The official lists of the City Biodiversity Index: edition › component › indicator."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from catalogue.models import CatalogueRow
from catalogue.translated import OFFICIAL_LANGUAGE

from ..bands import check_bands
from ..formulas import FORMULAS, Method


class Edition(CatalogueRow):
    """An edition of the City Biodiversity Index. No total adds points of two editions."""

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


class InputKind(models.TextChoices):
    """What an input takes. All areas of one result are in one unit."""

    AREA = "area", _("an area")
    AREAS = "areas", _("several areas")
    AMOUNT = "amount", _("a number")
    COUNT = "count", _("a whole number")
    WORDS = "words", _("words")


class Input:
    """One input of an indicator, a row of `Indicator.inputs`."""

    def __init__(self, row):
        self.name = row["name"]
        self.label = Text(row["label"], OFFICIAL_LANGUAGE)
        self.kind = InputKind(row["kind"])
        self.unit = row.get("unit", "")

    @property
    def is_area(self):
        return self.kind in (InputKind.AREA, InputKind.AREAS)


class HasInputs:
    """What indicators have in common, stored or frozen."""

    __slots__ = ()

    def input_rows(self):
        return [Input(row) for row in self.inputs]


class Indicator(HasInputs, CatalogueRow):
    """An indicator: its inputs, the method that computes its value, and the bands that score it.

    `cbi.bands` describes a row of `bands`. Name and bands have a provenance each, because not all
    of the handbook's text could be verified.
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
    method = models.CharField(
        _("computed as"),
        max_length=20,
        choices=Method,
        blank=True,
        help_text=_("Empty: there is no value, the city chooses its points."),
    )
    value_unit = models.CharField(_("unit of the value"), max_length=60, blank=True)
    needs_earlier = models.BooleanField(
        _("compares with the first assessment"),
        default=False,
        help_text=_("Then it is not scored the first time."),
    )
    formula = models.TextField(_("formula"), blank=True)
    bands = models.JSONField(_("table of points"), default=list, blank=True)
    name_provenance = models.CharField(_("where the name comes from"), max_length=200, blank=True)
    bands_provenance = models.CharField(
        _("where the table of points comes from"), max_length=200, blank=True
    )
    boundary_conflicts = models.JSONField(
        _("values with different points in our sources"), default=list, blank=True
    )
    first_application = models.TextField(_("the first time"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(
                fields=("component", "number"), name="cbi_indicator_number_once_per_component"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.name}"

    def clean(self):
        super().clean()
        try:
            inputs = self.input_rows()
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError(
                {"inputs": _("Each input needs a name, a label, a unit and a kind.")}
            ) from error
        if self.method and FORMULAS[self.method][1] > len(inputs):
            raise ValidationError({"method": _("This needs more inputs than there are.")})
        try:
            check_bands(self.bands, self.max_points)
        except ValidationError as error:
            raise ValidationError({"bands": error.messages}) from error
