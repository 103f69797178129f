"""The transitions between the states of a profile. Only platform staff make them."""

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
"""`needs_note` is not used: `CityForm.clean` asks for a note as long as the state is “returned”."""
