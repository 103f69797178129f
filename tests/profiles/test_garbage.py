import gc

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
