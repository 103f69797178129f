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
        ("ponds: 1,234,567 kept", 12, "ponds:…"),  # not within a number
        ("ponds: 1,234,567 kept", 16, "ponds:…"),  # nor after it: its unit may follow
        ("ponds: 1,234,567 kept", 17, "ponds:…"),
        ("ponds: 1,234,567 kept here", 21, "ponds: 1,234,567 kept…"),
        ("ponds: (−12.5\u00a0km² of land", 15, "ponds:…"),
        ("ponds: 12 345 678 kept", 14, "ponds:…"),
        ("ponds: 12,345", 13, "ponds: 12,345"),
        ("برك: ١٢٬٣٤٥ بركة", 8, "برك:…"),
        ("湿地12345公顷", 7, "湿地…"),
        ("湿地12345公顷保护", 13, "湿地12345公顷…"),
        ("1,234,567 ponds", 6, "…"),
        ("less CO2 from cars", 10, "less…"),
        ("湿地3千万公顷", 6, "湿地…"),
        ("湿地三百二十万公顷", 11, "湿地…"),
        ("습지 3천만 헥타르", 8, "습지…"),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(words, width, cut):
    assert shortened(Text(words, "und"), width) == Text(cut, "und")
