"""How lists of other forms become our sheets: a mapping that is kept, and a file being mapped."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from profiles.access import is_platform_staff
from profiles.fields import LineField
from profiles.models import City

from .jobs import Job, Watched, stored_name


class Target(models.TextChoices):
    """What the rows of a list become."""

    CITIES = "cities", _("cities")
    COMMITMENTS = "commitments", _("commitments that cities have made")
    ACTIONS = "actions", _("actions of cities")
    STATEMENTS = "statements", _("figures: starting points, targets, progress")


class MappingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for platform staff; for others the examples, and those of cities they may edit."""
        if is_platform_staff(user):
            return self
        cities = City.objects.editable_by(user)
        return self.filter(Q(is_example=True) | Q(city__in=cities))

    def editable_by(self, user):
        """Those that `user` may rename and delete. Examples stay as they are."""
        return self.visible_to(user).filter(is_example=False)


class Mapping(models.Model):
    """How the columns of a list become ours, kept for the next time that the list comes.

    It belongs to a city, or without one to platform staff. `file_name`: of the file of then.
    `headers`: keys of the columns of the
    list (`SourceColumn.key`), by which it is recognised. `decisions`: as in `MappedFile`.
    """

    name = LineField(_("name"), max_length=200)
    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mappings",
        verbose_name=_("city"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    target = models.CharField(_("becomes"), max_length=20, choices=Target)
    file_name = models.CharField(max_length=255, blank=True)
    headers = models.JSONField(default=list)
    decisions = models.JSONField(default=dict)
    is_example = models.BooleanField(_("example"), default=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = MappingQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping of a list")
        verbose_name_plural = _("mappings of lists")
        ordering = ("name", "pk")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("admin:exchange_mapping_change", args=[self.pk])


KEPT = datetime.timedelta(days=90)
"""How long a file of another form is kept after it was sent, or its workbook was made."""


class MappedFileQuerySet(models.QuerySet):
    def outlived(self):
        """Those that are kept no longer, and not at work."""
        since = timezone.now() - KEPT
        old = self.filter(Q(finished_at=None) | Q(finished_at__lt=since), created_at__lt=since)
        return old.exclude(state=MappedFile.State.MAKING)

    def visible_to(self, user):
        """All for platform staff; for others those that they sent themselves."""
        return self if is_platform_staff(user) else self.filter(user=user)


class MappedFile(Watched, models.Model):
    """A file of another form, and what was decided so far about how it becomes our sheets.

    `decisions`: name of a step → what a person decided there; `exchange.mapping.draft` guesses the
    rest. `mapping`: the kept one that it began with, or was kept as. `workbook`: the sheets made of
    it. `counts`: sheet → rows made; `findings`: what is doubtful about them, and what was left out
    (`exchange.mapping.runs.findings_of`).
    """

    class State(models.TextChoices):
        OPEN = "open", _("being mapped")
        MAKING = "making", _("its workbook is being made")
        MADE = "made", _("its workbook is made")
        FAILED = "failed", _("failed")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mapped_files",
        verbose_name=_("sent by"),
    )
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    mapping = models.ForeignKey(
        Mapping, on_delete=models.SET_NULL, null=True, blank=True, related_name="files"
    )
    decisions = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    message = models.TextField(_("message"), blank=True)

    run = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(default=0)

    workbook = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="mapped_files"
    )

    objects = MappedFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of another form")
        verbose_name_plural = _("lists of another form")
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("admin:exchange_mappedfile_change", args=[self.pk])

    @property
    def has_file(self):
        """Whether the file that was sent is still there."""
        return bool(self.file) and self.file.storage.exists(self.file.name)

    @property
    def kept_until(self):
        return max(filter(None, (self.created_at, self.finished_at))) + KEPT

    @property
    def runs(self):
        return self.state == self.State.MAKING

    @property
    def heartbeat_path(self):
        return f"{self.file.path}.{self.run}.pulse" if self.file else ""
