"""The step “table”: which sheets are taken, where their headers are, which rows are left out."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .... import cells
from ....mapping.table import row_numbers
from ....mapping.table.table_notes import notes_of
from ..step import Step

ROWS_OF_TABLE = 15
ROWS_OF_OTHER_TABLE = 4
MOST_LEFT_OUT = 50
"""Rows that are left out and shown with their words; more are named by their numbers."""


class TableForm(forms.Form):
    """For each table a box, the numbers of its header rows and those of the rows left out."""

    def __init__(self, *args, layouts, **options):
        super().__init__(*args, **options)
        self.layouts = layouts
        for at, layout in enumerate(layouts):
            self.fields[f"take{at}"] = forms.BooleanField(
                label=layout.table.name, initial=layout.is_taken, required=False
            )
            self.fields[f"headers{at}"] = forms.CharField(
                label=gettext_lazy("Rows of headers"),
                help_text=gettext_lazy("Such as 4, or 4-5. Empty where there are none."),
                initial=row_numbers.written(layout.header_rows),
                required=False,
                max_length=200,
            )
            self.fields[f"left_out{at}"] = forms.CharField(
                label=gettext_lazy("Rows left out"),
                help_text=gettext_lazy("Such as 12, 30-34. Take a number away to keep its row."),
                initial=row_numbers.written(layout.left_out),
                required=False,
            )

    def clean(self):
        for at, layout in enumerate(self.layouts):
            numbers = [number for number, _values in layout.table.rows]
            for name in (f"headers{at}", f"left_out{at}"):
                self.read_numbers(name, numbers)
        if not any(self.cleaned_data.get(f"take{at}") for at in range(len(self.layouts))):
            raise ValidationError(_("Tick at least one sheet."))
        return self.cleaned_data

    def read_numbers(self, name, numbers):
        if name not in self.cleaned_data:
            return
        try:
            self.cleaned_data[name] = row_numbers.read(self.cleaned_data[name], numbers)
        except ValidationError as error:
            self.add_error(name, error)

    def decided(self):
        """What is decided of each table, by its name.

        Rows left out that nobody has touched are guessed anew below other headers.
        """
        found = {}
        for at, layout in enumerate(self.layouts):
            headers, left_out = (
                self.cleaned_data[f"{name}{at}"] for name in ("headers", "left_out")
            )
            one = {"is_taken": self.cleaned_data[f"take{at}"], "header_rows": headers}
            if headers == list(layout.header_rows) or left_out != sorted(layout.left_out):
                one["left_out"] = left_out
            found[layout.table.name] = one
        return {"tables": found}


class Table(Step):
    name = "table"
    title = gettext_lazy("Sheets and rows")
    purpose = gettext_lazy(
        "Say which sheets hold the list, in which rows its headers are, and which rows are no data."
    )
    form_class = TableForm
    template = "table"
    shows_made = False

    @property
    def sentence(self):
        taken = [layout for layout in self.draft.layouts if layout.is_taken]
        names = ", ".join(f"“{layout.table.name}”" for layout in taken)
        rows = len(self.draft.rows)
        headers = ", ".join(filter(None, (row_numbers.written(one.header_rows) for one in taken)))
        left_out = sum(len(layout.left_out) for layout in taken)
        sentence = ngettext("%(tables)s: %(rows)d row", "%(tables)s: %(rows)d rows", rows)
        parts = [sentence % {"tables": names, "rows": rows}]
        if headers:
            parts.append(_("headers in row %s") % headers)
        if left_out:
            parts.append(ngettext("%d row left out", "%d rows left out", left_out) % left_out)
        return ", ".join(parts)

    @property
    def open(self):
        return [] if self.draft.rows else [_("No row of data is left: look at the sheets.")]

    def form_options(self):
        return {"layouts": self.draft.layouts}

    def decide(self, form):
        return form.decided()

    def context(self, form):
        tables = [self.of_layout(form, at, layout) for at, layout in enumerate(self.draft.layouts)]
        return {"tables": tables, "is_single": len(tables) == 1}

    def of_layout(self, form, at, layout):
        most = ROWS_OF_TABLE if layout.is_taken else ROWS_OF_OTHER_TABLE
        shown = max([most, *(number for number in layout.header_rows[-1:])])
        rows = [self.of_row(layout, row) for row in layout.table.rows[:shown] if row[0] <= shown]
        fields = [form[f"headers{at}"], form[f"left_out{at}"]]
        width = max((len(texts) for _n, texts, _kind in rows), default=0)
        left_out = [row for row in layout.table.rows if row[0] in layout.left_out]
        return {
            "layout": layout,
            "take": form[f"take{at}"],
            "fields": fields,
            "has_errors": any(field.errors for field in fields),
            "letters": [cells.column_letters(column) for column in range(width)],
            "rows": rows,
            "left_out": [
                (number, words_of(values), layout.left_out[number])
                for number, values in left_out[:MOST_LEFT_OUT]
            ],
            "more_left_out": max(len(left_out) - MOST_LEFT_OUT, 0),
            "notes": notes_of(layout) if layout.is_taken else [],
        }

    def of_row(self, layout, row):
        number, values = row
        if number in layout.header_rows:
            kind = "headers"
        elif number in layout.left_out or number < min(layout.header_rows, default=0):
            kind = "left-out"
        else:
            kind = ""
        return number, list(map(cells.as_text, values)), kind


def words_of(values):
    return " · ".join(cells.as_text(value) for value in values if not cells.is_empty(value))
