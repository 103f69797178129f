"""Tells people what has happened, once it is certain: after the commit."""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.dispatch import receiver

from hub.state_changes import resources_moved
from profiles.models import ChangeSet, City, Publication
from publishing.signals import (
    city_published,
    city_withdrawn,
    submission_returned,
    submission_sent,
)
from updates.signals import colleague_called

from .recipients import approvers_of, officers_of, platform_staff
from .sending import notify, notify_colleague

NOT_TOLD = {ChangeSet.Kind.DEMO, ChangeSet.Kind.UNDO}
"""Kinds of changes of resources that nobody is told of."""

TOLD = {Publication.Kind.FIRST, Publication.Kind.CITY, Publication.Kind.REVIEWED}
"""Kinds of publications. Where each save is published at once, mails would be too many."""

KIND_OF_STATE = {"returned": "resource-returned", "published": "resource-published"}
"""State of a resource → the kind of mail that tells of it."""


def afterwards(tell, *args):
    """Call `tell` after the commit; what goes wrong there is logged and fails nothing else."""
    transaction.on_commit(partial(tell, *args), robust=True)


def with_place(city_id):
    """The city with what `notify` asks of it; None if it is gone."""
    return City.objects.select_related("country").filter(pk=city_id).first()


@receiver(submission_sent)
def tell_of_submission(sender, submission, **kwargs):
    afterwards(ask_for_review, submission)


def ask_for_review(submission):
    """Platform staff hear of it too, of cities with approvers of their own by another kind."""
    city, by = with_place(submission.city_id), submission.sent_by
    if city is None:
        return
    asked = notify("submitted", approvers_of(city), city, by, submission=submission)
    code = "submitted-to-others" if asked else "submitted"
    notify(code, platform_staff(), city, by, submission=submission)


@receiver(submission_returned)
def tell_of_return(sender, submission, **kwargs):
    told = {"submission": submission}
    by = submission.decided_by
    afterwards(tell_city, "returned", submission.city_id, by, told, submission)


@receiver(city_published)
def tell_of_publication(sender, publication, by, submission=None, **kwargs):
    """Nobody is told where no person published: commands do so for many cities at once."""
    if by is not None and publication.kind in TOLD:
        told = {"publication": publication, "submission": submission}
        afterwards(tell_city, "published", publication.city_id, by, told, submission)


@receiver(city_withdrawn)
def tell_of_withdrawal(sender, city, note, by, **kwargs):
    afterwards(tell_city, "withdrawn", city.pk, by, {"note": note})


def is_still_of(city, person):
    """Whether `person` (or None) has a role in the city still."""
    if person is None:
        return False
    return City.objects.managed_by(person).filter(pk=city.pk).exists()


def tell_city(code, city_id, by, told, submission=None):
    """Mail the city's officers, and who sent the submission if they have a role there still."""
    city = with_place(city_id)
    if city is not None:
        people = officers_of(city)
        if submission is not None and is_still_of(city, submission.sent_by):
            people.add(submission.sent_by)
        notify(code, people, city, by, **told)


@receiver(resources_moved)
def tell_of_resources(sender, change_set, rows, **kwargs):
    """One mail about all resources of a city that got the same state at once."""
    if change_set.kind in NOT_TOLD:
        return
    found = defaultdict(list)
    for row in rows:
        if row.city_id is not None and row.state in KIND_OF_STATE:
            found[row.city_id, KIND_OF_STATE[row.state]].append(row)
    for (city_id, code), some in found.items():
        afterwards(tell_city, code, city_id, change_set.user, {"resources": some})


@receiver(colleague_called)
def tell_colleague(sender, request, token, occasion, figure=None, **kwargs):
    afterwards(notify_colleague, f"colleague-{occasion}", request, token, figure)
