"""By what the public finds cities: filters of lists and of the map."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .published import public_city_key


class PublicFacet(models.Model):
    """That a public city is counted under a `code` of a filter.

    Publishing writes these rows (`publishing.facets`). Nobody edits them and they have no history.
    """

    class Facet(models.TextChoices):
        """In the order of the form. `FIGURE`: targets to which an action with a number counts."""

        REGION = "region", _("Region")
        COUNTRY = "country", _("Country")
        SIZE = "size", _("People")
        COMMITMENT = "commitment", _("Commitment")
        TARGET = "target", _("Global target")
        FIGURE = "figure", _("Figures on a global target")
        AWARD = "award", _("Award")
        INDEX = "index", _("City Biodiversity Index")
        PHASE = "phase", _("Nature Pathway")
        LANGUAGE = "language", _("Language")

    city = public_city_key(db_index=False, related_name="facets")
    facet = models.CharField(max_length=20, choices=Facet)
    code = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "facet", "code"), name="profiles_publicfacet_once_per_city"
            )
        ]
        indexes = [
            # Counts are read from it alone.
            models.Index(fields=("facet", "code", "city"), name="profiles_publicfacet_by_code"),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.facet} {self.code}"
