import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from profiles.access import CityOwnedQuerySet
from profiles.models import City, CityOwned

from .public import PublishedFile
from .served_file import ServedFile

FOLDER = "uploads"


def stored_name(upload, name):
    """The path of a file on the disk: a generated name with the ending of the sent one."""
    token = uuid.uuid4().hex
    return f"{FOLDER}/{token[:2]}/{token}{PurePath(name).suffix.lower()}"


def city_row_relations_to(model):
    """The relations to `model` from rows of cities, in all apps."""
    relations = model._meta.related_objects
    return [one for one in relations if issubclass(one.related_model, CityOwned)]


class UploadQuerySet(CityOwnedQuerySet):
    def visible_to(self, user):
        """The files that everybody may read now, and those of the cities that `user` may edit."""
        published = PublishedFile.objects.public().filter(token=OuterRef("token"))
        is_own = Q(pk__in=self.model.objects.editable_by(user).values("pk"))
        return self.filter(Exists(published) | is_own)

    def unused(self):
        """The files to which no row of a city refers."""
        uses = Q(pk__in=())
        for relation in city_row_relations_to(self.model):
            rows = relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")})
            uses |= Q(Exists(rows))
        return self.exclude(uses)


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
