"""The public pages of the City Biodiversity Index: editions, indicators, cities that use it."""

from functools import cached_property

from django.http import Http404

from catalogue.texts import Texts
from cbi import explorer

from .actions import ExplorerPage
from .paging import INDEX_CITIES_PER_PAGE, page_context


class IndexPage(ExplorerPage):
    """A page with the fixed texts of the index; its title is one of them."""

    @cached_property
    def texts(self):
        return Texts()

    def users(self, edition=None):
        """The cities with an assessment, a page at a time."""
        found = explorer.newest(edition)
        pages = page_context(self.request, found, INDEX_CITIES_PER_PAGE)
        pages["uses"] = list(pages["page_obj"].object_list)
        return pages

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.texts("cbi.title"), **kwargs)


class IndexHome(IndexPage):
    template_name = "website/cbi/index.html"

    def get_context_data(self, **kwargs):
        cities = explorer.counts()
        editions = [(one, cities.get(one.row.pk, 0)) for one in explorer.editions()]
        return super().get_context_data(
            intro=self.texts("cbi.intro"), editions=editions, **self.users(), **kwargs
        )


class EditionPage(IndexPage):
    template_name = "website/cbi/edition.html"

    def get_context_data(self, code, **kwargs):
        found = explorer.editions(code)
        if not found:
            raise Http404
        [edition] = found
        return super().get_context_data(
            edition=edition,
            comparison=self.comparison(edition.row),
            asked=self.asked,
            most_compared=explorer.MOST_COMPARED,
            **self.users(edition.row),
            **kwargs,
        )

    @cached_property
    def asked(self):
        """The slugs of the cities to compare."""
        return [slug for slug in self.request.GET.getlist("compare") if "\0" not in slug]

    def comparison(self, edition):
        """The comparison of the chosen cities; None if none are chosen."""
        if not self.asked:
            return None
        return explorer.compare(edition, self.asked)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.asked:
            response["X-Robots-Tag"] = "noindex"
        return response


class IndicatorPage(IndexPage):
    template_name = "website/cbi/indicator.html"

    def get_context_data(self, code, **kwargs):
        indicator_page = explorer.indicator_page(code)
        if indicator_page is None:
            raise Http404
        return super().get_context_data(indicator_page=indicator_page, **kwargs)
