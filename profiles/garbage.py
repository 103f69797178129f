"""How often Python looks for garbage while rows are read and written by the thousands."""

import gc
import threading
from contextlib import contextmanager

SELDOM = (50_000, 20, 20)
"""Thresholds of `gc`: the youngest objects are looked at after so many new ones, not after 700."""

_lock = threading.Lock()
_usual = []  # the thresholds of before, once for each that runs now


@contextmanager
def rarely_collected():
    """Makes the looks rare meanwhile, in the whole process; also usable as a decorator.

    Nearly all objects of such work are needed to its end, and each look goes through them anew:
    that took a quarter of the time of an import.
    """
    with _lock:
        _usual.append(_usual[0] if _usual else gc.get_threshold())
        gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        with _lock:
            usual = _usual.pop()
            if not _usual:
                gc.set_threshold(*usual)
