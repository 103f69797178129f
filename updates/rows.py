"""The rows of a yearly update: each figure and each answer in words that a city has given before.

    update = update_of(city)
    for row in rows_for(city, update.year): row.key, row.label, row.last, row.answer, row.state

A row is named by its `key`: number of the action, a point, code of the figure (or `words`).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from actions.models import Action, Statement, Value
from catalogue import units
from profiles.dates import today

from .asking import asked_of
from .doubts import ask_about
from .last import LastValue, digest, last_value, last_words
from .models import WORDS, Answer, YearlyUpdate
from .offers import offer_figures
from .reading import Fault, faults_of_choice, read_content, read_year_of
from .reports import place_in_reports

MINUTES_EACH = 0.8
"""Our estimate of how long an action takes, once its figures are at hand."""


class RowState:
    """What an answer still needs; `WRITTEN`: the profile has it."""

    OPEN, ASKED, WRONG, DOUBTED, OVERTAKEN = "open", "asked", "wrong", "doubted", "overtaken"
    READY, WRITTEN = "ready", "written"

    DONE = {READY, WRITTEN}
    IN_NEED = {WRONG, DOUBTED, OVERTAKEN}


@dataclass(slots=True)
class UpdateRow:
    """One row: a figure of an action, or its answer in words.

    `figure` is a `Measure` or an `OwnFigure`, None for words; `unit` the one in which a bare number
    is meant. Of the `answer`, if there is one: `content` and `year` are what was read of it,
    `notes` how it differs from what was typed, `faults` says what is wrong, `doubts` asks, and
    `report` is the progress report for it. `offers`: figures in words that fit the row. `asked`:
    the `RequestedFigure`s by which colleagues are asked for it.
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
    notes: tuple = ()
    offers: list = field(default_factory=list)
    report: Statement | None = None
    asked: list = field(default_factory=list)

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
    def fingerprint(self):
        """That of the last value; without one, that of the figure."""
        return self.last.fingerprint if self.last is not None else self.figure_fingerprint

    @property
    def figure_fingerprint(self):
        """What an own figure is: its number may be given to another once it is deleted. Else ""."""
        figure = self.figure
        if figure is None or not figure.is_own:
            return ""
        return digest(figure.pk, figure.kind, min(units.accepted(figure.unit)))

    @property
    def is_overtaken(self):
        """Whether the profile says something else since the answer was given.

        Of a written answer its own value is the last: only the figure may be another one.
        """
        answer = self.answer
        if answer is None or answer.choice not in (Answer.Choice.NEW, Answer.Choice.UNCHANGED):
            return False
        now = self.figure_fingerprint if answer.written_at else self.fingerprint
        return answer.last != now

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
    def is_new(self):
        """Whether it says something new that can be read."""
        is_given = self.answer is not None and self.answer.choice == Answer.Choice.NEW
        return is_given and not self.faults

    @property
    def is_done(self):
        return self.state in RowState.DONE

    @property
    def is_in_need(self):
        return self.state in RowState.IN_NEED

    def read(self, year):
        """Read the answer again; `year` is meant where it names none."""
        self.content, self.year, self.faults, self.notes = None, None, [], ()
        if self.answer is None:
            return
        if self.answer.choice != Answer.Choice.NEW:
            self.faults = list(faults_of_choice(self))
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
    answers, asked = answers_of(city, year), asked_of(city, year)
    rows = []
    for action in actions_of(city, numbers):
        statements = [(one, list(one.values.all())) for one in action.statements.all()]
        found = [
            row_for(action, figure, statements) for figure in figures_asked(action, statements)
        ]
        if last := last_words(statements):
            found.append(UpdateRow(action, None, WORDS, last, statements))
        for row in found:
            row.answer = answers.get((action.pk, row.code))
            row.asked = asked.get((action.pk, row.code), [])
            row.read(year)
        place_in_reports(found)
        ask_about(found)
        offer_figures(found)
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
            "action_type__measures",
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


def figures_asked(action, statements):
    """The measures that have a value in any statement, then the action's own figures."""
    given = [value.figure for _one, own in statements for value in own]
    measures = {figure.pk: figure for figure in given if not (figure.is_own or figure.retired)}
    in_order = sorted(measures.values(), key=lambda measure: (measure.position, measure.pk))
    return [*in_order, *action.own_figures.all()]


def row_for(action, figure, statements):
    last = last_value(figure.code, statements)
    usual = last.value.unit if last else ""
    unit = usual if usual in units.accepted(figure.unit) else figure.unit
    return UpdateRow(action, figure, figure.code, last, statements, unit=unit)


@dataclass(frozen=True, slots=True)
class Overview:
    """How far the update of a city is: `done` of `total` actions, each with all its rows.

    `ready`: the answers that are not in the profile yet.
    """

    year: int
    done: int
    total: int
    is_started: bool
    ready: int

    @property
    def minutes(self):
        """About how long the rest takes, in steps of five minutes."""
        return max(5, 5 * round((self.total - self.done) * MINUTES_EACH / 5))


def overview_of(city):
    update = update_of(city)
    return overview(rows_for(city, update.year), update)


def overview(rows, update):
    actions = by_action(rows)
    done = sum(all(row.is_done for row in own) for _action, own in actions)
    is_started = any(row.answer for row in rows)
    return Overview(update.year, done, len(actions), is_started, sum(map(is_ready, rows)))


def is_ready(row):
    return row.state == RowState.READY and row.answer.choice != Answer.Choice.NO_DATA


def by_action(rows):
    """[(action, its rows)] in the order of the rows."""
    found = defaultdict(list)
    for row in rows:
        found[row.action].append(row)
    return list(found.items())
