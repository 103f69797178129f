"""The files of a profile's pictures, in the sizes in which its PDF prints them."""

import logging

from hub.models import PublishedFile, Upload
from intake.image_sizes import sized
from intake.images import DAMAGES

WIDTHS = {"cover": 1600, "portrait": 400}
"""Pixels: 190 for each inch of a page's width, and 300 for each of a portrait's."""
FORM = "JPEG"

logger = logging.getLogger(__name__)


def picture_files(document):
    """Role → bytes, of the pictures that the PDF of a document prints. At most one query.

    One that is public no more, is away or cannot be read is left out: the PDF does without it. The
    working copy also has what its city has not published.
    """
    entries = {role: getattr(document.pictures, role) for role in WIDTHS}
    tokens = {role: entry.token for role, entry in entries.items() if entry}
    if not tokens:
        return {}
    rows = PublishedFile.objects.public() if document.version else Upload.objects.all()
    stored = {str(row.token): row for row in rows.filter(token__in=tokens.values())}
    files = {role: _read(stored.get(token), role) for role, token in tokens.items()}
    return {role: content for role, content in files.items() if content}


def _read(stored, role):
    if stored is None:
        return None
    try:
        with stored.file.open("rb") as file:
            return sized(file, WIDTHS[role], FORM)
    except DAMAGES as error:
        logger.error("The picture %s cannot be printed: %s", stored.file.name, error)
        return None
