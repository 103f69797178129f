"""The transitions between the states of a resource, from a city's draft to the public and back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.dates import today
from profiles.texts import tidy
from profiles.transitions import Transition, TransitionTable

from .models import Resource

State = Resource.State
DRAFT, SUBMITTED, PUBLISHED, RETURNED = (
    State.DRAFT,
    State.SUBMITTED,
    State.PUBLISHED,
    State.RETURNED,
)


TRANSITIONS = TransitionTable(
    (
        Transition(DRAFT, SUBMITTED, gettext_lazy("Submit for review")),
        Transition(RETURNED, SUBMITTED, gettext_lazy("Submit again")),
        Transition(SUBMITTED, DRAFT, gettext_lazy("Take back to work on it")),
        Transition(RETURNED, DRAFT, gettext_lazy("Take back to work on it")),
        Transition(PUBLISHED, DRAFT, gettext_lazy("Withdraw from the public")),
        Transition(DRAFT, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
        Transition(SUBMITTED, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
        Transition(RETURNED, PUBLISHED, gettext_lazy("Publish"), staff_only=True),
        Transition(SUBMITTED, RETURNED, gettext_lazy("Return"), staff_only=True, needs_note=True),
        Transition(PUBLISHED, RETURNED, gettext_lazy("Return"), staff_only=True, needs_note=True),
    )
)
"""Only staff can publish or return, and a return needs a note."""

REVIEWED = ("url", "file", "cover")
"""Fields that staff have reviewed: if a city changes one, the resource goes back to review."""


def check_transition(before, resource, by_staff):
    """Raise ValidationError unless `resource` may go from state `before` to its present one."""
    if before == resource.state:
        return
    transition = TRANSITIONS.find(before, resource.state, by_staff)
    if transition is None:
        words = _("What is %(before)s cannot become %(after)s in one step.")
        if not by_staff:
            words = _("What is %(before)s cannot become %(after)s in one step, or not by you.")
        names = {"before": State(before).label, "after": State(resource.state).label}
        raise ValidationError({"state": words % names})
    if transition.needs_note and not tidy(resource.state_note):
        raise ValidationError({"state_note": _("Say what the city should change.")})


def adjust_state_fields(before, resource, changed, by_staff):
    """Set `state`, `state_note` and `published_on` of a resource as its changed fields require.

    `before`: the stored state; `changed`: names of the changed fields. Returns whether this sent
    the resource back to review.
    """
    goes_back = (
        before == resource.state == PUBLISHED and not by_staff and bool(set(REVIEWED) & {*changed})
    )
    if goes_back:
        resource.state = SUBMITTED
    if resource.state == PUBLISHED and before != PUBLISHED:
        resource.published_on = today()
    if resource.state in (DRAFT, PUBLISHED):
        resource.state_note = ""
    return goes_back
