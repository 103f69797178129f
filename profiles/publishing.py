"""How a profile moves from draft to the public and back. Platform staff move it."""

from .models import State
from .transitions import Transition, TransitionTable

TRANSITIONS = TransitionTable(
    Transition(before, after, staff_only=True)
    for before, after in (
        (State.DRAFT, State.IN_REVIEW),
        (State.DRAFT, State.PUBLISHED),
        (State.IN_REVIEW, State.PUBLISHED),
        (State.IN_REVIEW, State.RETURNED),
        (State.RETURNED, State.IN_REVIEW),
        (State.RETURNED, State.WITHDRAWN),
        (State.PUBLISHED, State.WITHDRAWN),
        (State.WITHDRAWN, State.DRAFT),
        (State.WITHDRAWN, State.PUBLISHED),
    )
)
"""None needs a note: the form of a city asks for one as long as the city is returned."""
