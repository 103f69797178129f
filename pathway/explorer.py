"""The public pages of the Nature Pathway: its steps, and the cities on each of them.

Cities are listed by name and never ranked. Only listed ones (`profiles.samples`) are counted.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby

import msgspec
from django.db.models import Count, Exists, OuterRef, Q

from catalogue.atoms import Text
from hub.context import find_resources
from profiles.models import PublicCity
from profiles.samples import in_lists

from .chapter import NUMERALS, ItemEntry, Writer, numbered
from .models import PublicItem, PublicStep, Step
from .record import ItemRecord
from .step_state import BEGUN, State, is_shown

MOST_ITEMS = 12
"""How many items of a city the page of a step shows; the city's own page has them all."""


def public_steps():
    """The steps with which cities have begun or on which they have items, one row for each city."""
    return PublicStep.objects.filter(in_lists("city"))


def public_items():
    return PublicItem.objects.filter(in_lists("city"))


@dataclass(frozen=True, slots=True)
class StepCount:
    """A step with how many cities have done it or are under way."""

    step: Step
    title: Text
    done: int
    under_way: int

    @property
    def cities(self):
        return self.done + self.under_way


@dataclass(frozen=True, slots=True)
class PhaseCount:
    number: int
    title: Text
    steps: tuple[StepCount, ...]


def steps():
    """All current steps, and retired ones as long as a listed city uses them."""
    used = Exists(public_steps().filter(step=OuterRef("pk")))
    rows = Step.objects.filter(Q(retired=False) | used)
    return rows.select_related("phase").order_by("phase__number", "number")


def counts(step=None):
    """(step id, state) → how many cities."""
    rows = public_steps() if step is None else public_steps().filter(step=step)
    found = rows.order_by().values_list("step", "state").annotate(count=Count("pk"))
    return Counter({(pk, state): count for pk, state, count in found})


def phases():
    """The framework with its counts: two queries."""
    found = counts()
    return tuple(
        PhaseCount(
            phase.number,
            numbered(NUMERALS[phase.number], phase.text()),
            tuple(step_count(step, found) for step in rows),
        )
        for phase, rows in groupby(steps(), key=lambda step: step.phase)
    )


def step_count(step, found):
    return StepCount(step, step.text(), found[step.pk, State.DONE], found[step.pk, State.UNDER_WAY])


def city_count():
    """How many cities have begun with any step."""
    begun = public_steps().filter(state__in=BEGUN)
    return begun.aggregate(cities=Count("city", distinct=True))["cities"]


# One step


@dataclass(frozen=True, slots=True)
class StepPage:
    step: Step
    title: Text
    phase: Text
    questions: tuple[Text, ...]
    count: StepCount
    before: Step | None
    after: Step | None


def step_page(code):
    """The page of a step; None if there is none, or if it is retired and unused."""
    known = list(steps())
    place = next((place for place, step in enumerate(known) if step.code == code), None)
    if place is None:
        return None
    step = known[place]
    return StepPage(
        step=step,
        title=numbered(step.number, step.text()),
        phase=numbered(NUMERALS[step.phase.number], step.phase.text()),
        questions=step.question_texts(),
        count=step_count(step, counts(step)),
        before=known[place - 1] if place else None,
        after=known[place + 1] if place + 1 < len(known) else None,
    )


def cities_on(step):
    """The `PublicStep`s of the cities that have begun with `step` or have items on it, by name."""
    return public_steps().filter(step=step).order_by("city__search_text", "city_id")


@dataclass(frozen=True, slots=True)
class CityOnStep:
    city: PublicCity
    step_state: PublicStep
    state_text: Text
    days: tuple[Text, ...]
    items: tuple[ItemEntry, ...]
    has_more: bool


def on_step(step, rows, texts):
    """The `CityOnStep` of each of these rows of `cities_on`, with the first of its items.

    Three queries, two if no item is a resource.
    """
    rows = list(rows.select_related("city__country"))
    items = first_items(step, [row.city_id for row in rows])
    named = {item.resource for own in items.values() for item in own} - {None}
    resources = find_resources(None, named)
    for row in rows:
        # A resource may just have been withdrawn, and the row of the item with it not yet.
        own = [item for item in items[row.city_id] if is_shown(item.resource, resources)]
        writer = Writer(texts, resources, row.city_id, is_begun=True)
        yield CityOnStep(
            row.city,
            row,
            writer.state_text(row),
            writer.days(row),
            writer.items(own[:MOST_ITEMS]),
            len(own) > MOST_ITEMS,
        )


def first_items(step, city_ids):
    """City id → the first `MOST_ITEMS` + 1 items; the last one tells that there are more."""
    rows = PublicItem.objects.filter(step=step, city__in=city_ids, place__lte=MOST_ITEMS)
    items = defaultdict(list)
    for city_id, record in rows.order_by("place").values_list("city", "record"):
        items[city_id].append(msgspec.convert(record, ItemRecord))
    return items


# A resource


def step_uses(resource_id):
    """The `PublicItem`s that are this resource, with city and step, by name and step."""
    rows = public_items().filter(resource=resource_id).select_related("city", "step")
    return rows.order_by("city__search_text", "step__number")
