"""Figures that a city makes for one of its actions."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from profiles.fields import LanguageTagField, LineField
from profiles.models import CityOwned

from .catalogue import IsNumeric
from .city import Action

MOST_OWN_FIGURES = 3
"""How many figures of its own an action may have."""


class OwnFigure(IsNumeric, CityOwned):
    """A figure that a city has made for one of its actions, beside the measures of the type.

    It has values like a `Measure`, in its own `unit`, and is never summed over cities. `number`
    names it within the action.
    """

    class Kind(models.TextChoices):
        AREA = "area", _("area")
        PERCENT = "percent", _("percent")
        AMOUNT = "amount", _("amount")
        COUNT = "count", _("count")
        STATUS = "status", _("status: no, partly, yes")

    city_path = "action__city"

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="own_figures", verbose_name=_("action")
    )
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(MOST_OWN_FIGURES)]
    )
    name = LineField(
        _("what is counted"),
        max_length=200,
        help_text=_("For example: area of mangroves restored."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    unit = LineField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_("In which it is shown: ha, km², t, kWh … Empty for a count."),
    )
    falls = models.BooleanField(_("less is better"), default=False)
    is_key_figure = models.BooleanField(_("key figure"), default=False)
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )

    class Meta:
        verbose_name = _("own figure")
        verbose_name_plural = _("own figures")
        ordering = ("action", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("action", "number"),
                name="actions_ownfigure_number_once_per_action",
                violation_error_message=_("The action has an own figure of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_OWN_FIGURES)),
                name="actions_ownfigure_number_in_range",
                violation_error_message=_("An action has at most three figures of its own."),
            ),
        ]

    def __str__(self):
        return self.name
