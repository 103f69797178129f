"""The document as a Word file (.docx) for those who have to edit it.

It has the texts of the PDF in Word's own styles: headings, tables, lists, links. A chart is its
table, a ring its words; of the drawings none is left, of the pictures all.
"""

from ..file_names import content_disposition_of
from ..making import make_once
from ..pictures import picture_contents
from .file import write

__all__ = ["ENDING", "render", "write"]

ENDING = ".docx"
WIDTHS = {"cover": 1600, "logo": 400, "portrait": 600}
"""Role of a picture → pixels."""


def render(document, site="", key=""):
    """The bytes of the file. Raises ReportError. `site`, `key`: as in `pdf.render`."""

    def make():
        return write(document, site, picture_contents(document, WIDTHS))

    disposition = content_disposition_of(document, ENDING)
    return make_once(f"The Word file of {document.slug}", make, key, disposition)
