"""A file of another form as it is understood: what people decided, and for the rest the guess."""

from functools import cached_property

from ..models.mapping import Target
from . import constants
from .columns import columns, fields, targets
from .numbers import formats
from .places import places
from .places.known_cities import KnownCities
from .places.place import names_decided
from .table import layout, tables
from .words import words
from .years import years

READ_FROM_FILE = {"read": {"book"}, "table": {"layouts", "columns", "rows", "guessed_target"}}
"""Step → the parts of a draft that its decisions and those before it tell. They take longest."""


class Draft:
    """`decisions`: name of a step → what was decided there (`exchange.mapping.STEPS`).

    Each part is made when it is asked for, from the parts before it, and kept: a draft is of one
    moment. `user`: whose cities the rows may go to.
    """

    def __init__(self, path, name, decisions, user):
        self.path, self.name, self.user = path, name, user
        self.decisions = decisions

    @classmethod
    def of(cls, mapped, user):
        """The draft of a `MappedFile`."""
        return cls(mapped.file.path, mapped.file_name, mapped.decisions, user)

    def with_decisions(self, decisions):
        """The draft with other decisions; what comes before the first that differs is kept."""
        draft = Draft(self.path, self.name, decisions, self.user)
        for step, parts in READ_FROM_FILE.items():
            if draft.decided(step) != self.decided(step):
                break
            draft.__dict__.update({one: self.__dict__[one] for one in parts & self.__dict__.keys()})
        return draft

    def decided(self, step):
        return self.decisions.get(step, {})

    @cached_property
    def book(self):
        return tables.read_book(self.path, self.name, self.decided("read"))

    @cached_property
    def layouts(self):
        return layout.lay_out(self.book, self.decided("table"))

    @cached_property
    def columns(self):
        return layout.all_columns(self.layouts)

    @cached_property
    def rows(self):
        return list(layout.rows_of(self.layouts, self.columns))

    @cached_property
    def guessed_target(self):
        """(target, why)."""
        return targets.guess_target(self.columns, self.rows, list(self.around))

    @property
    def around(self):
        """What stands above the lists, and the names of their sheets and of the file."""
        for one in self.layouts:
            if one.is_taken:
                first = min(one.header_rows, default=0)
                above = (values for number, values in one.table.rows if number < first)
                yield from (text for values in above for text in values if isinstance(text, str))
                yield one.table.name
        yield self.name

    @cached_property
    def target(self):
        decided = self.decided("target").get("target")
        return Target(decided or self.guessed_target[0])

    @cached_property
    def uses(self):
        cities = names_decided(self.decided("places"))
        decided = self.decided("columns")
        return columns.guess_uses(self.target, self.columns, self.rows, decided, cities)

    def used_as(self, code):
        """The `Use`s of the columns that become the field `code`."""
        return [use for use in self.uses if use.field == code]

    def field_of(self, use):
        return fields.field_of(self.target, use.field)

    @cached_property
    def constants(self):
        return constants.guess_constants(self, self.decided("constants"))

    @cached_property
    def words(self):
        return words.guess_words(self, self.decided("words"))

    @cached_property
    def formats(self):
        return formats.guess_formats(self, self.decided("formats"))

    @cached_property
    def texts_of_years(self):
        return formats.texts_of_years(self)

    @cached_property
    def years(self):
        return years.guess_years(self, self.decided("years"))

    @cached_property
    def known_cities(self):
        return KnownCities(self.user)

    @cached_property
    def places(self):
        return places.guess_places(self, self.decided("places"))
