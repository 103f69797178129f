"""What the public reads of the hub: approved resources, and the files that it may read."""

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse

from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.fields import SearchTextField
from profiles.models import public_city_key

from ..files import FileTexts
from .kinds import Kind
from .served_file import ServedFile

HOME_IS_PUBLIC = Q(city__isnull=True) | Q(city__publication__isnull=False)


class OfPublicHome:
    """Rows of public cities, and of partner organisations, which have no city."""

    @property
    def is_home_public(self):
        """As `HOME_IS_PUBLIC`. One query where the city is not loaded."""
        return self.city_id is None or bool(self.city and self.city.publication_id)


@dataclass(frozen=True, slots=True)
class SharedFile(FileTexts):
    """The file that a public resource shares."""

    token: UUID
    name: str
    media_type: str
    size: int


class PublicResourceQuerySet(models.QuerySet):
    def public(self):
        """Approved resources of partner organisations and of public cities."""
        return self.filter(HOME_IS_PUBLIC)


class PublicResource(OfPublicHome, models.Model):
    """A resource as it was when it was last approved. Its primary key is that of the `Resource`.

    A city's approved resources are rows also while the city is not public. `language` is that of
    title, summary and organisation if it is not that of the city's texts. Topics, targets and
    licence go by their codes, sorted. The fields of the file are empty if it shares a link.
    """

    id = models.PositiveBigIntegerField(primary_key=True)
    city = public_city_key(null=True, related_name="resources")
    organisation = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    languages = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    topic_codes = models.JSONField(default=list)
    target_codes = models.JSONField(default=list)
    licence_code = models.CharField(max_length=80, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    file_token = models.UUIDField(null=True, db_index=True)
    file_name = models.CharField(max_length=150, blank=True)
    file_media_type = models.CharField(max_length=100, blank=True)
    file_size = models.PositiveBigIntegerField(null=True)
    cover_token = models.UUIDField(null=True, db_index=True)
    cover_width = models.PositiveIntegerField(null=True)
    cover_height = models.PositiveIntegerField(null=True)
    published_on = models.DateField(null=True)
    search_text = SearchTextField(sources=("title", "summary", "organisation"))

    objects = PublicResourceQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("website:resource", args=[self.pk])

    def text(self, field):
        return Text(getattr(self, field), self.language or self.home_language)

    @property
    def home_language(self):
        """The language of the texts that its city has published; English for partners."""
        return self.city.content_language if self.city else OFFICIAL_LANGUAGE

    @property
    def file(self):
        """The `SharedFile`; None if it shares a link."""
        if self.file_token is None:
            return None
        return SharedFile(self.file_token, self.file_name, self.file_media_type, self.file_size)

    @property
    def address(self):
        """The address of what it shares: its link, or its file on this platform."""
        return self.url or self.file.get_absolute_url()

    @property
    def cover_address(self):
        return reverse("website:file", args=[self.cover_token]) if self.cover_token else ""


class ResourceReference(models.Model):
    """The current publication of a city refers to a resource by its key.

    `is_shown`: whether readers of the profile saw the resource when this was written.
    """

    city = public_city_key(related_name="+")
    resource_id = models.PositiveBigIntegerField(db_index=True)
    is_shown = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "resource_id"), name="hub_resourcereference_once_per_city"
            )
        ]

    def __str__(self):
        return f"{self.city_id} → {self.resource_id}"


class PublishedFileQuerySet(models.QuerySet):
    def public(self):
        """The files that everybody may read now."""
        return self.filter(HOME_IS_PUBLIC, Q(is_in_profile=True) | Q(is_in_hub=True))


class PublishedFile(ServedFile, OfPublicHome, models.Model):
    """A file that the public may read, or could once.

    `is_in_profile`: the current publication of its city has it on a step of the pathway.
    `is_in_hub`: it is the file or the cover of a public resource. `city` is empty for files of
    partner organisations. The other fields are those of the `Upload`, whose row its city may have
    deleted meanwhile.
    """

    token = models.UUIDField(primary_key=True)
    city = public_city_key(null=True, related_name="+")
    file = models.FileField(max_length=100)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_program = models.BooleanField()
    is_in_profile = models.BooleanField(default=False)
    is_in_hub = models.BooleanField(default=False)

    objects = PublishedFileQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def is_public(self):
        """Whether everybody may read it now."""
        return self.is_home_public and (self.is_in_profile or self.is_in_hub)
