from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..access import CityOwnedQuerySet
from ..fields import SearchTextField


class ChangeSet(models.Model):
    """Who wrote rows of cities, how and why. Every history row has a foreign key to one.

    Only `profiles.changes.recording` makes them. `form_token` and `form_digest` tell by which form
    of the admin, and what was posted (see `admin_base.once`).
    """

    class Kind(models.TextChoices):
        ADMIN = "admin", _("edited in the admin")
        IMPORT = "import", _("imported from a workbook")
        UNDO = "undo", _("an import taken back")
        DEMO = "demo", _("sample content")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="change_sets",
        verbose_name=_("user"),
    )
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    form_token = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001 (unique, so no empty text)
    form_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("change set")
        verbose_name_plural = _("change sets")
        ordering = ("-created_at", "-pk")

    def __str__(self):
        kind = self.get_kind_display()
        return f"{kind}: {self.reason}" if self.reason else kind


class HistoryRow(models.Model):
    """Base of all history models: what they have besides the fields of their model."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class RowHistory(HistoricalRecords):
    """The history of rows of a city, without search texts, which are computed from other fields."""

    def fields_included(self, model):
        fields = super().fields_included(model)
        return [field for field in fields if not isinstance(field, SearchTextField)]


class CityOwned(models.Model):
    """A row that belongs to one city, with history.

    `city_path` is the look-up from the row to its city, such as `action__city`; `ceilings` are the
    `profiles.ceilings.Ceiling`s on the number of rows. `identity` names the fields by which history
    records are of one thing.
    """

    city_path = "city"
    ceilings = ()
    identity = ("id",)

    history = RowHistory(inherit=True, bases=[HistoryRow])
    objects = CityOwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def owning_city(self):
        owner = self
        for name in self.city_path.split("__"):
            owner = getattr(owner, name)
        return owner

    @property
    def owning_city_id(self):
        *parents, last = self.city_path.split("__")
        owner = self
        for name in parents:
            owner = getattr(owner, name)
        return getattr(owner, f"{last}_id")

    def give_way(self):
        """Take another number or address where that of this row, which was deleted, is taken.

        Returns sentences that say so; none where nothing has changed.
        """
        return []
