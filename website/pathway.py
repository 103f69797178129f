"""The public pages of the Nature Pathway: its phases and steps, and the cities on each."""

from functools import cached_property

from django.http import Http404

from catalogue.texts import Texts
from pathway import explorer

from .actions import ExplorerPage
from .paging import STEP_CITIES_PER_PAGE, page_context


class PathwayMixin:
    @cached_property
    def texts(self):
        return Texts()

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.texts("pathway.title"), **kwargs)


class PathwayHome(PathwayMixin, ExplorerPage):
    template_name = "website/pathway/index.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            intro=self.texts("pathway.intro"),
            phases=explorer.phases(),
            cities=explorer.city_count(),
            **kwargs,
        )


class StepPage(PathwayMixin, ExplorerPage):
    template_name = "website/pathway/step.html"

    def get_context_data(self, code, **kwargs):
        step_page = explorer.step_page(code)
        if step_page is None:
            raise Http404
        found = explorer.cities_on(step_page.step)
        pages = page_context(self.request, found, STEP_CITIES_PER_PAGE)
        lines = list(explorer.on_step(step_page.step, pages["page_obj"].object_list, self.texts))
        return super().get_context_data(
            step_page=step_page,
            lines=lines,
            has_assumed=any(not line.step_state.is_said for line in lines),
            **pages,
            **kwargs,
        )
