"""Writes paragraphs, headings, tables, links and pictures one after the other, as one text of XML.

Text, because a profile of 300 actions has 10,000 paragraphs, and objects for each part of them take
ten times as long.
"""

from dataclasses import replace
from io import BytesIO
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from django.utils.encoding import iri_to_uri
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm
from lxml import etree

from catalogue.atoms import Text
from profiles.characters import REPLACEMENT
from profiles.texts import shows_nothing
from profiles.writing_systems import is_leftwards

from ..plain import absolute_url
from .text import Span, cleaned, run_of, spans_of

WIDTH = 9400
"""Between the margins, in twentieths of a point."""
IN_CONTENTS = 3
"""Headings of so many levels are in the list of contents."""
AFTER_LABEL, AFTER_TABLE = 40, 160
"""Space before a paragraph, in twentieths of a point."""
WHOLE = 1200
"""A row of fewer letters stands on one page."""
WEB = ("https://", "http://")
LONGEST_ADDRESS = 2000
"""Word opens no file with a longer address."""


class Writer:
    """`xml` is what has been written. `part`: the `DocumentPart` that gets links and pictures."""

    def __init__(self, part, language, site=""):
        self.part, self.language, self.site = part, language, site
        self.pieces = []
        self.links = {}
        self.headings = []
        self.pictures = 0
        self.is_after_table = False

    @property
    def xml(self):
        return "".join(self.pieces)

    # Paragraphs

    def paragraph(self, *items, style="", keeps=False, spacing=None):
        """A paragraph of `Text`s, `Span`s and signs; it runs as its first `Text` does."""
        spacing = AFTER_TABLE if self.is_after_table else spacing
        self.pieces.append(self.paragraph_of(items, style, keeps, spacing))
        self.is_after_table = False

    def lines(self, text, style="", keeps=False, is_strong=False):
        """A text as paragraphs, one for each of its lines that shows something."""
        for line in cleaned(text.value).split("\n"):
            if line.strip():
                spans = spans_of([Text(line, text.language)], self.language)
                if is_strong:
                    spans = (replace(span, is_strong=True) for span in spans)
                self.paragraph(*spans, style=style, keeps=keeps)

    def heading(self, level, *items, label=None, anchor="", starts_page=False):
        """A heading, on one line, below its `label`. `anchor`: its name in addresses."""
        if label:
            self.paragraph(label, style="Label", keeps=True)
        spans = [on_one_line(span) for span in spans_of(items, self.language)]
        if shows_nothing("".join(span.words for span in spans)):
            spans = [Span(REPLACEMENT, self.language)]
        number = len(self.headings) + 1
        self.headings.append((level, spans))
        marks = [bookmark(number, f"_Toc{number:06}")]
        if anchor:
            marks.append(bookmark(100_000 + number, anchor))
        style = f"Heading{level}" if level else "Title"
        spacing = AFTER_LABEL if label else None
        start = "<w:pageBreakBefore/>" if starts_page else ""
        written = self.paragraph_of(spans, style, spacing=spacing, marks="".join(marks))
        self.pieces.append(written.replace("/>", f"/>{start}", 1))
        self.is_after_table = False

    def paragraph_of(self, items, style="", keeps=False, spacing=None, marks=""):
        spans = list(spans_of(items, self.language))
        tag = next((span.language for span in spans), self.language)
        parts = [f'<w:pStyle w:val="{style}"/>'] if style else []
        if keeps:
            parts.append("<w:keepNext/>")
        if is_leftwards(tag):
            parts.append("<w:bidi/>")
        if spacing is not None:
            parts.append(f'<w:spacing w:before="{spacing}"/>')
        properties = f"<w:pPr>{''.join(parts)}</w:pPr>" if parts else ""
        return f"<w:p>{properties}{marks}{''.join(map(self.inline, spans))}</w:p>"

    # Links

    def inline(self, span):
        url = absolute_url(span.url, self.site)
        if url.startswith("#"):
            return f"<w:hyperlink w:anchor={quoteattr(url[1:])}>{run_of(span)}</w:hyperlink>"
        if address := address_of(url):
            return f'<w:hyperlink r:id="{self.link(address)}">{run_of(span)}</w:hyperlink>'
        return run_of(Span(span.words, span.language, span.is_strong))

    def link(self, address):
        """The id of the relationship to an address; the same for the same address."""
        if address not in self.links:
            self.links[address] = f"link{len(self.links) + 1}"
            kind = RELATIONSHIP_TYPE.HYPERLINK
            # `relate_to` would look through all of them for each.
            self.part.rels.add_relationship(kind, address, self.links[address], is_external=True)
        return self.links[address]

    # Tables

    def table(self, heads, rows, widths, caption=None):
        """A table with a marked row of `heads`.

        Each cell is a list of paragraphs, each of these a tuple of items. `widths`: of the columns,
        of any sum. `caption`: items of the paragraph above it.
        """
        if caption:
            self.paragraph(*caption, style="Caption", keeps=True)
        columns = [WIDTH * width // sum(widths) for width in widths]
        name = " ".join(span.words for span in spans_of(caption or (), self.language))
        head = [[(Span(str(one), language_of(one, self.language), True),)] for one in heads]
        self.pieces += (
            table_start(columns, is_leftwards(self.language), on_one_line(Span(name, "")).words),
            self.row(head, columns, "<w:tblHeader/>"),
            *(self.row(cells, columns) for cells in rows),
            "</w:tbl>",
        )
        self.is_after_table = True

    def row(self, cells, columns, properties=""):
        words = (span.words for cell in cells for items in cell for span in spans_of(items, ""))
        if sum(map(len, words)) < WHOLE:
            properties = f"<w:cantSplit/>{properties}"
        inner = "".join(map(self.cell, cells, columns))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    def cell(self, paragraphs, width):
        inner = "".join(self.paragraph_of(items, "TableText") for items in paragraphs or [()])
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'

    # Pictures

    def picture(self, content, alternative_text, width):
        """A picture in a paragraph of its own; `width` in mm."""
        inline = self.part.new_pic_inline(BytesIO(content), width=Mm(width))
        self.pictures += 1
        inline.docPr.id = self.pictures
        inline.docPr.name = f"{self.pictures}"
        inline.docPr.set("descr", on_one_line(Span(alternative_text, "")).words)
        drawing = etree.tostring(inline, encoding="unicode")
        self.pieces.append(
            f"<w:p><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
        )

    # The list of contents

    def contents(self):
        """The field in which Word lists the headings with their pages.

        Nobody knows these yet: until the field is updated, it has links to the headings.
        """
        entries = [
            (level, number, spans)
            for number, (level, spans) in enumerate(self.headings, start=1)
            if 1 <= level <= IN_CONTENTS
        ]
        begin = (
            field_mark("begin")
            + field_code(f'TOC \\o "1-{IN_CONTENTS}" \\h \\z \\u')
            + field_mark("separate")
        )
        written = [self.entry(*one) for one in entries]
        if not written:
            return ""
        written[0] = written[0].replace("</w:pPr>", f"</w:pPr>{begin}", 1)
        return "".join(written) + f"<w:p>{field_mark('end')}</w:p>"

    def entry(self, level, number, spans):
        name = f"_Toc{number:06}"
        bidi = "<w:bidi/>" if is_leftwards(spans[0].language) else ""
        words = "".join(run_of(Span(span.words, span.language)) for span in spans)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/>{bidi}</w:pPr>'
            f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink></w:p>'
        )


def language_of(item, language):
    return item.language if isinstance(item, Text) else language


def on_one_line(span):
    return replace(span, words=" ".join(cleaned(span.words).split("\n")))


def bookmark(number, name):
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>'
    return f'{start}<w:bookmarkEnd w:id="{number}"/>'


def address_of(url):
    """The address of a link as a file may hold it; "" for one with which Word would not open it."""
    try:
        is_mail = url.startswith("mailto:")
        has_host = is_mail or url.startswith(WEB) and bool(urlsplit(url).hostname)
        address = iri_to_uri(cleaned(url)) if has_host else ""
    except ValueError:
        return ""
    return "" if len(address) > LONGEST_ADDRESS or set(address) & set(' "<>\\^`{|}') else address


def table_start(columns, is_leftward, name):
    turned = "<w:bidiVisual/>" if is_leftward else ""
    caption = f"<w:tblCaption w:val={quoteattr(name)}/>" if name else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{turned}'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def field(code, result=""):
    shown = f'<w:r><w:t xml:space="preserve">{result}</w:t></w:r>' if result else ""
    return (
        field_mark("begin") + field_code(code) + field_mark("separate") + shown + field_mark("end")
    )


def field_mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field_code(code):
    return f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
