"""What of the words for a place is its name, its country, its point on the map."""

from decimal import Decimal

import pytest

from exchange.mapping.places.place_names import countries_in, read_name
from exchange.mapping.places.places import point_in
from exchange.mapping.places.points import has_longitude_first
from exchange.problems import CellError


@pytest.mark.parametrize(
    ("written", "bare", "behind", "country"),
    [
        ("Melbourne, Australia", "melbourne", "", "AU"),
        ("Springfield (IL)", "springfield", "il", ""),
        ("Columbia, MO", "columbia", "mo", ""),
        ("Atlanta, Georgia", "atlanta", "georgia", ""),
        ("Campello, el", "campello", "el", ""),
        ("City of Cape Town", "cape town", "", ""),
        ("Ville d’Abidjan", "abidjan", "", ""),
        ("Stadt Köln", "koln", "", ""),
        ("Municipalidad Provincial de Piura", "piura", "", ""),
        ("eThekwini Metropolitan Municipality", "ethekwini", "", ""),
        ("Dalian Municipal People's Government", "dalian", "", ""),
        ("St. Louis", "saint louis", "", ""),
        ("г. Казань", "казань", "", ""),
        ("安吉县", "安吉", "", ""),
        ("浙江省湖州市安吉县", "安吉", "湖州市 浙江省", ""),
        ("神奈川県横浜市", "横浜", "神奈川県", ""),
        ("City", "city", "", ""),
    ],
)
def test_names_are_compared_without_the_words_around_them(written, bare, behind, country):
    read = read_name(written)
    assert (read.bare, read.behind, read.country) == (bare, behind, country)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        *(("za", "ZA"), ("ZAF", "ZA"), ("710", "ZA"), ("South Africa", "ZA"), ("AND", "AD")),
        *(("中国", "CN"), ("Deutschland", "DE"), ("UK", "GB"), ("Brasil (BR)", "BR")),
        *(("FR – France", "FR"), ("Congo", "CD CG"), ("Frnace", ""), ("-", "")),
    ],
)
def test_countries_are_known_by_codes_and_names(written, codes):
    assert countries_in(written) == frozenset(codes.split())


@pytest.mark.parametrize(
    ("written", "axis", "latitude", "longitude"),
    [
        ("POINT (21.5233 -28.9421)", "", "-28.9421", "21.5233"),
        ("SRID=4326;POINT(21.5 -28.9 1200)", "", "-28.9", "21.5"),
        ('{"type": "Point", "coordinates": [21.5, -28.9]}', "", "-28.9", "21.5"),
        ("28°56′S 21°31′E", "", "-28.93333", "21.51667"),
        ("-28,94; 21,52", "", "-28.94", "21.52"),
        ("https://www.openstreetmap.org/?mlat=1.5&mlon=2.5", "", "1.5", "2.5"),
        ("5,3599517", "latitude", "5.35995", None),
        (21.5, "longitude", None, "21.5"),
        ("n/a", "latitude", None, None),
    ],
)
def test_points_are_read_as_programs_and_people_write_them(written, axis, latitude, longitude):
    wanted = {"latitude": latitude, "longitude": longitude}
    read, _notes = point_in(written, axis)
    assert read == {axis: Decimal(one) for axis, one in wanted.items() if one}


@pytest.mark.parametrize(
    ("written", "axis", "words"),
    [
        ("121.47", "latitude", "Are latitude and longitude in each other's columns?"),
        ("211", "longitude", "211 degrees is too much"),
        ("12.5", "", "does not say both latitude and longitude"),
        ("0,0", "", "programs write that for a position that they do not know"),
        ("POINT (0 0)", "", "programs write that for a position that they do not know"),
        ("somewhere", "latitude", "text, not a number"),
    ],
)
def test_other_points_are_asked_about(written, axis, words):
    with pytest.raises(CellError, match=words.replace("?", r"\?")):
        point_in(written, axis)


def test_a_pair_is_turned_only_where_its_column_proves_it():
    slip = ["48.85, 2.35", "95.0, 10.0", "52.5, 13.4"]
    assert not has_longitude_first(slip)
    for axis in ("", "latitude"):
        with pytest.raises(CellError, match="95 degrees is too much for a latitude"):
            point_in("95.0, 10.0", axis)
    china = ["119.68, 30.63", "121.47, 31.23", "87.62, 43.82", "N30 E120"]
    assert has_longitude_first(china)
    assert not has_longitude_first([*china, "30.6, 119.6", "31.2, 121.4"])
    read = {"latitude": Decimal("43.82"), "longitude": Decimal("87.62")}
    assert point_in("87.62, 43.82", "", longitude_first=True)[0] == read
    with pytest.raises(CellError, match="which stands second"):
        point_in("30.63, 119.68", "", longitude_first=True)


def test_rounded_degrees_are_named():
    found, notes = point_in("69.6489123", "latitude")
    assert found == {"latitude": Decimal("69.64891")}
    assert "rounded to 69.64891" in notes[0]
