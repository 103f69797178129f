"""The plans in which targets are set, in a profile record."""

from profiles.record import Record, Texts, in_language

from .models import Plan


class PlanRecord(Record):
    """A plan that a target names; `resource` is the id of a resource of the hub."""

    id: int
    title: Texts
    year: int | None = None
    url: str = ""
    resource: int | None = None


def collect_plans(cities, statements):
    """City id → the plans that its targets name, sorted by id. At most one query.

    `statements`: the `StatementRecord`s of all these cities. A plan that no target names yet is
    no part of what a city states.
    """
    found = {city.pk: [] for city in cities}
    named = {one.plan for one in statements} - {None}
    if named:
        languages = {city.pk: city.content_language for city in cities}
        for plan in Plan.objects.filter(city__in=cities).order_by("pk"):
            if plan.pk in named:
                found[plan.city_id].append(_plan(plan, plan.language or languages[plan.city_id]))
    return {city: tuple(plans) for city, plans in found.items()}


def _plan(plan, language):
    return PlanRecord(
        id=plan.pk,
        title=in_language(plan.title, language),
        year=plan.year,
        url=plan.url,
        resource=plan.resource_id,
    )
