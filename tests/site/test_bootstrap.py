"""The part of Bootstrap that public pages load has all that they use."""

import re
from pathlib import Path

import bootstrap_wrapper
import pytest
from django.conf import settings

from citiesnature.bootstrap_parts import CLASSES, SHEETS, PartsFinder, parts_for_pages

ROOT = Path(settings.BASE_DIR)
BUILT = Path(bootstrap_wrapper.get_bootstrap_dir()) / "css"
TAG = re.compile(r"{[{%].*?[%}]}")


@pytest.mark.parametrize("path", SHEETS)
def test_it_is_made_of_the_installed_bootstrap_and_kept(path, settings, tmp_path):
    settings.BUILT_STATIC_ROOT = tmp_path
    finder = PartsFinder()
    made = Path(finder.find(path))
    assert made.read_text() == parts_for_pages((BUILT / SHEETS[path]).read_text())
    made.write_text("of another Bootstrap")
    assert "of another" not in Path(PartsFinder().find(path)).read_text()
    before = made.stat().st_mtime_ns
    assert Path(PartsFinder().find(path)).stat().st_mtime_ns == before
    assert [found for found, _storage in finder.list([])] == [*SHEETS]
    assert finder.find("css/site.css") == []


def test_it_has_every_class_of_bootstrap_that_a_page_has():
    built = (BUILT / "bootstrap.min.css").read_text()
    bootstraps = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"url\([^)]*\)", "", built)))
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts]
    used = {
        name
        for path in (*pages, *(ROOT / "website").glob("*.py"))
        for names in re.findall(r'class(?:=|": )"([^"]*)"', TAG.sub(" ", path.read_text()))
        for name in names.split()
    }
    assert len(used) > 200
    assert used & bootstraps <= CLASSES


def test_rules_of_other_parts_are_left_out():
    css = (
        "/*! licence */:root{--a:1}.modal{x:1}.btn,.btn-close{x:2}:not(.btn-check)+.btn{x:3}"
        "@media (min-width:1px){.modal{x:4}.row>*{x:5}}@media print{.modal{x:6}}"
        "@keyframes turn{to{x:7}}[data-bs-theme=dark] .btn{x:8}"
    )
    assert parts_for_pages(css) == (
        "/*! licence */\n:root{--a:1}\n.btn{x:2}\n:not(.btn-check)+.btn{x:3}\n"
        "@media (min-width:1px){\n.row>*{x:5}\n}\n"
    )
