"""A row of an update as its page shows it, and as that of a colleague does."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

from .asked import CHOICES, said
from .keeping import Refusal, Typed, seen
from .last import text_of_value
from .models import Answer, RequestedFigure
from .rows import UpdateRow


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`typed` is what the fields hold: the answer, or what was refused, with the reasons for it."""

    row: UpdateRow
    typed: Typed
    refusal: Refusal | None

    @classmethod
    def of(cls, row, refusal=None):
        return cls(row, refusal.typed if refusal else Typed.of(row.answer), refusal)

    @property
    def key(self):
        return self.row.key

    @property
    def action(self):
        return self.row.action

    @property
    def seen(self):
        return seen(self.row)

    @property
    def state(self):
        return "refused" if self.refusal else self.row.state

    @property
    def messages(self):
        """What is wrong, as sentences."""
        if self.refusal:
            return self.refusal.messages
        return [fault.message for fault in self.row.faults]

    @property
    def invalid(self):
        """The names of the fields that are wrong, or in doubt."""
        if self.refusal is None and self.row.faults:
            return [fault.field for fault in self.row.faults]
        return ["text"] if self.refusal or self.row.is_in_need else []

    @property
    def doubts(self):
        return [] if self.refusal else self.row.doubts

    @property
    def is_overtaken(self):
        return self.refusal is None and self.row.is_overtaken

    @property
    def choices(self):
        """(code, words) for the choice of the answer; asked only where somebody was asked."""
        is_asked = self.typed.choice == Answer.Choice.ASKED
        offered = [one for one in Answer.Choice if one != Answer.Choice.ASKED or is_asked]
        names = {Answer.Choice.ASKED: self.name_of_asked}
        return [("", "–"), *((one.value, names.get(one, one.label)) for one in offered)]

    @property
    def name_of_asked(self):
        """“asked: Water bureau”; without a name where nobody is asked any more."""
        name = Answer.Choice.ASKED.label
        asked = self.row.asked
        return f"{name}: {asked[-1].request.who}" if asked else name

    @property
    def colleagues(self):
        """What the colleagues who are asked say, as `ColleagueAnswer`s."""
        return [ColleagueAnswer.of(figure, self.row) for figure in self.row.asked]

    @property
    def unit(self):
        """The unit in which a bare number is meant."""
        return units.label(self.row.unit) if self.row.kind == "number" else ""

    @property
    def other_units(self):
        """The units that can be written behind a number instead."""
        if self.row.kind != "number":
            return []
        accepted = units.accepted(self.row.figure.unit)
        return [units.symbol(unit) for unit in accepted if unit != self.row.unit]

    @property
    def language(self):
        """The language of the words that were said last."""
        statement = self.row.last and self.row.last.statement
        own = statement.language if statement else ""
        return own or self.row.action.language or self.row.action.city.content_language

    @property
    def name(self):
        """What a screen reader says of the fields of this row."""
        words = _("%(label)s, action %(number)d")
        return words % {"label": self.row.label, "number": self.row.action.number}

    @property
    def statuses(self):
        """(code, words) of the values of a status; what was typed otherwise stays among them."""
        offered = [("", "–"), *Value.Status.choices]
        codes = {code for code, _words in offered}
        return offered if self.typed.text in codes else [*offered, (self.typed.text,) * 2]


@dataclass(frozen=True, slots=True)
class ColleagueAnswer:
    """What a colleague says of a row, for the officer. `text`: the answer in short, with its unit.

    `ticket` names the answer as it was shown: one that was changed meanwhile is not accepted.
    """

    figure: RequestedFigure
    text: str

    @classmethod
    def of(cls, figure, row):
        if figure.choice != Answer.Choice.NEW:
            return cls(figure, figure.get_choice_display())
        request = figure.request
        read = said(figure, row, request.update.year)
        is_value = read.content is not None and read.figure is not None
        text = text_of_value(read.content) if is_value else figure.text
        year = figure.year or str(request.update.year)
        return cls(figure, f"{text}, {year}" if text else "")

    @property
    def who(self):
        return self.figure.request.who

    @property
    def is_answered(self):
        return self.figure.state == RequestedFigure.State.ANSWERED

    @property
    def ticket(self):
        return f"{self.figure.pk}-{self.figure.digest()}"


@dataclass(frozen=True, slots=True)
class ShownAsked(ShownRow):
    """A row on the page of a colleague; `figure` has the answer, `note` what its field holds."""

    figure: RequestedFigure
    note: str

    @classmethod
    def of(cls, one, refusal=None, post=None):
        """What was typed stands in `post` where nothing of the row was stored."""
        if post is not None:
            note = post.get(f"{one.key}-note", "")
            return cls(one.row, Typed.in_post(post, one.key), refusal, one.figure, note)
        return cls(one.row, Typed.of(one.figure), refusal, one.figure, one.figure.note)

    @property
    def seen(self):
        return self.figure.digest()

    @property
    def choices(self):
        new = self.typed.choice if self.typed.choice == Answer.Choice.NEW else ""
        first = _("I fill it in here")
        further = [
            (one.value, one.label)
            for one in CHOICES
            if one == Answer.Choice.NO_DATA or (one == Answer.Choice.UNCHANGED and self.row.last)
        ]
        return [(new, first), *further]

    @property
    def is_accepted(self):
        return self.figure.state == RequestedFigure.State.ACCEPTED

    @property
    def is_returned(self):
        return self.figure.state == RequestedFigure.State.RETURNED

    @property
    def is_in_need(self):
        return not self.is_accepted and bool(self.messages or self.doubts)

    @property
    def is_missing(self):
        return not (self.is_accepted or self.figure.choice or self.figure.note)
