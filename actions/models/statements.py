"""What a city says of an action: baselines, targets and progress reports with their values."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue import units
from catalogue.atoms import Figure
from hub.models import Resource
from profiles.access import CityOwnedQuerySet
from profiles.dates import latest_today, today
from profiles.fields import LanguageTagField, LineField, LongTextField
from profiles.models import CityOwned
from profiles.numbers import no_such_unit
from profiles.validators import validate_day_has_begun

from .catalogue import Measure
from .ceilings import OF_STATEMENTS
from .city import CONFIRMED_HELP, YEARS, Action
from .own_figures import OwnFigure
from .plans import Plan

MOST_DIGITS = 15
"""Significant digits of a number: SQLite and spreadsheets silently drop any more."""


TOO_LARGE = 10**18
"""Amounts have 18 digits before the point, in whatever unit a figure comes to be shown."""


class StatementQuerySet(CityOwnedQuerySet):
    def baselines(self):
        return self.filter(kind=Statement.Kind.BASELINE)

    def targets(self):
        return self.filter(kind=Statement.Kind.TARGET)

    def progress(self):
        return self.filter(kind=Statement.Kind.PROGRESS)


class Statement(CityOwned):
    """A baseline, a target or a progress report of an action: its values at one time.

    A baseline has the `year` of its data, a progress report the `date`, a target the `due_year`.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline", _("starting point")
        TARGET = "target", _("target")
        PROGRESS = "progress", _("progress")

    city_path = "action__city"
    ceilings = OF_STATEMENTS

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="statements", verbose_name=_("action")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(
        _("year of the data"), null=True, blank=True, validators=YEARS
    )
    date = models.DateField(_("date of the data"), null=True, blank=True)
    due_year = models.PositiveSmallIntegerField(
        _("due year"), null=True, blank=True, validators=YEARS
    )
    text = LongTextField(_("text"), blank=True, help_text=_("In words, where no figure fits."))
    source = LineField(
        _("source"), max_length=1000, blank=True, help_text=_("Where the figures come from.")
    )
    source_url = models.URLField(
        _("link to the source"), max_length=1000, blank=True, help_text=_("If it can be opened.")
    )
    source_resource = models.ForeignKey(
        Resource,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("resource of the hub as source"),
    )
    plan = models.ForeignKey(
        Plan,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("plan"),
        help_text=_("In which the target is set."),
    )
    confirmed = LineField(
        _("why it is right"), max_length=300, blank=True, help_text=CONFIRMED_HELP
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    unchanged_on = models.DateField(
        _("confirmed unchanged on"),
        null=True,
        blank=True,
        validators=[validate_day_has_begun],
        help_text=_("The day on which the city last said that the words still hold."),
    )
    updated_on = models.DateField(
        _("last update"), default=today, validators=[validate_day_has_begun]
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("action", "kind", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("action",),
                condition=Q(kind="baseline"),
                name="actions_statement_one_baseline",
                violation_error_message=_("The action has a starting point already."),
            ),
            models.UniqueConstraint(
                fields=("action", "due_year"),
                condition=Q(kind="target"),
                name="actions_statement_one_target_per_year",
                violation_error_message=_("The action has a target for this year already."),
            ),
            models.UniqueConstraint(
                fields=("action",),
                condition=Q(kind="target", due_year__isnull=True),
                name="actions_statement_one_target_without_year",
                violation_error_message=_("The action has a target without a year already."),
            ),
            models.UniqueConstraint(
                fields=("action", "date"),
                condition=Q(kind="progress"),
                name="actions_statement_one_progress_per_date",
                violation_error_message=_("There is a progress report of this date already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="progress", date__isnull=False)
                | Q(kind="baseline", date__isnull=True)
                | Q(kind="target", date__isnull=True),
                name="actions_statement_progress_has_date",
                violation_error_message=_("Progress needs the date that it tells of."),
            ),
            models.CheckConstraint(
                condition=Q(kind="target") | Q(due_year__isnull=True),
                name="actions_statement_only_targets_are_due",
                violation_error_message=_("Only a target has a due year."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="target") | Q(year__isnull=True),
                name="actions_statement_targets_have_no_data_year",
                violation_error_message=_("A target has a due year, not a year of its data."),
            ),
            models.CheckConstraint(
                condition=Q(kind="target") | Q(plan__isnull=True),
                name="actions_statement_only_targets_have_plans",
                violation_error_message=_("Only a target is set in a plan."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.action}"

    def clean(self):
        super().clean()
        on = latest_today()
        if self.year and self.year > on.year:
            raise ValidationError({"year": _("This year is still to come.")})
        if self.date and self.date > on:
            raise ValidationError({"date": _("This day is still to come.")})


class Value(CityOwned):
    """The value of a measure or an own figure in a statement: a number, words, or a status.

    `number` and `unit` are as entered; `amount` is the number in the unit of `figure`, for sums.
    """

    class Precision(models.TextChoices):
        EXACTLY = "exactly", _("exactly")
        MORE_THAN = "more-than", _("more than")
        ABOUT = "about", _("about")
        LESS_THAN = "less-than", _("less than")

    class Status(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    city_path = "statement__action__city"

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="values", verbose_name=_("statement")
    )
    measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="values",
        verbose_name=_("measure"),
    )
    own_figure = models.ForeignKey(
        OwnFigure,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="values",
        verbose_name=_("own figure"),
    )
    number = models.DecimalField(
        _("number"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    precision = models.CharField(
        _("precision"), max_length=10, choices=Precision, default=Precision.EXACTLY
    )
    text = LongTextField(_("text"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True)
    amount = models.DecimalField(
        max_digits=30, decimal_places=12, null=True, blank=True, editable=False
    )
    unchanged_on = models.DateField(
        _("confirmed unchanged on"),
        null=True,
        blank=True,
        validators=[validate_day_has_begun],
        help_text=_("The day on which the city last said that the value still holds."),
    )

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        ordering = ("statement", "measure__position", "own_figure__number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("statement", "measure"),
                name="actions_value_one_per_measure",
                violation_error_message=_("This measure has a value already."),
            ),
            models.UniqueConstraint(
                fields=("statement", "own_figure"),
                name="actions_value_one_per_own_figure",
                violation_error_message=_("This figure has a value already."),
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=False, own_figure__isnull=True)
                | Q(measure__isnull=True, own_figure__isnull=False),
                name="actions_value_of_measure_or_own_figure",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=False, amount__isnull=False, text="", status="")
                | Q(number__isnull=True, amount__isnull=True, status="") & ~Q(text="")
                | Q(number__isnull=True, amount__isnull=True, text="") & ~Q(status=""),
                name="actions_value_exactly_one",
                violation_error_message=_("Give a number, a text or a status: exactly one."),
            ),
        ]

    @classmethod
    def of(cls, figure, **fields):
        """A new value of a `Measure` or an `OwnFigure`."""
        return cls(**{"own_figure" if figure.is_own else "measure": figure}, **fields)

    @property
    def figure(self):
        """The `Measure` or `OwnFigure` that it is a value of; None for a new one without either."""
        return self.own_figure or self.measure

    def __str__(self):
        number = None if self.number is None else f"{Figure.of(self.number)} {self.unit}".strip()
        return f"{self.figure}: {self.status or self.text or number}"

    def clean(self):
        super().clean()
        if self.figure is None:
            return
        kind = self.figure.kind
        wanted = {"text": "text", "status": "status"}.get(kind, "number")
        given = {
            "number": self.number is not None,
            "text": bool(self.text),
            "status": bool(self.status),
        }
        surplus = [field for field, filled in given.items() if filled and field != wanted]
        if surplus:
            raise ValidationError(
                {
                    surplus[0]: _("“%(measure)s” takes another kind of value: leave this empty.")
                    % {"measure": self.figure}
                }
            )
        if not given[wanted]:
            raise ValidationError(
                {wanted: _("Fill in the value of “%(measure)s”.") % {"measure": self.figure}}
            )
        if wanted == "number":
            self.clean_number()

    def clean_number(self):
        accepted = units.accepted(self.figure.unit)
        self.unit = self.unit or self.figure.unit
        if self.unit not in accepted:
            words = _("Use one of these units: %(units)s.") % {"units": ", ".join(accepted)}
            is_alone = len(accepted) == 1
            said = no_such_unit(units.label(self.unit) or self.unit, accepted[0])
            raise ValidationError({"unit": said if is_alone else words})
        if self.number < 0:
            raise ValidationError({"number": _("The number cannot be below zero.")})
        if len(self.number.normalize().as_tuple().digits) > MOST_DIGITS:
            raise ValidationError(
                {
                    "number": _("Round it: at most %(digits)d digits are kept.")
                    % {"digits": MOST_DIGITS}
                }
            )
        if self.figure.kind == Measure.Kind.PERCENT and self.number > 100:
            raise ValidationError({"number": _("A share lies between 0 and 100.")})
        if self.figure.kind == Measure.Kind.COUNT and self.number != self.number.to_integral():
            raise ValidationError({"number": _("Give a whole number.")})
        amounts = [units.convert(self.number, self.unit, unit) for unit in accepted]
        if max(amounts) >= TOO_LARGE:
            raise ValidationError({"number": _("This is too large.")})
        self.fill_amount()

    def save(self, *args, **kwargs):
        self.fill_amount()
        super().save(*args, **kwargs)

    def fill_amount(self):
        """Set `amount` from `number` and `unit`. Bulk writes skip `save`: they call this first."""
        if self.number is None:
            self.unit, self.precision, self.amount = "", self.Precision.EXACTLY, None
        else:
            self.unit = self.unit or self.figure.unit
            self.amount = units.convert(self.number, self.unit, self.figure.unit)
