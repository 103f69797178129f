"""The cities of a result as a table of plain values, for files."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbi.models import PublicAssessment
from pathway.models import PublicStep, StepProgress
from profiles.models import PublicCity, PublicFacet

Facet = PublicFacet.Facet

AT_ONCE = 500

COLUMNS = {
    "name": _("Name of the city in English"),
    "own_name": _("Its own name"),
    "own_name_language": _("Language of its own name and of its texts, as BCP 47 tag"),
    "country": _("Country, as ISO 3166-1 code of two letters"),
    "country_name": _("Name of the country"),
    "region": _("Region: the grouping is ours, after the United Nations M49"),
    "population": _("People who live in the city, as it says"),
    "area_km2": _("Area of the city in square kilometres, as it says"),
    "actions": _("Number of actions"),
    "actions_with_start": _("Actions that say where they start"),
    "actions_with_target": _("Actions that name a target"),
    "targets_with_figure_and_year": _("Actions of these whose target has a figure and a year"),
    "commitments": _("Number of commitments that the city has made"),
    "global_targets": _(
        "Targets of the Kunming-Montreal Global Biodiversity Framework to which its actions count,"
        " inferred by this platform"
    ),
    "global_targets_with_figures": _("Those to which an action with a figure counts"),
    "index_year": _("Year of its newest assessment by the City Biodiversity Index"),
    "pathway_steps_done": _("Steps of the Nature Pathway that are done"),
    "levels": _("Highest level in each category, by the rules of this platform"),
    "latitude": _("Latitude of the city in degrees"),
    "longitude": _("Longitude of the city in degrees"),
    "address": _("Address of its profile"),
    "version": _("Number of the published version"),
    "published_on": _("Day on which this version was published"),
    "invented": _("Whether the city is invented"),
}
"""Name of a column → what it says."""


def columns():
    """The names of the columns; where invented cities are never listed, none says so."""
    return [name for name in COLUMNS if name != "invented" or settings.SAMPLES_ARE_LISTED]


@dataclass(frozen=True, slots=True)
class Part:
    """What other tables say of some cities."""

    targets: dict[int, Any]
    figures: dict[int, Any]
    index_years: dict[int, int]
    steps_done: Counter

    @classmethod
    def of(cls, keys):
        found = {facet: defaultdict(list) for facet in (Facet.TARGET, Facet.FIGURE)}
        facets = PublicFacet.objects.filter(facet__in=found, city__in=keys).order_by()
        for facet, city, code in facets.values_list("facet", "city", "code"):
            found[facet][city].append(int(code))
        assessments = PublicAssessment.objects.filter(city__in=keys).order_by("year")
        done = PublicStep.objects.filter(city__in=keys, state=StepProgress.State.DONE).order_by()
        return cls(
            targets=found[Facet.TARGET],
            figures=found[Facet.FIGURE],
            index_years=dict(assessments.values_list("city", "year")),
            steps_done=Counter(done.values_list("city", flat=True)),
        )


def rows(cities, site):
    """The rows of these `PublicCity`s, a query in its order; four queries for each 500."""
    names = columns()
    keys = list(cities.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        part = Part.of(some)
        found = PublicCity.objects.public().select_related("publication", "country__region")
        found = found.defer("search_text", "publication__record").in_bulk(some)
        for key in some:
            if city := found.get(key):  # else it was withdrawn meanwhile
                values = values_of(city, part, site)
                yield [values[name] for name in names]


def values_of(city, part, site):
    """Name of a column → the value of a city; `site`: the address of this platform."""
    region, publication = city.country.region, city.publication
    return {
        "name": city.name,
        "own_name": city.local_name,
        "own_name_language": city.content_language,
        "country": city.country.code,
        "country_name": city.country.label,
        "region": str(region.text()) if region else "",
        "population": city.population,
        "area_km2": city.area_km2,
        "actions": city.action_count,
        "actions_with_start": city.start_count,
        "actions_with_target": city.target_count,
        "targets_with_figure_and_year": city.full_target_count,
        "commitments": city.commitment_count,
        "global_targets": numbers(part.targets[city.pk]),
        "global_targets_with_figures": numbers(part.figures[city.pk]),
        "index_year": part.index_years.get(city.pk),
        "pathway_steps_done": part.steps_done[city.pk],
        "levels": "; ".join(f"{name}: {level}" for name, level in sorted(city.levels.items())),
        "latitude": city.latitude,
        "longitude": city.longitude,
        "address": site + reverse("website:city", args=[city.slug]),
        "version": publication.number,
        "published_on": publication.published_at.date(),
        "invented": city.is_sample,
    }


def numbers(found):
    return ", ".join(map(str, sorted(found)))
