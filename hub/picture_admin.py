"""The admin of the pictures of a profile: cover, logo, portrait."""

from django.contrib import admin

from profiles.admin_base import CityFilter, CityRowAdmin, CityRowForm

from .models import Picture
from .upload_forms import StoresUploads, UploadField, UploadsForm

LONGEST_SIDE = 2400
"""Pixels of the longest side that is kept: enough for a cover that fills a large screen."""


class PictureForm(UploadsForm, CityRowForm):
    recommended = ("credit",)
    constraint_fields = {
        "hub_picture_role_once_per_city": "role",
        "hub_picture_cover_has_credit": "credit",
    }

    file = UploadField(
        label=Picture._meta.get_field("file").verbose_name.capitalize(),
        images_only=True,
        longest_side=LONGEST_SIDE,
        required=True,
    )


@admin.register(Picture)
class PictureAdmin(StoresUploads, CityRowAdmin):
    form = PictureForm
    fields = ("city", "role", "file", "alternative_text", "credit", "place", "is_drawing")
    list_display = ("role", "city", "alternative_text", "credit")
    list_select_related = ("city", "file")
    list_filter = (CityFilter, "role")
    search_fields = ("city__search_text",)

    def view_on_site(self, obj):
        return obj.city.get_absolute_url()

    def comment_path(self, row):
        return f"pictures.{row.role}"
