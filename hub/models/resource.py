from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from catalogue.models import KMGBFTarget, Topic
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.access import CityOwnedQuerySet
from profiles.ceilings import Ceiling
from profiles.dates import latest_today
from profiles.fields import (
    LanguageTagField,
    LanguageTagsField,
    LineField,
    LongTextField,
    SearchTextField,
)
from profiles.models import City, CityOwned

from .kinds import Kind
from .licence import Licence
from .public import PublicResource
from .upload import Upload


class ResourceQuerySet(CityOwnedQuerySet):
    def visible_to(self, user):
        """The resources that have a page for `user`: public ones, and those that they may edit."""
        is_own = Q(pk__in=self.model.objects.editable_by(user).values("pk"))
        return self.filter(is_own | Q(pk__in=PublicResource.objects.public().values("pk")))


class Resource(CityOwned):
    """Something that others can learn from: a link or a file, of a city or a partner organisation.

    The transitions between its states are in `hub.moderation`.
    """

    ceilings = (
        Ceiling(
            "CITY_MAX_RESOURCES",
            "city",
            _(
                "%(owner)s would have %(total)s resources; at most %(most)s fit on its page. "
                "Remove resources that are over, or link to one page that lists them."
            ),
        ),
    )

    Kind = Kind

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted for review")
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned with a note")

    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("city"),
    )
    organisation = LineField(
        _("partner organisation"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, if not the city alone."),
    )
    title = LineField(_("title"), max_length=300)
    summary = LongTextField(
        _("summary"), blank=True, help_text=_("What others find in it, in a few sentences.")
    )
    language = LanguageTagField(
        _("language of title and summary"),
        blank=True,
        help_text=_("If other than the language of the city's texts."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    languages = LanguageTagsField(
        _("languages"),
        blank=True,
        help_text=_("Those in which it can be read or heard, such as: en, zh-Hans"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="resources", verbose_name=_("topics")
    )
    targets = models.ManyToManyField(
        KMGBFTarget, blank=True, related_name="resources", verbose_name=_("KMGBF targets")
    )
    url = models.URLField(_("link"), max_length=1000, blank=True)
    file = models.ForeignKey(
        Upload,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("file"),
    )
    licence = models.ForeignKey(
        Licence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("licence"),
        help_text=_("What others may do with it."),
    )
    cover = models.ForeignKey(
        Upload,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="covered_resources",
        verbose_name=_("cover"),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    state_note = models.TextField(
        _("note to the city"), blank=True, help_text=_("What should be changed before it is shown.")
    )
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    search_text = SearchTextField(sources=("title", "summary", "organisation"))

    objects = ResourceQuerySet.as_manager()

    _history_m2m_fields = ("topics", "targets")

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ("city", "title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "url"),
                condition=~Q(url=""),
                name="hub_resource_link_once_per_city",
                violation_error_message=_("The city has shared this link already."),
            ),
            models.UniqueConstraint(
                fields=("city", "file"),
                name="hub_resource_file_once_per_city",
                violation_error_message=_("The city has shared this file already."),
            ),
            models.CheckConstraint(
                condition=Q(url="", file__isnull=False) | (~Q(url="") & Q(file__isnull=True)),
                name="hub_resource_link_or_file",
                violation_error_message=_("Give a link or a file: exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(city__isnull=False) | ~Q(organisation=""),
                name="hub_resource_of_city_or_partner",
                violation_error_message=_("Name the city or the partner organisation."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "published", "returned"]),
                name="hub_resource_state_known",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("website:resource", args=[self.pk])

    def clean(self):
        super().clean()
        faults = {}
        if self.year and self.year > latest_today().year:
            faults["year"] = _("This year is still to come.")
        if self.cover is not None and not self.cover.is_image:
            faults["cover"] = _("A cover is an image.")
        for name in ("file", "cover"):
            upload = getattr(self, name)
            if upload is not None and upload.city_id != self.city_id:
                faults[name] = _("This file belongs to another city.")
        if faults:
            raise ValidationError(faults)

    @property
    def approved(self):
        """The row with what the public reads of it; None where it reads nothing.

        That is the resource itself while it is published. While a change waits for review, it is
        the `PublicResource` of what was approved last: one query.
        """
        is_told = self.state in (self.State.SUBMITTED, self.State.PUBLISHED)
        if not is_told or (self.city is not None and not self.city.is_public):
            return None
        if self.state == self.State.SUBMITTED:
            return PublicResource.objects.filter(pk=self.pk).first()
        return self

    @property
    def public_title(self):
        approved = self.approved
        return approved and approved.title

    @property
    def is_public(self):
        return self.approved is not None

    def text(self, field):
        default = self.city.content_language if self.city else OFFICIAL_LANGUAGE
        return Text(getattr(self, field), self.language or default)
