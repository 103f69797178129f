from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .city import City
from .countries import Country, Region
from .owned import CityOwned


class Role(models.TextChoices):
    OFFICER = "officer", _("officer")
    CONTACT = "contact", _("contact person")
    COORDINATOR = "coordinator", _("regional coordinator")
    REVIEWER = "reviewer", _("national reviewer")


SCOPE_OF_ROLE = {
    Role.OFFICER: "city",
    Role.CONTACT: "city",
    Role.COORDINATOR: "region",
    Role.REVIEWER: "country",
}


def _scope_condition():
    """The condition (Q) that a row has the one scope of its role and no other."""
    scopes = ("city", "region", "country")
    condition = Q()
    for role, own in SCOPE_OF_ROLE.items():
        others = {f"{scope}__isnull": scope != own for scope in scopes}
        condition |= Q(role=role, **others)
    return condition


class Assignment(CityOwned):
    """The role of a person in a city, or in all cities of a region or a country: its scope."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="assignments",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("city"),
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("user", "role", "pk")
        constraints = [
            models.CheckConstraint(
                condition=_scope_condition(),
                name="profiles_assignment_scope_fits_role",
                violation_error_message=_(
                    "Officers and contact persons belong to a city, regional coordinators to a "
                    "region, national reviewers to a country: fill in that one field only."
                ),
            ),
            models.UniqueConstraint(
                fields=("user", "role", "city"),
                name="profiles_assignment_once_per_city",
                violation_error_message=_("This person has this role there already."),
            ),
            models.UniqueConstraint(
                fields=("user", "role", "region"),
                name="profiles_assignment_once_per_region",
                violation_error_message=_("This person has this role there already."),
            ),
            models.UniqueConstraint(
                fields=("user", "role", "country"),
                name="profiles_assignment_once_per_country",
                violation_error_message=_("This person has this role there already."),
            ),
        ]

    def __str__(self):
        scope = self.city or self.region or self.country
        return f"{self.user}, {self.get_role_display()}: {scope}"
