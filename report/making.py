"""Makes the file of a document once, even if several ask for it, and keeps it for the next."""

import logging

from . import stored_pdfs
from .failures import BusyError, ReportError
from .slots import slot

logger = logging.getLogger(__name__)


def make_once(name, make, key="", disposition=""):
    """The bytes of `make()`, made within a slot. Raises ReportError.

    `name`: what it is, for messages, such as “The PDF of anji”. With a `key` the file is stored
    under it, with the header `disposition`, or taken from the store where it is there already
    (`stored_pdfs`).
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
