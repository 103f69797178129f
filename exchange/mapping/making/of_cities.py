"""Whose a row of a list is, and which new cities the workbook needs for that."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import City

from ...problems import CellError
from ..constants import has_texts
from ..places import places
from ..places.country_languages import language_of
from ..places.places import NEW
from .result import Doubt

NO_LANGUAGE = gettext_lazy(
    "It is not known in which language the city writes: left empty, the import takes English. "
    "Choose it under “The same for all rows”, or write it into this cell."
)


class OfCities:
    """A part of makers of rows that belong to a city, which the row or the whole list names."""

    def prepare(self):
        super().prepare()
        self.new = {
            place.slug: place for place in self.draft.places.values() if place.becomes == NEW
        }
        self.added = set()

    def city(self, row):
        """The address of the city of a row. Raises CellError where there is none."""
        slug = places.city_of(self.draft, row)
        if not slug:
            raise CellError(places.why_left_out(self.draft, row) or _("Its city is not known."))
        return slug

    def need_city(self, slug):
        """Make a city that is not here yet."""
        if slug in self.new and slug not in self.added:
            self.add_city(self.new[slug])

    def add_city(self, place):
        """Make a city; returns the tag of its language: that of its country, else of the texts.
        Where the list has none, the language of all rows is that of the cities."""
        self.added.add(place.slug)
        language = self.draft.constants.language
        if has_texts(self.draft):
            language = language_of(place.country) or language
        language = language or language_of(place.country)
        known = {"City": place.slug, "Name": place.name, "Country": place.country}
        at = self.begin("Cities", **known, Language=language)
        if not language:
            doubt = Doubt(str(NO_LANGUAGE), "", 0, words=place.word)
            doubt.sheet, doubt.our_row, doubt.header = "Cities", at, "Language"
            self.made.doubts.append(doubt)
        return language

    def stored_cities(self):
        """The cities here to which rows of the list may go."""
        slugs = {place.slug or place.becomes for place in self.draft.places.values()}
        slugs.add(self.draft.constants.city)
        return City.objects.filter(slug__in=slugs - {None, "", NEW})
