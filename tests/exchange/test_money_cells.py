"""Numbers that cells show as money, by their formats."""

import pytest

from exchange.reading.xlsx.styles import currency_in


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("[$€-407] #,##0", "€"),
        ("[$CHF] 0.00", "CHF"),
        ('_-* #,##0.00 "€"_-', "€"),
        ("\\£#,##0", "£"),
        ("$#,##0;[Red]($#,##0)", "$"),
        ("[$-407]dd.mm.yyyy", ""),
        ('0" inhabitants"', ""),
        ("#,##0", ""),
    ],
)
def test_the_currency_of_a_format_is_what_it_shows(code, currency):
    assert currency_in(164, code) == currency
    assert (currency_in(44, ""), currency_in(43, "")) == ("$", "")
