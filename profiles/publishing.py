"""How a profile moves from draft to the public and back. Platform staff move it."""

from .models import State

TRANSITIONS = {
    State.DRAFT: (State.IN_REVIEW, State.PUBLISHED),
    State.IN_REVIEW: (State.PUBLISHED, State.RETURNED),
    State.RETURNED: (State.IN_REVIEW, State.WITHDRAWN),
    State.PUBLISHED: (State.WITHDRAWN,),
    State.WITHDRAWN: (State.DRAFT, State.PUBLISHED),
}


def may_follow(before, after):
    """Whether a profile in state `before` may be put into state `after`."""
    return before == after or after in TRANSITIONS[State(before)]
