"""A row of an update as the page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.models import Value
from catalogue import units

from .keeping import Refusal, Typed, seen
from .models import Answer
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
        return [("", "–"), *((one.value, one.label) for one in offered)]

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
