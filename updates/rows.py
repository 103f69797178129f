"""The rows of a yearly update: each figure and each answer in words that a city has given before.

    update = update_of(city)
    for row in rows_for(city, update.year): row.key, row.label, row.last, row.answer, row.state

A row is named by its `key`: number of the action, a point, code of the figure (or `words`).
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.models import Action, Statement, Value
from catalogue import units
from catalogue.atoms import Figure
from profiles.dates import today

from .models import WORDS, Answer, YearlyUpdate
from .reading import Fault, read_content, read_year_of

NO_BREAK_SPACE = "\u00a0"
MINUTES_EACH = 0.8
"""How long an answer takes, by what people needed who did it for the first time."""


class RowState:
    """What an answer still needs; `WRITTEN`: the profile has it."""

    OPEN, ASKED, WRONG, DOUBTED, OVERTAKEN = "open", "asked", "wrong", "doubted", "overtaken"
    READY, WRITTEN = "ready", "written"

    DONE = {READY, WRITTEN}
    IN_NEED = {WRONG, DOUBTED, OVERTAKEN}


@dataclass(frozen=True, slots=True)
class LastValue:
    """What a city has said last in answer to a row. `value` is None for words of a statement.

    `text` as entered, `when` its day or year in words; `fingerprint` changes with what is said.
    """

    statement: Statement
    value: Value | None
    text: str
    when: str
    fingerprint: str

    @property
    def source(self):
        return self.statement.source

    @property
    def unchanged_on(self):
        return (self.value or self.statement).unchanged_on


@dataclass(slots=True)
class UpdateRow:
    """`figure` is a `Measure` or an `OwnFigure`, None for an answer in words; `answer` is an
    `Answer` or None. `unit` is the one in which a bare number is meant. `faults` says what is wrong
    with the answer, `doubts` asks; `content` and `year` are what was read of it.
    """

    action: Action
    figure: Any
    code: str
    last: LastValue | None
    statements: list
    answer: Answer | None = None
    unit: str = ""
    content: Any = None
    year: int | None = None
    faults: list = field(default_factory=list)
    doubts: list = field(default_factory=list)

    @property
    def key(self):
        return f"{self.action.number}.{self.code}"

    @property
    def label(self):
        return str(self.figure or self.action.action_type)

    @property
    def kind(self):
        """number, status or words: what is typed."""
        if self.figure is None or self.figure.kind == "text":
            return "words"
        return "status" if self.figure.kind == "status" else "number"

    @property
    def is_overtaken(self):
        """Whether the profile says something else since the answer was given."""
        answer, now = self.answer, self.last.fingerprint if self.last else ""
        is_said = answer and answer.choice in (Answer.Choice.NEW, Answer.Choice.UNCHANGED)
        return bool(is_said) and not answer.written_at and answer.last != now

    @property
    def state(self):
        if self.answer is None:
            return RowState.OPEN
        if self.answer.choice == Answer.Choice.ASKED:
            return RowState.ASKED
        if self.faults:
            return RowState.WRONG
        if self.is_overtaken:
            return RowState.OVERTAKEN
        if self.doubts:
            return RowState.DOUBTED
        return RowState.WRITTEN if self.answer.written_at else RowState.READY

    @property
    def is_done(self):
        return self.state in RowState.DONE

    @property
    def is_in_need(self):
        return self.state in RowState.IN_NEED

    def read(self, year):
        """Read the answer again; `year` is meant where it names none."""
        self.content, self.year, self.faults = None, None, []
        if self.answer is None or self.answer.choice != Answer.Choice.NEW:
            if self.answer and self.answer.choice == Answer.Choice.UNCHANGED and not self.last:
                self.faults = [Fault("choice", _("There is no value yet that could be unchanged."))]
            return
        for name, reader in (("text", read_content), ("year", read_year_of)):
            try:
                found = reader(self, year)
            except ValueError as error:
                self.faults.append(Fault(name, str(error)))
                continue
            if name == "text":
                self.content = found
            else:
                self.year = found


def update_of(city):
    """The update that the city works at: one of last year that is not all written, else the one of
    this year. It may not be stored yet."""
    newest = YearlyUpdate.objects.filter(city=city).order_by("-year").first()
    year = today().year
    if newest and newest.year < year:
        begun = newest.answers.filter(written_at=None).exclude(choice=Answer.Choice.NO_DATA)
        if newest.year == year - 1 and begun.exists():
            return newest
    return newest if newest and newest.year == year else YearlyUpdate(city=city, year=year)


def rows_for(city, year, *, numbers=None):
    """The `UpdateRow`s of `city`, by number of the action; the same few queries for all actions.

    `numbers`: those of the actions to look at, if not all.
    """
    answers = answers_of(city, year)
    rows = []
    for action in actions_of(city, numbers):
        statements = [(one, list(one.values.all())) for one in action.statements.all()]
        found = [row_for(action, figure, statements) for figure in figures_in(action, statements)]
        if last := last_words(statements):
            found.append(UpdateRow(action, None, WORDS, last, statements))
        for row in found:
            row.answer = answers.get((action.pk, row.code))
            row.read(year)
        rows += found
    return rows


def actions_of(city, numbers=None):
    """The actions with their statements and values."""
    figures = Value.objects.select_related("measure", "own_figure")
    rows = Action.objects.filter(city=city).select_related("action_type").order_by("number")
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    rows = list(
        rows.prefetch_related(
            Prefetch("statements", Statement.objects.order_by("pk")),
            Prefetch("statements__values", figures.order_by("pk")),
            "own_figures",
        )
    )
    for action in rows:
        action.city = city
        for statement in action.statements.all():
            statement.action = action
            for value in statement.values.all():
                value.statement = statement
    return rows


def answers_of(city, year):
    """(id of the action, code) → its `Answer`."""
    stored = Answer.objects.filter(update__city=city, update__year=year).select_related("kept_by")
    return {(answer.action_id, answer.code): answer for answer in stored}


def figures_in(action, statements):
    """The figures that have a value in any statement, and the own ones: measures come first."""
    given = [value.figure for _one, own in statements for value in own]
    measures = {figure.pk: figure for figure in given if figure.code not in own_codes(action)}
    in_order = sorted(measures.values(), key=lambda measure: (measure.position, measure.pk))
    return [*(measure for measure in in_order if not measure.retired), *action.own_figures.all()]


def own_codes(action):
    return {figure.code for figure in action.own_figures.all()}


def row_for(action, figure, statements):
    last = last_value(figure.code, statements)
    usual = last.value.unit if last else ""
    unit = usual if usual in units.accepted(figure.unit) else figure.unit
    return UpdateRow(action, figure, figure.code, last, statements, unit=unit)


def by_day(statements):
    """Progress reports, newest first, then the baseline."""
    told = [pair for pair in statements if pair[0].kind != Statement.Kind.TARGET]
    return sorted(
        told,
        key=lambda pair: (pair[0].date is not None, str(pair[0].date or ""), pair[0].pk),
        reverse=True,
    )


def last_value(code, statements):
    for statement, own in by_day(statements):
        for value in own:
            if value.figure.code == code:
                said = (value.pk, value.number and value.number.normalize(), value.unit)
                said += (value.precision, value.text, value.status)
                text = text_of_value(value)
                return LastValue(statement, value, text, when(statement), digest(statement, *said))
    return None


def last_words(statements):
    for statement, _own in by_day(statements):
        if text := statement.text:
            return LastValue(statement, None, text, when(statement), digest(statement, text))
    return None


def digest(statement, *said):
    said = (statement.pk, statement.year, statement.date, *said)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def when(statement):
    if statement.date:
        return date_format(statement.date)
    return str(statement.year) if statement.year else _("year not given")


def text_of_value(value):
    """A value as entered: "more than 356", "1,886 km²"."""
    if value.number is None:
        return value.get_status_display() or value.text
    unit = value.unit or value.figure.unit
    symbol = units.symbol(unit)
    joint = "" if symbol == "%" else NO_BREAK_SPACE
    number = f"{Figure.of(value.number).text}{joint}{symbol}".strip()
    is_exact = value.precision == Value.Precision.EXACTLY
    return number if is_exact else f"{value.get_precision_display()} {number}"


@dataclass(frozen=True, slots=True)
class Overview:
    """How far the update of a city is: `done` of `total` rows."""

    year: int
    done: int
    total: int
    is_started: bool

    @property
    def minutes(self):
        """About how long the rest takes, in steps of five minutes."""
        return max(5, 5 * round((self.total - self.done) * MINUTES_EACH / 5))


def overview_of(city):
    update = update_of(city)
    return overview(rows_for(city, update.year), update)


def overview(rows, update):
    done = sum(row.is_done for row in rows)
    return Overview(update.year, done, len(rows), any(row.answer for row in rows))


def by_action(rows):
    """[(action, its rows)] in the order of the rows."""
    found = defaultdict(list)
    for row in rows:
        found[row.action].append(row)
    return list(found.items())
