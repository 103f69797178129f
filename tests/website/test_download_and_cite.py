"""The one place of a page that offers its files and says how to cite it."""

import pytest
from django.template import Context, Template

from website.download_and_cite import of_profile, of_version

from .documents import make_document

SITE = "https://nature.example.org/"
CITY = "/cities/port-trial/"


@pytest.mark.parametrize(
    ("given", "query"), [("", "country=CN"), ("query='region=asia'", "region=asia")]
)
def test_a_list_offers_what_was_chosen_in_it_and_is_cited_so(rf, given, query):
    tag = f"{{% download_and_cite 'More parks' {given} csv='/parks.csv' atom='/feed.xml' %}}"
    request = rf.get("/parks/", {"country": "CN", "page": 2})
    shown = Template("{% load downloads %}" + tag).render(Context({"request": request}))
    assert f'href="/parks.csv?{query}">CSV' in shown
    assert 'href="/feed.xml">Feed' in shown
    assert "More parks. As of" in shown and "http://testserver/parks/?country=CN" in shown
    assert "readonly" in shown and "All versions" not in shown


def test_a_title_with_a_name_in_it_is_escaped_once(rf):
    named = "{% blocktranslate asvar title %}{{ name }}: cities{% endblocktranslate %}"
    given = {"request": rf.get("/parks/"), "name": "Asia & Oceania"}
    shown = Template("{% load downloads i18n %}" + named + "{% download_and_cite title %}").render(
        Context(given)
    )
    assert "Asia &amp; Oceania: cities" in shown and "&amp;amp;" not in shown


def test_a_page_without_files_is_cited_and_promises_no_download(rf):
    tag = "{% load downloads %}{% download_and_cite 'More parks' %}"
    shown = Template(tag).render(Context({"request": rf.get("/parks/")}))
    assert "Cite this page" in shown and "Download" not in shown and "<ul" not in shown


def test_a_profile_offers_its_files_and_the_address_that_stays():
    taken = of_profile(make_document(), "port-trial", SITE, "Action 4", "action-4")
    files = [file.url for file in taken.downloads]
    names = [
        *("profile.pdf", "at-a-glance.pdf", "profile.docx"),
        *("figures.xlsx", "figures.csv", "profile.json", "versions/feed.xml"),
    ]
    assert files == [f"{CITY}{name}" for name in names]
    assert taken.permanent == f"{SITE}cities/port-trial/versions/3/"
    assert taken.citation.text.endswith(f"{taken.permanent}#action-4")


def test_a_version_offers_itself():
    taken = of_version(make_document(), "port-trial", SITE)
    files = [file.url for file in taken.downloads]
    names = ["profile.pdf", "at-a-glance.pdf", "profile.docx", "profile.json"]
    assert files == [f"{CITY}versions/3/{name}" for name in names]
