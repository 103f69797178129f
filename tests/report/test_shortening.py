"""Texts cut to what has room on the page at a glance."""

import pytest

from catalogue.atoms import Text
from report.shortening import shortened


@pytest.mark.parametrize(
    ("words", "width", "cut"),
    [
        ("hedges and ponds", 16, "hedges and ponds"),
        ("hedges and ponds", 15, "hedges and…"),
        ("hedges and ponds", 10, "hedges and…"),
        ("hedges and\nponds", 40, "hedges and…"),
        ("  hedges  ", 40, "hedges"),
        ("unbreakable" * 9, 20, "unbreakableunbreakab…"),
        ("WWWW", 6, "WWW…"),  # capitals are wide
        ("生物多样性保护", 7, "生物多…"),
        ("a" + "\N{COMBINING ACUTE ACCENT}" * 9 + "b", 1, "a" + "\u0301" * 9 + "…"),
        ("सक्षम", 2, "स…"),  # not between a letter and the one that is joined to it
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(words, width, cut):
    assert shortened(Text(words, "und"), width) == Text(cut, "und")
