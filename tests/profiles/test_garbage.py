import gc
import weakref

from profiles import garbage
from profiles.garbage import SELDOM, rarely_collected


def test_looks_for_garbage_are_rare_until_the_last_of_several_ends():
    usual = gc.get_threshold()
    first, second = rarely_collected(), rarely_collected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual != SELDOM


class Ring:
    """Garbage that only a look finds."""

    def __init__(self):
        self.own = self


def test_what_much_work_leaves_is_cleared_before_the_next(monkeypatch):
    monkeypatch.setattr(garbage, "SELDOM", (50, 2, 10_000))
    gc.collect()
    with rarely_collected():
        ring = Ring()
        left = weakref.ref(ring)
        many = [[] for _ in range(10_000)]
        del ring
    assert many and left() is not None
    with rarely_collected():
        assert left() is None
