"""What a sheet reports about its rows: problems, doubts and notes, each at its cell."""

from profiles.characters import missing_characters
from profiles.printing import explain_missing

from ... import cells
from ...problems import Problem

MOST_DOUBTS = 100
"""So many doubts, and so many notes, of one sheet are kept; the others are counted."""


class Reports:
    """Base of sheets. `exchange.problems` tells what the words mean."""

    def __init__(self):
        super().__init__()
        self.problems = []
        self.doubts = []
        self.doubt_count = 0
        self.notes = []
        self.note_count = 0
        self.unprintable = []
        self.wrong_cells = {}

    def add_problem(self, row, name, message, expected=None):
        """Report what is wrong at the row's cell in column `name`: nothing will be written."""
        self.note_wrong(row, name)
        expected = self.fields[name].expected if expected is None else expected
        self.problems.append(self.problem_at(row, name, message, expected))

    def add_doubt(self, row, name, message):
        """Report what looks wrong and may be right: people see it and may go on."""
        self.doubt_count += 1
        if self.doubt_count <= MOST_DOUBTS:
            self.doubts.append(self.problem_at(row, name, message, ""))

    def add_notes(self, row, name, said=()):
        """Report how a cell was understood: what its widget has said, and what is `said`."""
        notes = [*self.context.said, *said]
        self.context.said.clear()
        self.note_count += len(notes)
        for message in notes[: max(MOST_DOUBTS - len(self.notes), 0)]:
            self.notes.append(self.problem_at(row, name, message, ""))

    def problem_at(self, row, name, message, expected):
        """A `Problem` at the row's cell in column `name`, or at its first if there is none."""
        index = self.index.get(name, 0)
        return Problem(
            str(message),
            expected=expected,
            sheet=self.sheet_name,
            cell=cells.address(row.number, index),
            column=self.fields[name].header,
            value=cells.as_text(row.raw[index]),
        )

    def note_wrong(self, row, name):
        self.wrong_cells.setdefault(row.number, set()).add(name)

    def is_wrong(self, row, name=None):
        """Whether there is a problem in the row, or in its cell of column `name`."""
        wrong = self.wrong_cells.get(row.number, ())
        return bool(wrong) if name is None else name in wrong

    def note_missing_characters(self, row, name, value):
        """Remember what the PDF cannot print in a new text."""
        if isinstance(value, str) and (missing := missing_characters(value)):
            self.unprintable.append((row, name, explain_missing(missing)))

    def doubt_missing_characters(self):
        """Report what `note_missing_characters` has remembered."""
        for found in self.unprintable:
            self.add_doubt(*found)
