"""The first page of the admin: the user's cities, and what waits for platform staff."""

from dataclasses import dataclass, field
from typing import Any

from hub.models import Resource
from notices.models import Mail, Question
from profiles.access import ROLES_THAT_APPROVE, is_platform_staff, roles_of
from profiles.lagging import unpublished
from profiles.models import City, Submission
from publishing.overview import overview

from .city_work import work_of

SHOWN_WHOLE = 3
"""Users with more cities than this get only a list of them."""

MOST_WAITING = 50


@dataclass
class Worklist:
    """`cities`: in full; `others`: as a list, each with whether it has unpublished changes.

    `waiting`: submissions, for who may approve them (`may_approve`; staff always). `submitted`:
    the number of resources in review. `publishing`: how publishing goes, for staff.
    """

    cities: list = field(default_factory=list)
    others: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    submitted: int = 0
    publishing: Any = None
    is_staff: bool = False
    may_approve: bool = False

    @property
    def only_city(self):
        """The city of somebody who works for one city alone; else None."""
        is_alone = len(self.cities) == 1 and not self.may_approve
        return self.cities[0].city if is_alone else None

    @property
    def late_questions(self):
        """The number of questions of readers that cities have left without an answer."""
        return Question.objects.late().count()

    @property
    def stuck_mails(self):
        """The number of mails of which platform staff should know."""
        return Mail.objects.stuck().count()


def worklist(user):
    waiting = submissions_for(user)
    if is_platform_staff(user):
        submitted = Resource.objects.filter(state=Resource.State.SUBMITTED).count()
        return Worklist(waiting=waiting, submitted=submitted, publishing=overview(), is_staff=True)
    approves = bool(roles_of(user) & ROLES_THAT_APPROVE)
    own = list(City.objects.managed_by(user).with_state().select_related("country")[:200])
    if len(own) > SHOWN_WHOLE:
        changed = set(
            unpublished().filter(pk__in=[city.pk for city in own]).values_list("pk", flat=True)
        )
        others = [(city, city.pk in changed) for city in own]
        return Worklist(others=others, waiting=waiting, may_approve=approves)
    works = [work_of(city, user) for city in own]
    return Worklist(cities=works, waiting=waiting, may_approve=approves)


def submissions_for(user):
    """The first submissions that `user` may approve or return, soonest due first."""
    waiting = Submission.objects.waiting_for(user).order_by("due_on", "pk").defer("record")
    return list(waiting.select_related("city__country", "sent_by")[:MOST_WAITING])
