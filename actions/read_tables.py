"""The tables from which the public reads of actions, made from what cities have published."""

from collections import Counter

from catalogue.folding import word_line
from profiles.read_tables import ReadTable, register
from profiles.record import words_of

from .models import ActionType, PublicAction, PublicCounts, PublicSource, PublicStanding
from .standings import standing_rows
from .tallies import count_rows, is_miscounted, move_totals, recount


def action_rows(published):
    keys = ActionType.objects.keys_by_code()
    for one in published:
        actions = one.record.actions.actions
        type_counts = Counter(action.action_type for action in actions)
        for action in actions:
            if action.action_type in keys:  # else it was deleted since
                language = next(iter(action.description), one.record.city.language)
                yield PublicAction(
                    city_id=one.city.pk,
                    number=action.number,
                    action_type_id=keys[action.action_type],
                    type_count=type_counts.pop(action.action_type, None),
                    description=words_of(action.description),
                    language=language,
                    search_text=word_line("\n".join(texts_of(action))),
                )


def texts_of(action):
    """All that a city says of an action in words, from its `ActionRecord`."""
    for text in (action.description, action.summary, action.second_summary):
        yield from text.values()
    for figure in action.own_figures:
        yield from figure.name.values()
    for statement in action.statements:
        yield from statement.text.values()
        for value in statement.values:
            yield from value.text.values()


def source_rows(published):
    keys = ActionType.objects.keys_by_code()
    for one in published:
        of_plans = {plan.id: plan.resource for plan in one.record.actions.plans}
        for action in one.record.actions.actions:
            resources = {statement.source_resource for statement in action.statements}
            resources |= {of_plans.get(statement.plan) for statement in action.statements}
            resources -= {None}
            if resources and action.action_type in keys:  # else it was deleted since
                for resource in sorted(resources):
                    yield PublicSource(
                        city_id=one.city.pk,
                        number=action.number,
                        action_type_id=keys[action.action_type],
                        resource=resource,
                    )


register(ReadTable(PublicAction, ("city_id", "number"), action_rows))
register(ReadTable(PublicSource, ("city_id", "number", "resource"), source_rows))
register(ReadTable(PublicStanding, ("city_id", "measure_id"), standing_rows))
register(
    ReadTable(
        PublicCounts,
        ("city_id",),
        count_rows,
        follow=move_totals,
        recount=recount,
        is_miscounted=is_miscounted,
    )
)
