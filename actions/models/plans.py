"""The plans in which cities set their targets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.models import Resource
from profiles.fields import LanguageTagField, LineField
from profiles.models import City, CityOwned

from .city import YEARS


class Plan(CityOwned):
    """A plan, law or strategy of a city in which targets are set. Entered once, named by many."""

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="plans", verbose_name=_("city")
    )
    title = LineField(_("title"), max_length=300)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("In which it was adopted."),
    )
    url = models.URLField(_("link"), max_length=1000, blank=True)
    resource = models.ForeignKey(
        Resource,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("resource of the hub"),
        help_text=_("If the plan is shared in Tools & resources."),
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ("city", "title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "title"),
                name="actions_plan_title_once_per_city",
                violation_error_message=_("The city has a plan of this title already."),
            )
        ]

    def __str__(self):
        return f"{self.title} ({self.year})" if self.year else self.title
