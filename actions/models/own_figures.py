"""Figures that a city makes for one of its actions."""

from itertools import chain

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue import units
from catalogue.atoms import Text
from catalogue.folding import fold
from profiles.fields import LanguageTagField, LineField
from profiles.models import CityOwned

from .catalogue import IsNumeric
from .city import Action

MOST_OWN_FIGURES = 3
"""How many figures of its own an action may have."""

CODES = tuple(f"own-{number}" for number in range(1, MOST_OWN_FIGURES + 1))
"""How sheets call own figures beside their names: none may be named so."""

FIXED_UNITS = {"percent": "percent", "status": ""}
"""Kind → the only unit that it has."""


def code_of(number):
    """What names the own figure of this number within its action, where a measure has its code."""
    return f"own-{number}"


def folded_name(name):
    """A name as people compare it: no two figures of an action are alike in it."""
    return " ".join(fold(name).split()) or name


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

    is_own = True
    decimals = None
    whole_id = None
    shares_of = ""

    def __str__(self):
        return self.name

    @property
    def code(self):
        return code_of(self.number)

    @property
    def key(self):
        return self.code

    def text(self):
        """The name as a `Text` in the language of the action, unless it has one of its own."""
        return Text(self.name, self.language or self.action.language or self.language_of_city)

    @property
    def language_of_city(self):
        return self.action.city.content_language

    def clean(self):
        super().clean()
        self.clean_kind_and_unit()
        if getattr(self, "action", None) is not None:
            self.clean_name()

    def clean_kind_and_unit(self):
        """Check both; values that are there must fit with them."""
        if self.is_key_figure and not self.is_numeric:
            words = _("Only a number can be a key figure: leave this out.")
            raise ValidationError({"is_key_figure": words})
        stored = self.stored_with_values()
        if stored and self.kind != stored.kind:
            raise ValidationError({"kind": self.has_values(stored.get_kind_display())})
        self.clean_unit()
        if stored and self.unit not in units.accepted(stored.unit):
            unit = units.label(stored.unit) or stored.get_kind_display()
            raise ValidationError({"unit": self.has_values(unit)})

    def stored_with_values(self):
        """The figure as it is stored, if it has values."""
        if self.pk is None or not self.values.exists():
            return None
        return OwnFigure.objects.filter(pk=self.pk).first()

    def has_values(self, before):
        words = _(
            "The figure has values already, as %(before)s. Empty them on the page of the action "
            "and save; then this can be changed."
        )
        return words % {"before": before}

    def clean_unit(self):
        """Bring the unit into the form in which it is stored; refuse one of another kind."""
        kind, unit = self.kind, units.parse(self.unit)
        unit = "" if unit == "count" else unit
        if kind in FIXED_UNITS:
            if unit not in ("", FIXED_UNITS[kind]):
                words = _("A figure of the kind “%(kind)s” has no other unit: leave this empty.")
                raise ValidationError({"unit": words % {"kind": self.get_kind_display()}})
            unit = FIXED_UNITS[kind]
        elif kind == self.Kind.AREA and unit not in units.accepted("m2"):
            known = ", ".join(units.label(code) for code in units.accepted("m2"))
            words = _("In which unit is the area shown? Known are: %(units)s.")
            raise ValidationError({"unit": words % {"units": known}})
        elif kind != self.Kind.AREA and (fitting := kind_of_unit(unit)):
            words = _("“%(unit)s” is a unit of another kind: choose the kind “%(kind)s”.")
            label = self.Kind(fitting).label
            raise ValidationError({"unit": words % {"unit": units.label(unit), "kind": label}})
        elif kind == self.Kind.AMOUNT and not unit:
            words = _("In which unit is it counted? For example: t, kWh, m³. Else choose “count”.")
            raise ValidationError({"unit": words})
        self.unit = unit

    def clean_name(self):
        """Refuse a name that another figure of the action has: sheets know figures by their names.

        Names are compared as people read them, without case and repeated blanks. A name that was
        there before the catalogue had a measure of it may stay.
        """
        if self.is_named_as_before():
            return
        others = ()
        if self.action.pk:
            others = self.action.own_figures.exclude(pk=self.pk).values_list("name", flat=True)
        measures = self.action.action_type.measures.values_list("name", "key", "code")
        if folded_name(self.name) in map(folded_name, (*others, *chain(*measures), *CODES)):
            words = _("The action has a figure of this name already: name what differs.")
            raise ValidationError({"name": words})

    def is_named_as_before(self):
        """Whether it is stored by this name, for an action of the same type."""
        stored = OwnFigure.objects.filter(pk=self.pk, name=self.name)
        return stored.filter(action__action_type=self.action.action_type_id).exists()


def kind_of_unit(unit):
    """The kind that a known unit of areas or shares belongs to; "" for all others."""
    known = units.UNITS.get(unit)
    return {"area": "area", "share": "percent"}.get(known.kind, "") if known else ""
