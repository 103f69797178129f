"""What all sheets share. The page in `__init__` tells the order in which the methods are called."""

import contextlib
from collections import defaultdict

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _
from import_export.resources import Resource as ImportExportResource

from profiles.ceilings import beyond_ceilings

from ... import cells
from ...columns.widgets import refuse_garbled
from ...problems import CellError
from . import constraints
from .headers import Headers
from .newer import NewerCells
from .reports import Reports
from .rows import CHANGED, OUTCOMES, UNCHANGED, WRONG, PlannedRow


class NotClearable(Exception):
    """The field always has a value; an empty cell leaves it as it is."""


class Sheet(Headers, Reports, ImportExportResource):
    """The columns of one sheet, in the order in which people fill them in.

    `plan` reads, matches and checks every row and writes nothing; `save` does what was planned;
    `export_queryset` and `export_rows` are the way out.
    """

    sheet_name = ""
    purpose = ""
    """What the sheet is for, in a sentence for who fills it in."""

    staff_only = False
    model = None
    constraint_columns = {}
    """Name of a check constraint → the column that its message stands at; else the last key."""

    def __init__(self, context):
        super().__init__()
        self.context = context
        self.rows = []
        self.undated_rows = 0  # new ones without a last update: they get the day of the import
        self.layout = []
        self.seen = {}
        self.valid = defaultdict(set)
        self.newer = NewerCells(self)
        self.relations = {f.name: f for f in self.model._meta.fields if f.is_relation}
        self.per_city = [name for name, column in self.fields.items() if column.widget.is_per_city]
        by_name = {field.name: field for field in self.model._meta.fields}
        for column in self.fields.values():
            column.widget.bind(context)
            column.widget.adopt(by_name.get(column.field_name))

    # Planning: once for the sheet

    def plan(self, data):
        self.read_headers(data)
        if self.problems and not self.has_needed_columns():
            return
        self.prepare(data)
        for number, raw in data.rows:
            row = PlannedRow(number, {}, raw)
            self.rows.append(row)
            self.context.row_done()
            if self.is_as_stored(row):
                continue
            self.clean_cells(row)
            self.plan_row(row)
        self.finish_plan()
        self.doubt_missing_characters()
        self.newer.find()
        self.problems.sort(key=lambda problem: cells.position(problem.cell))
        for row in self.rows:
            row.values = row.raw = None
            if row.number in self.wrong_cells:
                row.outcome = WRONG

    def prepare(self, data):
        """Read what is stored about the rows that the sheet names."""
        cities = self.named_cities(data)
        for name in self.per_city:
            column = self.fields[name]
            if name in self.index or column.is_key:
                column.widget.prepare(cities, self.column_words(data, name))
        self.load_existing(cities)

    def named_cities(self, data):
        """The cities that the sheet names and that the user may edit."""
        index = self.index["city"]
        words = {raw[index] for _number, raw in data.rows}
        found = (self.context.find_city(cells.as_text(word)) for word in words)
        return list({city.slug: city for city in found if city}.values())

    def column_words(self, data, name):
        """The cells of a column as text."""
        index = self.index.get(name)
        return set() if index is None else {cells.as_text(raw[index]) for _number, raw in data.rows}

    def load_existing(self, cities):
        """Read the stored rows of these cities; one query, whatever the number of rows."""
        raise NotImplementedError

    # Planning: for each row

    def is_as_stored(self, row):
        """Whether the cells say what is stored; then there is nothing to do."""
        return False

    def clean_cells(self, row):
        values, raw, said = row.values, row.raw, self.context.said
        for index, name, reader in self.layout:
            value = raw[index]
            if value == "" or cells.is_empty(value):
                if self.context.clears:
                    self.clear_cell(row, name)
                continue
            try:
                values[name] = reader.clean(value)
            except CellError as error:
                self.add_problem(row, name, str(error))
            if said:
                self.add_notes(row, name)
        for name in self.per_city:
            if values.get(name) is not None:
                self.resolve_word(row, name)

    def clear_cell(self, row, name):
        """Take an empty cell as the wish to have nothing stored there, where that can be."""
        with contextlib.suppress(NotClearable):
            row.values[name] = self.empty_value(name)

    def empty_value(self, name):
        """What a cleared field holds. Raises NotClearable."""
        field = self.model_field(name)
        if self.fields[name].is_key or not field.blank:
            raise NotClearable
        if field.null:
            return None
        if not field.empty_strings_allowed:
            raise NotClearable
        return ""

    def model_field(self, name):
        return self.model._meta.get_field(self.fields[name].field_name)

    def resolve_word(self, row, name):
        """Replace a word by the row that it means in the city of this row."""
        word, city = row.values.pop(name), row.values.get("city")
        if city is None:
            return
        try:
            row.values[name] = self.fields[name].widget.resolve(city, word)
        except CellError as error:
            self.add_problem(row, name, str(error))

    def plan_row(self, row):
        """Match the row with what is stored and plan what becomes of it."""
        raise NotImplementedError

    # Planning a row: its key

    def has_key(self, row):
        """Whether the row fills in all that names it; what is missing or too much is a problem."""
        complete = self.has_all(row, self.fixed_key_names)
        one_of = [name for name in self.one_of_names if name in self.index]
        filled = [name for name in one_of if not cells.is_empty(row.raw[self.index[name]])]
        if len(filled) > 1:
            message = _("Only one of these cells may be filled in: %s.") % self.join_headers(one_of)
            self.add_problem(row, filled[-1], message, expected="")
        elif len(one_of) == 1 and not filled:
            self.add_problem(row, one_of[0], _("This cell is empty."))
        elif one_of and not filled:
            message = _("One of these cells must be filled in: %s.") % self.join_headers(one_of)
            self.add_problem(row, one_of[0], message, expected="")
        return complete and len(filled) == bool(one_of) and all(n in row.values for n in filled)

    def has_all(self, row, names):
        """Whether the row has a value in each of these columns; each gap becomes a problem."""
        complete = True
        for name in names:
            if name in row.values:
                continue
            complete = False
            self.note_wrong(row, name)
            if name not in self.index:
                message = _("A new row needs the column “%s”.") % self.fields[name].header
                self.add_problem(row, self.key_names[0], message, expected="")
            elif cells.is_empty(row.raw[self.index[name]]):
                is_blank = not cells.as_text(row.raw[self.index[name]]).strip()
                empty, invisible = _("This cell is empty."), _("Nothing in this cell can be seen.")
                self.add_problem(row, name, empty if is_blank else invisible)
        return complete

    def claim_key(self, row, key):
        """Whether this is the first row with `key`; on any other it is a problem."""
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            message = _("This row says the same as row %d.") % first
            self.add_problem(row, self.key_names[0], message, expected="")
        return first == row.number

    # Planning a row: its values

    def assign(self, row, instance, name, *, is_new):
        """Put the row's value into `instance`; whether that is a change. Validates the field."""
        column = self.fields[name]
        old, value = self.current_value(instance, name), row.values[name]
        if column.widget.same(old, value):
            return False
        if not is_new and column.staff_only and not self.context.by_platform:
            self.add_problem(row, name, _("Only platform staff can change this."), expected="")
            return False
        if not self.is_valid(row, instance, name):
            return False
        setattr(instance, column.field_name, column.widget.field_value(value))
        if not is_new:
            self.note_change(row, column, old, value, instance)
        return True

    def current_value(self, instance, name):
        """What `instance` has in a column; another row without asking the database for each."""
        attribute = self.fields[name].field_name
        field = self.relations.get(attribute)
        if field is None or field.is_cached(instance):
            return getattr(instance, attribute)
        return self.context.find_row(field.related_model, getattr(instance, field.attname))

    def is_valid(self, row, instance, name):
        """Whether the model's field takes the row's value."""
        value = row.values[name]
        can_be_known = type(value) in cells.PLAIN
        if can_be_known and value in self.valid[name]:
            return True
        field = self.model_field(name)
        if field.is_relation:
            if getattr(value, "retired", False):
                self.add_problem(row, name, _("“%s” is no longer offered.") % value)
                return False
            return True
        is_beyond_ascii = isinstance(value, str) and not value.isascii()
        try:
            if is_beyond_ascii:
                refuse_garbled(value)
            field.clean(value, instance)
        except (CellError, ValidationError) as error:
            self.add_problem(row, name, " ".join(getattr(error, "messages", error.args)))
            return False
        if is_beyond_ascii:
            self.note_missing_characters(row, name, value)
        elif can_be_known and len(self.valid[name]) < cells.MOST_REMEMBERED:
            self.valid[name].add(value)
        return True

    def check_values(self, row):
        """Report what is wrong with the values themselves of a row that cannot be planned."""
        for name in row.values:
            if not self.is_wrong(row, name) and self.has_model_field(name):
                self.is_valid(row, None, name)

    def has_model_field(self, name):
        try:
            self.model_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def note_change(self, row, column, old, new, instance):
        self.newer.note(row, column, instance)
        if row.changes is None:
            row.changes = []
        city = row.values.get("city")
        both = [None if one is None else column.widget.render(one, city) for one in (old, new)]
        row.changes.append((column.header, *both))

    def added_rows(self):
        """(row, column, instance) of each new row of an existing city."""
        return ()

    def history_value(self, record, column, instance):
        """What a history record of `instance` has in a column, to compare it with another one's."""
        return getattr(record, record.instance_type._meta.get_field(column.field_name).attname)

    def forget_change(self, row, name):
        """Leave the cell of this column as it is after all."""
        header = self.fields[name].header
        row.changes = [change for change in row.changes or () if change[0] != header] or None
        if row.changes is None and row.outcome == CHANGED:
            row.outcome = UNCHANGED

    # Planning a row: the model's own rules

    def check_instance(self, row, instance):
        """The model's rules about the row, without asking the database.

        Rules about fields whose cells are wrong or missing are left out.
        """
        wrong = {self.fields[name].field_name for name in self.wrong_cells.get(row.number, ())}
        try:
            self.clean_instance(instance)
        except ValidationError as error:
            for name, message in self.messages_by_column(error):
                if not self.is_wrong(row, name):
                    self.add_problem(row, name, message)
        for name, message in constraints.broken(instance, wrong):
            column = self.constraint_columns.get(name, self.key_names[-1])
            self.add_problem(row, column, message, expected="")

    def clean_instance(self, instance):
        instance.clean()

    def messages_by_column(self, error):
        """(column name, message) for each message of a model's ValidationError."""
        last = self.key_names[-1]
        by_field = {self.fields[name].field_name: name for name in self.fields}
        if not hasattr(error, "error_dict"):
            return [(last, message) for message in error.messages]
        return [
            (by_field.get(field, last), message)
            for field, messages in error.message_dict.items()
            for message in messages
        ]

    # Planning: when all rows have been read

    def finish_plan(self):
        """Judge what needs all rows."""

    def refuse_surplus(self, new):
        """Refuse rows beyond a ceiling. `new`: (row, instance) of all that are to be added."""
        added = self.context.added[self.model]
        added += [instance for _row, instance in new]
        for instance, message in beyond_ceilings(self.model, added if new else ()):
            for row, own in new:
                if own is instance:
                    self.add_problem(row, self.key_names[-1], message, expected="")

    def row_counts(self):
        """How many rows are new, changed, unchanged, wrong."""
        counts = dict.fromkeys(OUTCOMES, 0)
        for row in self.rows:
            counts[row.outcome] += 1
        return counts

    # Saving

    def save(self):
        for batch in self.batches():
            batch.save()

    def batches(self):
        raise NotImplementedError

    # Exporting

    def export_queryset(self, cities):
        """The stored rows of `cities`, in the order of the export."""
        raise NotImplementedError

    def export_rows(self, queryset):
        """The cells of each row of `export_queryset`, or of a part of it."""
        for instance in queryset.iterator(chunk_size=2000):
            for line in self.export_lines(instance):
                yield self.export_cells(line)

    def export_lines(self, instance):
        """What is written for one row of the queryset, row by row: by default itself."""
        return [instance]

    def export_cells(self, line):
        return [column.export(line, obj=line) for column in self.fields.values()]
