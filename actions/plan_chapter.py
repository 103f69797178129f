"""The plans in which targets are set, as chapter 2 names them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from catalogue.atoms import Link, Text
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.context import Context
from profiles.record import text_of, words_of


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """The plan in which a target is set; `name` is its title with the year, if that is known.

    `link` leads to the plan itself, `resource` to its page in Tools & resources, if that is public;
    both have the name as their title.
    """

    label: Text
    title: Text
    year: int | None
    name: Text
    link: Link | None
    resource: Link | None


@dataclass(frozen=True, slots=True)
class ActionsContext(Context):
    """A `Context` that knows the plans of the city: id → `PlanEntry`."""

    plans: Mapping[int, PlanEntry]


def with_plans(context, plans):
    """The `ActionsContext` of a chapter with these `PlanRecord`s."""
    own = {one.name: getattr(context, one.name) for one in fields(context)}
    return ActionsContext(**own, plans={plan.id: _entry(plan, context) for plan in plans})


def plan_name(plan):
    """The title of a `PlanRecord` with its year, as a `Text` in the language of the title."""
    title = text_of(plan.title) or Text("", OFFICIAL_LANGUAGE)
    return Text(f"{title} ({plan.year})", title.language) if plan.year else title


def _entry(plan, context):
    name = plan_name(plan)
    page = context.resources.link(plan.resource)
    return PlanEntry(
        label=context.texts("actions.plan"),
        title=Text(words_of(plan.title), name.language),
        year=plan.year,
        name=name,
        link=Link(plan.url, name) if plan.url else None,
        resource=Link(page.url, name) if page else None,
    )
