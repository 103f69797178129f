"""The long table of all figures that are public: one row for each value of each statement.

It is made from the records that cities have published, city by city, so that a file begins at once
and never lies whole in memory. CSV and workbook have the same rows; `COLUMNS` is the data
dictionary of both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actions.models import PublicStanding, Statement
from actions.own_figures import known_figures
from catalogue import frozen
from hub.models import PublicResource
from profiles.models import Country, PublicCity
from profiles.record import words_of
from publishing.record import UnreadableRecord, read

AT_ONCE = 50
"""Cities whose records are loaded together."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with all that it stands in; `site` is the address of this platform.

    `plans`: id → each `PlanRecord` of the city.
    """

    city: PublicCity
    country: Country
    language: str
    action: Any
    statement: Any
    value: Any
    measure: Any
    type_name: str
    plans: dict
    resources: frozenset
    site: str

    def address(self, name, *gaps):
        return self.site.rstrip("/") + reverse(f"website:{name}", args=gaps)

    @property
    def year(self):
        """The year to which it refers; of a target that in which it is due."""
        statement = self.statement
        if statement.kind == Statement.Kind.TARGET:
            return statement.due_year
        return statement.date.year if statement.date else statement.year

    @property
    def plan(self):
        """The `PlanRecord` in which the target is set, or None."""
        return self.plans.get(self.statement.plan)

    @property
    def source_link(self):
        statement = self.statement
        if statement.source_resource in self.resources:
            return self.address("resource", statement.source_resource)
        return statement.source_url


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name, what it says, and how it is read from a `Figure`."""

    name: str
    meaning: Any
    read: Any


COLUMNS = (
    Column("city", _("Name of the city."), lambda one: one.city.name),
    Column("city_address", _("What names the city in addresses."), lambda one: one.city.slug),
    Column("country", _("ISO 3166-1 code, two letters."), lambda one: one.country.code),
    Column(
        "region",
        _("Code of the region of the country; the regions are ours."),
        lambda one: one.country.region.code if one.country.region else "",
    ),
    Column("action", _("Number of the action in its city."), lambda one: one.action.number),
    Column(
        "action_type", _("Code of the official action type."), lambda one: one.action.action_type
    ),
    Column("action_type_name", _("Its name."), lambda one: one.type_name),
    Column(
        "measure",
        _("Code of what is measured; the codes are ours. own-1 to own-3: within the action."),
        lambda one: one.value.measure,
    ),
    Column("measure_name", _("Its name."), lambda one: str(one.measure.text())),
    Column(
        "measure_origin",
        _(
            "own: a figure that the city has made for its action, which nobody sums over cities. "
            "official or ours: a measure of the catalogue, and whose words for it these are."
        ),
        lambda one: "own" if one.measure.is_own else str(one.measure.origin),
    ),
    Column("kind", _("baseline, progress or target."), lambda one: one.statement.kind),
    Column(
        "year",
        _("Year to which the value refers; of a target, that in which it is due."),
        lambda one: one.year,
    ),
    Column("day", _("Day of a progress report."), lambda one: one.statement.date),
    Column(
        "precision",
        _("exactly, about, more-than or less-than, as the city says."),
        lambda one: one.value.precision if one.value.number is not None else "",
    ),
    Column("value", _("The number as the city entered it."), lambda one: one.value.number),
    Column("unit", _("Its unit."), lambda one: one.value.unit),
    Column(
        "value_in_measure_unit",
        _("The number in the unit of the measure, computed by us."),
        lambda one: one.value.amount,
    ),
    Column("measure_unit", _("The unit of the measure."), lambda one: one.measure.unit),
    Column("status", _("yes, partly or no, where that is asked."), lambda one: one.value.status),
    Column(
        "words",
        _("What the city says in words, where no number is asked."),
        lambda one: words_of(one.value.text),
    ),
    Column("language", _("Language of words and source."), lambda one: one.language),
    Column(
        "source",
        _("The source that the city names."),
        lambda one: words_of(one.statement.source),
    ),
    Column("source_link", _("Its address."), lambda one: one.source_link),
    Column(
        "plan",
        _("Title of the plan, law or strategy in which the city has set the target."),
        lambda one: words_of(one.plan.title) if one.plan else "",
    ),
    Column(
        "updated",
        _("Day on which the city last changed the statement."),
        lambda one: one.statement.updated_on,
    ),
    Column(
        "version",
        _("Number of the version of the profile that says so."),
        lambda one: one.city.publication.number,
    ),
    Column(
        "published",
        _("Day on which that version was published."),
        lambda one: one.city.publication.published_at.date(),
    ),
    Column(
        "address",
        _("The action on this platform."),
        lambda one: one.address("city_action", one.city.slug, one.action.number),
    ),
)

INVENTED = Column(
    "invented",
    _("Whether the city is invented: only on machines for trying things out."),
    lambda one: one.city.is_sample,
)


def columns():
    """The columns of the table; where invented cities are listed it says which they are."""
    return (*COLUMNS, INVENTED) if settings.SAMPLES_ARE_LISTED else COLUMNS


def cells(figures):
    """The rows of the table, each a list of values."""
    readers = [column.read for column in columns()]
    for figure in figures:
        yield [read(figure) for read in readers]


def figures_of_all(site, measure="") -> Iterator[Figure]:
    """The figures of all listed cities by name, or those of one measure (its code)."""
    cities = PublicCity.objects.listed()
    if measure:
        stating = PublicStanding.objects.filter(measure__code=measure).values("city")
        cities = cities.filter(pk__in=stating)
    keys = list(cities.order_by("search_text", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        found = PublicCity.objects.select_related("publication").in_bulk(some)
        yield from figures_of([found[key] for key in some if key in found], site, measure)


def figures_of(cities, site, measure=""):
    """The figures of these `PublicCity`s, which have their publications loaded.

    A city whose record cannot be read is left out.
    """
    catalogue, countries = frozen.current(), Country.objects.select_related("region").in_bulk()
    resources = frozenset(PublicResource.objects.public().values_list("pk", flat=True))
    for city in cities:
        try:
            record = read(city.publication.record)
        except (AttributeError, UnreadableRecord):  # withdrawn meanwhile, or of an unknown form
            continue
        about = {
            "city": city,
            "country": countries[city.country_id],
            "resources": resources,
            "plans": {plan.id: plan for plan in record.actions.plans},
        }
        for action in record.actions.actions:
            kind = catalogue.action_types.get(action.action_type)
            name = str(kind.text()) if kind else action.action_type
            figures = known_figures(action, catalogue)
            for statement in action.statements:
                for value in statement.values:
                    known = figures.get(value.measure)
                    if known is not None and measure in ("", value.measure):
                        yield Figure(
                            **about,
                            language=record.city.language,
                            action=action,
                            statement=statement,
                            value=value,
                            measure=known,
                            type_name=name,
                            site=site,
                        )
