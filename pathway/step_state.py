"""The state of a step: stated by the city, else assumed from its items on the step."""

from dataclasses import dataclass

from django.db.models import Q

from hub.models import Resource
from profiles.access import PUBLISHED

from .models import StepItem, StepProgress

State = StepProgress.State
BEGUN = (State.UNDER_WAY, State.DONE)


@dataclass(frozen=True, slots=True)
class StepState:
    """`is_said`: stated by the city itself; else the state is assumed and has no days."""

    state: str
    is_said: bool
    started_on: object = None
    done_on: object = None

    @property
    def is_begun(self):
        return self.state in BEGUN


def step_state(stated, has_items, started_on=None, done_on=None):
    """The `StepState` that the city stated, or (if `stated` is empty) that the items suggest.

    `has_items` must count only items that the public may see, or the state would give hidden ones
    away.
    """
    if stated:
        return StepState(stated, True, started_on, done_on)
    return StepState((State.UNDER_WAY if has_items else State.NOT_STARTED).value, False)


def visible_items(city):
    """The items in the document of `city`: all but those whose resource is not published.

    A resource of the city itself counts as if the city were public, so that the preview of an
    unpublished city is what readers will see.
    """
    home = Q(resource__city__isnull=True) | Q(resource__city__state=PUBLISHED)
    shown = Q(resource__state=Resource.State.PUBLISHED) & (home | Q(resource__city=city))
    items = StepItem.objects.filter(Q(resource__isnull=True) | shown, city=city)
    return items.select_related("upload", "resource__city").order_by("position", "pk")


def is_visible(item):
    """Whether `visible_items` of the item's city contains it."""
    resource = item.resource
    if resource is None:
        return True
    is_home_shown = resource.city_id == item.city_id or resource.city is None
    is_published = resource.state == Resource.State.PUBLISHED
    return is_published and (is_home_shown or resource.city.state == PUBLISHED)


def public_items():
    """The items of public cities that everybody may see."""
    shown = Q(resource__isnull=True) | Q(resource__in=Resource.objects.public())
    return StepItem.objects.public().filter(shown)


NOT_BEGUN = StepState(State.NOT_STARTED.value, False)
"""The state of a step of which nothing is known."""


def step_states(record, with_items):
    """Step → its `StepState`, for the steps of which a `PathwayRecord` tells.

    `with_items`: the steps with items that readers may see; hidden ones would give themselves away
    by the state.
    """
    states = {step: StepState(State.UNDER_WAY.value, False) for step in with_items}
    for row in record.progress:
        states[row.step] = StepState(row.state, True, row.started_on, row.done_on)
    return states


def is_shown(resource_id, resources):
    """Whether readers see an item: not if its resource is none of the `PublicResources`."""
    return resource_id is None or resources.get(resource_id) is not None


def shown_items(record, resources):
    """The items of a `PathwayRecord` that readers see."""
    return tuple(item for item in record.items if is_shown(item.resource, resources))


def shown_by_step(record, resources):
    """Step → the items on it that readers see."""
    items = {}
    for item in shown_items(record, resources):
        items.setdefault(item.step, []).append(item)
    return items
