"""What makers of actions and of their figures share: numbers, own figures, statements."""

from django.utils.translation import gettext as _

from ..numbers import formats
from .figures import FiguresOfActions, kind_of
from .numbering import Numbering
from .of_cities import OfCities
from .statement_rows import StatementRows

ACTIONS, OWN_FIGURES = "Actions", "Own figures"


class OfActions(OfCities):
    """A part of makers of actions. `types`: (city, number) → the type of an action made here."""

    def prepare(self):
        super().prepare()
        self.numbering = Numbering(self.stored_cities())
        self.figures = FiguresOfActions(self.numbering)
        self.statements = StatementRows(self)
        self.written = set()
        cities = self.stored_cities()
        self.languages = dict(cities.values_list("slug", "content_language"))

    def add_action(self, city, number, type_code, reference):
        self.need_city(city)
        known = {"City": city, "Number": number, "Action type": type_code}
        return self.begin(ACTIONS, **known, Reference=reference)

    def add_city(self, place):
        self.languages[place.slug] = super().add_city(place)
        return self.languages[place.slug]

    def put_language(self, language, city, row, use, at):
        """Put the language of an action where it is another one than that of its city."""
        if language != self.languages.get(city):
            self.put(language, row, use, ACTIONS, at, "Language")

    def find_figure(self, city, number, type_code, name, readings, row, use, *, is_named=True):
        """(the figure that takes these readings, why there is none). `is_named`: whether the list
        itself says the name, and not only which action it is."""
        kind, unit = kind_of(readings)
        stored = self.figures.stored(city, number, name, kind)
        if stored is not None:
            return stored, ""
        official = self.figures.official(type_code, unit)
        if official is not None:
            words = _("“%(column)s” goes into the official measure “%(measure)s”.")
            gaps = {"column": use.column.name, "measure": official.text()}
            self.doubt(words % gaps, row, use)
            return official, ""
        if not kind:
            return None, _("Its unit is not known.")
        if not is_named and (stored := self.figures.only(city, number, kind, unit)):
            words = _("No header says what is counted: it goes into “%s”, the action’s own figure.")
            self.doubt(formats.Doubtful(words % stored.name), row, use)
            return stored, ""
        return self.figures.own(city, number, name, kind, unit, type_code)

    def need_figure(self, city, number, figure):
        """Make a row of an own figure that is not here yet and has a value."""
        key = city, number, figure.number
        if figure.pk is None and key not in self.written:
            self.written.add(key)
            known = {"City": city, "Action number": number, "Figure number": figure.number}
            known |= {"What is counted": figure.name, "Kind": str(figure.kind)}
            known["Less is better"] = "yes" if figure.falls else ""
            self.begin(OWN_FIGURES, **known, Unit=figure.unit)

    def forget_figures(self, city, number):
        """Write what was gathered of an action, of which nothing more will come."""
        self.statements.write()
        self.figures.made.pop((city, number), None)

    def finish(self):
        super().finish()
        self.statements.write()
        self.made.new_from = self.numbering.new_from
