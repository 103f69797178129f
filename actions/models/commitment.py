"""What a city has committed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.models import City, CityOwned
from profiles.validators import validate_day_has_begun

from .catalogue import Commitment


class CityCommitment(CityOwned):
    """A commitment that a city has made."""

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="commitments", verbose_name=_("city")
    )
    commitment = models.ForeignKey(
        Commitment, on_delete=models.PROTECT, related_name="+", verbose_name=_("commitment")
    )
    made_on = models.DateField(
        _("made on"), null=True, blank=True, validators=[validate_day_has_begun]
    )

    class Meta:
        verbose_name = _("commitment made")
        verbose_name_plural = _("commitments made")
        ordering = ("city", "commitment__area__position", "commitment__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "commitment"),
                name="actions_commitment_once_per_city",
                violation_error_message=_("The city has made this commitment already."),
            )
        ]

    def __str__(self):
        return f"{self.city}: {self.commitment}"
