"""What those who look after cities keep about them: nobody of a city and no visitor reads it.

None of it is part of a profile, of its history, or of a workbook.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.models import Watched
from profiles.fields import LineField, LongTextField
from profiles.models import City

LONGEST_SUBJECT = 150


def person(**options):
    """A foreign key to somebody; the row stays where the account is deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        **options,
    )


class OverseenCity(City):
    """A city as a row of the table of cities."""

    class Meta:
        proxy = True
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class CityCare(models.Model):
    """Who of the platform looks after a city; a city without such a row has nobody."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="care")
    owner = person(verbose_name=_("who looks after it"))

    def __str__(self):
        return f"{self.city_id}: {self.owner}"


class CityNote(models.Model):
    """A private note about a city. `CityQuerySet.noted_by` says who reads and writes it."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="private_notes")
    text = LongTextField(_("note"))
    author = person(verbose_name=_("author"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self):
        return self.text[:60]


class TakenItem(models.Model):
    """Somebody sees to an item of the queue; `kind` and `key` are those of `oversight.queue`.

    It counts for what has waited since before `taken_at`: a resource that comes for review once
    more is nobody's.
    """

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("kind", "key"), name="oversight_taken_item_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.key}: {self.owner}"


class Mailing(models.Model):
    """A mail to the people of some cities: a draft until it is sent, then the record of it."""

    subject = LineField(_("subject"), max_length=LONGEST_SUBJECT)
    text = LongTextField(_("text"))
    cities = models.ManyToManyField(City, related_name="+", verbose_name=_("cities"))
    written_by = person(verbose_name=_("written by"))
    written_at = models.DateTimeField(_("begun"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("mail to cities")
        verbose_name_plural = _("mails to cities")
        ordering = ("-written_at", "-pk")

    def __str__(self):
        return self.subject or str(_("mail without a subject"))


class MailingRecipient(models.Model):
    """Somebody who gets a `Mailing`, and the city for which they get it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being written")
        PASSED_ON = "passed-on", _("on its way")
        LEFT_OUT = "left-out", _("not sent: the account is closed, or wants no such mails")

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("mailing", "city", "user"), name="oversight_recipient_once"
            )
        ]
        indexes = [
            models.Index(
                fields=("id",), name="oversight_recipient_waiting", condition=Q(state="waiting")
            )
        ]

    def __str__(self):
        return f"{self.mailing_id}: {self.user_id}"


def zip_name(bundle, file_name):
    """Where the ZIP of a bundle is kept."""
    return f"bundles/{uuid.uuid4().hex}.zip"


class FileBundle(Watched, models.Model):
    """The files of several cities as one ZIP, which a worker makes. `oversight.bundles` does it.

    `forms`: codes of `report.forms`. `done` files of `total` are in it, or are `missing`: name of
    the city, name of the file, and why there is none. `addresses`: key of a city → its address as
    the making began, by which its files are named.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    made_by = person(verbose_name=_("made by"))
    made_at = models.DateTimeField(_("begun"), default=timezone.now)
    cities = models.ManyToManyField(City, related_name="+", verbose_name=_("cities"))
    forms = models.JSONField(_("files"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    message = models.TextField(blank=True)
    file = models.FileField(upload_to=zip_name, max_length=100, blank=True)
    run = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)
    addresses = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("ZIP with files of cities")
        verbose_name_plural = _("ZIPs with files of cities")
        ordering = ("-made_at", "-pk")

    def __str__(self):
        return _("ZIP %(number)d") % {"number": self.pk or 0}

    def get_absolute_url(self):
        return reverse("admin:oversight_filebundle_change", args=[self.pk])

    @property
    def runs(self):
        return self.state == self.State.MAKING

    @property
    def heartbeat_path(self):
        return f"{self.file.path}.{self.run}.pulse" if self.file else ""
