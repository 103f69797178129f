"""What the makers of all targets share: reading cells of a list, and noting what is doubtful."""

from collections import defaultdict

from django.utils.translation import gettext as _

from ... import cells
from ...problems import CellError
from ..columns.fields import Kind
from ..columns.use import NOT_IMPORTED
from ..numbers import formats
from ..table.layout import SourceRow
from ..words import words
from .numbers import plain_number
from .our_cells import OurCells
from .result import Doubt, Made

PROGRESS_EVERY = 250
"""Rows between two reports of progress."""

LONGEST_QUOTE = 500


class Maker:
    """Makes the rows of one target. `row` is a `SourceRow` with its gaps filled down."""

    sheet = ""
    """The one of our sheets that a row of the list goes to, or goes to first."""

    has_all_rows = True
    """Whether it makes the whole list, not its first rows alone."""

    def __init__(self, draft, progress=None):
        self.draft, self.progress = draft, progress
        self.made = Made()
        self.ours = OurCells(draft.user)
        self.uses = defaultdict(list)
        for use in draft.uses:
            if use.field != NOT_IMPORTED:
                self.uses[use.field].append(use)
        self.by_key = {use.column.key: use for use in draft.uses}

    # The work

    def make(self, rows):
        self.prepare()
        for done, row in enumerate(self.filled(rows), start=1):
            try:
                self.make_row(row)
            except CellError as error:
                self.leave_out(row, str(error))
            if self.progress and done % PROGRESS_EVERY == 0:
                self.progress(done)
        self.finish()
        self.name_unused()
        return self.made

    def prepare(self):
        """Read what all rows need."""

    def make_row(self, row):
        """Make what becomes of a row. CellError: it is left out, for this reason."""
        raise NotImplementedError

    def finish(self):
        """Make what needs all rows."""

    def filled(self, rows):
        """The rows, with an empty cell of a column that fills down as the one above it."""
        filling = [use.column.at for use in self.draft.uses if use.fills_down]
        last = {}
        for row in rows:
            if filling:
                values = list(row.values)
                for at in filling:
                    if words.is_blank(values[at]):
                        values[at] = last.get((row.table, at), "")
                    last[row.table, at] = values[at]
                row = SourceRow(row.table, row.number, values)
            yield row

    # Reading a row

    def value(self, use, row):
        """The cell of a column; "" where it says nothing."""
        value = row.values[use.column.at]
        return "" if words.is_blank(value) else value

    def first(self, code, row):
        """(the first use as this field that has a value in the row, its value)."""
        for use in self.uses[code]:
            if (value := self.value(use, row)) != "":
                return use, value
        return None, ""

    def word(self, use, row):
        """The cell as text; nothing for one that shows an error, which becomes a doubt."""
        value = self.value(use, row)
        if isinstance(value, cells.Broken):
            self.doubt(_("The cell shows an error: nothing is taken from it."), row, use)
            return ""
        return cells.as_text(value).strip()

    def text(self, code, row, *, with_above=True):
        """What the columns of a field say, one below the other, with their titles; first those
        without. `with_above`: also what an empty cell has from the one above."""
        parts = []
        for use in sorted(self.uses[code], key=lambda use: use.has_title):
            if use.fills_down and not with_above:
                continue
            is_day = self.draft.field_of(use).kind == Kind.DAY
            if word := self.day_word(use, row) if is_day else self.word(use, row):
                parts.append(f"{use.title}: {word}" if use.has_title else word)
        return "\n".join(parts)

    def day_word(self, use, row):
        """The day in a cell as text; what is a text stays as it stands there."""
        if isinstance(self.value(use, row), str):
            return self.word(use, row)
        try:
            day, notes = self.moment(use, row, formats.read_day)
        except CellError:
            return self.word(use, row)
        for note in notes:
            self.doubt(note, row, use)
        return day.isoformat() if day else ""

    def number(self, use, row, unit=""):
        """The `Reading` of a cell, what is not as it stands there as doubts. Raises CellError."""
        form = self.draft.formats.get(use.column.key) or formats.Format(use.column.key)
        return formats.read_number(self.value(use, row), form, unit)

    def moment(self, use, row, read):
        """What `formats.read_day` or `read_year` makes of a cell. Raises CellError."""
        form = self.draft.formats.get(use.column.key) or formats.Format(use.column.key)
        return read(self.value(use, row), form, from_1904=self.draft.book.from_1904)

    def code(self, name, row):
        """The code of ours that the column of a field of words means; "" for none."""
        for use in self.uses[name]:
            if found := self.codes(use, row):
                return found[0]
        return ""

    def language(self, row):
        """The tag of the language that a row names; "" for none, or one that is not known."""
        try:
            return self.code("language", row)
        except CellError as error:
            self.doubt(left_empty(error), row, self.first("language", row)[0])
            return ""

    def codes(self, use, row):
        """The codes of ours that a cell means. Raises CellError."""
        if self.value(use, row) == "":
            return []
        found = words.read_words(self.draft, use.column, row)
        if found is None:
            raise CellError(left_out_word(self.word(use, row)))
        return found

    # Writing a row of ours

    def begin(self, sheet, **known):
        """A new row of ours; returns its index. `known`: what needs no check, by header."""
        rows = self.made.sheets.setdefault(sheet, [])
        rows.append({header: value for header, value in known.items() if value not in ("", None)})
        self.ours.refuse_unknown(sheet, known)
        return len(rows) - 1

    def put(self, value, row, use, sheet, at, header):
        """Put a value into a cell of ours, or doubt it where the import would refuse it."""
        if value in ("", None):
            return
        try:
            read, notes = self.ours.read(sheet, header, value)
        except CellError as error:
            self.doubt(left_empty(error), row, use, sheet=sheet, at=at, header=header)
            return
        self.made.sheets[sheet][at][header] = read
        for note in notes:
            self.note(note, row, use, sheet=sheet, at=at, header=header)

    def put_number(self, code, row, sheet, at, header, into="", unit=""):
        """Put the number of a field into a cell of ours, which has the unit `into`; `unit`: as the
        row says it."""
        use, value = self.first(code, row)
        if use is None:
            return
        where = {"sheet": sheet, "at": at, "header": header}
        try:
            reading = self.number(use, row, unit)
            number, notes = plain_number(reading, into)
        except CellError as error:
            self.doubt(left_empty(error), row, use, **where)
            return
        self.put(number, row, use, sheet, at, header)
        for note in notes:
            self.note(note, row, use, **where)

    def put_moment(self, code, row, sheet, at, header, read):
        """Put the day or year of a field into a cell of ours."""
        use, value = self.first(code, row)
        if use is None:
            return
        where = {"sheet": sheet, "at": at, "header": header}
        try:
            moment, notes = self.moment(use, row, read)
        except CellError as error:
            self.doubt(left_empty(error), row, use, **where)
            return
        self.put(moment, row, use, sheet, at, header)
        for note in notes:
            self.note(note, row, use, **where)

    # What people are told

    def doubt(
        self, message, row, use=None, *, sheet="", at=None, header="", words=None, needs_person=True
    ):
        if words is None and use is not None:
            words = cells.as_text(row.values[use.column.at])[:LONGEST_QUOTE]
        column = use.column.name if use is not None else ""
        said = Doubt(str(message), row.table, row.number, column, words or "", sheet, at, header)
        said.needs_person = needs_person
        self.made.doubts.append(said)
        return said

    def note(self, note, row, use, **where):
        """Tell how a cell was read; what is `Doubtful` in it needs a person."""
        return self.doubt(note, row, use, **where, needs_person=isinstance(note, formats.Doubtful))

    def leave_out(self, row, why):
        said = " · ".join(filter(None, (cells.as_text(value).strip() for value in row.values)))
        self.made.left_out.append((row.table, row.number, said[:LONGEST_QUOTE], str(why)))

    def name_unused(self):
        """Name the tables, rows and columns from which nothing is taken."""
        unused = []
        for layout in self.draft.layouts:
            name = layout.table.name
            if not layout.is_taken:
                why = layout.why or _("This table is not taken.")
                unused.append((name, 0, "", str(why)))
                continue
            texts = dict(layout.table.rows) if layout.left_out else {}
            for number, why in layout.left_out.items():
                said = filter(None, (cells.as_text(one).strip() for one in texts.get(number, ())))
                unused.append((name, number, " · ".join(said)[:LONGEST_QUOTE], str(why)))
        taken = next((one for one in self.draft.layouts if one.is_taken), None)
        for use in self.draft.uses:
            if not self.is_used(use):
                why = _("The column “%s” is not imported.") % use.column.name
                unused.append((taken.table.name if taken else "", 0, use.column.name, why))
        self.made.left_out += unused

    def is_used(self, use):
        """Whether anything is taken from a column."""
        constants = self.draft.constants
        others = (constants.type_column, constants.continues, *constants.key_columns)
        return use.field != NOT_IMPORTED or use.column.key in others


def left_empty(error):
    return _("The cell is left empty: %s") % error


def left_out_word(word):
    return _("Rows with the word “%s” are left out.") % word
