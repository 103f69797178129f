from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from catalogue.models import CatalogueRow, Origin
from profiles.fields import LanguageTagField
from profiles.models import City, CityOwned


class Phase(CatalogueRow):
    """One of the three phases of the Nature Pathway."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")


class Step(CatalogueRow):
    """One of the nine steps of the Nature Pathway, with questions that guide through it."""

    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, related_name="steps", verbose_name=_("phase")
    )
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    questions = models.JSONField(_("guiding questions"), default=list, blank=True)
    questions_origin = models.CharField(
        _("origin of the questions"), max_length=10, choices=Origin, default=Origin.OURS
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")


class StepItem(CityOwned):
    """What a city linked to a step."""

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="step_items", verbose_name=_("city")
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, related_name="items", verbose_name=_("step")
    )
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("link"), max_length=1000)
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("item on a step")
        verbose_name_plural = _("items on steps")
        ordering = ("city", "step__number", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "step", "url"),
                name="pathway_item_link_once_per_step",
                violation_error_message=_("This link is on the step already."),
            )
        ]

    def __str__(self):
        return self.title

    def text(self, field):
        return Text(getattr(self, field), self.language or self.city.content_language)
