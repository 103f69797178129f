"""The files that one takes away of a document: two PDFs and a Word file."""

from dataclasses import dataclass

from . import pdf, word
from .file_names import content_disposition_of

PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file.

    `code` is part of the names of its addresses, such as `city_pdf`. `ending` ends the names of its
    files. `template`: of a PDF, its Typst file.
    """

    code: str
    ending: str
    media_type: str
    template: str = ""

    def render(self, document, site="", key=""):
        """The bytes of the file. `site`, `key`: as in `pdf.render`. Raises ReportError."""
        if self.template:
            return pdf.render(document, site, key, template=self.template)
        return word.render(document, site, key)

    def disposition_of(self, document):
        return content_disposition_of(document, self.ending)


PROFILE = Form("pdf", pdf.ENDINGS[pdf.PROFILE], PDF_TYPE, pdf.PROFILE)
AT_A_GLANCE = Form("at_a_glance", pdf.ENDINGS[pdf.AT_A_GLANCE], PDF_TYPE, pdf.AT_A_GLANCE)
WORD = Form("docx", word.ENDING, WORD_TYPE)
FORMS = {form.code: form for form in (PROFILE, AT_A_GLANCE, WORD)}
