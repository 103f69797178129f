"""Figures of a list, each of which is a row of its own or a column of years."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.models import Action, OwnFigure, Statement

from ... import cells
from ...problems import CellError
from ..numbers import formats
from ..years import years
from ..years.observed import OWN
from .figure_columns import LONGEST_NAME
from .maker import Maker
from .numbering import stored_form
from .of_actions import ACTIONS, OfActions
from .statement_rows import entry_of

VALUES = ("value", "value_of_year")


class StatementsMaker(OfActions, Maker):
    sheet = "Progress"

    def prepare(self):
        super().prepare()
        self.of_many = {}
        actions = Action.objects.filter(city__in=self.stored_cities().values("pk")).order_by()
        self.types = {
            (slug, number): code
            for slug, number, code in actions.values_list(
                "city__slug", "number", "action_type__code"
            )
        }

    def make_row(self, row):
        for one in years.observations(self.draft, row):
            use = self.by_key[one.at[2]]
            try:
                if not one.problem:
                    self.observe(one, row, use)
                elif not one.of_many:
                    raise CellError(one.problem)
                for words in one.of_many:
                    self.of_many.setdefault(words, [0, row, use])[0] += 1
            except CellError as error:
                self.doubt(_("The figure is left out: %s") % error, row, use)

    def finish(self):
        super().finish()
        for words, (count, row, use) in self.of_many.items():
            of_all = ngettext("%d figure", "%d figures, here the first", count) % count
            self.note(f"{words} ({of_all})", row, use)

    def observe(self, one, row, use):
        number, type_code = self.action(one, row)
        figure, why = self.figure(one, number, type_code)
        moment = one.day if one.kind == Statement.Kind.PROGRESS else one.year
        is_value = one.reading.number is not None and figure is not None
        entry = entry_of(figure, one.reading, row, use) if is_value else None
        statement = self.statements.statement(
            Statement.Kind(one.kind), one.city, number, moment, row, use
        )
        if entry is not None:
            self.statements.add_value(statement, entry)
        elif not one.reading.is_empty:
            if one.reading.number is not None:
                statement.texts.append(f"{one.measure}: {self.word(use, row)}")
            said = " ".join(filter(None, [why, *one.reading.notes]))
            statement.notes.append(
                (formats.Doubtful(_("It stands in the text. %s") % said), row, use)
            )
        statement.texts += filter(None, [one.text])
        statement.sources += filter(None, [one.source])
        statement.source_url = statement.source_url or one.source_url

    def action(self, one, row):
        """(number, type) of the action of a figure, which is made where it is not here yet."""
        measured = one.measured
        if not isinstance(one.action, str):
            number = one.action
            if (one.city, number) not in self.types:
                raise CellError(_("the city has no action %d.") % number)
            return number, self.types[one.city, number]
        if not measured.action_type:
            raise CellError(_("the action type of its measure is not known."))
        number, reference = self.numbering.number(one.city, stored_form(one.action))
        key = one.city, number
        if key not in self.types:
            self.types[key] = measured.action_type
            at = self.add_action(one.city, number, measured.action_type, reference)
            use = self.first("measure", row)[0]
            self.put(measured.word, row, use, ACTIONS, at, "Description")
            self.put_language(self.draft.constants.language, one.city, row, use, at)
        return number, self.types[key]

    def measured(self, use, row):
        """What the measure of a value is, where that is decided; None for other cells."""
        if use.field not in VALUES:
            return None
        word = self.draft.years.reader.measure_at(use, row)
        found = self.draft.years.by_word.get(cells.folded(word))
        return found if found and found.action else None

    def beside(self, use, row):
        measured = self.measured(use, row)
        return (super().beside(use, row), measured.word) if measured else super().beside(use, row)

    def taken(self, use, row):
        value = self.value(use, row)
        if measured := self.measured(use, row):
            found = years.read_value(self.draft.years.reader, row, use, value, measured)
            return found, found.notes
        if use.field == "action" and value != "":
            number = years.action_number(value, self.draft.years.reader.format_of(use))
            return formats.Reading(Decimal(number)), ()
        return super().taken(use, row)

    def figure(self, one, number, type_code):
        """(the measure or own figure of a figure of the list, why there is none)."""
        measured = one.measured
        if measured.figure != OWN:
            found = self.figures.measure(type_code, measured.figure)
            return found, "" if found else _("its action has no such measure.")
        kind = measured.figure_kind
        if not kind:
            return None, _("Its kind and unit are not known.")
        name = one.measure[:LONGEST_NAME]
        kind, unit = OwnFigure.Kind(kind), measured.unit
        falls = measured.falls
        return self.figures.own(one.city, number, name, kind, unit, type_code, falls=falls)
