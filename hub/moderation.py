"""How a resource moves from a city's draft to the public and back."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.dates import today

from .models import Resource

State = Resource.State
DRAFT, SUBMITTED, PUBLISHED, RETURNED = (
    State.DRAFT,
    State.SUBMITTED,
    State.PUBLISHED,
    State.RETURNED,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One way from state to state. `act` says it as somebody's decision."""

    before: State
    after: State
    act: str
    staff_only: bool = False
    needs_note: bool = False


MOVES = (
    Move(DRAFT, SUBMITTED, gettext_lazy("Submit for review")),
    Move(RETURNED, SUBMITTED, gettext_lazy("Submit again")),
    Move(SUBMITTED, DRAFT, gettext_lazy("Take back to work on it")),
    Move(RETURNED, DRAFT, gettext_lazy("Take back to work on it")),
    Move(PUBLISHED, DRAFT, gettext_lazy("Withdraw from the public")),
    Move(DRAFT, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
    Move(SUBMITTED, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
    Move(RETURNED, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
    Move(SUBMITTED, RETURNED, gettext_lazy("Return"), staff_only=True, needs_note=True),
    Move(PUBLISHED, RETURNED, gettext_lazy("Return"), staff_only=True, needs_note=True),
)
"""All there are: who is not staff cannot publish, and nothing returns without a word."""

REVIEWED = ("url", "file", "cover")
"""What platform staff looked at when they published: changed by a city, it is looked at again."""


def offered(before, by_staff):
    """The moves that somebody may make from state `before`."""
    return [move for move in MOVES if move.before == before and (by_staff or not move.staff_only)]


def check(before, resource, by_staff):
    """Whether `resource` may come from `before` into its present state. Raises ValidationError."""
    if before == resource.state:
        return
    moves = {move.after: move for move in offered(before, by_staff)}
    if resource.state not in moves:
        words = _("What is %(before)s cannot become %(after)s in one step.")
        if not by_staff:
            words = _("What is %(before)s cannot become %(after)s in one step, or not by you.")
        names = {"before": State(before).label, "after": State(resource.state).label}
        raise ValidationError({"state": words % names})
    if moves[resource.state].needs_note and not resource.state_note.strip():
        raise ValidationError({"state_note": _("Say what the city should change.")})


def settle(before, resource, changed, by_staff):
    """Bring state, note and day into line after a change; `changed` names the changed fields.

    `before`: the state as stored. Returns whether the resource went back to review by itself.
    """
    back = (
        before == resource.state == PUBLISHED and not by_staff and bool(set(REVIEWED) & {*changed})
    )
    if back:
        resource.state = SUBMITTED
    if resource.state == PUBLISHED and before != PUBLISHED:
        resource.published_on = today()
    if resource.state in (DRAFT, PUBLISHED):
        resource.state_note = ""
    return back
