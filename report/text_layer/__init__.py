"""What is copied, searched and read aloud from a PDF that Typst has set.

Where a sign is drawn of several glyphs (a consonant, its vowel and a tone), Typst lets each of them
stand for the whole sign, so that it is copied several times over. Here such glyphs become one
glyph of the embedded font, which stands for the sign once and looks the same. Words from right to
left, which Typst draws in the order in which they stand on the line, are drawn in that of reading.
"""

from .content import Content
from .fonts import EmbeddedFont
from .pdf_file import PdfFile
from .signs import signs_of


def mend(pdf):
    """The bytes of the PDF with its text mended; the same bytes if there is nothing to mend."""
    file = PdfFile(pdf)
    fonts = {number: EmbeddedFont(file, number) for number in file.find(b"/Subtype/Type0")}
    contents = [Content(file, page, fonts) for page in file.find(b"/Type/Page/")]
    for step in (Content.mark_doubtful, Content.read):
        for content in contents:
            step(content)
    contents = [content for content in contents if content.items]
    if not contents:
        return pdf
    lines = [signs_of(content.items) for content in contents]
    for font in fonts.values():
        font.assign_codes()
    for content, signs in zip(contents, lines, strict=True):
        content.draw(signs)
    for font in fonts.values():
        font.save()
    return file.content()
