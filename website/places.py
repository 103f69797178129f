"""The pages of countries and regions: their cities, and on which global targets these report."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from catalogue import frozen
from catalogue.folding import fold
from profiles.explorer import CitySearch, Facet
from profiles.models import Country, Region

from .map_window import window_of
from .paging import CARDS_PER_PAGE, page_context
from .small_letters import SmallLetters
from .world_map import build_map, places_of

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

    @cached_property
    def place(self):
        """The row of the catalogue. Raises Http404."""
        raise NotImplementedError

    @property
    def countries(self):
        """Its countries, a country itself."""
        raise NotImplementedError

    def total(self, counts):
        raise NotImplementedError

    def more(self, counts):
        return {}

    def get_context_data(self, **kwargs):
        search = CitySearch(chosen={self.facet: self.place.code})
        counts = search.counts(COUNTED)
        total = self.total(counts)
        cities = (
            search.results()
            .select_related("country__region")
            .defer("search_text", "summaries", "summary_words")
        )
        pages = page_context(self.request, cities, CARDS_PER_PAGE, count=total)
        coverage = list(self.coverage(counts))
        return super().get_context_data(
            place=self.place,
            total=total,
            list_url=self.list_with(),
            map=self.map_of(search) if total else None,
            covered=[one for one in coverage if one.cities],
            uncovered=[one for one in coverage if not one.cities],
            download=urlencode({self.facet: self.place.code}),
            cities=pages["page_obj"].object_list,
            **pages,
            **self.more(counts),
            **kwargs,
        )

    def list_with(self, **more):
        query = urlencode({self.facet: self.place.code, **more})
        return f"{reverse('website:city_list')}?{query}"

    def map_of(self, search):
        query = QueryDict(mutable=True)
        query[self.facet] = self.place.code
        found = places_of(search.results(), {row.pk: row for row in self.countries})
        about = [country.code for country in self.countries]
        return build_map(found, window_of(about, found), query, about)

    def coverage(self, counts):
        """A `TargetCoverage` for each global target, by its number."""
        for target in sorted(frozen.current().targets.values(), key=attrgetter("number")):
            number = str(target.number)
            yield TargetCoverage(
                target=target,
                cities=counts[Facet.TARGET].get(number, 0),
                with_figure=counts[Facet.FIGURE].get(number, 0),
                url=self.list_with(target=number),
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

    @cached_property
    def place(self):
        found = Country.objects.select_related("region").filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    @property
    def countries(self):
        return [self.place]

    def total(self, counts):
        return counts[Facet.COUNTRY].get(self.place.code, 0)


class RegionPage(SmallLetters, PlacePage):
    template_name = "website/places/region.html"
    facet = Facet.REGION.value

    @cached_property
    def place(self):
        found = Region.objects.filter(code=self.kwargs["code"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def countries(self):
        own = Country.objects.filter(region=self.place).only("code", "name", "translations")
        return sorted(own, key=lambda country: fold(country.label))

    def total(self, counts):
        return sum(counts[Facet.COUNTRY].values())

    def more(self, counts):
        """Its countries with cities, each with how many."""
        found = counts[Facet.COUNTRY]
        return {
            "countries": [(one, found[one.code]) for one in self.countries if one.code in found]
        }
