from django.contrib import admin

from catalogue.admin import CatalogueAdmin

from .models import Licence
from .picture_admin import PictureAdmin
from .resource_admin import ResourceAdmin
from .upload_admin import UploadAdmin

__all__ = ["LicenceAdmin", "PictureAdmin", "ResourceAdmin", "UploadAdmin"]


@admin.register(Licence)
class LicenceAdmin(CatalogueAdmin):
    """The licences that a resource can have."""
