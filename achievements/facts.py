"""Facts about a city that the rules of the achievements count, each a number of things."""

from collections import Counter

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actions.models import Action, CityCommitment, Statement
from hub.models import Resource
from pathway.models import StepItem
from profiles.models import City


def facts_of(city):
    """Every fact about `city` by name, in a fixed number of queries. What is missing counts 0."""
    facts = Counter(_profile(city))
    facts.update(_short_lists(city))
    facts.update(_actions(city))
    return facts


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


def _short_lists(city):
    """What a city has few of, counted in one query, each list by itself."""
    counts = {
        "steps_with_items": _count(StepItem, "step"),
        "step_items": _count(StepItem, "pk"),
        "commitment_areas": _count(CityCommitment, "commitment__area"),
        "commitments": _count(CityCommitment, "pk"),
        "resources": _count(Resource, "pk"),
        "resource_topics": _count(Resource, "topics"),
    }
    row = City.objects.filter(pk=city.pk).order_by().values_list(*counts.values()).get()
    return dict(zip(counts, row, strict=True))


def _count(model, what):
    """How many different `what` the rows of a city have, as part of a query of cities."""
    rows = model.objects.filter(city=OuterRef("pk")).order_by().values("city")
    return Coalesce(Subquery(rows.values(found=Count(what, distinct=True))), 0)


def _actions(city):
    return Action.objects.filter(city=city).aggregate(
        actions=Count("pk", distinct=True),
        **{name: _statements_of(kind) for name, kind in STATEMENT_FACTS.items()},
    )


STATEMENT_FACTS = {
    "baselines": Statement.Kind.BASELINE,
    "targets": Statement.Kind.TARGET,
    "progress_reports": Statement.Kind.PROGRESS,
}


def _statements_of(kind):
    return Count("statements", filter=Q(statements__kind=kind), distinct=True)
