"""The tables from which the public pages of the Nature Pathway read."""

import msgspec

from hub.context import find_resources_of
from profiles.read_tables import ReadTable, register

from .models import PublicItem, PublicStep, Step
from .step_state import shown_by_step, step_states


def step_rows(published):
    """The `PublicStep`s of these cities. Two queries."""
    keys = Step.objects.keys_by_code()
    for one, items in with_items(published):
        for code, own in step_states(one.record.pathway, items).items():
            if own.is_begun or code in items:
                yield PublicStep(
                    city=one.city,
                    step_id=keys[code],
                    state=own.state,
                    is_said=own.is_said,
                    started_on=own.started_on,
                    done_on=own.done_on,
                )


def item_rows(published):
    """The `PublicItem`s of these cities. Two queries."""
    keys = Step.objects.keys_by_code()
    for one, items in with_items(published):
        for code, on_step in items.items():
            for place, item in enumerate(on_step):
                yield PublicItem(
                    id=item.id,
                    city=one.city,
                    step_id=keys[code],
                    place=place,
                    resource_id=item.resource,
                    record=msgspec.to_builtins(item),
                )


def with_items(published):
    """Each of the `published` with its shown items by step."""
    wanted = {
        one.city.pk: {item.resource for item in one.record.pathway.items} - {None}
        for one in published
    }
    found = find_resources_of(wanted)
    for one in published:
        yield one, shown_by_step(one.record.pathway, found[one.city.pk])


register(ReadTable(PublicStep, ("city_id", "step_id"), step_rows))
register(ReadTable(PublicItem, ("id",), item_rows))
