"""What a stored file and a file of a record have in common."""

from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.urls import reverse


class FileTexts:
    """A file with `token`, `name`, `media_type` and `size`."""

    __slots__ = ()

    def get_absolute_url(self):
        return reverse("website:file", args=[self.token])

    @property
    def ending(self):
        """The ending of its name in capital letters, such as PDF."""
        return PurePath(self.name).suffix[1:].upper()

    @property
    def description(self):
        """Its kind and size, such as “PDF, 2.3 MB”."""
        return f"{self.ending}, {filesizeformat(self.size)}"
