"""Chapter 2: the actions of a city as plain data, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from catalogue.atoms import ChapterHead, Day, Fact, Figure, Link, Run, Text
from catalogue.models import KMGBFTarget, Origin
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.chapter import link_for

from .courses import Course, Tracked, courses_of, state_of_target
from .models import CityCommitment, Commitment, Measure, Statement, Value
from .tracking import TargetState
from .wording import baseline_sentence, value_text

COURSE_COLUMNS = ("kind", "when", "value")
by_number = attrgetter("number")
MEASURES = Measure.objects.order_by("position")


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value with its label. `number`, `unit` and `precision` are None for words and statuses."""

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
    none, `values` are printed one by one. `words` is the city's own text. `source_resource` links
    to a resource of the hub, if that is public.
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
    source_link: Link | None
    source_resource: Link | None
    tracked: Tracked | None
    updated_label: Text
    updated: Day


@dataclass(frozen=True, slots=True)
class Badge:
    """A target of the Global Biodiversity Framework to which an action contributes.

    `origin`: whether the mapping is official or inferred, as in the catalogue.
    """

    number: int
    label: Text
    name: Text
    origin: str


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action; `title` is the name of its type, `action_type` the code of that."""

    number: int
    action_type: str
    title: Text
    description_label: Text
    description: Text
    updated: Day
    baseline: StatementEntry | None
    targets: tuple[StatementEntry, ...]
    progress: tuple[StatementEntry, ...]
    courses: tuple[Course, ...]
    kmgbf: tuple[Badge, ...]

    @property
    def statements(self):
        """All statements in the order in which they are printed."""
        return (*filter(None, (self.baseline,)), *self.targets, *self.progress)


@dataclass(frozen=True, slots=True)
class CommitmentEntry:
    """A commitment with the city's actions under it. `label` says whether it has been made."""

    code: str
    label: Text
    name: Text
    is_made: bool
    count: Text
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
    """Chapter 2.

    - `summary` counts what is printed below it.
    - `contents` is the heading of the list of areas and commitments, if there are several.
    - `kmgbf` are the targets on the badges, each once; `kmgbf_note` says that they are inferred.
    - `course_columns` are the headings of the table of each course: kind, time, value.
    """

    head: ChapterHead
    summary: tuple[Fact, ...]
    contents: Text | None
    kmgbf_note: Text | None
    kmgbf_title: Text | None
    kmgbf: tuple[Badge, ...]
    course_columns: tuple[Text, ...]
    areas: tuple[AreaEntry, ...]
    empty: Text | None

    @property
    def actions(self):
        """Every action printed in the chapter, in order."""
        return actions_in(self.areas)


def build(city, texts, on):
    """The chapter of `city`; `texts` are the fixed texts in the reader's language.

    `on`: the day on which the states of the targets are judged.
    """
    actions = list(_actions_of(city))
    by_commitment = {}
    for action in actions:
        by_commitment.setdefault(action.action_type.commitment_id, []).append(action)
    made = CityCommitment.objects.filter(city=city, commitment=OuterRef("pk"))
    commitments = (
        Commitment.objects.annotate(is_made=Exists(made.order_by()))
        .filter(Q(is_made=True) | Q(pk__in=by_commitment))
        .select_related("area")
        .order_by("area__position", "area__code", "position", "code")
    )
    areas = tuple(
        AreaEntry(
            number=area.number,
            label=texts("actions.area", number=area.number),
            name=area.text(),
            commitments=tuple(
                _commitment(row, by_commitment.get(row.pk, ()), city, texts, on) for row in rows
            ),
        )
        for area, rows in groupby(commitments, key=attrgetter("area"))
    )
    badges = [badge for action in actions_in(areas) for badge in action.kmgbf]
    is_inferred = any(badge.origin == Origin.INFERRED for badge in badges)
    return ActionsChapter(
        head=texts.chapter(2, "actions"),
        summary=tuple(_summary(areas, texts)),
        contents=texts("actions.contents") if len(commitments) > 1 else None,
        kmgbf_note=texts("actions.kmgbf.note") if is_inferred else None,
        kmgbf_title=texts("actions.kmgbf.title") if badges else None,
        kmgbf=tuple({badge.number: badge for badge in sorted(badges, key=by_number)}.values()),
        course_columns=tuple(texts(f"course.{column}") for column in COURSE_COLUMNS),
        areas=areas,
        empty=None if areas else texts("actions.empty", city=city.name),
    )


def actions_in(areas):
    return tuple(
        action for area in areas for commitment in area.commitments for action in commitment.actions
    )


