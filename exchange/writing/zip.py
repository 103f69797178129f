"""A workbook with the files that it names, in one .zip that may be sent with that workbook."""

import shutil
import tempfile
import zipfile
from pathlib import PurePosixPath

from hub.models import Upload

from .book import write_book

COMPRESSED = (".csv", ".txt", ".geojson")
"""Endings of files that are compressed in the .zip; all others are compressed by themselves."""


def write_zip(selection, file):
    """Write the sheets of `selection`, and the files of their rows under the names in the cells.

    The files of several cities lie in a folder for each, named by its address.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        with tempfile.TemporaryFile() as book:
            write_book(selection, book)
            book.seek(0)
            with archive.open(f"{selection.name}.xlsx", "w") as out:
                shutil.copyfileobj(book, out)
        uploads = uploads_of(selection)
        has_folders = uploads.order_by().values("city").distinct().count() > 1
        for upload in uploads.select_related("city").order_by("pk").iterator():
            add_file(archive, upload, upload.city.slug if has_folders else "")


def uploads_of(selection):
    """The files that cells of the sheets name."""
    found = Upload.objects.none()
    for sheet in selection.bound_sheets():
        names = [one.name for one in sheet.model._meta.fields if one.related_model is Upload]
        for name in names:
            rows = selection.queryset_of(sheet).order_by().values(name)
            found = found | Upload.objects.filter(pk__in=rows)
    return found


def add_file(archive, upload, folder):
    """Add one file. One that is no longer on the disk is left out; its name stays in the cell."""
    entry = zipfile.ZipInfo(str(PurePosixPath(folder, upload.name)))
    entry.compress_type = (
        zipfile.ZIP_DEFLATED if upload.name.endswith(COMPRESSED) else zipfile.ZIP_STORED
    )
    entry.external_attr = 0o644 << 16
    try:
        content = upload.file.open()
    except FileNotFoundError:
        return
    with content, archive.open(entry, "w") as out:
        shutil.copyfileobj(content, out)
