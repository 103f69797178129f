"""How often Python looks for garbage while rows are read and written by the thousands."""

import gc
import threading
from contextlib import contextmanager

SELDOM = (20_000, 10, 4)
"""Thresholds of `gc`: the youngest objects are looked at after so many new ones, not after 700."""

MUCH = 15
"""Work with so many looks, of the first threshold each, may leave much garbage."""

_lock = threading.Lock()
_usual = []  # the thresholds of before, once for each that runs now
_leftover = threading.Event()


@contextmanager
def rarely_collected():
    """Makes the looks rare meanwhile, in the whole process; also usable as a decorator.

    Nearly all objects of such work are needed to its end, and each look goes through them anew:
    that took a quarter of the time of an import.
    """
    with _lock:
        if not _usual and _leftover.is_set():
            _leftover.clear()
            gc.collect()  # else what the last one left would stay in memory beside this one
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(*SELDOM)
    looks = _looks()
    try:
        yield
    finally:
        with _lock:
            if _looks() - looks >= MUCH:
                _leftover.set()
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)


def _looks():
    """How many there have been since the last one at all objects."""
    _new, young, middle = gc.get_count()
    return young + SELDOM[1] * middle
