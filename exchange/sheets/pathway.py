from django.utils.translation import gettext_lazy

from pathway.models import Step, StepItem

from ..widgets import CityWidget, LanguageWidget, NumberWidget, ReferenceWidget, WebAddressWidget
from .column import Column
from .model_sheet import ModelSheet


class PathwaySheet(ModelSheet):
    sheet_name = "Pathway"
    purpose = gettext_lazy("What a city put on the steps of the Nature Pathway: titles with links.")
    model = StepItem

    city = Column("City", "city", CityWidget(), key=True, width=24)
    step = Column("Step", "step", ReferenceWidget(Step), key=True, width=24)
    title = Column("Title", "title", required=True, width=40)
    url = Column(
        "Link",
        "url",
        WebAddressWidget(),
        key=True,
        width=44,
        help_text=gettext_lazy("Tells the items of one step apart."),
    )
    language = Column("Language", "language", LanguageWidget(), width=11)
    position = Column(
        "Position",
        "position",
        NumberWidget(whole=True),
        width=9,
        help_text=gettext_lazy("The order of the items of one step."),
    )

    def load(self, cities):
        by_id = {city.pk: city for city in cities}
        for item in StepItem.objects.filter(city__in=self.scope.existing(cities)):
            item.city = by_id[item.city_id]
            self.existing[item.city.slug, item.step_id, item.url] = item

    def key(self, values):
        return values["city"].slug, values["step"].pk, values["url"]

    def make(self, values):
        return StepItem(city=values["city"], step=values["step"], url=values["url"])

    def exported(self, cities):
        return (
            StepItem.objects.filter(city__in=cities)
            .select_related("city", "step")
            .order_by("city__name", "city", "step__number", "position", "pk")
        )
