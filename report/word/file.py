"""The Word file around the written document: its styles, its page, what it says of itself."""

import datetime
import zipfile
from io import BytesIO

import docx
from django.utils.translation import override
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from ..drawings.style import COLOURS
from ..printed import titles_of
from . import actions, index, opening, pathway, resources
from .text import Span, cleaned, language_element, run_of, spans_of
from .writer import Writer, field, on_one_line

LEFT_OUT = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
"""Parts of the template that tell of another document."""
LONGEST_PROPERTY = 255
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of each part within the file: the same document has the same bytes."""

HEADINGS = {"Title": 28, "Subtitle": 14, "Heading 1": 22, "Heading 2": 16, "Heading 3": 13}
HEADINGS |= {"Heading 4": 11, "TOC Heading": 22, "Caption": 9}
"""Style → size in points."""
FACES = {"ascii": "Calibri", "hAnsi": "Calibri", "cs": "Arial", "eastAsia": "Microsoft YaHei"}


def write(document, site="", pictures=None):
    """The bytes of the file; the same for the same document.

    `site`: as in `pdf.render`. `pictures`: role → content of a picture of the document.
    """
    file, pictures = docx.Document(), pictures or {}
    set_page(file.sections[0])
    set_styles(file.styles, document.language)
    with override(document.language):
        set_properties(file.core_properties, document)
        fill(file.element.body, body_of(file.part, document, site, pictures))
        write_foot(file.sections[0].footer, document)
    return packed(file)


def body_of(part, document, site, pictures):
    """Cover, list of contents and chapters as XML."""
    writer = Writer(part, document.language, site)
    opening.write_cover(writer, document, pictures)
    cover, writer.pieces = writer.pieces, []
    write_chapters(writer, document, pictures)
    title = writer.paragraph_of([document.contents], "TOCHeading")
    return "".join([*cover, title, writer.contents(), *writer.pieces])


def write_chapters(writer, document, pictures):
    opening.write_glance(writer, document)
    opening.write_overview(writer, document, pictures)
    actions.write(writer, document.actions)
    pathway.write(writer, document.pathway)
    index.write(writer, document.cbi)
    resources.write(writer, document.resources)
    opening.write_end(writer, document)


def fill(body, xml):
    """Put paragraphs and tables before the properties of the section."""
    written_body = parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>")
    section = body.find(qn("w:sectPr"))
    for element in list(written_body):
        section.addprevious(element)


def set_page(section):
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(24)


def set_styles(styles, language):
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.replace(defaults.find(qn("w:lang")), element(language_element(language)))
    fonts = defaults.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, face in FACES.items():
        fonts.set(qn(f"w:{name}"), face)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in HEADINGS.items():
        set_heading(styles[name], size)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = colour("river"), True
    for level in range(1, 4):
        add_entry_style(styles, level)
    for name in ("Note", "Label", "Table Text"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = styles["Normal"], Pt(9)
        style.paragraph_format.space_after = Pt(3)
    styles["Label"].paragraph_format.space_before = Pt(18)
    for name in ("Note", "Label"):
        styles[name].font.color.rgb = colour("stone")


def set_heading(style, size):
    style.font.size, style.font.color.rgb = Pt(size), colour("forest")
    style.font.italic = False
    fonts = style.element.rPr.find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)
    style.paragraph_format.space_after = Pt(6)
    style.quick_style, style.hidden = True, False
    number = style.element.pPr.find(qn("w:numPr"))
    if number is not None:  # the template numbers its subtitles
        style.element.pPr.remove(number)


def add_entry_style(styles, level):
    style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), f"TOC{level}")
    style.base_style = styles["Normal"]
    form = style.paragraph_format
    form.left_indent, form.space_after = Mm(6 * (level - 1)), Pt(3)
    form.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)


def set_properties(properties, document):
    titles = [document.cover.title, titles_of(document)["profile"]]
    name, title = (on_one_line(Span(str(one), "")).words for one in titles)
    day = datetime.datetime.combine(document.cover.day.date, datetime.time())
    properties.title, properties.author = title[:LONGEST_PROPERTY], name[:LONGEST_PROPERTY]
    properties.subject = cleaned(document.cover.line.value)[:LONGEST_PROPERTY]
    properties.language = document.language
    properties.created = properties.modified = day
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.revision = 1


def write_foot(footer, document):
    """City, line of the platform, and the page of how many."""
    parts = [document.cover.title, " · ", document.footer, " · "]
    runs = "".join(map(run_of, map(on_one_line, spans_of(parts, document.language))))
    pages = field("PAGE", "1") + '<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
    pages += field("NUMPAGES", "1")
    paragraph = f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{runs}{pages}</w:p>'
    old = footer.paragraphs[0]._p
    old.getparent().replace(old, parse_xml(paragraph))


def packed(file):
    """The bytes of the file, without the time at which it was made."""
    package = file.part.package
    for rels in (package.rels, file.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype in LEFT_OUT]:
            del rels[key]
    saved, content = BytesIO(), BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as made, zipfile.ZipFile(content, "w") as kept:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(part, made.read(name))
    return content.getvalue()


def colour(name):
    return RGBColor.from_string(COLOURS[name].lstrip("#").upper())


def element(xml):
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))
