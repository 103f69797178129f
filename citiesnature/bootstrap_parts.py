"""The rules of Bootstrap that public pages use, as a style sheet of their own.

A page would load ten times as much otherwise, most of it for parts that we do not have. The sheets
are made of the installed Bootstrap where static files are looked for, in development and by
`collectstatic` alike.
"""

import os
import re
from pathlib import Path

import bootstrap_wrapper
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

SHEETS = {
    "bootstrap/pages.css": "bootstrap.min.css",
    "bootstrap/pages.rtl.css": "bootstrap.rtl.min.css",
}
"""Our sheet, for either direction of writing → the sheet of Bootstrap that it is made from."""

CLASSES = set(
    "alert alert-danger btn btn-link btn-primary col-12 col-6 col-lg col-lg-2 col-lg-3 col-lg-9 "
    "col-md-2 col-md-3 col-md-4 col-sm-6 d-block form-check form-check-input form-check-label "
    "form-control form-label form-select form-text invalid-feedback is-invalid lead mb-3 row "
    "visually-hidden".split()
)
"""The classes of Bootstrap that public pages have, those that the forms of crispy get included."""

CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
NOT = re.compile(r":not\([^)]*\)")
COMMAS = re.compile(r",(?![^(]*\))")


def parts_for_pages(css):
    """The rules of a sheet of Bootstrap whose selectors have no other classes than `CLASSES`."""
    licence = css[: css.index("*/") + 2]
    body = re.sub(r"/\*.*?\*/", "", css[len(licence) :], flags=re.DOTALL)
    body = body.replace('@charset "UTF-8";', "")
    return f"{licence}\n{_kept(_rules(body))}\n"


def _rules(css):
    """(prelude, body) of each rule at the top of `css`."""
    depth, start, prelude = 0, 0, ""
    for found in re.finditer(r"[{}]", css):
        if found[0] == "{":
            if depth == 0:
                prelude, start = css[start : found.start()].strip(), found.end()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield prelude, css[start : found.start()]
                start = found.end()


def _kept(rules):
    return "\n".join(filter(None, (_rule(prelude, body) for prelude, body in rules)))


def _rule(prelude, body):
    if prelude.startswith("@media"):
        inside = _kept(_rules(body))
        return f"{prelude}{{\n{inside}\n}}" if inside else ""
    if prelude.startswith("@"):  # movements, of parts that pages do not have
        return ""
    selectors = [one for one in COMMAS.split(prelude) if _is_used(one)]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def _is_used(selector):
    # Pages are dark by the reader's own setting, not by an attribute.
    if "data-bs-theme=dark" in selector:
        return False
    return set(CLASS.findall(NOT.sub("", selector))) <= CLASSES


class PartsFinder(BaseFinder):
    """Finds the sheets, which it makes first in the folder `BUILT_STATIC_ROOT`."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.BUILT_STATIC_ROOT)
        self.are_made = False

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = self._made().path(path) if path in SHEETS else None
        if find_all:
            return [found] if found else []
        return found or []

    def list(self, ignore_patterns):
        for path in SHEETS:
            if not matches_patterns(path, ignore_patterns):
                yield path, self._made()

    def _made(self):
        if not self.are_made:
            for path, name in SHEETS.items():
                self._make(Path(self.storage.path(path)), name)
            self.are_made = True
        return self.storage

    def _make(self, sheet, name):
        source = Path(bootstrap_wrapper.get_bootstrap_dir()) / "css" / name
        css = parts_for_pages(source.read_text())
        # What is there already keeps its time, so that collectstatic does not copy it again.
        if not sheet.exists() or sheet.read_text() != css:
            sheet.parent.mkdir(parents=True, exist_ok=True)
            new = sheet.with_suffix(f".{os.getpid()}")
            new.write_text(css)
            new.replace(sheet)
