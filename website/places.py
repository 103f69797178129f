"""The pages of countries and regions: their cities, and on which global targets these report."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from catalogue import frozen
from catalogue.folding import fold
from profiles.explorer import CitySearch, Facet
from profiles.models import Country, Region

from .paging import CARDS_PER_PAGE, page_context
from .small_letters import SmallLetters
from .world_map import Asked, Window, build_map, places_of

COUNTED = (Facet.COUNTRY, Facet.TARGET, Facet.FIGURE)


@dataclass(frozen=True, slots=True)
class TargetCoverage:
    """How many of the cities have an action for a global target, and how many a figure on it."""

    target: Any
    cities: int
    with_figure: int
    url: str


class PlacePage(TemplateView):
    """A country or a region. `facet`: the filter of the list of cities that gives its cities."""

    facet = ""

    def get_context_data(self, code, **kwargs):
        place = self.find(code)
        search = CitySearch(chosen={self.facet: place.code})
        counts = search.counts(COUNTED)
        total = self.total(counts, place)
        cities = search.results().select_related("country__region").defer("search_text")
        pages = page_context(self.request, cities, CARDS_PER_PAGE, count=total)
        return super().get_context_data(
            place=place,
            total=total,
            list_url=self.list_of(place),
            map=self.map_of(search, place) if total else None,
            covered=[one for one in self.coverage(counts, place) if one.cities],
            uncovered=[one for one in self.coverage(counts, place) if not one.cities],
            download=urlencode({self.facet: place.code}),
            cities=pages["page_obj"].object_list,
            **pages,
            **self.more(place, counts),
            **kwargs,
        )

    def find(self, code):
        """The row of the catalogue. Raises Http404."""
        raise NotImplementedError

    def total(self, counts, place):
        raise NotImplementedError

    def more(self, place, counts):
        return {}

    def list_of(self, place, **more):
        return f"{reverse('website:city_list')}?{urlencode({self.facet: place.code, **more})}"

    def map_of(self, search, place):
        asked = Asked()
        asked.query[self.facet] = place.code
        found = places_of(search.results())
        points = [one.point for one in found if one.point]
        window = Window.over(points) if points else Window()
        return build_map(found, window, asked.query)

    def coverage(self, counts, place):
        """A `TargetCoverage` for each global target, by its number."""
        for target in sorted(frozen.current().targets.values(), key=attrgetter("number")):
            number = str(target.number)
            yield TargetCoverage(
                target=target,
                cities=counts[Facet.TARGET].get(number, 0),
                with_figure=counts[Facet.FIGURE].get(number, 0),
                url=self.list_of(place, target=number),
            )


class CountryPage(PlacePage):
    """Its address has the code in capitals, as ISO 3166-1 writes it."""

    template_name = "website/places/country.html"
    facet = Facet.COUNTRY.value

    def get(self, request, code):
        if code != code.upper():
            query = request.META.get("QUERY_STRING", "")
            url = reverse("website:country", args=[code.upper()])
            return redirect(f"{url}?{query}" if query else url, permanent=True)
        return super().get(request, code=code)

    def find(self, code):
        country = Country.objects.select_related("region").filter(code=code).first()
        if country is None:
            raise Http404
        return country

    def total(self, counts, place):
        return counts[Facet.COUNTRY].get(place.code, 0)


class RegionPage(SmallLetters, PlacePage):
    template_name = "website/places/region.html"
    facet = Facet.REGION.value

    @cached_property
    def countries(self):
        return Country.objects.only("code", "name", "translations")

    def find(self, code):
        region = Region.objects.filter(code=code).first()
        if region is None:
            raise Http404
        return region

    def total(self, counts, place):
        return sum(counts[Facet.COUNTRY].values())

    def more(self, place, counts):
        """Its countries with cities, by name, each with how many."""
        found = counts[Facet.COUNTRY]
        named = [(row, found[row.code]) for row in self.countries.filter(code__in=found)]
        return {"countries": sorted(named, key=lambda pair: fold(pair[0].label))}
