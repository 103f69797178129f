"""The pages for people: what they link to is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("demo/*.md")])
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)")
NAMED_FILE = re.compile(r"`([a-z_]+(?:/[\w.-]+)+\.(?:py|json|md|typ|html|txt))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_named_files_are_there(page):
    names = set(NAMED_FILE.findall(page.read_text(encoding="utf-8")))
    assert not [name for name in sorted(names) if not (ROOT / name).exists()]
