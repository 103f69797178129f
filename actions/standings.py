"""Where a city stands by each measure: its newest value among what it has published."""

import datetime
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from .courses import statement_day
from .models import Measure, PublicStanding, Statement

Said = PublicStanding.Said


class Told(NamedTuple):
    """What a statement says of a measure; the fields are those of `PublicStanding`."""

    number: int
    said: str
    amount: Decimal | None
    precision: str
    kind: str
    day: datetime.date
    is_day_given: bool


def standing_rows(published):
    keys = Measure.objects.keys_by_code()
    for one in published:
        found = standings(one.record.actions.actions, one.catalogue)
        for measure, told in found.items():
            yield PublicStanding(city_id=one.city.pk, measure_id=keys[measure], **told._asdict())


def standings(actions, catalogue):
    """Measure → the newest that these actions of a city say of it.

    Words count only where the city says nothing else of the measure.
    """
    measures = defaultdict(set)
    for measure in catalogue.measures.values():
        measures[measure.action_type].add(measure.code)
    words, values = defaultdict(list), defaultdict(list)
    for action in actions:
        own = measures[action.action_type]
        for found, said in ((words, in_words(action, own)), (values, in_values(action, own))):
            for measure, told in said.items():
                found[measure].append(max(told, key=in_action))
    return {measure: max(told, key=in_city) for measure, told in {**words, **values}.items()}


def in_values(action, measures):
    """Measure → what the statements of an action say of it in numbers, words or a status."""
    found = defaultdict(list)
    for statement in reports(action):
        for value in statement.values:
            if value.measure in measures:
                is_number = value.amount is not None
                said = value.status or (Said.NUMBER if is_number else Said.WORDS)
                precision = value.precision if is_number else ""
                told = dated(action, statement, said, value.amount, precision)
                found[value.measure].append(told)
    return found


def in_words(action, measures):
    """Measure → the statements with a text, which may be about any measure of the action's type."""
    told = [dated(action, one, Said.WORDS) for one in reports(action) if one.text]
    return dict.fromkeys(measures, told) if told else {}


def reports(action):
    return (one for one in action.statements if one.kind != Statement.Kind.TARGET)


def dated(action, statement, said, amount=None, precision=""):
    return Told(
        number=action.number,
        said=said,
        amount=amount,
        precision=precision,
        kind=statement.kind,
        day=statement_day(statement),
        is_day_given=bool(statement.date or statement.year),
    )


def in_action(told):
    return told.kind == Statement.Kind.PROGRESS, told.day


def in_city(told):
    return told.day, told.number
