from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from catalogue.models import Topic
from profiles.fields import LanguageTagField, LongTextField
from profiles.models import City, CityOwned


class Resource(CityOwned):
    """Something a city shares in the Tools & resources hub."""

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="resources", verbose_name=_("city")
    )
    title = models.CharField(_("title"), max_length=300)
    url = models.URLField(_("link"), max_length=1000)
    summary = LongTextField(_("summary"), blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="resources", verbose_name=_("topics")
    )
    language = LanguageTagField(
        _("language"), blank=True, help_text=_("If other than the language of the city's texts.")
    )

    _history_m2m_fields = ("topics",)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ("city", "title", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "url"),
                name="hub_resource_link_once_per_city",
                violation_error_message=_("The city has shared this link already."),
            )
        ]

    def __str__(self):
        return self.title

    def text(self, field):
        return Text(getattr(self, field), self.language or self.city.content_language)
