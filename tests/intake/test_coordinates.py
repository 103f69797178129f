"""Coordinates as people paste them."""

from decimal import Decimal

import pytest

from intake.coordinates import LATITUDE, LONGITUDE, Coordinates, read
from intake.numbers import Unclear

ANJI = Coordinates(Decimal("30.63"), Decimal("119.68"))


@pytest.mark.parametrize(
    "text",
    [
        "30.63, 119.68",
        "30.63,119.68",
        "30,63 119,68",
        "30,63; 119,68",
        "(30.63 / 119.68)",
        "119.68, 30.63",
        "E119.68 N30.63",
        "30° 37' 48\" N, 119° 40' 48\" E",
        "30º37′48″N 119º40′48″E",  # noqa: RUF001 (what maps write)
        "30°37.8'N 119°40.8'E",
        "北纬30°37′48″，东经119°40′48″",  # noqa: RUF001 (what maps write)
        "geo:30.63,119.68?z=12",
        "https://www.openstreetmap.org/#map=12/30.63/119.68",
        "https://www.openstreetmap.org/?mlat=30.63&mlon=119.68#map=12/1.5/2.5",
        "https://www.google.com/maps/place/Anji/@1.5,2.5,12z/data=!3m1!3d30.63!4d119.68",
        "https://www.google.com/maps/@30.63,119.68,12z",
        "https://maps.google.com/?q=30.63%2C119.68",
        "https://bing.com/maps?cp=30.63~119.68&lvl=11",
    ],
)
def test_both_are_read_from_one_text(text):
    assert read(text, LATITUDE) == ANJI


def test_one_is_read_by_its_letter_and_a_plain_number_is_left_to_others():
    assert read("33°30'S", LONGITUDE) == Coordinates(latitude=Decimal("-33.5"))
    assert read("33°30'", LATITUDE) == Coordinates(latitude=Decimal("33.5"))
    assert read("W 70.5", LATITUDE) == Coordinates(longitude=Decimal("-70.5"))
    assert {read(text, LATITUDE) for text in ("30.63", "-33,5", "about here", "")} == {None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("91, 200", "too much"),
        ("30°75'N", "less than 60"),
        ("30.63N 119.68N", "one of E and W"),
        ("-30.5 S", "Give the direction once"),
        ("https://maps.app.goo.gl/abc", "does not say where the place is"),
    ],
)
def test_what_is_unclear_is_told(text, words):
    with pytest.raises(Unclear, match=words):
        read(text, LATITUDE)
