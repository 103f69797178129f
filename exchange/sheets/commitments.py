"""The official commitments that a city has made."""

from django.utils.translation import gettext_lazy

from actions.models import CityCommitment, Commitment

from ..columns.column import Column, city_column
from ..columns.references import ReferenceWidget
from ..columns.widgets import DateWidget
from .base.model_sheet import ModelSheet


class CommitmentsSheet(ModelSheet):
    sheet_name = "Commitments"
    purpose = gettext_lazy("Which official commitments a city has made, one row for each.")
    model = CityCommitment

    city = city_column()
    commitment = Column("Commitment", "commitment", ReferenceWidget(Commitment), key=True, width=26)
    made_on = Column("Made on", "made_on", DateWidget(), width=12)

    def load_existing(self, cities):
        for row in self.context.read_rows(CityCommitment.objects.all(), cities):
            self.existing[row.city.slug, row.commitment_id] = row

    def key_from(self, values):
        return values["city"].slug, values["commitment"].pk

    def make_instance(self, values):
        return CityCommitment(city=values["city"], commitment=values["commitment"])

    def export_queryset(self, cities):
        return (
            CityCommitment.objects.filter(city__in=cities)
            .select_related("city", "commitment")
            .order_by("city__name", "city", "commitment__area__position", "commitment__position")
        )