def _summary(areas, texts):
    """Counts of the chapter's own entries; none for an empty chapter."""
    actions = actions_in(areas)
    if not actions:
        return
    targets = [target for action in actions for target in action.targets]
    states = Counter(target.tracked.state for target in targets)
    counts = {
        "actions": len(actions),
        "commitments": sum(c.is_made for area in areas for c in area.commitments),
        "baseline": sum(action.baseline is not None for action in actions),
        "target": sum(bool(action.targets) for action in actions),
        "on-track": states[TargetState.ON_TRACK] + states[TargetState.REACHED],
    }
    for code, number in counts.items():
        yield Fact(code, Figure.of(number), texts(f"actions.summary.{code}"))


def _actions_of(city):
    values = Value.objects.select_related("measure").order_by("measure__position")
    statements = (
        Statement.objects.order_by(F("due_year").asc(nulls_last=True), "date", "pk")
        .select_related("source_resource__city")
        .prefetch_related(Prefetch("values", values))
    )
    actions = (
        city.actions.select_related("action_type")
        .in_catalogue_order()
        .prefetch_related(
            Prefetch("statements", statements),
            Prefetch("action_type__measures", MEASURES),
            Prefetch("action_type__kmgbf_targets", KMGBFTarget.objects.order_by("number")),
        )
    )
    for action in actions:
        action.city = city
        yield action


def _commitment(row, actions, city, texts, on):
    empty = None if actions else texts("actions.commitment.empty", city=city.name)
    return CommitmentEntry(
        code=row.code,
        label=texts("actions.commitment" if row.is_made else "actions.commitment.open"),
        name=row.text(),
        is_made=row.is_made,
        count=texts("actions.count", number=len(actions)),
        actions=tuple(_action(action, texts, on) for action in actions),
        empty=empty,
    )


def _action(action, texts, on):
    stored = list(action.statements.all())
    statements = {kind: [] for kind in Statement.Kind}
    for statement in stored:
        statement.action = action
        statements[statement.kind].append(_statement(statement, stored, texts, on))
    baselines = statements[Statement.Kind.BASELINE]
    return ActionEntry(
        number=action.number,
        action_type=action.action_type.code,
        title=action.action_type.text(),
        description_label=texts("actions.description"),
        description=action.text("description"),
        updated=Day.of(action.updated_on),
        baseline=baselines[0] if baselines else None,
        targets=tuple(statements[Statement.Kind.TARGET]),
        progress=tuple(statements[Statement.Kind.PROGRESS]),
        courses=tuple(courses_of(stored, action.action_type.measures.all(), texts)),
        kmgbf=tuple(_badges(action.action_type, texts)),
    )


def _badges(action_type, texts):
    for target in action_type.kmgbf_targets.all():
        label = texts("actions.kmgbf", number=target.number)
        yield Badge(target.number, label, target.text(), action_type.kmgbf_origin)


def _statement(statement, stored, texts, on):
    values = list(statement.values.all())
    for value in values:
        value.statement = statement
    sentence, is_official = (), True
    if statement.kind == Statement.Kind.BASELINE:
        sentence, is_official = baseline_sentence(statement.action.action_type, values, texts)
    resource = link_for(statement.source_resource, statement.action.city)
    has_source = statement.source or statement.source_url or resource
    return StatementEntry(
        kind=statement.kind,
        label=_label(statement, texts),
        sentence=sentence,
        sentence_note=None if is_official else texts("actions.sentence.ours"),
        values=tuple(_value(value, texts) for value in values),
        words=statement.in_own_language(statement.text) if statement.text else None,
        year=statement.year,
        year_text=texts("actions.year", year=statement.year) if statement.year else None,
        due_year=statement.due_year,
        date=Day.of(statement.date) if statement.date else None,
        source_label=texts("actions.source") if has_source else None,
        source=statement.in_own_language(statement.source) if statement.source else None,
        source_link=_source_link(statement),
        source_resource=resource,
        tracked=_tracked(statement, stored, texts, on),
        updated_label=texts("actions.updated"),
        updated=Day.of(statement.updated_on),
    )


def _source_link(statement):
    """The link to the source, with the source's name as title, else with its URL."""
    if not statement.source_url:
        return None
    if statement.source:
        return Link(statement.source_url, statement.in_own_language(statement.source))
    return Link(statement.source_url, Text(statement.source_url, OFFICIAL_LANGUAGE))


def _tracked(statement, stored, texts, on):
    if statement.kind != Statement.Kind.TARGET:
        return None
    state = state_of_target(statement, stored, on)
    return Tracked(state.value, texts(f"target.{state.value}"))


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
