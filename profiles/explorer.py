"""Finds public cities, and counts for each filter how many it would leave; all of it in SQL."""

from django.db.models import Count, F, Q

from .city_search import find_cities
from .models import PublicCity, PublicFacet

Facet = PublicFacet.Facet

BY_NAME, NEWEST, BY_SIZE = "name", "newest", "size"
ORDERS = {
    BY_NAME: ("search_text", "pk"),
    NEWEST: ("-changed_at", "pk"),
    BY_SIZE: (F("population").desc(nulls_last=True), "search_text", "pk"),
}
"""`search_text` begins with the folded name: it sorts Île between Ica and Ilo."""

COUNTED = tuple(facet for facet in Facet if facet != Facet.FIGURE)
"""The filters of lists, in their order."""


class CitySearch:
    """A search for listed cities by `typed` words and by `chosen`: name of a facet → code."""

    def __init__(self, typed="", chosen=None):
        self.values = {name: code for name, code in (chosen or {}).items() if code}
        self.is_of_all = not typed and not self.values
        self.found = find_cities(PublicCity.objects.listed(), typed)

    def results(self, order=BY_NAME):
        return self.filtered().order_by(*ORDERS[order])

    def filtered(self, without=None):
        """The results of all chosen filters, except that of the facet `without`."""
        cities = self.found
        for name, code in self.values.items():
            if name != without:
                cities = cities.filter(pk__in=having(name, code).values("city"))
        return cities

    def counts(self, facets=COUNTED):
        """Facet → code → number of results if it were chosen; one query."""
        free = [facet for facet in facets if facet not in self.values]
        parts = [(free, self.filtered())]
        parts += [([facet], self.filtered(facet)) for facet in facets if facet in self.values]
        queries = [self._counted(some, cities) for some, cities in parts if some]
        found = {facet: {} for facet in facets}
        for facet, code, count in queries[0].union(*queries[1:], all=True):
            found[facet][code] = count
        return found

    def total(self, counts):
        """The number of results, from `counts` instead of a query: a city has one country."""
        countries = counts[Facet.COUNTRY]
        chosen = self.values.get(Facet.COUNTRY)
        return countries.get(chosen, 0) if chosen else sum(countries.values())

    def loosened(self):
        """Facet → how many cities there are without this choice; one query."""
        wanted = {
            name: Count("pk", filter=Q(pk__in=self.filtered(name).values("pk")))
            for name in self.values
        }
        return PublicCity.objects.listed().aggregate(**wanted) if wanted else {}

    def _counted(self, facets, cities):
        rows = PublicFacet.objects.filter(facet__in=facets)
        if self.is_of_all:  # Nearly every row counts: the few others are quicker to leave out.
            rows = rows.exclude(city__in=PublicCity.objects.unlisted().values("pk"))
        else:
            rows = rows.filter(city__in=cities.order_by().values("pk"))
        return rows.order_by().values_list("facet", "code").annotate(cities=Count("pk"))


def having(facet, code):
    return PublicFacet.objects.filter(facet=facet, code=code)
