"""What the public pages of the index read, made by `cbi.read_tables` from published records.

Only public cities have rows. The keys of catalogue rows have no constraint in the database: the
release before does not know these tables, and may delete a row that nothing else refers to.
"""

from django.db import models
from django.db.models import Q

from profiles.models import public_city_key

from .assessment import DIGITS, VALUE_PLACES
from .catalogue import Edition, Indicator


class PublicAssessment(models.Model):
    """The newest assessment of a city by an edition: `scored` of `of` indicators have points."""

    city = public_city_key(db_index=False, related_name="+")
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    year = models.PositiveSmallIntegerField()
    scored = models.PositiveSmallIntegerField()
    of = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "edition"), name="cbi_publicassessment_one_per_edition"
            )
        ]

    def __str__(self):
        return f"{self.city_id}: {self.edition_id}, {self.year}"


class PublicResult(models.Model):
    """A result of any year; `is_newest`: of the city's newest assessment by the edition.

    `points` is None where they do not count. `basis` is the last part of the code of a fixed text
    `cbi.basis.…`. `evidence_resource` is the id of a resource, public or not.
    """

    city = public_city_key(db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    is_newest = models.BooleanField()
    points = models.PositiveSmallIntegerField(null=True)
    value = models.DecimalField(max_digits=DIGITS, decimal_places=VALUE_PLACES, null=True)
    basis = models.CharField(max_length=20)
    evidence_resource = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "year", "indicator"), name="cbi_publicresult_one_per_indicator"
            )
        ]
        indexes = [
            models.Index(
                fields=("evidence_resource",),
                name="cbi_publicresult_evidence",
                condition=Q(evidence_resource__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.city_id}: {self.indicator_id}, {self.year}"
