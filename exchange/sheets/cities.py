"""The cities and the facts about them; platform staff add cities here."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.models import City, PublishRequest, State, taken_slugs
from profiles.plausibility import CITY_FIELDS, doubts_about_city, unanswered
from profiles.states import may_follow

from .. import cells
from ..columns import choices
from ..columns.column import Column, language_column, link_column
from ..columns.references import CountryWidget
from ..columns.widgets import (
    ChoiceWidget,
    CoordinateWidget,
    EmailWidget,
    NumberWidget,
    TextWidget,
    YearWidget,
    YesNoWidget,
)
from ..problems import CellError, sentence
from .base.model_sheet import ModelSheet
from .base.sheet import NotClearable


class AddressWidget(TextWidget):
    """The address of a stored city or, from platform staff, of a new one."""

    expected = gettext_lazy("the city's address: small letters a to z, digits, hyphens")

    def clean(self, value, row=None, **kwargs):
        slug = cells.folded(super().clean(value))
        if slug in self.context.cities:
            return slug
        if not self.context.by_platform:
            raise self.context.unknown_city(slug)
        if slug != slugify(slug):
            hint = slugify(slug)
            raise CellError(
                sentence(
                    _("This is not an address."),
                    _("Did you mean “%s”?") % hint if hint else "",
                )
            )
        return slug

    def choices_for(self, context):
        """None for platform staff, who write new addresses here too."""
        return None if context.by_platform else choices.of_cities(context.editable_cities())


class CitiesSheet(ModelSheet):
    sheet_name = "Cities"
    purpose = gettext_lazy(
        "The cities themselves, and what the first chapter of their profile says."
    )
    model = City

    city = Column(
        "City",
        "slug",
        AddressWidget(),
        key=True,
        width=24,
        help_text=gettext_lazy("Names the city in all sheets and in web addresses."),
    )
    name = Column("Name", "name", required=True, width=28)
    local_name = Column("Local name", "local_name", width=24)
    country = Column(
        "Country",
        "country",
        CountryWidget(),
        required=True,
        staff_only=True,
        width=10,
        help_text=gettext_lazy("Two letters such as CN (ISO 3166), or the name."),
    )
    latitude = Column("Latitude", "latitude", CoordinateWidget("latitude"), width=11)
    longitude = Column("Longitude", "longitude", CoordinateWidget("longitude"), width=11)
    population = Column(
        "Population", "population", NumberWidget(whole=True, number_format="#,##0"), width=14
    )
    population_year = Column("Population year", "population_year", YearWidget(), width=11)
    area_km2 = Column("Area (km²)", "area_km2", NumberWidget(), width=11)
    confirmed = Column(
        "Why it is right",
        "confirmed",
        width=30,
        help_text=gettext_lazy("Your reason where people or area look wrong and are not."),
    )
    summary = Column("Summary", "summary", width=50)
    about = Column("About", "about", width=70)
    content_language = language_column("content_language")
    second_language = language_column(
        "second_language",
        "Second language",
        help_text=gettext_lazy("In which the summaries are repeated, for example en."),
    )
    second_summary = Column("Summary in the second language", "second_summary", width=50)
    head_name = Column("Head of government", "head_name", width=22)
    head_title = Column("Title of the head of government", "head_title", width=24)
    head_statement = Column("Statement of the head of government", "head_statement", width=50)
    website = link_column("Website", "website", width=28)
    contact_email = Column(
        "Contact e-mail",
        "contact_email",
        EmailWidget(),
        width=28,
    )
    state = Column("State", "state", ChoiceWidget(State), staff_only=True, width=12)
    is_sample = Column("Sample", "is_sample", YesNoWidget(), staff_only=True, width=9)

    def __init__(self, context):
        super().__init__(context)
        self.figures = []
        self.to_publish = []

    def load_existing(self, cities):
        self.existing = {city.slug: city for city in cities if city.pk is not None}

    def key_from(self, values):
        return values["city"]

    def make_instance(self, values):
        return self.context.cities.get(values["city"]) or City(slug=values["city"])

    def register_new(self, instance):
        self.context.add_city(instance)

    def assign_values(self, row, instance, *, is_new):
        figures = City(**{name: getattr(instance, name) for name in CITY_FIELDS})
        before = State.DRAFT if is_new else State(instance.state)
        changed = super().assign_values(row, instance, is_new=is_new)
        if "state" in changed or (is_new and "state" in row.values):
            changed.discard("state")
            changed |= self.move(row, instance, before, State(row.values["state"]), is_new)
        if changed & set(CITY_FIELDS):
            before = None if is_new else figures
            self.figures.append((row, instance, before, "confirmed" in changed))
        return changed

    # The state is no field: it follows from what is published, and no history has it.

    def is_valid(self, row, instance, name):
        return name == "state" or super().is_valid(row, instance, name)

    def empty_value(self, name):
        if name == "state":
            raise NotClearable
        return super().empty_value(name)

    def history_value(self, record, column, instance):
        is_state = column.field_name == "state"
        return None if is_state else super().history_value(record, column, instance)

    def move(self, row, instance, before, after, is_new):
        """Note what becomes of a city whose state is written; the names of the fields it changes.

        A workbook publishes a city for the first time, and writes a new one as withdrawn as it was
        elsewhere. All else takes a note or a review.
        """
        if is_new and after == State.WITHDRAWN:
            instance.is_withdrawn = True
        elif not may_follow(before, after):
            self.add_problem(
                row,
                "state",
                _("A profile that is %(before)s cannot become %(after)s by a workbook.")
                % {"before": before.label, "after": after.label},
                expected=_("“published” for a first publication; all else on the city's page"),
            )
        elif after == State.PUBLISHED:
            self.to_publish.append(instance)
        # A field of the city is written, so that its history says who did it.
        return {"is_withdrawn"}

    def save(self):
        super().save()
        user = self.context.user
        PublishRequest.objects.bulk_create(
            (PublishRequest(city=city, requested_by=user) for city in self.to_publish),
            ignore_conflicts=True,
        )

    def clean_instance(self, instance):
        """Nothing: `City.clean` asks the database for each address; `finish_plan` asks once."""

    def finish_plan(self):
        """Refuse addresses from which another city redirects, and doubt figures."""
        new = [city.slug for city in self.batch.new]
        for slug in taken_slugs(new) if new else ():
            row = next(row for row in self.rows if str(row.values.get("city")).lower() == slug)
            self.add_problem(row, "city", _("This address led to another city before."))
        for figures in self.figures:
            self.doubt_figures(*figures)

    def doubt_figures(self, row, city, before, is_reason_new):
        doubts = unanswered(
            doubts_about_city(city, before),
            doubts_about_city(before) if before else (),
            reason=city.confirmed,
            is_reason_new=is_reason_new,
        )
        for doubt in () if self.is_wrong(row) else doubts:
            self.add_doubt(row, doubt.field, doubt.message)

    def export_queryset(self, cities):
        return cities.with_state().select_related("country").order_by("name", "pk")
