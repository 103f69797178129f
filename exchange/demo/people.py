"""Who signs in to look around: with one password, known to everybody, where demos may be."""

from typing import NamedTuple

from accounts.models import User
from profiles.changes import recording
from profiles.models import Assignment, ChangeSet, City, Role
from publishing.unpublished import find_unpublished

PASSWORD = "nature-on-my-machine"  # noqa: S105 (known to everybody, and only where demos may be)


class SignIn(NamedTuple):
    """`slug`: the city that the person is an officer of; None: platform staff."""

    email: str
    full_name: str
    slug: str | None


STAFF = SignIn("staff@example.org", "Platform staff (sample)", None)
OFFICER_OF_ANJI = SignIn(
    "officer.anji@example.org", "Officer of Anji County (sample)", "anji-county"
)
OFFICER_OF_AL_WAHA = SignIn("officer.alwaha@example.org", "Officer of Al-Waha (sample)", "al-waha")
OFFICER_OF_THREE_OTTERS = SignIn(
    "officer.threeotters@example.org", "Officer of Three Otters (sample)", "three-otters"
)
SIGN_INS = (STAFF, OFFICER_OF_ANJI, OFFICER_OF_AL_WAHA, OFFICER_OF_THREE_OTTERS)


def add_person(sign_in):
    """Add the user, unless there is one with this e-mail address."""
    email, full_name, slug = sign_in
    if User.objects.with_email(email).exists():
        return
    with recording(None, ChangeSet.Kind.DEMO, email):
        user = User.objects.create_user(email, PASSWORD, full_name=full_name, is_staff=slug is None)
        city = City.objects.filter(slug=slug).first()
        if city is not None:
            Assignment.objects.create(user=user, role=Role.OFFICER, city=city)
    if city is not None:
        # A role moves the version of its city, and changes nothing that the public reads.
        find_unpublished(city)
