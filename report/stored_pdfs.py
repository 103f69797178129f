"""PDFs that are kept for the next who asks, in the cache `pdfs`.

A cache that is away or full costs time and stops nothing.
"""

import logging

from django.core.cache import caches

logger = logging.getLogger(__name__)


def find(key):
    """The stored PDF; None where there is none, or none that is whole."""
    try:
        content = caches["pdfs"].get(f"pdf.{key}")
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A stored PDF cannot be read: %s", error)
        return None
    return content if _is_whole(content) else None


def store(key, content):
    try:
        caches["pdfs"].set(f"pdf.{key}", content)
    except Exception as error:  # noqa: BLE001 (each backend has errors of its own)
        logger.warning("A PDF cannot be stored: %s", error)


def _is_whole(content):
    is_bytes = isinstance(content, bytes)
    return is_bytes and content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
