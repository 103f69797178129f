"""What all sheets share: cleaning, matching with what is stored, validation, writing."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.resources import Resource

from ... import cells
from ...problems import CellError, Problem
from . import constraints
from .headers import Headers
from .rows import CHANGED, STATES, UNCHANGED, WRONG, PlannedRow

DOUBTS = 100
"""Of one sheet, those that are kept; the others are counted."""


class NotClearable(Exception):
    """The field always has a value; an empty cell leaves it as it is."""


class Sheet(Headers, Resource):
    """The columns of one sheet, in the order in which people fill them in.

    `plan` reads, matches and checks every row and writes nothing; `write` does what was planned;
    `exported` and `export_rows` are the way out.
    """

    sheet_name = ""
    purpose = ""
    """What the sheet is for, in a sentence for who fills it in."""

    staff_only = False
    model = None

    def __init__(self, context):
        super().__init__()
        self.context = context
        self.problems = []
        self.doubts = []
        self.doubt_count = 0
        self.rows = []
        self.layout = []
        self.seen = {}
        self.wrong_rows = set()
        self.relations = {f.name: f for f in self.model._meta.fields if f.is_relation}
        self.late = [name for name, column in self.fields.items() if column.widget.is_late]
        for column in self.fields.values():
            column.widget.bind(context)

    # Reading

    def plan(self, data):
        self.read_headers(data)
        if self.problems:
            self.point_to_headers(data)
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
        self.settle()
        self.problems.sort(key=lambda problem: cells.position(problem.cell))
        for row in self.rows:
            row.values = row.raw = None
            if row.number in self.wrong_rows:
                row.state = WRONG

    def prepare(self, data):
        """Read what is stored about what the sheet names."""
        cities = self.cities_named(data)
        for name in self.late:
            column = self.fields[name]
            if name in self.index or column.key:
                column.widget.prepare(cities, self.words_of(data, name))
        self.load(cities)

    def words_of(self, data, name):
        """What stands in a column, as text."""
        index = self.index.get(name)
        return set() if index is None else {cells.shown(raw[index]) for _number, raw in data.rows}

    def cities_named(self, data):
        """The cities that this sheet names and that may be edited."""
        index = self.index["city"]
        words = {raw[index] for _number, raw in data.rows}
        known = (self.context.known(cells.shown(word)) for word in words)
        return list({city.slug: city for city in known if city}.values())

    def clean_cells(self, row):
        values, raw = row.values, row.raw
        for index, name, clean in self.layout:
            value = raw[index]
            if value == "" or cells.is_empty(value):
                if self.context.clears:
                    self.clear(row, name)
                continue
            try:
                values[name] = clean(value)
            except CellError as error:
                self.wrong(row, name, str(error))
        for name in self.late:
            if values.get(name) is not None:
                self.resolve(row, name)

    def resolve(self, row, name):
        """Put what the word in the cell means, which depends on the city, in its place."""
        word, city = row.values.pop(name), row.values.get("city")
        if city is None:
            return
        try:
            row.values[name] = self.fields[name].widget.resolve(city, word)
        except CellError as error:
            self.wrong(row, name, str(error))

    def clear(self, row, name):
        """Take an empty cell as the wish to have nothing stored there, where that can be."""
        try:
            row.values[name] = self.empty_value(name)
        except NotClearable:
            pass

    def empty_value(self, name):
        """What a cleared field holds. Raises NotClearable."""
        field = self.model_field(name)
        if self.fields[name].key or not field.blank:
            raise NotClearable
        if field.null:
            return None
        if not field.empty_strings_allowed:
            raise NotClearable
        return ""

    def model_field(self, name):
        return self.model._meta.get_field(self.fields[name].field_name)

    def wrong(self, row, name, message, expected=None):
        """Note a problem at the row's cell in column `name`."""
        self.wrong_rows.add(row.number)
        expected = self.fields[name].expected if expected is None else expected
        self.problems.append(self.noted(row, name, message, expected))

    def doubt(self, row, name, message):
        """Note what looks wrong and may be right: it is shown and hinders nothing."""
        self.doubt_count += 1
        if self.doubt_count <= DOUBTS:
            self.doubts.append(self.noted(row, name, message, ""))

    def noted(self, row, name, message, expected):
        column = self.fields[name]
        return Problem(
            str(message),
            expected=expected,
            sheet=self.sheet_name,
            cell=cells.address(row.number, self.index.get(name, 0)),
            column=column.header,
            value=cells.shown(row.raw[self.index[name]]) if name in self.index else "",
        )

    def is_wrong(self, row):
        return row.number in self.wrong_rows

    # Planning

    def load(self, cities):
        """Read what is stored for these cities; one query, whatever the number of rows."""
        raise NotImplementedError

    def is_as_stored(self, row):
        """Whether the cells are just what an export would write; then there is nothing to do."""
        return False

    def plan_row(self, row):
        raise NotImplementedError

    def settle(self):
        """What can only be judged when all rows are known."""

    def first_of(self, row, key):
        """Whether no other row has this key; a second one is a problem that names the first."""
        first = self.seen.setdefault(key, row.number)
        if first != row.number:
            name = next(name for name, column in self.fields.items() if column.key)
            self.wrong(row, name, _("This row says the same as row %d.") % first, expected="")
        return first == row.number

    def needs(self, row, names):
        """Whether the row fills in these columns; each gap is a problem unless one is noted."""
        complete = True
        for name in names:
            if name in row.values:
                continue
            complete = False
            if name not in self.index:
                message = _("A new row needs the column “%s”.") % self.fields[name].header
                self.wrong(row, self.key_names()[0], message, expected="")
            elif cells.is_empty(row.raw[self.index[name]]):
                self.wrong(row, name, _("This cell is empty."))
        return complete

    def is_named(self, row):
        """Whether the row fills in all that names it; what is missing or too much is a problem."""
        complete = self.needs(row, self.firm_names())
        either = [name for name in self.either_names() if name in self.index]
        filled = [name for name in either if not cells.is_empty(row.raw[self.index[name]])]
        if len(filled) > 1:
            message = _("Only one of these cells may be filled in: %s.") % self.headers_of(either)
            self.wrong(row, filled[-1], message, expected="")
        elif len(either) == 1 and not filled:
            self.wrong(row, either[0], _("This cell is empty."))
        elif either and not filled:
            message = _("One of these cells must be filled in: %s.") % self.headers_of(either)
            self.wrong(row, either[0], message, expected="")
        return complete and len(filled) == bool(either) and all(n in row.values for n in filled)

    def key_names(self):
        return [name for name, column in self.fields.items() if column.key]

    def firm_names(self):
        return [name for name, column in self.fields.items() if column.key and not column.either]

    def either_names(self):
        return [name for name, column in self.fields.items() if column.either]

    def headers_of(self, names):
        return ", ".join(self.fields[name].header for name in names)

    def assign(self, row, instance, name, *, is_new):
        """Put the row's value into `instance`; whether that is a change. Validates the field."""
        column = self.fields[name]
        old, value = self.present(instance, name), row.values[name]
        if column.widget.same(old, value):
            return False
        if not is_new and column.staff_only and not self.context.by_platform:
            self.wrong(row, name, _("Only platform staff can change this."), expected="")
            return False
        if not self.is_valid(row, instance, name):
            return False
        setattr(instance, column.field_name, column.widget.kept(value))
        if not is_new:
            self.note_change(row, column, old, value)
        return True

    def is_valid(self, row, instance, name):
        """Whether the model's field takes the row's value."""
        field, value = self.model_field(name), row.values[name]
        if field.is_relation:
            if getattr(value, "retired", False):
                self.wrong(row, name, _("“%s” is no longer offered.") % value)
                return False
            return True
        try:
            field.clean(value, instance)
        except ValidationError as error:
            self.wrong(row, name, " ".join(error.messages))
            return False
        return True

    def present(self, instance, name):
        """The present value; another row without asking the database for each."""
        attribute = self.fields[name].field_name
        field = self.relations.get(attribute)
        if field is None or field.is_cached(instance):
            return getattr(instance, attribute)
        return self.context.row(field.related_model, getattr(instance, field.attname))

    def note_change(self, row, column, old, new):
        if row.changes is None:
            row.changes = []
        city = row.values.get("city")
        shown = [None if one is None else column.widget.render(one, city) for one in (old, new)]
        row.changes.append((column.header, *shown))

    def forget_change(self, row, name):
        """The cell of this column is left as it is after all."""
        header = self.fields[name].header
        row.changes = [change for change in row.changes or () if change[0] != header] or None
        if row.changes is None and row.state == CHANGED:
            row.state = UNCHANGED

    def check(self, row, instance):
        """The model's own rules about the whole row, without asking the database."""
        try:
            self.clean_instance(instance)
        except ValidationError as error:
            for name, message in self.located(error):
                self.wrong(row, name, message)
        for message in constraints.broken(instance):
            self.wrong(row, self.key_names()[-1], message, expected="")

    def clean_instance(self, instance):
        instance.clean()

    def located(self, error):
        """(column name, message) for each message of a model's ValidationError."""
        last = self.key_names()[-1]
        by_field = {self.fields[name].field_name: name for name in self.fields}
        if not hasattr(error, "error_dict"):
            return [(last, message) for message in error.messages]
        return [
            (by_field.get(field, last), message)
            for field, messages in error.message_dict.items()
            for message in messages
        ]

    # Writing

    def batches(self):
        raise NotImplementedError

    def write(self):
        for batch in self.batches():
            batch.write()

    # Exporting

    def exported(self, cities):
        """The rows of `cities` to export, in order."""
        raise NotImplementedError

    def export_rows(self, exported):
        """The cells of each row; `exported` is what the method of that name gave, or a part."""
        for instance in exported.iterator(chunk_size=2000):
            for line in self.lines(instance):
                yield self.export_cells(line)

    def lines(self, instance):
        """What is written of one row of `exported`, row by row: by default itself."""
        return [instance]

    def export_cells(self, line):
        return [column.export(line, obj=line) for column in self.fields.values()]

    @classmethod
    def count(cls, rows):
        counts = dict.fromkeys(STATES, 0)
        for row in rows:
            counts[row.state] += 1
        return counts
