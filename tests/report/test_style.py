"""The PDF has the colours of the pages, but for the two that small print needs darker."""

import re

from django.conf import settings

from report.drawings.style import COLOURS

DARKER_IN_PRINT = {"stone", "hairline"}
ONLY_IN_DRAWINGS = {"white", "outline", "pale_forest"}


def colours_of_pages():
    """Name → value of the light scheme, which stands first in the sheet of colours."""
    found = {}
    sheet = settings.BASE_DIR / "static" / "css" / "tokens.css"
    for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet.read_text()):
        found.setdefault(name, value)
    return found


def test_the_pdf_has_the_colours_of_the_pages():
    shared = COLOURS.keys() - ONLY_IN_DRAWINGS
    of_pages = colours_of_pages()
    assert shared <= of_pages.keys()
    assert {name for name in shared if COLOURS[name] != of_pages[name]} == DARKER_IN_PRINT
