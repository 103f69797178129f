"""A table of transitions: which state may follow which, and who may make the change.

A module that has such a table calls it `TRANSITIONS`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """`label`: the name of the transition where a form offers it as a choice."""

    before: str
    after: str
    label: str = ""
    staff_only: bool = False
    needs_note: bool = False


class TransitionTable(tuple):
    """All transitions of a model, in the order in which a form offers them."""

    __slots__ = ()

    def open_from(self, before, by_staff):
        """The transitions from state `before` that somebody may make."""
        return [one for one in self if one.before == before and (by_staff or not one.staff_only)]

    def find(self, before, after, by_staff):
        """The transition between two states; None where somebody may not make it."""
        return next((one for one in self.open_from(before, by_staff) if one.after == after), None)

    def may_follow(self, before, after, by_staff):
        """Whether somebody may save a row in state `after`; a state may always stay as it is."""
        return before == after or self.find(before, after, by_staff) is not None
