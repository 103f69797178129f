"""Where a city stands by each measure: its newest value among what it has published."""

import datetime
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
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
    measures = measures_by_type(catalogue)
    words, values = defaultdict(list), defaultdict(list)
    for action in actions:
        own = measures.get(action.action_type, ())
        if own and (told := in_words(action)):
            newest = max(told, key=in_action)
            for measure in own:
                words[measure].append(newest)
        for measure, told in in_values(action, own).items():
            values[measure].append(max(told, key=in_action))
    return {measure: max(told, key=in_city) for measure, told in {**words, **values}.items()}


@lru_cache(maxsize=8)
def measures_by_type(catalogue):
    """Action type → the codes of its measures.

    Do not change it: it is made once for a `Catalogue`.
    """
    found = defaultdict(list)
    for measure in catalogue.measures.values():
        found[measure.action_type].append(measure.code)
    return {**found}


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


def in_words(action):
    """The statements with a text, which may be about any measure of the action's type."""
    return [dated(action, one, Said.WORDS) for one in reports(action) if one.text]


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
