"""Makes a file of a document once: one after another, and kept for the next who asks for it."""

import logging

from . import stored_pdfs
from .failures import BusyError, ReportError
from .slots import slot

logger = logging.getLogger(__name__)


def make_once(name, make, key="", disposition=""):
    """The bytes of `make()`, made within a slot. Raises ReportError.

    `name`: what it is, for messages, such as “The PDF of anji”. `key`: it is stored under it with
    the header `disposition` (`stored_pdfs`), or taken from there where somebody else has stored it
    meanwhile; without it, nothing is stored.
    """
    try:
        with slot(key):
            # Who had the slot before may have stored it.
            stored = stored_pdfs.find(key) if key else None
            if stored:
                return stored.content
            content = make()
            if key:
                stored_pdfs.store(key, content, disposition)
            return content
    except BusyError as error:
        logger.warning("%s has to wait: %s", name, error)
        raise BusyError(f"{name} has to wait: {error}") from error
    except ReportError as error:
        logger.error("%s could not be made: %s", name, error)
        raise ReportError(f"{name} could not be made: {error}") from error
