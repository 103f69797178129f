"""The files of a profile's pictures, in the sizes in which its PDF and its Word file have them."""

import base64
import io
import logging

from PIL import Image

from hub.models import PublishedFile, Upload
from intake.image_sizes import sized
from intake.images import DAMAGES

WIDTHS = {"cover": 1600, "portrait": 400}
"""Pixels: 190 for each inch of a page's width, and 300 for each of a portrait's."""
FORM = "JPEG"
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    '<image width="{width}" height="{height}" href="data:image/jpeg;base64,{content}"/></svg>'
)
"""The typesetter takes only text as files; a picture within an SVG gets into the PDF as it is."""

logger = logging.getLogger(__name__)


def picture_files(document):
    """Name → bytes of an SVG, of the pictures that the PDF of a document prints."""
    contents = picture_contents(document, WIDTHS)
    return {f"{role}.svg": _framed(content) for role, content in contents.items()}


def picture_contents(document, widths):
    """Role → bytes of a JPEG, of pictures of a document. At most one query.

    `widths`: role → the most pixels. One that is public no more, is away or cannot be read is left
    out: files do without it. The working copy also has what its city has not published.
    """
    entries = {role: getattr(document.pictures, role) for role in widths}
    tokens = {role: entry.token for role, entry in entries.items() if entry}
    if not tokens:
        return {}
    rows = PublishedFile.objects.public() if document.version else Upload.objects.all()
    stored = {str(row.token): row for row in rows.filter(token__in=tokens.values())}
    files = {role: _read(stored.get(token), widths[role]) for role, token in tokens.items()}
    return {role: content for role, content in files.items() if content}


def _read(stored, width):
    if stored is None:
        return None
    try:
        with stored.file.open("rb") as file:
            return sized(file, width, FORM)
    except DAMAGES as error:
        logger.error("The picture %s cannot be printed: %s", stored.file.name, error)
        return None


def _framed(content):
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    coded = base64.b64encode(content).decode()
    return FRAME.format(width=width, height=height, content=coded).encode()
