"""What holds for every template: nothing inline that the content security policy forbids."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from tests.site.test_imports import FLOORS, sources

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(
    str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".html", ".txt")
)
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)[^>]*>", re.I
)
DATA_SCRIPT = re.compile(r"<script[^>]*type=\"application/(ld\+)?json\"")


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_and_has_nothing_inline(name):
    source = (FOLDER / name).read_text(encoding="utf-8")
    get_template(name)
    assert not INLINE.search(DATA_SCRIPT.sub("", source)), name


def test_each_page_links_one_style_sheet_of_ours():
    sources = {name: (FOLDER / name).read_text(encoding="utf-8") for name in TEMPLATES}
    links = {name: source.count("{% static 'css/") for name, source in sources.items()}
    assert {name: count for name, count in links.items() if count > 1} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<style>",
        '<p style="color: red">',
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_this_guard_sees_what_is_inline(html):
    assert INLINE.search(html)


def test_the_policy_has_no_exceptions():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = {source for values in directives.values() for source in values}
    assert directives["default-src"] == ["'self'"]
    assert not {s for s in sources if "unsafe" in s or "*" in s or "http" in s}
    assert [name for name, values in directives.items() if "data:" in values] in ([], ["img-src"])


OTHER_DAY = re.compile(
    r"\|date:['\"](?!c['\"]|Y-m-d['\"]|DATETIME_FORMAT['\"])|date_format\([^)\"]*\"(?!D)"
)
OTHER_SHARE = re.compile(r"(?:\}\}|\d)[\s\u00a0](?:%|&#37;)(?!\})")


def test_days_and_shares_have_one_form_everywhere():
    """As the document prints them: 06 June 2026, and 8% without a space."""
    code = [path for app in FLOORS for path in sources(app)]
    read = {path: path.read_text(encoding="utf-8") for path in (*code, *FOLDER.rglob("*.html"))}
    days = [path.name for path, source in read.items() if OTHER_DAY.search(source)]
    shares = [
        path.name
        for path, source in read.items()
        if path.suffix == ".html" and OTHER_SHARE.search(source)
    ]
    assert (days, shares) == (["atoms.py"], [])
