"""The document as a Word file (.docx) for those who have to edit it.

It has the texts of the PDF in Word's own styles: headings, tables, lists, links. A chart is its
table, a ring its words; of the drawings none is left, of the pictures all.
"""

from .file import render

__all__ = ["render"]
