"""What a city answers in a yearly update, until it is written into its profile."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.models import Action, Statement
from actions.models.city import YEARS
from profiles.access import CityOwnedQuerySet
from profiles.fields import LineField, LongTextField
from profiles.models import City

WORDS = "words"
"""The code of the row that asks for an answer in words."""


class YearlyUpdate(models.Model):
    """The update of one city in one year. Its answers are working notes and have no history."""

    city_path = "city"

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="yearly_updates", verbose_name=_("city")
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)

    objects = CityOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly update")
        verbose_name_plural = _("yearly updates")
        ordering = ("city", "-year")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "year"),
                name="updates_yearlyupdate_once_a_year",
                violation_error_message=_("The city has an update of this year already."),
            )
        ]

    def __str__(self):
        return f"{self.city} {self.year}"


class Answer(models.Model):
    """The answer to one row of an update, as typed: it is kept even where it cannot be read.

    `code` is that of the measure or own figure, or `WORDS`. `last` is the fingerprint of the value
    that stood in the profile when the answer was given (see `rows.LastValue`), `unit` the unit in
    which a bare number is meant. `statement` is the report into which the answer was written, and
    `written_at` is empty again as soon as the answer is changed after that.
    """

    class Choice(models.TextChoices):
        NEW = "new", _("new value")
        UNCHANGED = "unchanged", _("unchanged")
        NO_DATA = "no-data", _("no new data")
        ASKED = "asked", _("asked")

    city_path = "update__city"

    update = models.ForeignKey(
        YearlyUpdate,
        on_delete=models.CASCADE,
        related_name="answers",
        verbose_name=_("yearly update"),
    )
    # Without constraints: an answer hinders nobody from deleting what it is about, also in bulk.
    action = models.ForeignKey(
        Action,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("action"),
    )
    code = models.CharField(_("figure"), max_length=100)
    choice = models.CharField(_("answer"), max_length=10, choices=Choice)
    text = LongTextField(_("new value"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    year = LineField(_("year"), max_length=100, blank=True)
    source = LineField(_("source"), max_length=1000, blank=True)
    reason = LineField(_("why it is right"), max_length=300, blank=True)
    last = models.CharField(max_length=16, blank=True, editable=False)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept by"),
    )
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)
    statement = models.ForeignKey(
        Statement,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    written_at = models.DateTimeField(_("written into the profile at"), null=True, blank=True)

    objects = CityOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("update", "action", "code")
        constraints = [
            models.UniqueConstraint(
                fields=("update", "action", "code"), name="updates_answer_one_per_row"
            )
        ]

    def __str__(self):
        return f"{self.action_id}.{self.code}: {self.text or self.get_choice_display()}"
