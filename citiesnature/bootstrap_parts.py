"""Writes the rules of Bootstrap that public pages use as a style sheet of their own.

A page would load ten times as much otherwise, most of it for parts that we do not have. Run
`python -m citiesnature.bootstrap_parts` after a change of `CLASSES` or with another Bootstrap; a
test tells when it is due.
"""

import re
from pathlib import Path

import bootstrap_wrapper

ROOT = Path(__file__).resolve().parent.parent

SHEETS = {
    "bootstrap.min.css": ROOT / "static" / "bootstrap" / "pages.css",
    "bootstrap.rtl.min.css": ROOT / "static" / "bootstrap" / "pages.rtl.css",
}
"""Sheet of Bootstrap → the sheet made from it, for either direction of writing."""

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


def main():
    for name, path in SHEETS.items():
        source = Path(bootstrap_wrapper.get_bootstrap_dir()) / "css" / name
        path.write_text(parts_for_pages(source.read_text()))


if __name__ == "__main__":
    main()
