"""The shape of a table of transitions: from which state a row may come into which, and by whom.

A module that has such a table calls it `TRANSITIONS`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """`label`: what a form calls it, where it offers it as a choice."""

    before: str
    after: str
    label: str = ""
    staff_only: bool = False
    needs_note: bool = False


class TransitionTable(tuple):
    """All `Transition`s that there are, in the order in which they are offered."""

    __slots__ = ()

    def open_from(self, before, by_staff):
        """The transitions that somebody may make of a row in state `before`."""
        return [one for one in self if one.before == before and (by_staff or not one.staff_only)]

    def find(self, before, after, by_staff):
        """The transition between two states; None where somebody may not make it."""
        return next((one for one in self.open_from(before, by_staff) if one.after == after), None)

    def may_follow(self, before, after, by_staff):
        """Whether somebody may put a row from `before` into `after`; it may also stay."""
        return before == after or self.find(before, after, by_staff) is not None
