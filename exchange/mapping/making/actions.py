"""Actions of a list, with the figures that stand beside them."""

import datetime
from itertools import count

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action, Statement
from catalogue import units
from profiles.dates import latest_today

from ...problems import CellError
from ..constants import is_part, subtitles_of
from ..numbers import formats
from ..table.layout import SourceRow
from ..words import words
from ..years.header_years import year_in_header
from .figure_columns import LONGEST_NAME, figures_of, naming_column
from .maker import Maker
from .numbering import key_of, reference_of
from .of_actions import ACTIONS, OfActions
from .result import Doubt
from .statement_rows import entry_of

LONGEST_SUMMARY = Action._meta.get_field("summary").max_length
TEXTS = ("description", "days")
"""Fields that stand in the description, one below the other."""

STATED = (
    *("baseline", "baseline_year", "target", "target_year", "target_text"),
    *("progress", "progress_day", "progress_text", "source", "source_url"),
)
"""Fields of what is stated of an action."""

LAST_DAY = "12-31"
MOST_GONE, LONGEST_NAMED = 5, 60
"""Rows of last time that are named, and letters of the key of each."""


class ActionsMaker(OfActions, Maker):
    sheet = ACTIONS

    def prepare(self):
        super().prepare()
        self.columns = figures_of(self.draft, self.uses)
        self.naming = naming_column(self.uses, self.columns)
        self.year_of = {
            use.column.key: year_in_header(use.column.name) for use in self.by_key.values()
        }
        self.continues = self.by_key.get(self.draft.constants.continues)
        self.subtitles = subtitles_of(self.draft)
        self.above, self.begun, self.rows_of, self.alike = None, None, {}, {}

    def make_row(self, row):
        if self.goes_on(row):
            self.go_on(self.part_of(row))
            return
        self.above, self.begun = (row.table, row.number, None), row
        if key := key_of(self, row):
            self.numbering.see(reference_of(self.draft.constants.list_name, key))
        city, type_code = self.city(row), self.type_code(row)
        known = len(self.made.doubts)
        title = self.text("title", row)
        description = "\n".join(filter(None, (self.text(code, row) for code in TEXTS)))
        if not (title or description):
            raise CellError(_("Neither a title nor a description stands in this row."))
        self.ours.read(ACTIONS, "Description", description or title)
        number, reference, said = self.number_of(row, city, key)
        at = self.add_action(city, number, type_code, reference)
        self.above = row.table, row.number, at
        self.place_doubts(known, at)
        if said:
            self.doubt(said, row, sheet=ACTIONS, at=at, header="Reference")
        lines = self.put_statements(row, city, number, type_code)
        self.put_texts(row, at, title, "\n".join(filter(None, [description, *lines])))
        self.put_others(row, city, at)
        self.forget_figures(city, number)  # no other row is of this action

    def number_of(self, row, city, key):
        """(number, reference, what is doubtful) of the action of a row. Raises CellError."""
        reference = reference_of(self.draft.constants.list_name, key) if key else ""
        number, reference = self.numbering.number(city, reference)
        said = ""
        if first := self.rows_of.get((city, number)):
            number, reference, name = self.next_of_key(city, key, row, first)
            words_ = _("Row %(row)d has this key too: this one is known again as “%(name)s”.")
            said = words_ % {"row": first.number, "name": name}
        elif not reference and self.draft.constants.key_columns:
            said = _("The row has no key: the same list next time would add it once more.")
        self.rows_of[city, number] = row
        return number, reference, said

    def next_of_key(self, city, key, row, first):
        """(number, reference, key) of one more action whose key the row `first` has already."""
        alike = self.alike.setdefault((city, key), {repr(first.values): first.number})
        if same := alike.get(said := repr(row.values)):
            raise CellError(_("Row %d says the same.") % same)
        alike[said] = row.number
        for order in count(len(alike)):
            name = f"{key} ({order})"
            reference = reference_of(self.draft.constants.list_name, name)
            number, reference = self.numbering.number(city, reference)
            self.numbering.see(reference)
            if (city, number) not in self.rows_of:
                return number, reference, name

    def place_doubts(self, known, at):
        """Say of the doubts about the texts of a row, those after `known`, where these stand."""
        for doubt in self.made.doubts[known:]:
            if not doubt.sheet:
                doubt.sheet, doubt.our_row, doubt.header = ACTIONS, at, "Description"

    def goes_on(self, row):
        """Whether a row is a part of the row above in its table."""
        if not (self.continues and self.above and self.above[0] == row.table):
            return False
        named = [self.continues, *self.uses["key"]]
        is_blank = words.is_blank(row.values[self.continues.column.at])
        return is_blank or is_part(row, self.begun, named, self.subtitles)

    def part_of(self, row):
        """A row that goes on, without what stands up to the title, where that is of the row above
        too."""
        upto = self.continues.column.at + 1
        pairs = zip(row.values[:upto], self.begun.values[:upto], strict=True)
        own = ["" if value == above else value for value, above in pairs]
        return SourceRow(row.table, row.number, own + row.values[upto:])

    def go_on(self, row):
        """Add the texts of a row to the action above, of which it is a part."""
        _table, number, at = self.above
        if at is None:
            raise CellError(_("It goes on with a row above that is left out."))
        parts = [self.text(code, row, with_above=False) for code in ("title", *TEXTS)]
        # A figure of a part is none of the whole action: it stays in words.
        stated = (use for code in STATED for use in self.uses[code] if not use.fills_down)
        parts += [
            f"{use.column.name}: {word}" for use in stated if (word := self.word_or_day(use, row))
        ]
        text = " · ".join(filter(None, parts))
        if not text:
            raise CellError(_("It goes on with row %d and has no text of its own.") % number)
        ours = self.made.sheets[ACTIONS][at]
        ours["Description"] = f"{ours.get('Description', '')}\n– {text}".strip()
        uses = (self.first(code, row)[0] for code in ("description", "title", *TEXTS, *STATED))
        use = next(filter(None, uses))
        where = {"sheet": ACTIONS, "at": at, "header": "Description"}
        self.doubt(
            _("It goes on with row %d: its text is added there.") % number, row, use, **where
        )

    def type_code(self, row):
        """The code of the action type of a row. Raises CellError."""
        constants = self.draft.constants
        found = self.code("action_type", row)
        if not found and (use := self.by_key.get(constants.type_column)):
            found = next(iter(self.codes(use, row)), "")
        found = found or constants.action_type
        if not found:
            raise CellError(_("Its action type is not known."))
        return found

    def put_texts(self, row, at, title, description):
        """Title and description; a title is never cut, and an action always has a description."""
        use = self.first("title", row)[0] or self.first("description", row)[0]
        if len(title) > LONGEST_SUMMARY and description:
            words_ = _("The title is longer than %d letters: it stands above the description.")
            where = {"sheet": ACTIONS, "at": at, "header": "Summary"}
            self.doubt(words_ % LONGEST_SUMMARY, row, use, **where)
            description = f"{title}\n{description}"
        elif title and description and title != description:
            self.put(title, row, use, ACTIONS, at, "Summary")
        self.put(description or title, row, use, ACTIONS, at, "Description")

    def put_others(self, row, city, at):
        language = self.language(row) or self.draft.constants.language
        self.put_language(language, city, row, self.first("language", row)[0], at)
        department = self.text("department", row)
        use = self.first("department", row)[0]
        self.put(department, row, use, ACTIONS, at, "Department")
        self.put_taken("updated_on", row, at)

    def finish(self):
        super().finish()
        if self.rows_of and not self.draft.constants.key_columns:
            words_ = _(
                "Nothing names a row of this list: the same list next time would add all its "
                "actions once more. Choose a column at the step “The same for all rows”."
            )
            self.made.doubts.insert(0, Doubt(words_, self.first_table, 0))
        if self.has_all_rows and self.draft.constants.list_name:
            self.name_gone_rows()

    def name_gone_rows(self):
        """Tell which rows of last time are not in the list: nothing of them is changed."""
        gone = self.numbering.unseen_of(self.draft.constants.list_name)
        if not gone:
            return
        named = ", ".join(f"“{Truncator(key).chars(LONGEST_NAMED)}”" for key in gone[:MOST_GONE])
        words_ = ngettext(
            "%(count)d row of last time is not in this list: %(names)s. Its action stays as it is.",
            "%(count)d rows of last time are not in this list: %(names)s. Their actions stay as "
            "they are.",
            len(gone),
        )
        names = f"{named} …" if len(gone) > MOST_GONE else named
        said = Doubt(words_ % {"count": len(gone), "names": names}, self.first_table, 0)
        self.made.doubts.insert(0, said)

    # Figures

    def put_statements(self, row, city, number, type_code):
        """Gather what a row states; returns what can only stand in the description, as lines."""
        lines, stated = [], []

        def state(kind, use, text):
            """The statement of this kind; else what it says becomes a line."""
            try:
                stated.append(self.state(row, city, number, kind, use))
            except CellError as error:
                lines.append(f"{use.column.name}: {text}")
                where = {"sheet": ACTIONS, "at": self.above[2], "header": "Description"}
                self.doubt(_("It stands in the description. %s") % error, row, use, **where)
                return None
            return stated[-1]

        for figure in self.columns:
            readings = self.read_figures(figure, row)
            ours, why = self.figure_of(figure, readings, row, city, number, type_code)
            for kind, use, reading in readings:
                if found := state(kind, use, self.word(use, row)):
                    self.put_reading(found, reading, ours, why, row, use)
        for kind, code in (("target", "target_text"), ("progress", "progress_text")):
            if text := self.text(code, row):
                if found := state(kind, self.first(code, row)[0], text):
                    found.texts.append(text)
        return lines + self.put_sources(row, stated)

    def read_figures(self, figure, row):
        """[(kind of a statement, `Use`, `Reading`)] of the cells that say something."""
        found = [(kind, use, self.read_figure(use, row)) for kind, use in figure.uses]
        return [one for one in found if one[-1] is not None]

    def figure_of(self, figure, readings, row, city, number, type_code):
        """(the measure or own figure that takes the numbers, why there is none)."""
        numbers = [reading for *_of, reading in readings if reading.number is not None]
        if not numbers:
            return None, ""
        first = readings[0][1]
        name = " ".join(self.word(self.naming, row).split()) if self.naming else ""
        name = name if 0 < len(name) <= LONGEST_NAME else figure.name
        if name:
            return self.find_figure(city, number, type_code, name, numbers, row, first)
        name = self.name_by_title(figure, row)
        return self.find_figure(city, number, type_code, name, numbers, row, first, is_named=False)

    def name_by_title(self, figure, row):
        """What an action's figure is called of which no header says it: as the action, and with its
        unit where it has several such."""
        text = self.text("title", row) or self.text("description", row)
        title = " ".join(text.partition("\n")[0].split())
        several = sum(not one.name for one in self.columns) > 1
        unit = f" ({units.label(figure.unit)})" if several and units.label(figure.unit) else ""
        return title[: LONGEST_NAME - len(unit)].rstrip() + unit

    def read_figure(self, use, row):
        """The `Reading` of a cell of numbers; None for an empty one, or one that is refused."""
        if self.value(use, row) == "":
            return None
        try:
            reading, _notes = self.taken(use, row)
        except CellError as error:
            self.doubt(_("The figure is left out: %s") % error, row, use)
            return None
        return None if reading.is_empty else reading

    def put_reading(self, found, reading, figure, why, row, use):
        """A number as a value of a figure; words, and what no figure takes, as text."""
        if reading.number is not None and figure is not None:
            try:
                self.statements.add_value(found, entry_of(figure, reading, row, use))
                return
            except CellError as error:
                why = str(error)
        found.texts.append(f"{use.column.name}: {self.word(use, row)}")
        if reading.number is not None or reading.notes:
            said = " ".join(filter(None, [why, *reading.notes]))
            words_ = formats.Doubtful(_("It stands in the text. %s") % said)
            found.notes.append((words_, row, use))

    def state(self, row, city, number, kind, use):
        """The statement of this kind. Raises CellError where it has no day, or another year."""
        moment, notes, own = self.moment_of(row, kind, use)
        if kind == "progress":
            moment, notes = begun(moment, notes)
        statement = self.statements.statement(Statement.Kind(kind), city, number, moment, row, own)
        statement.notes += [(note, row, own) for note in notes]
        return statement

    def moment_of(self, row, kind, use):
        """(year or day, notes, its column): that of the row, or the year in the header. The row has
        one of each kind: where several columns are, their headers go before."""
        code = {"baseline": "baseline_year", "target": "target_year"}.get(kind, "progress_day")
        own, _value = self.first(code, row)
        is_one_of_years = len(self.uses[kind]) > 1 and self.year_of[use.column.key][0]
        if own is not None and not is_one_of_years:
            moment, notes = self.taken(own, row)
            if moment is not None:
                return moment, notes, own
        year, note = self.year_of[use.column.key]
        notes = (note,) if note else ()
        if year is None or kind != "progress":
            return year, notes, use
        day = datetime.date.fromisoformat(f"{year}-{LAST_DAY}")
        words_ = _("The header names a year alone: %s is taken.") % day
        return day, (*notes, formats.Doubtful(words_)), use

    def put_sources(self, row, stated):
        """The source at all that a row states; without a statement as a line of text."""
        source, (use, link) = self.text("source", row), self.first("source_url", row)
        link = self.word(use, row) if use else ""
        for statement in stated:
            if source:
                statement.sources.append(source.replace("\n", "; "))
            statement.source_url = statement.source_url or link
        if stated:
            return []
        uses = [one for one in (self.first("source", row)[0], use) if one]
        return [f"{one.column.name}: {self.word(one, row)}" for one in uses]


def begun(day, notes):
    """(day, notes) of progress: of a year that is not over, today. Raises CellError."""
    if day is None:
        raise CellError(_("No day of it is known."))
    today = latest_today()
    if day <= today:
        return day, notes
    if day.year > today.year:
        raise CellError(_("The day %s is still to come.") % day)
    words_ = _("%(day)s is still to come: %(today)s is put as its day.")
    return today, (*notes, formats.Doubtful(words_ % {"day": day, "today": today}))
