"""Facts about a city that the rules of the achievements count, each a number of things."""

from collections import Counter

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actions.models import Action, CityCommitment, Statement
from cbi.models import IndicatorResult
from hub.models import Resource
from pathway.models import StepProgress
from pathway.step_state import visible_items
from profiles.models import City


def facts_of(city):
    """Fact → number for `city`, in one query; 0 for what is missing."""
    return Counter({**_profile(city), **_counted(city)})


def _profile(city):
    return {
        "about": bool(city.about.strip()),
        "about_length": len(city.about.strip()),
        "population": city.population is not None,
        "population_year": city.population_year is not None,
        "location": city.has_location,
        "head_of_government": bool(city.head_name),
        "head_title": bool(city.head_title),
        "head_statement": bool(city.head_statement.strip()),
        "area": city.area_km2 is not None,
        "website": bool(city.website),
    }


PUBLISHED = {"state": Resource.State.PUBLISHED}
"""Only published resources count, because the city shares no others."""

STATEMENT_FACTS = {
    "baselines": Statement.Kind.BASELINE,
    "targets": Statement.Kind.TARGET,
    "progress_reports": Statement.Kind.PROGRESS,
}


def _counted(city):
    """Counts of the rows that belong to a city, each by a subquery of one query."""
    counts = {
        "steps_with_items": _count(visible_items(city), "step"),
        "step_items": _count(visible_items(city), "pk"),
        "commitment_areas": _count(CityCommitment.objects, "commitment__area"),
        "commitments": _count(CityCommitment.objects, "pk"),
        "steps_done": _count(StepProgress.objects, "step", state=StepProgress.State.DONE),
        "resources": _count(Resource.objects, "pk", **PUBLISHED),
        "resource_topics": _count(Resource.objects, "topics", **PUBLISHED),
        "resource_kinds": _count(Resource.objects, "kind", **PUBLISHED),
        "resources_with_file": _count(Resource.objects, "pk", file__isnull=False, **PUBLISHED),
        "actions": _count(Action.objects, "pk"),
        **{
            name: _count(Statement.objects, "pk", "action__city", kind=kind)
            for name, kind in STATEMENT_FACTS.items()
        },
        "assessments": _count(IndicatorResult.objects, "assessment", "assessment__city"),
        "indicators_scored": _most_in_one_assessment("pk"),
        "components_started": _most_in_one_assessment("indicator__component"),
    }
    row = City.objects.filter(pk=city.pk).order_by().values_list(*counts.values()).get()
    return dict(zip(counts, row, strict=True))


def _count(rows, what, to_city="city", **only):
    """A subquery on cities: how many distinct values of `what` a city has among `rows`."""
    rows = rows.filter(**{to_city: OuterRef("pk")}, **only).order_by().values(to_city)
    return Coalesce(Subquery(rows.values(distinct_values=Count(what, distinct=True))), 0)


def _most_in_one_assessment(what):
    """A subquery on cities: the highest number of distinct `what` with points in an assessment.

    The highest, not that of the newest assessment, so that a city that begins a new assessment
    loses no level.
    """
    scored = IndicatorResult.objects.filter(
        Q(computed_points__isnull=False) | Q(own_points__isnull=False),
        assessment__city=OuterRef("pk"),
    )
    numbers = (
        scored.order_by().values("assessment").annotate(distinct_values=Count(what, distinct=True))
    )
    return Coalesce(Subquery(numbers.order_by("-distinct_values").values("distinct_values")[:1]), 0)
