"""Chapter 2: the actions of a city as plain data, in a fixed number of queries."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from catalogue.atoms import ChapterHead, Day, Run, Text

from .models import CityCommitment, Commitment, Measure, Statement, Value
from .wording import baseline_sentence, value_text

MEASURES = Measure.objects.order_by("position")


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value with its label. `number`, `unit` and `precision` are None unless it is a number."""

    measure: str
    label: Text
    text: Text
    number: Decimal | None
    unit: str | None
    precision: str | None


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A baseline, target or progress report.

    `sentence` is the catalogue's sentence with the values in it (baselines only); where there is
    none, `values` are printed one by one. `words` is what the city says itself.
    """

    kind: str
    label: Text
    sentence: tuple[Run, ...]
    sentence_note: Text | None
    values: tuple[ValueEntry, ...]
    words: Text | None
    year: int | None
    year_text: Text | None
    due_year: int | None
    date: Day | None
    source_label: Text | None
    source: Text | None
    updated_label: Text
    updated: Day


@dataclass(frozen=True, slots=True)
class ActionEntry:
    number: int
    title: Text
    description_label: Text
    description: Text
    updated: Day
    baseline: StatementEntry | None
    targets: tuple[StatementEntry, ...]
    progress: tuple[StatementEntry, ...]

    @property
    def statements(self):
        """All statements in the order in which they are read."""
        return (*filter(None, (self.baseline,)), *self.targets, *self.progress)


@dataclass(frozen=True, slots=True)
class CommitmentEntry:
    """A commitment with the city's actions under it. `label` says whether it has been made."""

    code: str
    label: Text
    name: Text
    is_made: bool
    actions: tuple[ActionEntry, ...]
    empty: Text | None


@dataclass(frozen=True, slots=True)
class AreaEntry:
    number: int
    label: Text
    name: Text
    commitments: tuple[CommitmentEntry, ...]


@dataclass(frozen=True, slots=True)
class ActionsChapter:
    head: ChapterHead
    areas: tuple[AreaEntry, ...]
    empty: Text | None

    @property
    def actions(self):
        """Every action printed in the chapter, in order."""
        return tuple(
            action
            for area in self.areas
            for commitment in area.commitments
            for action in commitment.actions
        )


def build(city, texts):
    """The chapter of `city`; `texts` are the fixed texts in the reader's language."""
    actions = list(_actions_of(city))
    under = {}
    for action in actions:
        under.setdefault(action.action_type.commitment_id, []).append(action)
    made = CityCommitment.objects.filter(city=city, commitment=OuterRef("pk"))
    commitments = (
        Commitment.objects.annotate(is_made=Exists(made.order_by()))
        .filter(Q(is_made=True) | Q(pk__in=under))
        .select_related("area")
        .order_by("area__position", "area__code", "position", "code")
    )
    areas = tuple(
        AreaEntry(
            number=area.number,
            label=texts("actions.area", number=area.number),
            name=area.text(),
            commitments=tuple(_commitment(row, under.get(row.pk, ()), city, texts) for row in rows),
        )
        for area, rows in groupby(commitments, key=attrgetter("area"))
    )
    empty = None if areas else texts("actions.empty", city=city.name)
    return ActionsChapter(texts.chapter(2, "actions"), areas, empty)


def _actions_of(city):
    values = Value.objects.select_related("measure").order_by("measure__position")
    statements = Statement.objects.order_by(
        F("due_year").asc(nulls_last=True), "date", "pk"
    ).prefetch_related(Prefetch("values", values))
    actions = (
        city.actions.select_related("action_type")
        .in_catalogue_order()
        .prefetch_related(
            Prefetch("statements", statements), Prefetch("action_type__measures", MEASURES)
        )
    )
    for action in actions:
        action.city = city
        yield action


def _commitment(row, actions, city, texts):
    empty = None if actions else texts("actions.commitment.empty", city=city.name)
    return CommitmentEntry(
        code=row.code,
        label=texts("actions.commitment" if row.is_made else "actions.commitment.open"),
        name=row.text(),
        is_made=row.is_made,
        actions=tuple(_action(action, texts) for action in actions),
        empty=empty,
    )


def _action(action, texts):
    statements = {kind: [] for kind in Statement.Kind}
    for statement in action.statements.all():
        statement.action = action
        statements[statement.kind].append(_statement(statement, texts))
    baselines = statements[Statement.Kind.BASELINE]
    return ActionEntry(
        number=action.number,
        title=action.action_type.text(),
        description_label=texts("actions.description"),
        description=action.text("description"),
        updated=Day.of(action.updated_on),
        baseline=baselines[0] if baselines else None,
        targets=tuple(statements[Statement.Kind.TARGET]),
        progress=tuple(statements[Statement.Kind.PROGRESS]),
    )


def _statement(statement, texts):
    values = list(statement.values.all())
    for value in values:
        value.statement = statement
    sentence, is_official = (), True
    if statement.kind == Statement.Kind.BASELINE:
        sentence, is_official = baseline_sentence(statement.action.action_type, values, texts)
    return StatementEntry(
        kind=statement.kind,
        label=_label(statement, texts),
        sentence=sentence,
        sentence_note=None if is_official else texts("actions.sentence.ours"),
        values=tuple(_value(value, texts) for value in values),
        words=statement.text_of_city(statement.text) if statement.text else None,
        year=statement.year,
        year_text=texts("actions.year", year=statement.year) if statement.year else None,
        due_year=statement.due_year,
        date=Day.of(statement.date) if statement.date else None,
        source_label=texts("actions.source") if statement.source else None,
        source=statement.text_of_city(statement.source) if statement.source else None,
        updated_label=texts("actions.updated"),
        updated=Day.of(statement.updated_on),
    )


def _label(statement, texts):
    if statement.kind == Statement.Kind.PROGRESS:
        return texts("actions.progress", day=Day.of(statement.date))
    if statement.due_year:
        return texts("actions.target.due", year=statement.due_year)
    return texts(f"actions.{statement.kind}")


def _value(value, texts):
    numeric = value.number is not None
    return ValueEntry(
        measure=value.measure.key,
        label=value.measure.text(),
        text=value_text(value, texts),
        number=value.number if numeric else None,
        unit=value.unit if numeric else None,
        precision=value.precision if numeric else None,
    )
