"""The step “read”: in which encoding a text file is, and what stands between its cells."""

from pathlib import Path

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .... import cells
from ....mapping.table.letters import ENCODINGS, views
from ..step import FIRST_ROWS, Step

MOST_NAMED = 5
"""Rows with letters that could not be read that are named and shown."""

DELIMITERS = {
    ",": _("comma ,"),
    ";": _("semicolon ;"),
    "\t": _("tab"),
    "|": _("bar |"),
}


class ReadForm(forms.Form):
    encoding = forms.ChoiceField(label=_("Letters"), widget=forms.RadioSelect)
    delimiter = forms.ChoiceField(label=_("Between the cells"), widget=forms.RadioSelect)

    def __init__(self, *args, encodings, **options):
        super().__init__(*args, **options)
        self.fields["encoding"].choices = encodings
        # A tab is no text that a browser sends back as it is.
        self.fields["delimiter"].choices = [
            ("tab" if sign == "\t" else sign, words) for sign, words in DELIMITERS.items()
        ]


class Read(Step):
    name = "read"
    title = _("How the file is read")
    purpose = _(
        "Choose the encoding in which the letters below are right, and the sign between the cells."
    )
    form_class = ReadForm
    template = "read"
    shows_made = False

    @property
    def is_needed(self):
        return self.draft.book.is_text

    @property
    def sentence(self):
        book = self.draft.book
        return _("%(encoding)s, cells divided by: %(delimiter)s") % {
            "encoding": ENCODINGS.get(book.encoding, ""),
            "delimiter": DELIMITERS.get(book.delimiter, ""),
        }

    @property
    def open(self):
        """Rows with letters that could not be read are asked about, until somebody has chosen."""
        return [self.sentence_of_bad_rows()] if self.bad_rows() and not self.is_decided else []

    def bad_rows(self):
        """Numbers of the rows in which bytes are no letters of the encoding."""
        return [one for table in self.draft.book.tables for one in table.appearance.undecoded]

    def sentence_of_bad_rows(self):
        numbers = self.bad_rows()
        named = ", ".join(map(str, numbers[:MOST_NAMED]))
        words = ngettext(
            "Some letters of row %s could not be read. Choose the encoding in which all letters "
            "are right. If there is none, go on: the cells with them stay empty.",
            "Some letters of rows %s could not be read. Choose the encoding in which all letters "
            "are right. If there is none, go on: the cells with them stay empty.",
            len(numbers),
        )
        return words % (f"{named} …" if len(numbers) > MOST_NAMED else named)

    def form_options(self):
        return {"initial": self.initial(), "encodings": list(self.encodings())}

    def initial(self):
        book = self.draft.book
        delimiter = "tab" if book.delimiter == "\t" else book.delimiter
        return {"encoding": book.encoding, "delimiter": delimiter}

    def encodings(self):
        """(encoding, its name with words of the file)."""
        if not self.draft.book.is_text:
            return
        for encoding, texts in views(Path(self.draft.path), self.draft.book.encoding).items():
            words = format_html_join(" · ", "<bdi>{}</bdi>", ((text,) for text in texts))
            name = ENCODINGS[encoding]
            yield encoding, format_html('<b>{}</b> <span class="letters">{}</span>', name, words)

    def decide(self, form):
        delimiter = form.cleaned_data["delimiter"]
        return {
            "encoding": form.cleaned_data["encoding"],
            "delimiter": "\t" if delimiter == "tab" else delimiter,
        }

    def context(self, form):
        table = next(iter(self.draft.book.tables), None)
        rows = table.rows[:FIRST_ROWS] if table else []
        bad = set(self.bad_rows()[:MOST_NAMED])
        rows += [row for row in table.rows[FIRST_ROWS:] if row[0] in bad] if bad else []
        raw_rows = [(number, list(map(cells.as_text, row))) for number, row in rows]
        return {"raw_rows": raw_rows, "bad_rows": self.sentence_of_bad_rows() if bad else ""}
