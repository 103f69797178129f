"""The first page of the admin: the user's cities, and what waits for who looks after cities."""

from dataclasses import dataclass, field
from typing import Any

from hub.models import Resource
from notices.models import Mail, Question
from oversight.queue import queue_of
from profiles.access import is_platform_staff, oversees
from profiles.lagging import unpublished
from profiles.models import City
from publishing.overview import overview

from .city_work import work_of

SHOWN_WHOLE = 3
"""Users with more cities than this get only a list of them."""


@dataclass
class Worklist:
    """`cities`: in full; `others`: as a list, each with whether it has unpublished changes.

    `queue`: what waits for who looks after cities (`may_approve`; staff always). `submitted`: the
    number of resources in review. `publishing`: how publishing goes, for staff.
    """

    cities: list = field(default_factory=list)
    others: list = field(default_factory=list)
    queue: list = field(default_factory=list)
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
        """For staff: the number of questions of readers that cities have left without an answer."""
        return Question.objects.late().count() if self.is_staff else 0

    @property
    def stuck_mails(self):
        """The number of mails of which platform staff should know."""
        return Mail.objects.stuck().count()


def worklist(user):
    queue = queue_of(user) if oversees(user) else []
    if is_platform_staff(user):
        submitted = Resource.objects.filter(state=Resource.State.SUBMITTED).count()
        return Worklist(queue=queue, submitted=submitted, publishing=overview(), is_staff=True)
    own = list(City.objects.managed_by(user).with_state().select_related("country")[:200])
    if len(own) > SHOWN_WHOLE:
        changed = set(
            unpublished().filter(pk__in=[city.pk for city in own]).values_list("pk", flat=True)
        )
        others = [(city, city.pk in changed) for city in own]
        return Worklist(others=others, queue=queue, may_approve=oversees(user))
    works = [work_of(city, user) for city in own]
    return Worklist(cities=works, queue=queue, may_approve=oversees(user))
