"""Facts about a city that the rules of the achievements count, each a number of things."""

from collections import Counter

from django.db.models import Count, Q

from actions.models import Action, Statement
from hub.models import Resource
from profiles.models import City


def facts_of(city):
    """Every fact about `city` by name, in a fixed number of queries. What is missing counts 0."""
    facts = Counter(_profile(city))
    facts.update(_steps_and_commitments(city))
    facts.update(_hub(city))
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


def _steps_and_commitments(city):
    """Two short lists counted in one query: a city has few of either.

    What looks further comes first: a count hides the relation of the same name from those after it.
    """
    return City.objects.filter(pk=city.pk).aggregate(
        steps_with_items=Count("step_items__step", distinct=True),
        step_items=Count("step_items", distinct=True),
        commitment_areas=Count("commitments__commitment__area", distinct=True),
        commitments=Count("commitments", distinct=True),
    )


def _hub(city):
    return Resource.objects.filter(city=city).aggregate(
        resources=Count("pk", distinct=True), resource_topics=Count("topics", distinct=True)
    )


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
