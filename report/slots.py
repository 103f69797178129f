"""Who may set a PDF now: as many at once as the setting PDF_PROCESSES, over all web processes.

A slot is a file in a folder that all web processes share, and who holds its lock has the slot. The
system takes the locks of a process that dies.
"""

import fcntl
import logging
import threading
import time
import zlib
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from django.conf import settings

from .failures import BusyError

KEYS = 256
PAUSE = 0.02
BACKGROUND_PAUSE, BACKGROUND_WAIT = 0.2, 600
"""Seconds: what is made ahead asks less often than visitors, and waits longer."""

logger = logging.getLogger(__name__)

_requests = []
_is_in_background = ContextVar("is_in_background", default=False)


@contextmanager
def in_background():
    """What is made within leaves all slots but one to visitors, and waits until that is free."""
    token = _is_in_background.set(True)
    try:
        yield
    finally:
        _is_in_background.reset(token)


@contextmanager
def slot(key=""):
    """Holds a slot. Who waits for the same `key` gets one after another. Raises BusyError."""
    is_patient = _is_in_background.get()
    deadline = time.monotonic() + (BACKGROUND_WAIT if is_patient else settings.PDF_WAIT)
    with ExitStack() as held:
        if not is_patient:
            held.enter_context(_request())
        try:
            folder = Path(settings.PDF_ROOT) / "slots"
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if key:
                number = zlib.crc32(key.encode()) % KEYS
                held.enter_context(_lock([folder / f"key-{number}"], deadline))
            slots = [folder / f"slot-{number}" for number in range(settings.PDF_PROCESSES)]
            held.enter_context(_lock(slots[-1:] if is_patient else slots, deadline))
        except OSError as error:
            _tell(str(error))
            held.enter_context(_own_slot(deadline))
        yield


@contextmanager
def _request():
    """Counts the requests of this web process, so that some of its threads stay free for pages."""
    request = object()
    _requests.append(request)
    try:
        if len(_requests) > settings.PDF_REQUESTS:
            raise BusyError("this process waits for as many PDFs as it may")
        yield
    finally:
        _requests.remove(request)


@contextmanager
def _lock(paths, deadline):
    """Holds the lock of the first of the files that nobody else holds."""
    with ExitStack() as opened:
        files = [opened.enter_context(path.open("ab")) for path in paths]
        while not any(map(_is_locked, files)):
            if time.monotonic() >= deadline:
                raise BusyError(f"it waited for {settings.PDF_WAIT} seconds")
            time.sleep(BACKGROUND_PAUSE if _is_in_background.get() else PAUSE)
        yield


def _is_locked(file):
    """Whether the file could be locked."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _own_slot(deadline):
    """Where the folder cannot be used, web processes do not know of each other."""
    slots = _own_slots(settings.PDF_PROCESSES)
    if not slots.acquire(timeout=max(deadline - time.monotonic(), 0)):
        raise BusyError(f"it waited for {settings.PDF_WAIT} seconds")
    try:
        yield
    finally:
        slots.release()


@cache
def _own_slots(count):
    return threading.Semaphore(count)


@cache
def _tell(error):
    """Once in a process."""
    logger.warning("PDFs are counted in each web process alone (setting PDF_ROOT): %s", error)
