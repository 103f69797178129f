"""Files to be kept, not shown, by a browser."""

from pathlib import PurePath

from django.http import FileResponse
from django.utils.text import slugify

from profiles.downloads import content_disposition

CONTENT_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
}


def download(file, name):
    """`file`, an open one, as an attachment called `name`; it is closed when it has been sent."""
    kind = CONTENT_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
    response = FileResponse(file, content_type=kind)
    response["Content-Disposition"] = disposition(name)
    return response


def disposition(name):
    """The name in Unicode and, for programs that do not know that form, in plain letters."""
    path = PurePath(name.replace("/", " ").replace("\\", " "))
    ending = path.suffix if path.suffix.isascii() and slugify(path.suffix) else ""
    return content_disposition(True, f"{slugify(path.stem) or 'file'}{ending}", str(path))
