"""Mails on their way, kinds that people have switched off, reminders, and questions of readers."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profiles.models import City

LEASE = timedelta(minutes=10)
"""After so long, somebody else takes a mail that a process began to send and never marked."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60))
"""Until the next attempt after the first failure, the second …; the last one from then on."""

GIVEN_UP_AFTER = timedelta(days=3)
"""A mail that is older than this gets no further attempt. A link for a password is as old then."""

KEPT = timedelta(days=90)

QUESTION_LATE, QUESTION_KEPT = timedelta(days=14), timedelta(days=180)
"""When staff are told of a question without an answer, and how long a question is kept."""

LATE, NEWS = timedelta(minutes=15), timedelta(days=7)
"""When staff are told of a mail that waits, and how long of one that was given up."""


class MailQuerySet(models.QuerySet):
    def due(self):
        """The mails to be sent now, those that wait longest first."""
        due = self.filter(state=Mail.State.WAITING, next_attempt_at__lte=timezone.now())
        return due.order_by("next_attempt_at", "pk")

    def stuck(self):
        """The mails of which staff should know: no worker runs, or the mail server refuses them."""
        now, state = timezone.now(), Mail.State
        is_late = Q(state=state.WAITING, created_at__lt=now - LATE)
        return self.filter(is_late | Q(state=state.GIVEN_UP, next_attempt_at__gt=now - NEWS))

    def old(self):
        return self.filter(created_at__lt=timezone.now() - KEPT).exclude(state=Mail.State.WAITING)


class Mail(models.Model):
    """One message on its way, stored by `notices.queue` and sent by `notices.delivery`.

    `kind`: a code of `notices.kinds`. `user`: whom it is for, where that was said. `message`: what
    `notices.queue.stored` makes of it; empty once it is sent, because it may have a link that sets
    a password.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        GIVEN_UP = "given-up", _("given up")
        DROPPED = "dropped", _("not sent: the account is closed")

    kind = models.CharField(_("kind"), max_length=40, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    to = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    message = models.JSONField()
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=("state", "next_attempt_at"), name="notices_mail_due")]

    def __str__(self):
        return self.subject

    def claim(self):
        """Take this mail as the one process that sends it now; False if another one has it."""
        free = Mail.objects.due().filter(pk=self.pk, next_attempt_at=self.next_attempt_at)
        lease = timezone.now() + LEASE
        return bool(free.update(attempts=F("attempts") + 1, next_attempt_at=lease))

    def mark_sent(self):
        self.state, self.sent_at, self.error = self.State.SENT, timezone.now(), ""
        if not settings.SHOW_MAILS:
            self.message = {}
        self.save(update_fields=["state", "sent_at", "error", "message"])

    def mark_dropped(self):
        self.state, self.message = self.State.DROPPED, {}
        self.save(update_fields=["state", "message"])

    def mark_failed(self, error):
        """Note why it was not sent, and when it is tried again, if at all."""
        now = timezone.now()
        self.error = f"{type(error).__name__}: {error}"[:1000]
        self.next_attempt_at = now + PAUSES[min(self.attempts, len(PAUSES) - 1)]
        if self.created_at < now - GIVEN_UP_AFTER:
            self.state = self.State.GIVEN_UP
        self.save(update_fields=["error", "next_attempt_at", "state"])


class MutedKind(models.Model):
    """A kind of mail (`notices.kinds`) that somebody does not want."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_kinds"
    )
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("user", "kind"), name="notices_muted_kind_once")
        ]

    def __str__(self):
        return f"{self.user}: {self.kind}"


class Reminder(models.Model):
    """A city has been reminded of its changes that wait since then to be published."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    def __str__(self):
        return str(self.city)


class QuestionQuerySet(models.QuerySet):
    def since(self, age):
        return self.filter(asked_at__gt=timezone.now() - age)

    def unanswered(self):
        return self.filter(answered_at=None)

    def late(self):
        """The questions of which staff should know: the city has left them for two weeks."""
        return self.unanswered().filter(asked_at__lt=timezone.now() - QUESTION_LATE)

    def old(self):
        return self.filter(asked_at__lt=timezone.now() - QUESTION_KEPT)


class Question(models.Model):
    """What a reader asked a city on its public page; the city answers by mail.

    `page`: the path of the page that it is about. `client`: the IP address, kept for a day to count
    how much one sends. `is_told`: whether the worker has mailed the city.
    """

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="questions", verbose_name=_("city")
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254)
    text = models.TextField(_("question"))
    page = models.CharField(_("page"), max_length=300)
    client = models.CharField(max_length=45, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    is_told = models.BooleanField(default=False)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(fields=("asked_at",), name="notices_question_asked"),
            models.Index(
                fields=("city", "asked_at"),
                name="notices_question_unanswered",
                condition=Q(answered_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.email}"
