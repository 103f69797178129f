"""The state of a step: stated by the city, else assumed from its items on the step."""

from dataclasses import dataclass

from .models import StepProgress

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
