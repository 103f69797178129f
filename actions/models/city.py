"""What a city does and measures."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from profiles.access import CityOwnedQuerySet
from profiles.dates import today
from profiles.fields import LanguageTagField, LineField, LongTextField, SearchTextField
from profiles.models import City, CityOwned
from profiles.validators import validate_day_has_begun

from .catalogue import ActionType, Measure
from .ceilings import OF_ACTIONS

HIGHEST_NUMBER = 999_999
"""Highest number of an action. The limit keeps an imported number from exhausting the counter."""

CONFIRMED_HELP = _("Where the platform has asked whether this is right: your reason.")

YEARS = [MinValueValidator(1900), MaxValueValidator(2100)]


CATALOGUE_ORDER = (
    "action_type__commitment__area__position",
    "action_type__commitment__position",
    "action_type__position",
    "number",
)
"""The order of the official lists: area, commitment, type."""


class ActionQuerySet(CityOwnedQuerySet):
    def key_figures(self):
        """Actions with a figure that is chosen for the key figures of their city."""
        own = apps.get_model("actions.OwnFigure").objects.filter(
            action=models.OuterRef("pk"), is_key_figure=True
        )
        return self.filter(Q(key_measure__isnull=False) | Q(models.Exists(own)))

    def repeated(self):
        """Actions with a twin in their city and without a reason for it (see `twins_of`)."""
        twins = twins_of(
            models.OuterRef("city"), models.OuterRef("action_type"), models.OuterRef("description")
        )
        twins = twins.exclude(pk=models.OuterRef("pk")).values("pk")
        return self.filter(models.Exists(twins), confirmed="")

    def with_values_of_other_type(self):
        """Actions with a value of a measure that does not belong to their type."""
        values = apps.get_model("actions.Value").objects.filter(
            statement__action=models.OuterRef("pk"), measure__isnull=False
        )
        return self.filter(
            models.Exists(values.exclude(measure__action_type=models.OuterRef("action_type")))
        )


def twins_of(city, action_type, description):
    """The actions of `city` of this type or with this description, and without a reason for it."""
    same = Q(action_type=action_type) | Q(description=description)
    return Action.objects.filter(same, city=city, confirmed="")


class Action(CityOwned):
    """What a city does. `number` names it within the city and is never used again.

    `key_measure`: the measure whose newest number is among the key figures of the city.
    """

    ceilings = OF_ACTIONS

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="actions", verbose_name=_("city")
    )
    number = models.PositiveIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(HIGHEST_NUMBER)],
        help_text=_("Set automatically. Use it to find this action in a workbook."),
    )
    action_type = models.ForeignKey(
        ActionType, on_delete=models.PROTECT, related_name="actions", verbose_name=_("action type")
    )
    description = LongTextField(
        _("description"), help_text=_("How the city is taking action, in any language.")
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    key_measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("key figure"),
    )
    summary = LineField(
        _("summary"),
        max_length=160,
        blank=True,
        help_text=_("One line that tells what is done, in the language of the action."),
    )
    second_summary = LineField(
        _("summary in the second language"),
        max_length=160,
        blank=True,
        help_text=_("The same in the second language of the city."),
    )
    department = LineField(
        _("responsible department"),
        max_length=200,
        blank=True,
        help_text=_("Who in the city has the figures. Never shown in public."),
    )
    reference = LineField(
        _("reference in your own list"),
        max_length=200,
        blank=True,
        help_text=_(
            "What names the action in a list of the city, so that the list finds it again. Never "
            "shown in public."
        ),
    )
    confirmed = LineField(
        _("why it is right"), max_length=300, blank=True, help_text=CONFIRMED_HELP
    )
    updated_on = models.DateField(
        _("last update"), default=today, validators=[validate_day_has_begun]
    )
    search_text = SearchTextField(sources=("description",))

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ("city", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "number"),
                name="actions_action_number_once_per_city",
                violation_error_message=_("The city has an action of this number already."),
            ),
            models.UniqueConstraint(
                fields=("city", "reference"),
                condition=~Q(reference=""),
                name="actions_action_reference_once_per_city",
                violation_error_message=_("Another action of the city has this reference already."),
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, HIGHEST_NUMBER)),
                name="actions_action_number_in_range",
            ),
        ]

    def __str__(self):
        return f"{self.city} {self.number}: {self.action_type}"

    def give_way(self):
        others = Action.objects.filter(city=self.city_id).exclude(pk=self.pk)
        said = []
        if others.filter(number=self.number).exists():
            highest = others.aggregate(most=models.Max("number"))["most"]
            self.number = max(highest, self.city.last_action_number) + 1
            words = gettext(
                "The city has an action of this number already. This one gets %(number)d."
            )
            said.append(words % {"number": self.number})
        if self.reference and others.filter(reference=self.reference).exists():
            self.reference = ""
            words = gettext("Another action has its reference by now: this one comes without it.")
            said.append(words)
        return said

    def clean(self):
        super().clean()
        if self.second_summary and not self.city.second_language:
            words = _("The city has no second language yet: choose it in the city's form first.")
            raise ValidationError({"second_summary": words})
        measure = self.key_measure
        if measure is None:
            return
        if measure.action_type_id != self.action_type_id or not measure.is_numeric:
            words = _("“%(measure)s” is no figure of this action type: choose another, or none.")
            raise ValidationError({"key_measure": words % {"measure": measure}})
