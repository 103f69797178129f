"""Facts about a city that the rules of the achievements count, each a number of things."""

from collections import Counter

from pathway.step_state import shown_items
from profiles.record import words_of


def facts_of(record, context):
    """Fact → number for a profile record; 0 for what is missing."""
    parts = (_profile, _pathway, _hub, _actions, _index)
    return Counter({name: n for part in parts for name, n in part(record, context).items()})


def _profile(record, context):
    city = record.city
    about = words_of(city.about).strip()
    return {
        "about": bool(about),
        "about_length": len(about),
        "population": city.population is not None,
        "population_year": city.population_year is not None,
        "location": city.latitude is not None,
        "head_of_government": bool(city.head_name),
        "head_title": bool(city.head_title),
        "head_statement": bool(words_of(city.head_statement).strip()),
        "area": city.area_km2 is not None,
        "website": bool(city.website),
    }


def _pathway(record, context):
    items = shown_items(record.pathway, context.resources)
    return {
        "step_items": len(items),
        "steps_with_items": len({item.step for item in items}),
        "steps_done": sum(one.state == "done" for one in record.pathway.progress),
    }


def _hub(record, context):
    """Only published resources count, because the city shares no others."""
    shared = list(filter(None, map(context.resources.get, record.resources)))
    return {
        "resources": len(shared),
        "resource_topics": len({code for one in shared for code in one.topic_codes}),
        "resource_kinds": len({one.kind for one in shared}),
        "resources_with_file": sum(one.file_token is not None for one in shared),
    }


def _actions(record, context):
    commitments = context.catalogue.commitments
    made = [one.commitment for one in record.actions.commitments]
    kinds = Counter(
        statement.kind for action in record.actions.actions for statement in action.statements
    )
    return {
        "commitments": len(made),
        "commitment_areas": len({commitments[code].area for code in made}),
        "actions": len(record.actions.actions),
        "baselines": kinds["baseline"],
        "targets": kinds["target"],
        "progress_reports": kinds["progress"],
    }


def _index(record, context):
    """The highest numbers among the assessments, not those of the newest: a city that begins a new
    assessment loses no level.
    """
    indicators = context.catalogue.indicators
    scored = [
        [
            result.indicator
            for result in assessment.results
            if result.computed_points is not None or result.own_points is not None
        ]
        for assessment in record.assessments
    ]
    return {
        "assessments": sum(bool(assessment.results) for assessment in record.assessments),
        "indicators_scored": max(map(len, scored), default=0),
        "components_started": max(
            (len({indicators[code].component for code in codes}) for codes in scored), default=0
        ),
    }
