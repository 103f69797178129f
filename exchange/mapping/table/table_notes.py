"""What people should know of a table that no row of it says: what is hidden, struck, uneven."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import cells
from .headers import ROWS_BELOW
from .row_numbers import written

LONGEST = 200


def notes_of(layout):
    """Sentences about the rows and columns of a table, for the page of tables."""
    looks = layout.table.appearance
    last = max(layout.header_rows, default=0)
    numbers = [number for number, _values in layout.table.rows if number > last]
    kept = set(numbers) - layout.left_out.keys()
    found = [
        (_("Blank rows are left out: %s."), blanks(numbers)),
        (_("Hidden rows stay in: %s."), looks.hidden_rows & kept),
        (_("Rows that are struck through stay in: %s."), looks.struck_rows & kept),
        (
            _("These rows have more cells than there are headers: %s. Is one of them cut in two?"),
            longer_rows(layout, kept) if looks.uneven else (),
        ),
        (
            _("These rows have fewer cells than others: %s. What is missing counts as empty."),
            shorter_rows(looks, kept),
        ),
        (
            _("In these rows a quotation mark lacks its partner; each was read by itself: %s."),
            kept.intersection(looks.misquoted),
        ),
        (_("These rows have letters that cannot be read: %s."), undecoded(layout, kept)),
    ]
    sentences = [words % shortened(numbers) for words, numbers in found if numbers]
    return sentences + hidden_columns(layout)


def shortened(numbers):
    """The numbers in words, of very many the first."""
    text = written(numbers)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(',')[0]}, …"


def blanks(numbers):
    """The numbers of the empty rows between the first and the last one."""
    return set(range(numbers[0], numbers[-1])) - set(numbers) if numbers else set()


def longer_rows(layout, kept):
    width = len([header for header in layout.headers if header])
    usual = max((at + 1 for at, header in enumerate(layout.headers) if header), default=width)
    return {
        number
        for number, values in layout.table.rows
        if number in kept
        and number in layout.table.appearance.uneven
        and not all(map(cells.is_empty, values[usual:]))
    }


def shorter_rows(looks, kept):
    """Of a text file, the rows with fewer cells than most, where these are few."""
    widths = looks.uneven
    usual = max(widths.values(), default=0)
    shorter = {number for number, width in widths.items() if width < usual and number in kept}
    return shorter if usual and len(shorter) <= ROWS_BELOW else set()


def undecoded(layout, kept):
    return {
        number
        for number, values in layout.table.rows
        if number in kept and any(type(value) is cells.Undecoded for value in values)
    }


def hidden_columns(layout):
    """Columns with a header that are hidden are read like others."""
    names = [
        layout.headers[column]
        for column in sorted(layout.table.appearance.hidden_columns)
        if column < len(layout.headers) and layout.headers[column]
    ]
    if not names:
        return []
    words = ngettext(
        "A hidden column is read too: %s.", "Hidden columns are read too: %s.", len(names)
    )
    return [words % ", ".join(names)]
