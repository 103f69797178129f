"""Which state of a city a workbook of platform staff may set.

Everything else happens on the city's pages, with a note or a review.
"""

from .models import State

PUBLISHABLE = {State.DRAFT, State.IN_REVIEW, State.RETURNED}
"""A city in one of these states may be published for the first time."""


def may_follow(before, after):
    """Whether a workbook may bring a city from `before` to `after`; both may be the same."""
    return before == after or (before in PUBLISHABLE and after == State.PUBLISHED)
