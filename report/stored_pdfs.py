"""PDFs, Word files and pictures that are kept for the next who asks, in the cache `pdfs`.

A cache that is away or full costs time and stops nothing.
"""

import logging
from typing import NamedTuple

from django.core.cache import caches

logger = logging.getLogger(__name__)

WHOLE = (
    (b"%PDF-", b"%%EOF"),
    (b"\x89PNG", b"IEND\xaeB`\x82"),
    (b"PK\x03\x04", b"\0\0"),  # the length of the comment of a ZIP, which has none
)
"""How whole files begin and end."""


class StoredPDF(NamedTuple):
    """A file, and the header Content-Disposition that names it."""

    content: bytes
    disposition: str

    def is_whole(self):
        return any(
            self.content.startswith(start) and self.content.rstrip().endswith(end)
            for start, end in WHOLE
        )


def find(key):
    """The `StoredPDF`; None where there is none, or none that is whole."""
    try:
        values = caches["pdfs"].get(f"pdf.{key}")
        stored = values and StoredPDF(*values)
        return stored if stored and stored.is_whole() else None
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A stored PDF cannot be read: %s", error)
        return None


def store(key, content, disposition):
    try:
        # A tuple: what is stored must not depend on the name of a class.
        caches["pdfs"].set(f"pdf.{key}", (content, disposition))
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A PDF cannot be stored: %s", error)
