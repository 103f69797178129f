"""What waits for those who look after cities: what has waited longest first, and who sees to it."""

import datetime
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.models import Resource
from notices.models import QUESTION_LATE, Question
from profiles.access import is_platform_staff
from profiles.dates import today
from profiles.lagging import lagging
from profiles.models import City, Submission

from .models import TakenItem

MOST = 50
"""So many of each kind are read, and so many stand on the page."""

SUBMISSION, RESOURCE, LAG, QUESTION = "submission", "resource", "lag", "question"


@dataclass
class Item:
    """`since`: from when it waits; `due`: the day by which it should be done, None for none;
    `title`: the city or whose it is, `words`: what waits; `url`: the page on which one sees to it.
    """

    kind: str
    key: int
    title: str
    words: str
    url: str
    since: datetime.datetime
    due: datetime.date | None = None
    owner: Any = None

    @property
    def age(self):
        days = (today() - self.since.date()).days
        if days < 1:
            return _("since today")
        return ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}

    @property
    def is_overdue(self):
        return self.due is not None and self.due < today()


def queue_of(user):
    """The first `MOST` items that wait for `user`, the oldest first."""
    items = _submissions(user)
    if is_platform_staff(user):
        items += [*_resources(), *_lags(), *_questions()]
    items.sort(key=attrgetter("since"))
    items = items[:MOST]
    _name_owners(items)
    return items


def _submissions(user):
    waiting = Submission.objects.waiting_for(user).order_by("sent_at", "pk").defer("record")
    return [
        Item(
            kind=SUBMISSION,
            key=one.pk,
            title=one.city.name,
            words=_("a profile to review"),
            url=reverse("admin:publishing_submission_change", args=[one.pk]),
            since=one.sent_at,
            due=one.due_on,
        )
        for one in waiting.select_related("city")[:MOST]
    ]


def _resources():
    rows = Resource.objects.filter(state=Resource.State.SUBMITTED).select_related("city")
    rows = list(rows.order_by("pk")[:MOST])
    since = _submitted_since([row.pk for row in rows])
    days = datetime.timedelta(days=settings.REVIEW_DAYS)
    return [
        Item(
            kind=RESOURCE,
            key=row.pk,
            title=row.city.name if row.city else row.organisation,
            words=_("a resource to review: %(title)s") % {"title": row.title},
            url=reverse("admin:hub_resource_change", args=[row.pk]),
            since=since[row.pk],
            due=(since[row.pk] + days).date(),
        )
        for row in rows
    ]


def _submitted_since(keys):
    """Key of a resource in review → when it last came to it, as its history says."""
    since, before = {}, {}
    history = Resource.history.filter(id__in=keys).order_by("history_id")
    for key, state, moment in history.values_list("id", "state", "history_date"):
        if state == Resource.State.SUBMITTED != before.get(key):
            since[key] = moment
        before[key] = state
    return since


def _lags():
    cities = City.objects.filter(pk__in=list(lagging()[:MOST])).order_by("updated_at")
    return [
        Item(
            kind=LAG,
            key=city.pk,
            title=city.name,
            words=_("to be published by the platform, and is not yet"),
            url=reverse("admin:publishing_unpublished", args=[city.pk]),
            since=city.updated_at,
        )
        for city in cities.only("name", "updated_at")
    ]


def _questions():
    late = Question.objects.late().select_related("city").order_by("asked_at")
    return [
        Item(
            kind=QUESTION,
            key=one.pk,
            title=one.city.name,
            words=_("a question of a reader without an answer"),
            url=reverse("notices:questions"),
            since=one.asked_at,
            due=(one.asked_at + QUESTION_LATE).date(),
        )
        for one in late[:MOST]
    ]


def _name_owners(items):
    """Put who has taken it into each item."""
    wanted = Q(pk__in=())
    for kind in {item.kind for item in items}:
        wanted |= Q(kind=kind, key__in=[item.key for item in items if item.kind == kind])
    rows = TakenItem.objects.filter(wanted).select_related("owner") if items else ()
    taken = {(row.kind, row.key): row for row in rows}
    for item in items:
        row = taken.get((item.kind, item.key))
        if row is not None and row.taken_at >= item.since:
            item.owner = row.owner


# Taking


@transaction.atomic
def take(item, user):
    """Let `user` see to a free item; returns who sees to it then, who may have been quicker."""
    mine = TakenItem.objects.filter(kind=item.kind, key=item.key)
    mine.filter(taken_at__lt=item.since).delete()
    row, _made = mine.select_related("owner").get_or_create(
        kind=item.kind, key=item.key, defaults={"owner": user}
    )
    return row.owner


def take_over(item, user, seen_owner):
    """Let `user` see to what `seen_owner` sees to; False where that is not so any more."""
    taken = TakenItem.objects.filter(kind=item.kind, key=item.key, owner=seen_owner)
    return bool(taken.update(owner=user, taken_at=timezone.now()))


def give_back(item, user):
    """Let it be free again; False where `user` has not had it."""
    return bool(TakenItem.objects.filter(kind=item.kind, key=item.key, owner=user).delete()[0])
