"""Imports as jobs (what was sent, what it would do, what it did), and workers."""

import contextlib
import datetime
import os
import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profiles.access import by_platform_staff, is_platform_staff
from profiles.models import ChangeSet, City

SILENCE = datetime.timedelta(seconds=60)
"""A running job, or a worker, without a sign of life for so long counts as dead."""


def stored_name(job, file_name):
    """Where a file of `job` is kept: a generated name, with nothing of the sender's in it."""
    suffix = PurePath(file_name).suffix.lower()
    return f"jobs/{uuid.uuid4().hex}{suffix}"


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for platform staff; for others, imports that concern only cities they may edit.

        Imports of colleagues are among them, those of platform staff are not. An import without a
        known city (every row was wrong) is visible to its sender only.
        """
        if is_platform_staff(user):
            return self
        cities = Job.cities.through.objects.filter(job=OuterRef("pk"))
        foreign = cities.exclude(city__in=City.objects.editable_by(user).values("pk"))
        own = Q(user=user)
        of_colleague = Q(Exists(cities)) & Q(user__isnull=False) & ~by_platform_staff("user__")
        return self.filter(own | of_colleague).exclude(Exists(foreign))


class Watched:
    """A model whose work a worker does: without a sign of life for too long, it counts as dead.

    It has `started_at`, `heartbeat`, and `heartbeat_path`, the file that
    `exchange.jobs.heartbeat` touches while the present run is at work. `runs`: whether its state
    says that it is at work, or waits for a worker.
    """

    @property
    def is_waiting(self):
        """Whether it is queued and no worker has taken it yet."""
        return self.runs and self.started_at is None

    @property
    def is_silent(self):
        """Whether its worker has begun and then given no sign of life for too long."""
        if not self.runs or self.started_at is None:
            return False
        return timezone.now() - self.last_sign > SILENCE

    @property
    def is_running(self):
        """Whether it is at work or waits for a worker, and its worker has not died."""
        return self.runs and not self.is_silent

    @property
    def last_sign(self):
        """When its worker gave the last sign of life, in the row or by the heartbeat file."""
        signs = [self.heartbeat or self.started_at]
        with contextlib.suppress(OSError):
            beaten = os.stat(self.heartbeat_path).st_mtime
            signs.append(datetime.datetime.fromtimestamp(beaten, datetime.UTC))
        return max(signs)


class Job(Watched, models.Model):
    """The import of one file. `exchange.jobs` changes its state and does the work."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        WRONG = "wrong", _("has wrong cells")
        READY = "ready", _("checked")
        APPLYING = "applying", _("being written")
        APPLIED = "applied", _("written")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")
        OUTDATED = "outdated", _("overtaken by another change")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    RUNNING = (State.CHECKING, State.APPLYING, State.UNDOING)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("sent by"),
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    enclosed = models.FileField(_("files"), upload_to=stored_name, max_length=200, blank=True)
    enclosed_name = models.CharField(_("files"), max_length=255, blank=True)
    enclosed_sha256 = models.CharField(max_length=64, blank=True)
    sheet = models.CharField(_("sheet"), max_length=40, blank=True)
    clears = models.BooleanField(
        _("empty cells clear"),
        default=False,
        help_text=_("An empty cell clears what is stored. Otherwise it leaves it as it is."),
    )
    leaves_out_hidden = models.BooleanField(
        _("leaves out what is hidden"),
        default=False,
        help_text=_(
            "Hidden rows, columns and sheets, and rows that are struck through, are left out."
        ),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.CHECKING)
    message = models.TextField(_("message"), blank=True)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    # The run at work, or the last one
    run = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)

    # What the check found
    counts = models.JSONField(default=dict, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    problem_count = models.PositiveIntegerField(default=0)
    marked_file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    versions = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    cities = models.ManyToManyField(City, related_name="jobs", blank=True)

    # What was written
    change_set = models.OneToOneField(
        ChangeSet, on_delete=models.PROTECT, null=True, blank=True, related_name="job"
    )
    undo_change_set = models.OneToOneField(
        ChangeSet, on_delete=models.PROTECT, null=True, blank=True, related_name="undone_job"
    )
    undoes_part = models.BooleanField(
        _("taken back in part"),
        default=False,
        help_text=_("What somebody has worked on since stays."),
    )
    made_users = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="made_by_jobs", blank=True
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "checking",
                        "wrong",
                        "ready",
                        "applying",
                        "applied",
                        "undoing",
                        "undone",
                        "outdated",
                        "failed",
                        "cancelled",
                    ]
                ),
                name="exchange_job_state_known",
            ),
        ]

    def __str__(self):
        return _("Import %(number)d: %(file)s") % {"number": self.pk or 0, "file": self.file_name}

    def get_absolute_url(self):
        return reverse("admin:exchange_job_change", args=[self.pk])

    @property
    def runs(self):
        return self.state in self.RUNNING

    @property
    def heartbeat_path(self):
        """The file that `exchange.jobs.heartbeat` touches while the present run is at work."""
        return f"{self.file.path}.{self.run}.pulse" if self.file else ""

    @property
    def totals(self):
        """How many rows of all sheets are new, changed, unchanged, wrong."""
        kinds = ("new", "changed", "unchanged", "wrong")
        return {kind: sum(one.get(kind, 0) for one in self.counts.values()) for kind in kinds}

    @property
    def has_changes(self):
        return bool(self.totals["new"] or self.totals["changed"])

    @property
    def seconds_left(self):
        """How long the check is likely to take, from the pace so far; None while unknown."""
        if not self.rows_done or not self.started_at or self.rows_done > self.rows_total:
            return None
        taken = (timezone.now() - self.started_at).total_seconds()
        return round(taken / self.rows_done * (self.rows_total - self.rows_done))


class Worker(models.Model):
    """A process that works on jobs in the background; `seen_at` moves as long as it lives."""

    name = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self):
        return self.name

    @classmethod
    def is_any_alive(cls):
        return cls.objects.filter(seen_at__gt=timezone.now() - SILENCE).exists()
