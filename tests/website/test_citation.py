"""How a version is cited."""

import datetime

import pytest

from catalogue.atoms import Day
from tests.factories import make_city
from tests.report.test_version import make_version
from website.citation import cite, cite_page, escape

from .reading import page_of

URL = "https://nature.example.org/cities/port-trial/versions/3/"


def test_a_version_is_cited_with_its_number_its_day_and_its_full_address():
    citation = cite("Port Trial", make_version(), URL)
    assert citation.text == (
        "Port Trial (2026). Nature profile of Port Trial. Version 3, published 26 November 2026. "
        f"CitiesNature. {URL}"
    )
    assert citation.bibtex == "\n".join(
        (
            "@misc{port-trial-version-3,",
            "  author = {{Port Trial}},",
            "  title = {{Nature profile of Port Trial}},",
            "  year = {2026},",
            "  month = nov,",
            "  howpublished = {CitiesNature},",
            "  note = {Version 3, published 26 November 2026},",
            f"  url = {{{URL}}},",
            "}",
        )
    )


def test_a_part_of_a_version_is_cited_within_it():
    citation = cite("Port Trial", make_version(), f"{URL}#action-4", "Action 4: More parks")
    assert citation.text == (
        "Port Trial (2026). Action 4: More parks. In: Nature profile of Port Trial. Version 3, "
        f"published 26 November 2026. CitiesNature. {URL}#action-4"
    )
    assert citation.bibtex.startswith("@misc{port-trial-version-3-action-4,")


def test_a_list_is_cited_with_the_name_of_the_platform_and_its_day(settings):
    settings.SITE_NAME = "Nature & Cities"
    url = "https://nature.example.org/actions/types/parks/?country=CN"
    citation = cite_page("More parks", Day.of(datetime.date(2026, 6, 6)), url)
    assert citation.text == f"Nature & Cities (2026). More parks. As of 06 June 2026. {url}"
    assert citation.bibtex.startswith("@misc{nature-cities-more-parks-2026-06-06,")
    assert r"author = {{Nature \& Cities}}," in citation.bibtex


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("Ñuñoa 安吉县 מגדל", "Ñuñoa 安吉县 מגדל"),
        ("Rock & Roll #1, 5 % of_it $", r"Rock \& Roll \#1, 5 \% of\_it \$"),
        ("a\\b", r"a\textbackslash{}b"),
        ("} @misc{x", r"\textbraceright{} @misc\textbraceleft{}x"),
        ("~^\n two  lines", r"\textasciitilde{}\textasciicircum{} two lines"),
    ],
)
def test_no_name_breaks_bibtex(words, escaped):
    assert escape(words) == escaped


def test_page_and_version_offer_the_citation_as_text(client, catalogue):
    city = make_city("Port & Trial", slug="port-trial")
    page = page_of(client, city)
    assert "Nature profile of Port &amp; Trial. Version 1, published" in page
    assert r"title = {{Nature profile of Port \&amp; Trial}}," in page
    assert "url = {http://testserver/cities/port-trial/versions/1/}," in page
