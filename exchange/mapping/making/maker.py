"""What the makers of all targets share: reading cells of a list, and noting what is doubtful."""

from collections import Counter, defaultdict
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import cells
from ...problems import CellError
from ..columns.fields import Kind
from ..columns.use import NOT_IMPORTED, filled_down
from ..numbers import formats
from ..numbers.of_fields import kept
from ..numbers.reading import error_in
from ..places.place import is_blank_code
from ..words import words
from ..words.blanks import is_blank, is_blank_text, is_to_come
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
        self.names = names_of(draft.columns)
        self.is_blank = {use.column.key: self.blank_test(use) for use in draft.uses}

    # The work

    def make(self, rows):
        self.prepare()
        for done, row in enumerate(filled_down(rows, self.draft.uses), start=1):
            try:
                self.make_row(row)
                self.name_mark(row)
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

    def name_mark(self, row):
        """Tell of a note below the table that is about the city of a row."""
        columns = self.draft.places.columns
        if note := columns.note_of(row):
            said = _("The mark behind the name of the city leads to this note: %s") % note
            self.doubt(said, row, columns.names[0])

    def finish(self):
        """Make what needs all rows."""
        for use in self.draft.uses:
            if use.fills_down:
                self.name_filled(use)

    def name_filled(self, use):
        """Tell how many rows take from above what a column says."""
        at = use.column.at
        rows = [row for row in self.draft.rows if cells.is_empty(row.values[at])]
        if rows:
            said = ngettext(
                "In %d row the cell is empty: what stands above it is taken.",
                "In %d rows the cell is empty, first here: what stands above it is taken.",
                len(rows),
            )
            self.doubt(said % len(rows), rows[0], use, needs_person=use.is_guess)

    # Reading a row

    def value(self, use, row):
        """The cell of a column; "" where it says nothing."""
        value = row.values[use.column.at]
        return "" if self.is_blank[use.column.key](value) else value

    def blank_test(self, use):
        """What tells whether a cell of a column says nothing. In a text, “TBD” says something."""
        field = self.draft.field_of(use)
        if field and field.joins:
            return is_blank_text
        if field and field.kind is Kind.COUNTRY and self.draft.places.columns.has_codes:
            return is_blank_code
        return is_blank

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
            self.doubt(_("Nothing is taken from it. %s") % error_in(value), row, use)
            return ""
        return cells.as_text(value).strip()

    def text(self, code, row, *, with_above=True):
        """What the columns of a field say, one below the other, with their titles; first those
        without. `with_above`: also what an empty cell has from the one above."""
        parts = []
        for use in sorted(self.uses[code], key=lambda use: use.has_title):
            if use.fills_down and not with_above:
                continue
            if word := self.word_or_day(use, row):
                parts.append(f"{use.title}: {word}" if use.has_title else word)
        return "\n".join(parts)

    def word_or_day(self, use, row):
        """The cell as text; of a column of days the day in it, and what is none as it stands."""
        if self.draft.field_of(use).kind is not Kind.DAY:
            return self.word(use, row)
        try:
            found, notes = self.taken(use, row)
        except CellError:
            return self.word(use, row)
        is_written = isinstance(self.value(use, row), str)
        for note in notes:
            # The page of days shows how texts are read; that a number is a day is told of each.
            if isinstance(note, formats.Doubtful) or not is_written:
                self.note(note, row, use)
        return str(found or "")

    def unit(self, row, code="unit"):
        """The unit that a column says of the numbers of a row."""
        use = self.first(code, row)[0]
        return self.word(use, row) if use else ""

    def unit_of(self, use, row):
        """The unit that a row says of one of its numbers."""
        return self.unit(row, "area_unit" if use.field == "area" else "unit")

    def beside(self, use, row):
        """What else in a row tells how a cell is read."""
        is_number = self.draft.field_of(use).kind in formats.NUMBERS
        return self.unit_of(use, row) if is_number else ""

    def taken(self, use, row):
        """(what becomes of a cell of numbers, days or years, notes). Raises CellError.

        It is what the cell of our sheet is, where the field has one; a text, for a day in one;
        otherwise a `Reading`, a day or a year. The page of numbers shows it.
        """
        field, value = self.draft.field_of(use), self.value(use, row)
        form = self.draft.formats.get(use.column.key) or formats.Format(use.column.key)
        if field.joins and is_to_come(value):
            return self.word(use, row), ()
        epoch = {"from_1904": self.draft.book.from_1904}
        if field.kind in formats.NUMBERS:
            found = formats.read_number(value, form, self.unit_of(use, row))
            if not found.is_empty:
                found = kept(found, field.code)
            notes = found.notes
            if field.header and not found.is_empty:
                found = found.number
        elif field.kind is Kind.YEAR:
            found, notes = formats.read_year(value, form, **epoch)
        elif field.joins:
            return formats.day_or_words(value, form, **epoch)
        else:
            found, notes = formats.read_day(value, form, **epoch)
        if field.header and found is not None and value != "":
            found, more = self.ours.read(self.sheet, field.header, found)
            notes = (*notes, *more)
        return found, notes

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

    def put_taken(self, code, row, at):
        """Put the number, day or year of a field into its cell of ours; whether there is one."""
        use, _value = self.first(code, row)
        if use is None:
            return False
        where = {"sheet": self.sheet, "at": at, "header": self.draft.field_of(use).header}
        try:
            found, notes = self.taken(use, row)
        except CellError as error:
            self.doubt(left_empty(error), row, use, **where)
            return False
        self.made.sheets[self.sheet][at][where["header"]] = found
        for note in notes:
            self.note(note, row, use, **where)
        return True

    # What people are told

    @cached_property
    def first_table(self):
        """The name of the first table that is taken, for what is said of a whole column or list."""
        return next((one.table.name for one in self.draft.layouts if one.is_taken), "")

    def doubt(
        self, message, row, use=None, *, sheet="", at=None, header="", words=None, needs_person=True
    ):
        if words is None and use is not None:
            words = cells.as_text(row.values[use.column.at])[:LONGEST_QUOTE]
        column = self.names[use.column.key] if use is not None else ""
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
            texts = dict(layout.table.rows)
            for number, why in (layout.above | layout.left_out).items():
                said = filter(None, (cells.as_text(one).strip() for one in texts.get(number, ())))
                unused.append((name, number, " · ".join(said)[:LONGEST_QUOTE], str(why)))
        for use in self.draft.uses:
            if not self.is_used(use):
                name = self.names[use.column.key]
                why = _("The column “%s” is not imported.") % name
                unused.append((self.first_table, 0, name, why))
        self.made.left_out += unused
        if self.has_all_rows:
            self.made.left_out += self.taken_as_empty()

    def taken_as_empty(self):
        """Lines for the words of each column that say that there is nothing, such as “N/A”."""
        for use in filter(self.is_used, self.draft.uses):
            at = use.column.at
            seen = Counter(
                value
                for row in self.draft.rows
                if isinstance(value := row.values[at], str | cells.Broken)
            )
            for value, count in seen.items():
                if not cells.is_empty(value) and self.is_blank[use.column.key](value):
                    said = ngettext(
                        "%(count)d cell of “%(column)s” has it: it counts as empty.",
                        "%(count)d cells of “%(column)s” have it: they count as empty.",
                        count,
                    )
                    words_ = said % {"count": count, "column": self.names[use.column.key]}
                    yield self.first_table, 0, cells.as_text(value), words_

    def is_used(self, use):
        """Whether anything is taken from a column."""
        constants = self.draft.constants
        others = (constants.type_column, constants.continues, *constants.key_columns)
        return use.field != NOT_IMPORTED or use.column.key in others


def names_of(columns):
    """Key of a column → what people see: its name, with its letters where others are called so."""
    counts = Counter(column.name for column in columns)
    return {
        column.key: f"{column.name} ({cells.column_letters(column.at)})"
        if counts[column.name] > 1
        else column.name
        for column in columns
    }


def left_empty(error):
    return _("The cell is left empty: %s") % error


def left_out_word(word):
    return _("Rows with the word “%s” are left out.") % word
