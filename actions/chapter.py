"""Chapter 2: the actions of a city as plain data, made from its profile record."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from catalogue.atoms import ChapterHead, Day, Fact, Figure, Link, Run, Text
from catalogue.models import Origin
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.record import as_stored, summaries_of, text_of
from profiles.writing_systems import platform_text

from .confirmations import confirmation_texts
from .courses import Course, Tracked, courses_of
from .figures import key_figure, standing
from .judged import judge
from .models import Statement, Value
from .own_figures import own_note
from .petals import Petal, petals_of
from .plan_chapter import PlanEntry, with_plans
from .tracking import TargetState
from .wording import baseline_sentence, value_text

MOST_UNFOLDED = 120
"""How many actions unfold on one page: with more a phone waits, and nobody reads so far."""

COURSE_COLUMNS = ("kind", "when", "value")
NUMBER = Value._meta.get_field("number")
by_number = attrgetter("number")


@dataclass(frozen=True, slots=True)
class ValueEntry:
    """A value with its label. `number`, `unit` and `precision` are None for words and statuses.

    `own` says that the figure is the city's own; None for an official measure.
    """

    measure: str
    label: Text
    text: Text
    number: Decimal | None
    unit: str | None
    precision: str | None
    own: Text | None = None


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """A baseline, target or progress report.

    `sentence` is the catalogue's sentence with the values in it (baselines only). Of the `values`,
    `listed` are those that stand in no sentence: they are printed one by one. `words` is the city's
    own text. `unchanged` says what the city has confirmed, and when. `source_resource` links to a
    resource of the hub, if that is public. `plan` is the one in which a target is set.
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
    plan: PlanEntry | None
    tracked: Tracked | None
    unchanged: tuple[Text, ...]
    updated_label: Text
    updated: Day
    listed: tuple[ValueEntry, ...]


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
    """An action; `title` is the name of its type, `action_type` the code of that.

    For its one line: `key_figure` is the newest number of the measure that the city has chosen,
    else of the main one, or says that there are words; None where nothing is reported. `state`
    with `state_text` is what `standing` says of its targets.
    """

    number: int
    action_type: str
    title: Text
    summaries: tuple[Text, ...]
    description_label: Text
    description: Text
    updated: Day
    baseline: StatementEntry | None
    targets: tuple[StatementEntry, ...]
    progress: tuple[StatementEntry, ...]
    courses: tuple[Course, ...]
    kmgbf: tuple[Badge, ...]
    key_figure: Text | None
    state: str
    state_text: Text

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
    - `petals` are those of the city's rosette.
    """

    head: ChapterHead
    summary: tuple[Fact, ...]
    contents: Text | None
    kmgbf_note: Text | None
    kmgbf_title: Text | None
    kmgbf: tuple[Badge, ...]
    course_columns: tuple[Text, ...]
    areas: tuple[AreaEntry, ...]
    petals: tuple[Petal, ...]
    empty: Text | None

    @property
    def actions(self):
        """Every action printed in the chapter, in order."""
        return actions_in(self.areas)

    @property
    def is_long(self):
        """Whether a page has the lines of the actions alone, each a link to its own page."""
        return len(self.petals) > MOST_UNFOLDED


def build(record, context, judged=None):
    """The chapter of a `ProfileRecord`, in the language and for the day of the `Context`.

    `judged`: the `Judged` of its actions, if they are known already. What stands in no list of the
    context's catalogue has no name there, so it is left out.
    """
    texts, name = context.texts, text_of(record.city.name)
    if judged is None:
        judged = judge(record.actions.actions, context.catalogue, context.day)
    own = with_plans(context, record.actions.plans)
    areas = tuple(_areas(record.actions.commitments, judged, name, own))
    commitments = [commitment for area in areas for commitment in area.commitments]
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
        petals=petals_of(record, context.catalogue),
        empty=None if areas else texts("actions.empty", city=name),
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


def _areas(commitments, judged, name, context):
    """The areas with the commitments made and the actions; `name`: that of the city."""
    catalogue = context.catalogue
    actions = _by_commitment(judged, catalogue.action_types)
    made = {row.commitment for row in commitments}
    shown = made | actions.keys()
    rows = [row for code, row in catalogue.commitments.items() if code in shown]

    def place(row):
        area = catalogue.areas[row.area]
        return area.position, area.code, row.position, row.code

    for code, commitments in groupby(sorted(rows, key=place), key=attrgetter("area")):
        area = catalogue.areas[code]
        yield AreaEntry(
            number=area.number,
            label=context.texts("actions.area", number=area.number),
            name=area.text(),
            commitments=tuple(
                _commitment(row, row.code in made, actions.get(row.code, ()), name, context)
                for row in commitments
            ),
        )


def _by_commitment(judged, types):
    """Code of a commitment → its `Judged` actions, by the place of their types and by number."""
    found = defaultdict(list)
    known = [
        (types[one.action.action_type], one) for one in judged if one.action.action_type in types
    ]
    for action_type, one in sorted(
        known, key=lambda pair: (pair[0].position, pair[1].action.number)
    ):
        found[action_type.commitment].append(one)
    return found


def _commitment(row, is_made, actions, name, context):
    texts = context.texts
    return CommitmentEntry(
        code=row.code,
        label=texts("actions.commitment" if is_made else "actions.commitment.open"),
        name=row.text(),
        is_made=is_made,
        count=texts("actions.count", number=len(actions)),
        actions=tuple(_action(action, context) for action in actions),
        empty=None if actions else texts("actions.commitment.empty", city=name),
    )


def _action(judged, context):
    texts, action = context.texts, judged.action
    action_type = context.catalogue.action_types[action.action_type]
    statements = {kind: [] for kind in Statement.Kind}
    for statement in judged.statements:
        statements[statement.kind].append(_statement(statement, judged, action_type, context))
    baselines = statements[Statement.Kind.BASELINE]
    state, state_text = standing(judged)
    return ActionEntry(
        number=action.number,
        action_type=action_type.code,
        title=action_type.text(),
        description_label=texts("actions.description"),
        summaries=summaries_of(action),
        description=text_of(action.description) or Text("", texts.language),
        updated=Day.of(action.updated_on),
        baseline=baselines[0] if baselines else None,
        targets=tuple(statements[Statement.Kind.TARGET]),
        progress=tuple(statements[Statement.Kind.PROGRESS]),
        courses=tuple(courses_of(judged.statements, judged.own, texts)),
        kmgbf=tuple(_badges(action_type, context)),
        key_figure=key_figure(judged, texts),
        state=state,
        state_text=platform_text(str(state_text), texts.language),
    )


def _badges(action_type, context):
    targets = (context.catalogue.targets[code] for code in action_type.kmgbf_targets)
    for target in sorted(targets, key=by_number):
        label = context.texts("actions.kmgbf", number=target.number)
        yield Badge(target.number, label, target.text(), action_type.kmgbf_origin)


def _statement(statement, judged, action_type, context):
    texts, measures = context.texts, judged.figures
    sentence, is_official = (), True
    if statement.kind == Statement.Kind.BASELINE:
        sentence, is_official = baseline_sentence(action_type, statement.values, measures, texts)
    resource = context.resources.link(statement.source_resource)
    values = tuple(_value(value, measures[value.measure], texts) for value in statement.values)
    has_source = statement.source or statement.source_url or resource
    return StatementEntry(
        kind=statement.kind,
        label=statement_label(statement, texts),
        sentence=sentence,
        sentence_note=None if is_official else texts("actions.sentence.ours"),
        values=values,
        words=text_of(statement.text),
        year=statement.year,
        year_text=texts("actions.year", year=statement.year) if statement.year else None,
        due_year=statement.due_year,
        date=Day.of(statement.date) if statement.date else None,
        source_label=texts("actions.source") if has_source else None,
        source=text_of(statement.source),
        source_link=_source_link(statement),
        source_resource=resource,
        plan=context.plans.get(statement.plan),
        tracked=_tracked(statement, judged, texts),
        unchanged=tuple(confirmation_texts(statement, measures, texts.language)),
        updated_label=texts("actions.updated"),
        updated=Day.of(statement.updated_on),
        listed=tuple(value for value in values if value.own or not sentence),
    )


def _source_link(statement):
    """The link to the source, with the source's name as title, else with its URL."""
    address = statement.source_url
    if not address:
        return None
    return Link(address, text_of(statement.source) or Text(address, OFFICIAL_LANGUAGE))


def _tracked(statement, judged, texts):
    if statement.kind != Statement.Kind.TARGET:
        return None
    state = judged.state_of(statement)
    return Tracked(state.value, texts(f"target.{state.value}"))


def statement_label(statement, texts):
    if statement.kind == Statement.Kind.PROGRESS:
        day = statement.date
        return texts("actions.progress", day=Day.of(day)) if day else texts("course.progress")
    if statement.due_year:
        return texts("actions.target.due", year=statement.due_year)
    return texts(f"actions.{statement.kind}")


def _value(value, measure, texts):
    numeric = value.number is not None
    return ValueEntry(
        measure=measure.key,
        label=measure.text(),
        text=value_text(value, measure, texts),
        number=as_stored(value.number, NUMBER),
        unit=value.unit if numeric else None,
        precision=value.precision if numeric else None,
        own=own_note(measure, texts),
    )
