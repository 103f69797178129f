from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from profiles.fields import LineField
from profiles.models import City, CityOwned

from .upload import Upload


class Picture(CityOwned):
    """A picture of a city's profile, one for each role.

    `text(field)` gives a text in the language of the city's texts.
    """

    class Role(models.TextChoices):
        COVER = "cover", _("cover")
        LOGO = "logo", _("logo")
        PORTRAIT = "portrait", _("portrait of the head of government")

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("city")
    )
    role = models.CharField(
        _("picture"),
        max_length=10,
        choices=Role,
        help_text=_("The cover stands large at the top of the profile; the logo is small."),
    )
    file = models.ForeignKey(
        Upload, on_delete=models.RESTRICT, related_name="pictures", verbose_name=_("file")
    )
    alternative_text = LineField(
        _("alternative text"),
        max_length=300,
        help_text=_("What the picture shows, for people who do not see it: one sentence."),
    )
    credit = LineField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, as it is to be printed. A cover needs it."),
    )
    place = LineField(
        _("place"), max_length=200, blank=True, help_text=_("Where it was taken, if it matters.")
    )
    is_drawing = models.BooleanField(
        _("a drawing"),
        default=False,
        help_text=_("Drawn or made by a computer: readers are told that it is no photograph."),
    )

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("city", "role", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "role"),
                name="hub_picture_role_once_per_city",
                violation_error_message=_(
                    "The city has this picture already: open it and choose another file there."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(role="cover", credit=""),
                name="hub_picture_cover_has_credit",
                violation_error_message=_("Say who made the cover."),
            ),
        ]

    def __str__(self):
        return f"{self.city}: {self.get_role_display()}"

    def clean(self):
        super().clean()
        # A new file has no key yet: it is stored once the whole form is right.
        file = self._state.fields_cache.get("file") or (self.file_id and self.file)
        if file and not file.is_image:
            raise ValidationError({"file": _("A picture is an image.")})
        if file and file.city_id != self.city_id:
            raise ValidationError({"file": _("This file belongs to another city.")})

    def text(self, field):
        return Text(getattr(self, field), self.city.content_language)
