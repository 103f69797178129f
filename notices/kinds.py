"""All kinds of mails.

A further one takes a row here, a function in `notices.letters` and a receiver in
`notices.receivers`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from profiles.access import (
    ROLES_FOR_ONE_CITY,
    ROLES_THAT_APPROVE,
    is_platform_staff,
    roles_of,
)

from . import letters

CITY, APPROVERS, STAFF = "city", "approvers", "staff"


@dataclass(frozen=True, slots=True)
class Kind:
    """`audience`: who may get it; empty for mails that everybody gets and nobody switches off.

    `letter`: the function that writes it.
    """

    code: str
    name: str
    audience: str = ""
    letter: Callable | None = None


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "submitted", _("A city has sent its profile for review"), APPROVERS, letters.submitted
        ),
        Kind(
            "submitted-to-others",
            _("A city has sent its profile to its own coordinator or reviewer"),
            STAFF,
            letters.submitted,
        ),
        Kind("returned", _("Our profile has come back from review"), CITY, letters.returned),
        Kind("published", _("A colleague or a reviewer has published"), CITY, letters.published),
        Kind("withdrawn", _("Our profile has been withdrawn"), CITY, letters.withdrawn),
        Kind("unpublished", _("Changes of ours wait to be published"), CITY, letters.unpublished),
        Kind(
            "resource-returned",
            _("A resource of ours has come back from review"),
            CITY,
            letters.resources_returned,
        ),
        Kind(
            "resource-published",
            _("A resource of ours has been approved"),
            CITY,
            letters.resources_published,
        ),
        Kind("question", _("A reader has asked our city"), CITY, letters.question),
        Kind(
            "answered",
            _("A colleague has answered our request for figures"),
            CITY,
            letters.answered,
        ),
        Kind("message", _("Who looks after our city writes to us"), CITY, letters.message),
        Kind("password", _("Set a password")),
        # To people without an account.
        Kind("colleague-asked", _("Figures wanted from a colleague"), "", letters.colleague_asked),
        Kind(
            "colleague-reminded",
            _("A colleague is reminded of figures"),
            "",
            letters.colleague_reminded,
        ),
        Kind(
            "colleague-returned",
            _("A figure of a colleague has come back"),
            "",
            letters.colleague_returned,
        ),
    )
}
"""Code → kind, in the order in which the page of somebody's mails lists them."""


def kinds_for(user):
    """The kinds that `user` may get and may switch off."""
    audiences = set()
    roles = roles_of(user)
    if is_platform_staff(user):
        audiences = {STAFF, APPROVERS}
    if roles & ROLES_THAT_APPROVE:
        audiences.add(APPROVERS)
    if roles & ROLES_FOR_ONE_CITY:
        audiences.add(CITY)
    return [kind for kind in KINDS.values() if kind.audience in audiences]
