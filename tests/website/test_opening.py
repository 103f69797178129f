"""What of a long text stands on a city's page before one reads on."""

import pytest

from catalogue.atoms import Text
from website.templatetags.city import opening_of

SENTENCE = "The river has two banks, and the meadows beside it are cut once a year. "
NEAR = f"{SENTENCE * 2}It joins the other one near St. Gallen. "
CHINESE = "安吉县位于湖州市西南部总面积一千多平方千米。"


def shown_and_folded(value):
    opening, rest = opening_of(Text(value, "en"))
    return opening.value, rest and rest.value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (SENTENCE * 6, SENTENCE * 3),
        (f"{NEAR}{SENTENCE * 3}", NEAR),
        (CHINESE * 10, CHINESE * 4),
        (f"{'Long ' * 40}\n\n{SENTENCE * 4}", f"{'Long ' * 40}\n\n"),
    ],
)
def test_a_long_text_is_cut_after_a_sentence_and_loses_nothing(value, shown):
    opening, rest = shown_and_folded(value)
    assert opening == shown
    assert opening + rest == value


@pytest.mark.parametrize("value", ["", SENTENCE, SENTENCE * 3, "word " * 200])
def test_a_text_that_is_short_or_one_sentence_is_shown_whole(value):
    assert shown_and_folded(value) == (value, None)
