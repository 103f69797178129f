"""The public pages of the Nature Pathway: its steps, and the cities on each of them.

Cities are listed by name and never ranked. Only published cities are counted, and no samples:
`samples=True` gives the sample cities alone, for readers who want to see how it works.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from catalogue.atoms import Text
from profiles.models import City

from .chapter import NUMERALS, ItemEntry, Writer, numbered
from .models import Step, StepProgress
from .step_state import BEGUN, State, StepState, public_items, step_state

MOST_ITEMS = 12
"""How many items of a city the page of a step shows; the city's own page has them all."""


def public_cities(samples=False):
    return City.objects.published().filter(is_sample=samples)


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
    """All current steps, and retired ones as long as a public city has begun with them."""
    begun = StepProgress.objects.public().filter(step=OuterRef("pk"), state__in=BEGUN)
    used = Exists(begun) | Exists(public_items().filter(step=OuterRef("pk")))
    rows = Step.objects.filter(Q(retired=False) | used)
    return rows.select_related("phase").order_by("phase__number", "number")


def counts(samples=False, step=None):
    """(step id, state) → how many cities."""
    cities = public_cities(samples)
    said = StepProgress.objects.filter(city__in=cities)
    items = public_items().filter(city__in=cities)
    if step is not None:
        said, items = said.filter(step=step), items.filter(step=step)
    found = Counter()
    for pk, state, count in _counted(said, "step", "state", counted="pk"):
        found[pk, state] += count
    own = StepProgress.objects.filter(city=OuterRef("city"), step=OuterRef("step"))
    for pk, count in _counted(items.filter(~Exists(own)), "step", counted="city"):
        found[pk, State.UNDER_WAY] += count
    return found


def _counted(rows, *fields, counted):
    count = Count(counted, distinct=counted == "city")
    return rows.order_by().values_list(*fields).annotate(count=count)


def phases(samples=False):
    """The framework with its counts: three queries."""
    found = counts(samples)
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


def city_count(samples=False):
    """How many cities have begun with any step."""
    begun = StepProgress.objects.filter(city=OuterRef("pk"), state__in=BEGUN)
    own = StepProgress.objects.filter(city=OuterRef("city"), step=OuterRef("step"))
    items = public_items().filter(~Exists(own), city=OuterRef("pk"))
    return public_cities(samples).filter(Exists(begun) | Exists(items)).count()


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


def step_page(code, samples=False):
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
        count=step_count(step, counts(samples, step)),
        before=known[place - 1] if place else None,
        after=known[place + 1] if place + 1 < len(known) else None,
    )


def cities_on(step, samples=False):
    """The public cities that have begun with `step` or have put something on it, by name."""
    begun = StepProgress.objects.filter(city=OuterRef("pk"), step=step, state__in=BEGUN)
    items = public_items().filter(city=OuterRef("pk"), step=step)
    found = public_cities(samples).filter(Exists(begun) | Exists(items))
    return found.order_by("search_text", "pk")


@dataclass(frozen=True, slots=True)
class CityOnStep:
    city: City
    step_state: StepState
    state_text: Text
    days: tuple[Text, ...]
    items: tuple[ItemEntry, ...]
    has_more: bool


def on_step(step, cities, texts):
    """The `CityOnStep` of each of these cities, with the first of its items: three queries."""
    cities = list(cities.select_related("country"))
    said = {row.city_id: row for row in StepProgress.objects.filter(city__in=cities, step=step)}
    items = defaultdict(list)
    by_city = {city.pk: city for city in cities}
    for item in first_items(step, cities):
        item.city = by_city[item.city_id]
        items[item.city_id].append(item)
    writer = Writer(texts, is_begun=True)
    for city in cities:
        own = items[city.pk]
        row = said.get(city.pk)
        days = (row.started_on, row.done_on) if row else ()
        own_state = step_state(row and row.state, bool(own), *days)
        yield CityOnStep(
            city,
            own_state,
            writer.state_text(own_state),
            writer.days(own_state),
            writer.items(own[:MOST_ITEMS]),
            len(own) > MOST_ITEMS,
        )


def first_items(step, cities):
    """The first `MOST_ITEMS` + 1 items of each city; the last one tells that there are more."""
    order = (F("position").asc(), F("pk").asc())
    row = Window(RowNumber(), partition_by=F("city"), order_by=order)
    items = public_items().filter(step=step, city__in=cities).annotate(row=row)
    items = items.filter(row__lte=MOST_ITEMS + 1).select_related("upload", "resource__city")
    return items.order_by("city", "position", "pk")
