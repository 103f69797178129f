"""The frame of every page: its names and addresses, with a request or without one."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib import admin
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from website.citation import Citation, cite
from website.navigation import SECTIONS

NAME = "Nature & Towns"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def rendered(source, **context):
    return Template("{% load frame %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/cities/", "/cities/"),
        ("/cities/?page=1", "/cities/"),
        ("/cities/?page=3", "/cities/?page=3"),
        ("/cities/?country=CN&page=3", "/cities/"),
        ("/cities/?page=3%22", "/cities/"),
    ],
)
def test_the_canonical_address_has_no_query_but_the_page(settings, asked, canonical):
    settings.SITE_URL = "https://nature.example.org/"
    request = RequestFactory().get(asked, headers={"host": "localhost"})
    found = rendered("{% canonical_address %}", request=request)
    assert found == f"https://nature.example.org{canonical}"


def test_what_the_view_says_is_the_canonical_address():
    assert rendered("{% canonical_address %}", canonical="https://a.example/b/") == (
        "https://a.example/b/"
    )
    assert rendered("{% canonical_address %}") == ""


def test_a_text_of_the_head_is_one_line_that_ends_no_attribute():
    source = '{% one_line as text %}\n <b>A</b> "{{ name }}"\n  B {% endone_line %}[{{ text }}]'
    assert rendered(source, name='<i> "x"') == ("[A &quot;&lt;i&gt; &quot;x&quot;&quot; B]")


@pytest.mark.parametrize(
    ("path", "query", "current"),
    [
        ("/", "", []),
        ("/cities/", "q=a", ["Cities"]),
        ("/cities/anji-county/", "", ["Cities"]),
        ("/cities/", "view=map&q=a", ["Map"]),
        ("/actions/types/natural-areas/", "", ["Actions"]),
        ("/cbi/", "", ["Biodiversity Index"]),
    ],
)
def test_the_section_of_a_page_is_marked(path, query, current):
    assert [str(one.label) for one in SECTIONS if one.is_current(path, query)] == current


def test_a_page_without_the_request_knows_its_section_by_its_address():
    page = render_to_string("404.html", {"canonical": "https://a.example/resources/7/"})
    assert page.count("aria-current") == 1
    assert '<a href="/resources/" aria-current="true">Resources</a>' in page


def test_the_platform_has_one_name_everywhere(settings):
    settings.SITE_NAME = NAME
    escaped = "Nature &amp; Towns"
    page = render_to_string("404.html")
    assert f"<title>Page not found · {escaped}</title>" in page
    assert f"<span>{escaped}</span>" in page
    letter = {"letter": {}, "reader": {"email": "a@example.org"}, "site": "https://a.example/"}
    user = SimpleNamespace(get_short_name="A")
    for name in ("notices/mail/letter", "accounts/password_reset_mail"):
        for ending, said in (("html", escaped), ("txt", NAME)):
            assert said in render_to_string(f"{name}.{ending}", letter | {"user": user}), name
    assert admin.site.site_header == admin.site.site_title == NAME
    day = SimpleNamespace(date=SimpleNamespace(year=2026, month=1))
    version = SimpleNamespace(number=1, published_on=day, current_url="/cities/a/")
    found = cite("A", version, "https://a.example/")
    assert isinstance(found, Citation)
    assert NAME in found.text and r"{Nature \& Towns}" in found.bibtex


def test_no_template_names_the_platform_itself():
    found = [
        path.name for path in TEMPLATES.rglob("*.*") if "CitiesNature" in path.read_text("utf-8")
    ]
    assert found == []
