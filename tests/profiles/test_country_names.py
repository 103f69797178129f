"""Countries by the names that people use besides those of the catalogue."""

import json
from pathlib import Path

import pytest

import profiles
from profiles.country_names import close_name, countries_named

CATALOGUE = json.loads((Path(profiles.__file__).parent / "catalogue.json").read_text())
OFFICIAL = {row["code"]: row["name"] for row in CATALOGUE["profiles.country"]}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Turkey", "TR"),
        ("Türkei", "TR"),
        ("Czech Republic", "CZ"),
        ("Viet Nam", "VN"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("united states", "US"),
        ("UK", "GB"),
        ("Ivory Coast", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("DR Congo", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo (Kinshasa)", "CD"),
        ("Republic of the Congo", "CG"),
        ("Congo", "CD CG"),
        ("Korea, Republic of", "KR"),
        ("Korea, Dem. People's Rep.", "KP"),
        ("Korea", "KP KR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Bolivia, Plurinational State of", "BO"),
        ("Tanzania, United Republic of", "TZ"),
        ("Republic of Kenya", "KE"),
        ("The Bahamas", "BS"),
        ("The Netherlands", "NL"),
        ("Macedonia", "MK"),
        ("Burma", "MM"),
        ("Swaziland", "SZ"),
        ("Cape Verde", "CV"),
        ("St Kitts & Nevis", "KN"),
        ("ZAF", "ZA"),
        ("Deutschland", "DE"),
        ("中国", "CN"),
        ("Brasil", "BR"),
        ("مصر", "EG"),
        ("Kosovo", ""),
        ("Atlantis", ""),
        ("the", ""),
        ("", ""),
    ],
)
def test_common_names_are_known(written, codes):
    assert " ".join(sorted(countries_named(written))) == codes


def test_every_official_name_means_its_own_country():
    others = {code: countries_named(name) for code, name in OFFICIAL.items()}
    assert {code: found for code, found in others.items() if found != {code}} == {
        "CG": {"CG", "CD"}
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Germny", "Germany"),
        ("Untied Kingdom", "United Kingdom"),
        ("Kosovo", None),
        ("Korea (unknown)", None),
        ("XKX", None),
        ("Atlantis", None),
    ],
)
def test_only_a_misspelt_name_is_suggested(written, meant):
    assert close_name(written, OFFICIAL.values()) == meant
