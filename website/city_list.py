"""The list of cities and its map: two views of the same result."""

from functools import cached_property

from django.views.generic import TemplateView

from catalogue import frozen
from profiles.explorer import CitySearch

from .forms import CityFilter
from .map_window import WORLD, asked_window, window_of
from .paging import CARDS_PER_PAGE, FEWEST_CARDS, page_context
from .world_map import Asked, build_map, places_of

MAP = "map"


class CityResult:
    """The cities that the query string asks for."""

    @cached_property
    def form(self):
        return CityFilter(self.request.GET, frozen.current())

    @cached_property
    def search(self):
        return CitySearch(self.form.words, self.form.chosen())


class CityList(CityResult, TemplateView):
    template_name = "website/city_list.html"

    def get_context_data(self, **kwargs):
        form, search = self.form, self.search
        counts = search.counts()
        form.offer(counts)
        total = search.total(counts)
        is_map = self.request.GET.get("view") == MAP
        shown = self.map() if is_map else self.page(total)
        return super().get_context_data(
            form=form,
            total=total,
            loosened=[] if total else list(self.loosened()),
            download=Asked(self.request.GET).query.urlencode(),
            **shown,
            **kwargs,
        )

    def page(self, total):
        cities = self.search.results(self.form.order).select_related("country__region")
        cities = cities.defer("search_text", "summaries", "summary_words")
        pages = page_context(self.request, cities, CARDS_PER_PAGE, total, FEWEST_CARDS)
        return {"cities": pages["page_obj"].object_list, **pages}

    def map(self):
        places = places_of(self.search.results(), self.form.countries)
        about = self.form.countries_chosen()
        window = asked_window(self.request.GET)
        if window is None:
            window = window_of(about, places) if about else WORLD
        return {"map": build_map(places, window, self.request.GET, about)}

    def loosened(self):
        """(name, label, value, how many cities without it) of each filter in use."""
        counts = self.search.loosened()
        for name, label, words in self.form.chips():
            if counts.get(name):
                yield name, label, words, counts[name]
