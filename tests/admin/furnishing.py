"""Cities with one row of each kind."""

from types import SimpleNamespace

from actions.models import CityCommitment
from hub.models import Resource
from pathway.models import Step, StepItem
from tests.factories import make_action, make_plan, writing


def furnish(city):
    """One row of each kind for `city`."""
    action = make_action(city, "natural-areas", baseline={"total_area": 12, "natural_area": 5})
    with writing():
        item = StepItem.objects.create(
            city=city, step=Step.objects.first(), title="A plan", url="https://example.org/plan"
        )
        resource = Resource.objects.create(
            city=city,
            title="A guide",
            kind=Resource.Kind.GUIDE,
            url="https://example.org/guide",
            state=Resource.State.PUBLISHED,
        )
    commitment = CityCommitment.objects.get(city=city)
    return SimpleNamespace(
        city=city,
        action=action,
        item=item,
        resource=resource,
        commitment=commitment,
        plan=make_plan(city),
    )


def rows_of(side):
    return [side.city, side.action, side.item, side.resource, side.commitment, side.plan]
