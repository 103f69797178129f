"""Commitments and actions in a profile record. Codes are those of the catalogue."""

import datetime
from collections import defaultdict
from decimal import Decimal
from operator import attrgetter

from profiles.record import Record, Texts, exact, in_language

from .models import Action, CityCommitment, OwnFigure, Statement, Value
from .models.own_figures import code_of
from .plan_record import PlanRecord, collect_plans

PLAIN_FIELDS = (
    "kind",
    "updated_on",
    "year",
    "date",
    "due_year",
    "source_url",
    "source_resource",
    "plan",
    "unchanged_on",
)
"""The fields that a `StatementRecord` takes over from the row as they are."""

VALUE_FIELDS = ("number", "unit", "precision", "amount", "text", "status", "unchanged_on")


class CommitmentRecord(Record):
    commitment: str
    made_on: datetime.date | None = None


class ValueRecord(Record):
    """A number, words or a status. `number` and `unit` are as entered, `amount` is the number in
    the unit of the measure.

    `measure`: the code of a measure in the catalogue, or of an own figure within the action.
    `unchanged_on`: the day on which the city last said that the value holds.
    """

    measure: str
    precision: str
    number: Decimal | None = None
    unit: str = ""
    amount: Decimal | None = None
    text: Texts = {}
    status: str = ""
    unchanged_on: datetime.date | None = None


class OwnFigureRecord(Record):
    """A figure that the city has made for an action; `code` names it there."""

    code: str
    name: Texts
    kind: str
    unit: str = ""
    falls: bool = False


class StatementRecord(Record):
    """A baseline, a target or a progress report.

    `source_resource` is the id of a resource, `plan` that of a `PlanRecord`. One that was taken out
    of all versions may still be named.
    """

    id: int
    kind: str
    updated_on: datetime.date
    year: int | None = None
    date: datetime.date | None = None
    due_year: int | None = None
    text: Texts = {}
    source: Texts = {}
    source_url: str = ""
    source_resource: int | None = None
    plan: int | None = None
    unchanged_on: datetime.date | None = None
    values: tuple[ValueRecord, ...] = ()


class ActionRecord(Record):
    """`action_type` is a code of the catalogue, `key_measure` one of it or of an own figure;
    `number` names the action within the city."""

    number: int
    action_type: str
    description: Texts
    updated_on: datetime.date
    summary: Texts = {}
    second_summary: Texts = {}
    key_measure: str = ""
    own_figures: tuple[OwnFigureRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()


class ActionsRecord(Record):
    """Chapter 2: commitments by code, actions by number, the plans that targets name by id."""

    commitments: tuple[CommitmentRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    plans: tuple[PlanRecord, ...] = ()


def collect(cities, has_own_figures=True):
    """City id → `ActionsRecord`. At most six queries, five where there are no own figures."""
    commitments, actions = _commitments(cities), _actions(cities, has_own_figures)
    stated = (one for rows in actions.values() for action in rows for one in action.statements)
    plans = collect_plans(cities, stated)
    return {
        city.pk: ActionsRecord(
            commitments=tuple(sorted(commitments[city.pk], key=attrgetter("commitment"))),
            actions=tuple(actions[city.pk]),
            plans=plans[city.pk],
        )
        for city in cities
    }


def _commitments(cities):
    """City id → its commitments."""
    rows = CityCommitment.objects.filter(city__in=cities).order_by()
    found = defaultdict(list)
    for city, code, made_on in rows.values_list("city", "commitment__code", "made_on"):
        found[city].append(CommitmentRecord(commitment=code, made_on=made_on))
    return found


def _actions(cities, has_own_figures):
    """City id → its actions, sorted by number."""
    defaults = {city.pk: city.content_language for city in cities}
    columns = ("pk", "city", "number", "action_type__code", "description", "language", "updated_on")
    columns += ("key_measure__code", "summary", "second_summary")
    rows = Action.objects.filter(city__in=cities).order_by("city", "number")
    rows = list(rows.values_list(*columns, named=True))
    languages = {row.pk: row.language or defaults[row.city] for row in rows}
    second = {city.pk: city.second_language for city in cities}
    statements = _statements(cities, languages)
    own, chosen = _own_figures(cities, languages) if has_own_figures else ({}, {})
    found = defaultdict(list)
    for row in rows:
        action = ActionRecord(
            number=row.number,
            action_type=row.action_type__code,
            description=in_language(row.description, languages[row.pk]),
            summary=in_language(row.summary, languages[row.pk]),
            second_summary=in_language(row.second_summary, second[row.city]),
            updated_on=row.updated_on,
            key_measure=chosen.get(row.pk) or row.key_measure__code or "",
            own_figures=tuple(own.get(row.pk, ())),
            statements=tuple(sorted(statements[row.pk], key=_order)),
        )
        found[row.city].append(action)
    return found


def _own_figures(cities, languages):
    """(action id → its own figures, action id → the code of the one that is a key figure)."""
    if not languages:
        return {}, {}
    rows = OwnFigure.objects.filter(action__city__in=cities).order_by("action", "number")
    found, chosen = defaultdict(list), {}
    for row in rows:
        figure = OwnFigureRecord(
            code=row.code,
            name=in_language(row.name, row.language or languages[row.action_id]),
            kind=row.kind,
            unit=row.unit,
            falls=row.falls,
        )
        found[row.action_id].append(figure)
        if row.is_key_figure:
            chosen.setdefault(row.action_id, figure.code)
    return found, chosen


def _order(statement):
    """Baseline, progress, targets (the Statement.Kind in the order of the alphabet), by time."""
    day = statement.date or datetime.date.min
    return statement.kind, statement.due_year or 0, day, statement.id


def _statements(cities, languages):
    """Action id → its statements; `languages`: action id → the language of the action."""
    if not languages:
        return {}
    rows = Statement.objects.filter(action__city__in=cities).order_by()
    columns = ("pk", "action", "language", *PLAIN_FIELDS, "text", "source")
    rows = list(rows.values_list(*columns))
    own = {pk: language or languages[action] for pk, action, language, *_rest in rows}
    values = _values(cities, own)
    found = defaultdict(list)
    for pk, action, _language, *plain, text, source in rows:
        statement = StatementRecord(
            id=pk,
            text=in_language(text, own[pk]),
            source=in_language(source, own[pk]),
            values=tuple(sorted(values[pk], key=attrgetter("measure"))),
            **dict(zip(PLAIN_FIELDS, plain, strict=True)),
        )
        found[action].append(statement)
    return found


def _values(cities, languages):
    """Statement id → its values; `languages`: statement id → the language of the statement."""
    rows = Value.objects.filter(statement__action__city__in=cities).order_by()
    columns = ("statement", "measure__code", "own_figure__number", *VALUE_FIELDS)
    found = defaultdict(list)
    for row in rows.values_list(*columns, named=True):
        value = ValueRecord(
            measure=row.measure__code or code_of(row.own_figure__number),
            number=exact(row.number),
            unit=row.unit,
            precision=row.precision,
            amount=exact(row.amount),
            text=in_language(row.text, languages[row.statement]),
            status=row.status,
            unchanged_on=row.unchanged_on,
        )
        found[row.statement].append(value)
    return found
