"""Writes templates to fill in and exports of cities."""

import os
import tempfile
from pathlib import Path

from profiles.models import City

from .book import write_book
from .formats import FORMATS, write
from .layout import NotWritten
from .selection import Selection

__all__ = ["NotWritten", "export", "write", "write_file", "write_template"]


def export(cities, path):
    """Write all of the queryset `cities` to a workbook at `path`."""
    write_file(path, lambda file: write(Selection.of_cities(None, cities), FORMATS["xlsx"], file))


def write_template(user, file, cities=None):
    """Write a workbook to fill in: blank, or with what `cities` have so far."""
    chosen = City.objects.none() if cities is None else cities
    write_book(Selection.of_cities(user, chosen), file, is_template=True)


def write_file(path, write_to):
    """Call `write_to` with a temporary path, and rename the file to `path` once it is complete."""
    path = Path(path)
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=f".{path.stem}-", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write_to(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
