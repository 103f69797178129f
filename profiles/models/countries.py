from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from catalogue.models import CatalogueRow
from catalogue.translated import OFFICIAL_LANGUAGE


class Region(CatalogueRow):
    """A region of the platform. Ours, after the United Nations M49 geoscheme."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class Country(CatalogueRow):
    """A country by its ISO 3166-1 alpha-2 code. The region of a city follows from it."""

    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="countries",
        verbose_name=_("region"),
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name in the reader's language; in English as the catalogue has it."""
        language = get_language() or OFFICIAL_LANGUAGE
        if language.split("-")[0] == OFFICIAL_LANGUAGE:
            return self.name
        own = self.text("name", language)
        return own.value if own.language != OFFICIAL_LANGUAGE else countries.name(self.code)
