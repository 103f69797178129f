"""The resources that the public reads, as they were when they were last approved."""

from django.db import models
from django.urls import reverse

from catalogue.atoms import Text
from profiles.fields import SearchTextField
from profiles.models import PublicCity

from .licence import Licence
from .resource import Resource


class PublicResourceQuerySet(models.QuerySet):
    def public(self):
        """Approved resources of partner organisations and of public cities."""
        is_home_public = models.Q(city__publication__isnull=False)
        return self.filter(models.Q(city__isnull=True) | is_home_public)


class PublicResource(models.Model):
    """An approved resource. Its primary key is that of the `Resource`.

    A city's approved resources are rows also while the city is not public. `language` is that of
    title, summary and organisation. The fields of the file are empty if it shares a link.
    """

    id = models.PositiveBigIntegerField(primary_key=True)
    city = models.ForeignKey(
        PublicCity,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="resources",
    )
    organisation = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    kind = models.CharField(max_length=20, choices=Resource.Kind)
    languages = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    topic_codes = models.JSONField(default=list)
    target_codes = models.JSONField(default=list)
    url = models.URLField(max_length=1000, blank=True)
    file_token = models.UUIDField(null=True)
    file_name = models.CharField(max_length=150, blank=True)
    file_media_type = models.CharField(max_length=100, blank=True)
    file_size = models.PositiveBigIntegerField(null=True)
    cover_token = models.UUIDField(null=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, null=True, related_name="+")
    published_on = models.DateField(null=True)
    search_text = SearchTextField(sources=("title", "summary", "organisation"))

    objects = PublicResourceQuerySet.as_manager()

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("website:resource", args=[self.pk])

    def text(self, field):
        return Text(getattr(self, field), self.language)
