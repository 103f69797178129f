import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from intake import SHOWN_INLINE
from profiles.access import CityOwnedQuerySet
from profiles.models import City, CityOwned

from ..files import FileTexts

FOLDER = "uploads"


def stored_name(upload, name):
    """The path of a file on the disk: a generated name with the ending of the sent one."""
    token = uuid.uuid4().hex
    return f"{FOLDER}/{token[:2]}/{token}{PurePath(name).suffix.lower()}"


def city_row_relations_to(model):
    """The relations to `model` from rows of cities, in all apps."""
    relations = model._meta.related_objects
    return [one for one in relations if issubclass(one.related_model, CityOwned)]


class ServedFile(FileTexts):
    """A file that is stored here; `has_program`: whether it has scripts or programs."""

    @property
    def is_shown_inline(self):
        """Whether browsers may show it; any other file they only save."""
        return self.media_type in SHOWN_INLINE and not self.has_program


class UploadQuerySet(CityOwnedQuerySet):
    def public(self):
        """Uploads to which a public row refers."""
        return self.filter(self._in_public_use())

    def visible_to(self, user):
        return self.filter(self._in_public_use() | Q(pk__in=self.model.objects.editable_by(user)))

    def unused(self):
        return self.exclude(self._used(lambda model: model.objects.all()))

    def _in_public_use(self):
        return self._used(lambda model: model.objects.public())

    def _used(self, rows_of):
        uses = Q(pk__in=())
        for relation in city_row_relations_to(self.model):
            rows = rows_of(relation.related_model)
            uses |= Q(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
        return uses


class Upload(ServedFile, CityOwned):
    """A file that a city sent, checked by `intake` and stored by `hub.uploads`. It never changes.

    `city` is empty for files of partner organisations. `size` is that of the bytes stored, `sha256`
    that of the bytes sent: they differ for images, which are stored re-encoded.
    """

    city = models.ForeignKey(
        City,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("city"),
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=100)
    name = models.CharField(_("name"), max_length=150)
    media_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(_("width in pixels"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height in pixels"), null=True, blank=True)
    has_program = models.BooleanField(
        _("has scripts or programs"),
        default=False,
        help_text=_("Browsers do not show it, they only save it."),
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("city", "name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "name"),
                name="hub_upload_name_once_per_city",
                violation_error_message=_("The city has a file of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.media_type.startswith("image/")
