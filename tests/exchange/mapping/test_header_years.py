"""The years that headers name, and whether their figures are aimed at."""

import pytest

from exchange.mapping.years.header_years import (
    kind_of_year,
    measure_in_header,
    name_in_header,
    year_in_header,
)


@pytest.mark.parametrize(
    ("header", "year", "kind"),
    [
        ("2018", 2018, "progress"),
        ("pop_2019", 2019, "progress"),
        ("2018 (ha)", 2018, "progress"),
        ("12.2018", 2018, "progress"),
        ("2018年", 2018, "progress"),
        ("FY2015/16", 2016, "progress"),
        ("2019-2021", 2021, "progress"),
        ("FY16", 2016, "progress"),
        ("ปี 2561", 2018, "progress"),
        ("Council 2020", 2020, "progress"),
        ("Metadata 2020", 2020, "progress"),
        ("2031", 2031, "target"),
        ("Meta 2025", 2025, "target"),
        ("Target 2025", 2025, "target"),
        ("target_2025", 2025, "target"),
        ("Zielwert 2025", 2025, "target"),
        ("objectif à 2025", 2025, "target"),
        ("目标2025", 2025, "target"),
        ("Площадь, план 2025", 2025, "target"),
        ("هدف 2025", 2025, "target"),
        ("Baseline 2015", 2015, "baseline"),
        ("Año base 2010", 2010, "baseline"),
        ("Value", None, None),
        ("Area 1,2018", None, None),
        ("Observed 2018, target 2030", None, None),
    ],
)
def test_headers_name_years_and_kinds(header, year, kind):
    found, note = year_in_header(header)
    assert found == year
    assert bool(note) == any(sign in header for sign in ("FY", "ปี", "2019-"))
    if year:
        assert kind_of_year(header, year, 2026)[0] == kind


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("2018", ""),
        ("Observado 2018", ""),
        ("Meta 2030", ""),
        ("FY2015/16", ""),
        ("pop_2019", "pop"),
        ("Fläche 2020 (ha)", "flache ha"),
    ],
)
def test_headers_may_name_measures_too(header, measure):
    assert measure_in_header(header) == measure


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Alberi messi a dimora (numero) 2019", "Alberi messi a dimora"),
        ("Parques y jardines 2021", "Parques y jardines"),
        ("2020 Gruppe B", "Gruppe B"),
        ("Meta 2030 y", ""),
        ("树 2019", "树"),
    ],
)
def test_a_name_keeps_its_words_of_one_letter(header, name):
    assert name_in_header(header) == name
