"""Assessments of a city by the index, one for a year, with a result for each indicator."""

import contextlib
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalogue import units
from hub.models import Resource
from intake.numbers import Bounds
from profiles.access import CityOwnedQuerySet
from profiles.dates import latest_today, today
from profiles.fields import LanguageTagField, LongTextField
from profiles.models import City, CityOwned
from profiles.validators import validate_day_has_begun

from ..bands import band_points
from ..formulas import InputError, Missing, compute
from ..scoring import Basis, Scored
from .catalogue import Edition, Indicator, InputKind

AREA_UNIT = "ha"
"""The unit in which the formulas take areas; they may be entered in others."""

MOST_DIGITS = 15
DIGITS, VALUE_PLACES = 24, 9
"""Digits of a stored value, and those after the point."""
LIMIT = 10**15
"""Values from here on have more digits than `IndicatorResult.value` stores."""

LONGEST_LIST = 28_000
"""Characters of a list of areas. A sheet writes 1.234 as 1.2340, and its cell must have room."""


def area_units():
    """The units in which a city may enter areas; a new one in the table needs no migration."""
    return units.choices(AREA_UNIT)


def results_before(*, city, edition, year):
    """The results of a city's earlier assessments by an edition, public or not.

    This is the order of the city's own pages, by which results are scored. Readers are told of the
    first published assessment instead: `Assessed.is_first`.
    """
    return IndicatorResult.objects.filter(
        assessment__city=city, assessment__edition=edition, assessment__year__lt=year
    )


class AssessmentQuerySet(CityOwnedQuerySet):
    def with_is_first(self):
        """Finds `Assessment.is_first` of all rows in the same query."""
        keys = {name: OuterRef(name) for name in ("city", "edition", "year")}
        return self.annotate(is_first=~Exists(results_before(**keys)))

    def left_out_of(self, city):
        """The assessments of a city that say something and are not to be public yet."""
        rows = self.filter(city=city, is_released=False)
        has_results = Exists(IndicatorResult.objects.filter(assessment=OuterRef("pk")))
        said = rows.filter(has_results | ~Q(note=""))
        return said.select_related("edition").order_by("-year", "pk")


class Assessment(CityOwned):
    """A city's assessment by one edition of the index, for one year; filled bit by bit.

    It is in the record of the city only once it `is_released`.
    """

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="assessments", verbose_name=_("city")
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("edition")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )
    note = LongTextField(
        _("about this assessment"),
        blank=True,
        help_text=_("Who took part, which data were used, what a reader should know."),
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    is_released = models.BooleanField(
        _("goes out with the profile"),
        default=False,
        help_text=_("Until the city says so, no version of its profile has the assessment."),
    )
    updated_on = models.DateField(
        _("last update"), default=today, validators=[validate_day_has_begun]
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("city", "edition", "-year")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "edition", "year"),
                name="cbi_assessment_once_per_year",
                violation_error_message=_("The city has an assessment of this year already."),
            )
        ]

    def __str__(self):
        return f"{self.city}: {self.edition.code}, {self.year}"

    def clean(self):
        super().clean()
        if self.year and self.year > latest_today().year:
            raise ValidationError({"year": _("This year is still to come.")})

    @cached_property
    def is_first(self):
        """Whether the city has no earlier results by this edition. One query, once."""
        before = results_before(city=self.city_id, edition=self.edition_id, year=self.year)
        return not before.exists()

    def kept_back_before(self):
        """The earlier assessments by this edition that are not to be public yet."""
        before = Assessment.objects.left_out_of(self.city_id)
        return before.filter(edition=self.edition_id, year__lt=self.year)


