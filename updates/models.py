"""What a city answers in a yearly update, until it is written into its profile."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.emails import EmailField
from actions.models import Action, Statement
from actions.models.city import YEARS
from profiles.access import CityOwnedQuerySet
from profiles.fields import LineField, LongTextField
from profiles.models import City

WORDS = "words"
"""The code of the row that asks for an answer in words."""

LINK_WORKS = timedelta(days=30)

KEPT = timedelta(days=180)
"""How long a request is kept after its link has expired: it names a person without an account."""


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
    that stood in the profile when the answer was given (see `UpdateRow.fingerprint`); that of a
    written answer is of the figure. `unit` is the unit in which a bare number is meant. `statement`
    is the report into which the answer was written, and `written_at` is empty again as soon as the
    answer is changed after that.
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


class ColleagueRequestQuerySet(CityOwnedQuerySet):
    def live(self):
        """Those whose link works."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def old(self):
        return self.filter(expires_at__lt=timezone.now() - KEPT)


class ColleagueRequest(models.Model):
    """One person without an account is asked for figures of an update, by a link.

    `language` is that of the mails and of the page. Answers up to `told_at` were mailed to who
    asked. `tries`: how often answers were sent since `tries_since`.
    """

    city_path = "update__city"

    update = models.ForeignKey(
        YearlyUpdate,
        on_delete=models.CASCADE,
        related_name="requests",
        verbose_name=_("yearly update"),
    )
    name = LineField(_("name"), max_length=200)
    email = EmailField(_("e-mail address"), max_length=254, blank=True)
    department = LineField(_("department"), max_length=200, blank=True)
    message = LongTextField(_("message"), blank=True)
    language = models.CharField(_("language"), max_length=20)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_at = models.DateTimeField(_("link works until"))
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    told_at = models.DateTimeField(_("answers told up to"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_since = models.DateTimeField(default=timezone.now)

    objects = ColleagueRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to a colleague")
        verbose_name_plural = _("requests to colleagues")
        ordering = ("-asked_at", "-pk")

    def __str__(self):
        return self.who

    @property
    def who(self):
        """As the officer calls whom they wait for."""
        return self.department or self.name

    @property
    def is_live(self):
        return self.revoked_at is None and self.expires_at > timezone.now()


class RequestKey(models.Model):
    """The digest of a token that opens a request. Each mail has a token of its own."""

    request = models.ForeignKey(ColleagueRequest, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("key of a request")
        verbose_name_plural = _("keys of requests")

    def __str__(self):
        return f"{self.request_id}: {self.digest[:8]}"


class RequestedFigure(models.Model):
    """A row of an update that a colleague is asked for, and the answer as typed.

    The fields of the answer are those of `Answer`. `note` is for the officer and `return_note` for
    the colleague: neither gets into the profile.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ANSWERED = "answered", _("answered")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    city_path = "request__update__city"

    request = models.ForeignKey(
        ColleagueRequest,
        on_delete=models.CASCADE,
        related_name="figures",
        verbose_name=_("request"),
    )
    # Without a constraint, as in `Answer`.
    action = models.ForeignKey(
        Action,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        verbose_name=_("action"),
    )
    code = models.CharField(_("figure"), max_length=100)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    choice = models.CharField(_("answer"), max_length=10, choices=Answer.Choice, blank=True)
    text = LongTextField(_("new value"), blank=True)
    year = LineField(_("year"), max_length=100, blank=True)
    source = LineField(_("source"), max_length=1000, blank=True)
    reason = LineField(_("why it is right"), max_length=300, blank=True)
    note = LineField(_("note"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    return_note = LineField(_("note of the officer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = CityOwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("requested figure")
        verbose_name_plural = _("requested figures")
        ordering = ("request", "action", "code")
        constraints = [
            models.UniqueConstraint(
                fields=("request", "action", "code"), name="updates_requestedfigure_once"
            )
        ]

    def __str__(self):
        return f"{self.action_id}.{self.code}: {self.text or self.get_state_display()}"

    def digest(self):
        """Changes with what the colleague has said."""
        content = (self.choice, self.text, self.year, self.source, self.reason, self.note)
        return hashlib.sha256(repr(content).encode(errors="surrogatepass")).hexdigest()[:16]
