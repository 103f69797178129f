"""Whose a row of a list is, and which new cities the workbook needs for that."""

from django.utils.translation import gettext as _

from profiles.models import City

from ...problems import CellError
from ..places import places
from ..places.places import NEW


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
        self.added.add(place.slug)
        known = {"City": place.slug, "Name": place.name, "Country": place.country}
        self.begin("Cities", **known)

    def stored_cities(self):
        """The cities here to which rows of the list may go."""
        slugs = {place.slug or place.becomes for place in self.draft.places.values()}
        slugs.add(self.draft.constants.city)
        return City.objects.filter(slug__in=slugs - {None, "", NEW})
