"""The plans in which a city sets its targets."""

from django.utils.translation import gettext_lazy

from actions.models import Plan

from ..columns.column import Column, city_column, language_column, link_column, resource_column
from ..columns.widgets import YearWidget
from .base.model_sheet import ModelSheet


class PlansSheet(ModelSheet):
    sheet_name = "Plans"
    purpose = gettext_lazy(
        "Plans, laws and strategies in which targets are set, one row for each. The sheet Targets "
        "names them by their titles."
    )
    model = Plan

    city = city_column()
    title = Column(
        "Title",
        "title",
        key=True,
        width=50,
        help_text=gettext_lazy("Tells the plans of one city apart."),
    )
    year = Column(
        "Year", "year", YearWidget(), width=8, help_text=gettext_lazy("In which it was adopted.")
    )
    url = link_column("Link", "url")
    resource = resource_column("Resource", "resource")
    language = language_column()

    def load_existing(self, cities):
        plans = self.context.plans
        plans.load(cities)
        slugs = {city.slug for city in cities}
        stored = [plan for plan in plans.by_id.values() if plan.city.slug in slugs]
        if "resource" in self.index:
            self.context.resources.load_referred({plan.resource_id for plan in stored})
        for plan in stored:
            self.existing[plan.city.slug, plan.title] = plan

    def key_from(self, values):
        known = self.context.plans.get(values["city"], values["title"])
        return values["city"].slug, known.title if known else values["title"]

    def make_instance(self, values):
        return Plan(city=values["city"], title=values["title"])

    def register_new(self, instance):
        self.context.plans.add(instance)

    def export_queryset(self, cities):
        return (
            Plan.objects.filter(city__in=cities)
            .select_related("city", "resource__city", "resource__file")
            .order_by("city__name", "city", "title", "pk")
        )
