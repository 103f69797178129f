from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from catalogue.models import CatalogueRow, Origin
from hub.models import PublicResource, Resource, Upload
from profiles.ceilings import Ceiling
from profiles.dates import latest_today
from profiles.fields import LanguageTagField, LineField
from profiles.models import City, CityOwned, public_city_key


class Phase(CatalogueRow):
    """One of the three phases of the Nature Pathway."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")


class StepTexts:
    """What steps have in common, stored or frozen."""

    __slots__ = ()

    def get_absolute_url(self):
        return reverse("website:step", args=[self.code])

    def question_texts(self):
        """The guiding questions in the reader's language, else in English."""
        asked = self.text("questions")
        return tuple(Text(question, asked.language) for question in asked.value)


class Step(StepTexts, CatalogueRow):
    """One of the nine steps of the Nature Pathway, with questions that guide through it."""

    phase = models.ForeignKey(
        Phase, on_delete=models.PROTECT, related_name="steps", verbose_name=_("phase")
    )
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    questions = models.JSONField(_("guiding questions"), default=list, blank=True)
    questions_origin = models.CharField(
        _("origin of the questions"), max_length=10, choices=Origin, default=Origin.OURS
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")


class StepItem(CityOwned):
    """An item that a city put on a step: a link, a file or a resource of the hub; exactly one.

    Items of one step with the same `version_set` are language versions of one thing.
    """

    ceilings = (
        Ceiling(
            "CITY_MAX_STEP_ITEMS",
            "city",
            _(
                "%(owner)s would have %(total)s documents and links on the steps; at most "
                "%(most)s fit on its page. Remove what is over, or link to one page that "
                "lists them."
            ),
        ),
    )

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="step_items", verbose_name=_("city")
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, related_name="items", verbose_name=_("step")
    )
    title = LineField(_("title"), max_length=300)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    upload = models.ForeignKey(
        Upload,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="step_items",
        verbose_name=_("file"),
    )
    resource = models.ForeignKey(
        Resource,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="step_items",
        verbose_name=_("resource of the hub"),
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )
    version_set = LineField(
        _("language versions"),
        max_length=60,
        blank=True,
        help_text=_("The same word for all items of a step that are versions of one thing."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("document on a pathway step")
        verbose_name_plural = _("documents on pathway steps")
        ordering = ("city", "step__number", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "step", "url"),
                condition=~Q(url=""),
                name="pathway_item_link_once_per_step",
                violation_error_message=_("This link is on the step already."),
            ),
            models.UniqueConstraint(
                fields=("city", "step", "upload"),
                name="pathway_item_file_once_per_step",
                violation_error_message=_("This file is on the step already."),
            ),
            models.UniqueConstraint(
                fields=("city", "step", "resource"),
                name="pathway_item_resource_once_per_step",
                violation_error_message=_("This resource is on the step already."),
            ),
            models.UniqueConstraint(
                fields=("city", "step", "version_set", "language"),
                condition=~Q(version_set=""),
                name="pathway_item_one_version_per_language",
                violation_error_message=_("There is a version in this language already."),
            ),
            models.CheckConstraint(
                condition=Q(upload__isnull=True, resource__isnull=True) & ~Q(url="")
                | Q(url="", upload__isnull=False, resource__isnull=True)
                | Q(url="", upload__isnull=True, resource__isnull=False),
                name="pathway_item_exactly_one",
                violation_error_message=_(
                    "Give a link, a file or a resource of the hub: exactly one."
                ),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.upload is not None and self.upload.city_id != self.city_id:
            raise ValidationError({"upload": _("This file belongs to another city.")})

    def text(self, field):
        return Text(getattr(self, field), self.language or self.city.content_language)


class StepProgress(CityOwned):
    """The state of a step, as the city states it.

    Without such a row a step with items counts as under way, one without as not started (see
    `step_state.StepState`).
    """

    class State(models.TextChoices):
        NOT_STARTED = "not-started", _("not started")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", _("done")

    # Whoever empties the state of a step deletes the row, and the next state is a new one.
    identity = ("city_id", "step_id")

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="steps", verbose_name=_("city")
    )
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, related_name="progress", verbose_name=_("step")
    )
    state = models.CharField(_("state"), max_length=20, choices=State)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a step")
        verbose_name_plural = _("states of steps")
        ordering = ("city", "step__number")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "step"),
                name="pathway_progress_once_per_step",
                violation_error_message=_("This step has a state already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["not-started", "under-way", "done"]),
                name="pathway_progress_state_known",
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | ~Q(state="not-started"),
                name="pathway_progress_started_has_begun",
                violation_error_message=_("A step that is not started has no day of its start."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(state="done"),
                name="pathway_progress_only_done_ends",
                violation_error_message=_("Only a step that is done has a day of its end."),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(done_on__isnull=True)
                | Q(done_on__gte=F("started_on")),
                name="pathway_progress_ends_after_its_start",
                violation_error_message=_("It cannot be done before it was started."),
            ),
        ]

    def __str__(self):
        return f"{self.step}: {self.get_state_display()}"

    def clean(self):
        super().clean()
        days = {name: getattr(self, name) for name in ("started_on", "done_on")}
        late = [name for name, day in days.items() if day and day > latest_today()]
        if late:
            raise ValidationError({name: _("This day is still to come.") for name in late})


# The keys of steps have no constraint in the database below: the release before does not know these
# tables, and may delete a step that nothing else refers to.


class PublicStep(models.Model):
    """A step with which a public city has begun, or on which it has items: its `StepState`."""

    city = public_city_key(db_index=False, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    state = models.CharField(max_length=20, choices=StepProgress.State)
    is_said = models.BooleanField()
    started_on = models.DateField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "step"), name="pathway_publicstep_once_per_city"
            )
        ]

    def __str__(self):
        return f"{self.step}: {self.get_state_display()}"


class PublicItem(models.Model):
    """An item of a public city that readers see. Its primary key is that of the `StepItem`.

    `record` is its `ItemRecord` as JSON, `place` the number of items before it on the step.
    """

    id = models.PositiveBigIntegerField(primary_key=True)
    city = public_city_key(db_index=False, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    place = models.PositiveIntegerField()
    resource = models.ForeignKey(
        PublicResource,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    record = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=("city", "step", "place"), name="pathway_publicitem_in_order")
        ]

    def __str__(self):
        return f"{self.step}: {self.pk}"