class IndicatorResult(Scored, CityOwned):
    """The result for an indicator: what the city entered, and the points for it.

    - `inputs`: name → number as text, or a list of them; areas are in `unit`.
    - `value` is computed from the inputs, `computed_points` from the value by `bands`.
    - `bands` are a copy from the time of scoring, so that a later correction of the catalogue
      changes no result; None: score by the current ones.
    - `own_points`, if the city has chosen any, replace the computed points.
    """

    Basis = Basis

    city_path = "assessment__city"

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="results", verbose_name=_("assessment")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="results", verbose_name=_("indicator")
    )
    inputs = models.JSONField(_("inputs"), default=dict, blank=True)
    unit = models.CharField(
        _("unit of the areas"),
        max_length=20,
        blank=True,
        choices=area_units,
    )
    takes_lower = models.BooleanField(
        _("take the lower points"),
        default=False,
        help_text=_("Where the value lies between two rows of the handbook's table of points."),
    )
    own_points = models.PositiveSmallIntegerField(
        _("the city's own points"),
        null=True,
        blank=True,
        help_text=_("Where no table of points is known, or where the computed points do not fit."),
    )
    reason = LongTextField(_("reason"), blank=True, help_text=_("Why these points."))
    evidence = LongTextField(
        _("evidence"), blank=True, help_text=_("A document, a survey, a decision of the council.")
    )
    evidence_url = models.URLField(
        _("link to the evidence"), max_length=1000, blank=True, help_text=_("If it can be opened.")
    )
    evidence_resource = models.ForeignKey(
        Resource,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="indicator_results",
        verbose_name=_("resource of the hub as evidence"),
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    updated_on = models.DateField(
        _("last update"), default=today, validators=[validate_day_has_begun]
    )
    value = models.DecimalField(
        max_digits=DIGITS, decimal_places=VALUE_PLACES, null=True, blank=True, editable=False
    )
    computed_points = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    is_unclear = models.BooleanField(default=False, editable=False)
    bands = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("result of an indicator")
        verbose_name_plural = _("results of indicators")
        ordering = ("assessment", "indicator__number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("assessment", "indicator"),
                name="cbi_result_one_per_indicator",
                violation_error_message=_("This indicator has a result already."),
            ),
            models.CheckConstraint(
                condition=Q(own_points__isnull=True) | ~Q(reason=""),
                name="cbi_result_own_points_have_a_reason",
                violation_error_message=_("The city's own points need a reason."),
            ),
        ]

    def __str__(self):
        return f"{self.assessment}, {self.indicator.number}: {self.points}"

    @staticmethod
    def names_within(record):
        """Name of an input → its label, for a history record of a result."""
        return {one.name: str(one.label) for one in record.indicator.input_rows()}

    # Computing

    def input_numbers(self):
        """The inputs in their order as Decimals, in hectares where areas; None where missing.

        Raises InputError for what is no number.
        """
        return [self.input_number(one) for one in self.indicator.input_rows()]

    def input_number(self, one):
        """The number, or list of numbers, for one `Input`; None where missing or words."""
        given = self.inputs.get(one.name)
        if given in (None, "", []) or one.kind == InputKind.WORDS:
            return None
        unit = (self.unit if one.is_area else "") or AREA_UNIT
        if one.kind == InputKind.AREAS:
            if len("; ".join(map(str, given))) > LONGEST_LIST:
                raise InputError(one.name, _("These are too many: add small ones up."))
            return [units.convert(parse_number(one, text), unit, AREA_UNIT) for text in given]
        return units.convert(parse_number(one, given), unit, AREA_UNIT)

    def score(self):
        """Compute the value and its points. Both are None if this raises InputError."""
        self.value = self.computed_points = None
        self.is_unclear = False
        if self.bands is None:
            self.bands = self.indicator.bands
        numbers = self.input_numbers()
        if not self.indicator.method or not self.has_inputs or self.is_first_count:
            return
        names = [one.name for one in self.indicator.input_rows()]
        value = compute(self.indicator.method, names, numbers)
        if abs(value) >= LIMIT:
            raise InputError(names[0], _("The value is too large: check the numbers."))
        self.value = value.quantize(Decimal(1).scaleb(-VALUE_PLACES))
        if banded := band_points(self.value, self.bands):
            self.computed_points = banded.chosen(self.takes_lower)
            self.is_unclear = banded.is_unclear

    @property
    def has_inputs(self):
        return any(given not in (None, "", []) for given in self.inputs.values())

    @property
    def is_empty(self):
        """Whether people have entered nothing."""
        words = self.reason or self.evidence or self.evidence_url or self.evidence_resource_id
        return not self.has_inputs and self.own_points is None and not words

    @property
    def has_evidence(self):
        return bool(self.evidence.strip() or self.evidence_url or self.evidence_resource_id)

    def clean(self):
        super().clean()
        if self.indicator_id is None or self.assessment_id is None:
            return
        if self.indicator.component.edition_id != self.assessment.edition_id:
            raise ValidationError(
                {"indicator": _("This indicator belongs to another edition of the index.")}
            )
        known = {one.name for one in self.indicator.input_rows()}
        if surplus := set(self.inputs) - known:
            raise ValidationError({"inputs": _("There is no input “%s”.") % min(surplus)})
        faults = {}
        try:
            self.score()
        except Missing:
            pass  # an assessment may be saved half-filled
        except InputError as error:
            faults = {"inputs": error.message}
        try:
            self.clean_points(is_value_known=not faults)
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        if faults:
            raise ValidationError(faults)

    def clean_points(self, *, is_value_known=True):
        """`is_value_known`: False if an input is wrong, so that the points are unknown as well."""
        if self.own_points is None:
            return
        if self.is_first_count:
            raise ValidationError(
                {"own_points": _("This compares with the first assessment, and this is the first.")}
            )
        faults = {}
        if self.own_points > self.indicator.max_points:
            faults["own_points"] = _("At most %d points.") % self.indicator.max_points
        if not self.reason.strip():
            faults["reason"] = _("Say why these points are right.")
        if is_value_known and self.computed_points is None and not self.has_evidence:
            faults["evidence"] = _("Name a document or give a link to it.")
        if faults:
            raise ValidationError(faults)

    def save(self, *args, **kwargs):
        # Forms report the error by `clean`. Here it only means that there is no value.
        with contextlib.suppress(InputError):
            self.score()
        super().save(*args, **kwargs)


def input_bounds(one, area_unit):
    """What the `Input` takes. Areas are in `area_unit`."""
    return Bounds(
        whole=one.kind == InputKind.COUNT,
        least=Decimal(0),
        digits=MOST_DIGITS,
        unit=area_unit if one.is_area else one.unit,
    )


def parse_number(one, text):
    """The Decimal in `text`, for the `Input` `one`. Raises InputError."""
    try:
        number = Decimal(text)
    except (ArithmeticError, TypeError, ValueError):
        number = None
    if number is None or not number.is_finite():
        raise InputError(one.name, _("This is not a number."))
    if len(number.normalize().as_tuple().digits) > MOST_DIGITS or abs(number) >= 10**MOST_DIGITS:
        raise InputError(
            one.name, _("Round it: at most %(digits)d digits are kept.") % {"digits": MOST_DIGITS}
        )
    if one.kind == InputKind.COUNT and number != number.to_integral():
        raise InputError(one.name, _("Give a whole number."))
    return number
