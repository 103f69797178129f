"""Cells that refer to rows: of a catalogue, a city and, within it, files and resources."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Plan
from profiles.country_names import close_name, countries_named
from profiles.models import City, Country

from .. import cells
from ..problems import CellError, sentence
from . import choices
from .widgets import CellWidget, TextWidget

LONGEST_NUMBER = 9
"""Digits of the number of a target, zeros before it included."""
LETTERS_OF_CODE = 2


class ReferenceWidget(CellWidget):
    """A row of a catalogue, by its code or its official name."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    @property
    def expected(self):
        return _("%s, by its code or its official name") % self.model._meta.verbose_name

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        return self.find(cells.as_text(value))

    def find(self, word):
        rows = self.context.catalogue(self.model)
        found = rows.get(cells.folded(word))
        if found is not None:
            return found
        hint = self.context.hint(
            word, lambda: [name for row in rows.values() for name in (row.code, row.name)]
        )
        raise CellError(sentence(_("There is no such %s.") % self.model._meta.verbose_name, hint))

    def render(self, value, obj=None, **kwargs):
        return value.code if value is not None else None

    def choices_for(self, context):
        return choices.of_catalogue(self.model)

    def same(self, old, new):
        return is_same_row(old, new)


class CountryWidget(ReferenceWidget):
    """A country, also by a name that people use besides the official one."""

    def __init__(self):
        super().__init__(Country)

    @property
    def expected(self):
        return _("a country, by its two letters as in CN (ISO 3166), or by its name")

    def find(self, word):
        rows = self.context.catalogue(Country)
        if len(word.strip()) == LETTERS_OF_CODE and (row := rows.get(cells.folded(word))):
            return row
        codes = [code for code in countries_named(word) if code.casefold() in rows]
        if not codes and (row := rows.get(cells.folded(word))):
            return row
        found = sorted((rows[code.casefold()] for code in codes), key=lambda row: row.code)
        if len(found) == 1:
            return found[0]
        raise CellError(self.several(found) if found else self.unknown(word, rows.values()))

    def several(self, found):
        named = ", ".join(f"{row.code} ({row.name})" for row in found)
        return _("Several countries go by this name; write the two letters: %s.") % named

    def unknown(self, word, rows):
        hint = self.context.hint(word, lambda: [row.name for row in rows], find=did_you_misspell)
        return sentence(_("There is no such country."), hint)


def did_you_misspell(word, names):
    """A question about a country, only where the spelling is near: other words may mean others."""
    close = close_name(word, names)
    return _("Did you mean “%s”?") % close if close else ""


class ReferencesWidget(ReferenceWidget):
    """Several rows of a catalogue, their codes or names with semicolons between them."""

    separator = ";"

    @property
    def expected(self):
        return _("codes, with a semicolon between two of them")

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        words = [word.strip() for word in cells.as_text(value).split(self.separator)]
        found = {row.pk: row for row in map(self.find, filter(None, words))}
        return sorted(found.values(), key=lambda row: row.code)

    def render(self, value, obj=None, **kwargs):
        return "; ".join(sorted(row.code for row in value)) or None

    def choices_for(self, context):
        return choices.of_catalogue(self.model, several=True)

    def same(self, old, new):
        return {row.pk for row in old} == {row.pk for row in new}


class TargetsWidget(ReferencesWidget):
    """Targets of the framework, which people know by their numbers."""

    @property
    def expected(self):
        return _("numbers, with a semicolon between two of them, such as 2; 12")

    def find(self, word):
        numbers = {str(row.number): row for row in self.context.catalogue(self.model).values()}
        if word.isdecimal() and len(word) < LONGEST_NUMBER:
            word = str(int(word))
        return numbers.get(word) or super().find(word)


class CityWidget(CellWidget):
    """A city that the import may write to, by its address or its name."""

    expected = gettext_lazy("the address of a city that you may edit, such as anji-county")

    def clean(self, value, row=None, **kwargs):
        self.refuse_broken(value)
        return self.context.get_city(cells.as_text(value))

    def render(self, value, obj=None, **kwargs):
        return value.slug

    def choices_for(self, context):
        return choices.of_cities(context.editable_cities())


class PerCityWidget(TextWidget):
    """A word whose row is known only together with the row's city.

    `prepare` is called with the cities and the words of a whole column, then `clean` gives the word
    of a cell and `resolve` the row that it means in the city of the cell.
    """

    is_per_city = True

    def prepare(self, cities, words):
        raise NotImplementedError

    def resolve(self, city, word):
        raise NotImplementedError


class FileWidget(PerCityWidget):
    expected = gettext_lazy("the name of a file of the city, or of one in the .zip, as plan.pdf")

    """A file of the city; with `picture_side` only pictures, with at most so many pixels a side."""

    def __init__(self, *, picture_side=None):
        super().__init__()
        self.picture_side = picture_side

    def prepare(self, cities, words):
        self.context.files.load(cities)

    def resolve(self, city, word):
        return self.context.files.find(city, word, picture_side=self.picture_side)

    def render(self, value, obj=None, **kwargs):
        return self.field_value(value).name if value is not None else None

    def field_value(self, value):
        return getattr(value, "upload", value)

    def same(self, old, new):
        return old is None if new is None else new.is_still(old)


class ResourceWidget(PerCityWidget):
    expected = gettext_lazy(
        "a resource of the city by its link or file name, or the address of its page"
    )

    def prepare(self, cities, words):
        self.context.resources.prepare(cities, {cells.tidy(word) for word in words})

    def resolve(self, city, word):
        return self.context.resources.find(city, word)

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return None
        city = obj if isinstance(obj, City) else obj.owning_city
        return self.context.resources.word_for(value, city)

    def same(self, old, new):
        return is_same_row(old, new)


class PlanWidget(PerCityWidget):
    """A plan of the city, by its title."""

    expected = gettext_lazy("the title of a plan of the city, as on the sheet Plans")
    tidy = staticmethod(Plan._meta.get_field("title").tidy)

    def prepare(self, cities, words):
        self.context.plans.load(cities)

    def resolve(self, city, word):
        return self.context.plans.find(city, word)

    def render(self, value, obj=None, **kwargs):
        return value.title if value is not None else None

    def choices_for(self, context):
        """A file that is written offers the plans of its cities."""
        return choices.of_plans(context.chosen) if context.chosen is not None else None

    def same(self, old, new):
        return is_same_row(old, new)


def is_same_row(old, new):
    """Whether both are one row, also one that is not stored yet; either may be None."""
    if old is None or new is None:
        return old is new
    return old is new or (old.pk is not None and old.pk == new.pk)
