"""The assessments of a city by the City Biodiversity Index, without their results."""

from django.utils.translation import gettext_lazy

from cbi.models import Assessment, Edition

from ..columns.column import Column, city_column, language_column, updated_on_column
from ..columns.references import ReferenceWidget
from ..columns.widgets import YearWidget, YesNoWidget
from .base.model_sheet import ModelSheet


def assessment_key(values):
    """The key of an assessment in `ImportContext.assessments`, from cleaned values."""
    return values["city"].slug, values["edition"].pk, values["year"]


class AssessmentsSheet(ModelSheet):
    sheet_name = "Assessments"
    purpose = gettext_lazy(
        "When a city assessed itself by the City Biodiversity Index, one row per edition and year."
    )
    model = Assessment
    dated = True

    city = city_column()
    edition = Column("Edition", "edition", ReferenceWidget(Edition), key=True, width=10)
    year = Column("Year", "year", YearWidget(), key=True, width=8)
    is_released = Column(
        "Public",
        "is_released",
        YesNoWidget(),
        width=9,
        help_text=gettext_lazy(
            "Whether the assessment goes out with the next version of the profile. A new one does "
            "not, unless you say yes."
        ),
    )
    note = Column("About", "note", width=60)
    language = language_column()
    updated_on = updated_on_column()

    def load_existing(self, cities):
        self.context.load_assessments(cities)
        self.existing = dict(self.context.assessments)

    def key_from(self, values):
        return assessment_key(values)

    def make_instance(self, values):
        return Assessment(
            city=values["city"],
            edition=values["edition"],
            year=values["year"],
            updated_on=self.context.today,
        )

    def register_new(self, instance):
        self.context.add_assessment(instance)

    def export_queryset(self, cities):
        return (
            Assessment.objects.filter(city__in=cities)
            .select_related("city", "edition")
            .order_by("city__name", "city", "edition__position", "edition", "year")
        )
