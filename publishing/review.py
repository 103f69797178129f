"""Review: a city sends what it holds, a reviewer publishes that or returns it with a note.

Each step is one transaction under the city's lock. Of two people who decide at once, the second
reads who was first. Each raises `NotNow` with a sentence for the person who asked.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue import frozen
from catalogue.models import CatalogueVersion
from profiles.comments import mark_done
from profiles.dates import today
from profiles.models import City, Comment, Submission
from profiles.people import display_name
from profiles.texts import tidy

from . import record as records
from .publish import AddressTaken, locked, publish_submission
from .record import UnreadableRecord
from .signals import city_published, submission_returned, submission_sent

__all__ = [
    "NotNow",
    "approve",
    "comment",
    "fill",
    "mark_done",
    "outcome",
    "return_",
    "send",
    "take_back",
    "why_not",
    "why_not_send",
]

State = Submission.State


class NotNow(RuntimeError):
    """This step cannot be done; the message says why."""


@transaction.atomic
def send(city, by, note="", seen_version=None):
    """Send what the city holds now for review; returns the `Submission`.

    `seen_version`: the content version that the sender has looked at.
    """
    row, public = locked(city.pk)
    if row is None:
        raise NotNow(_("This city has been deleted."))
    if reason := why_not_send(row, by):
        raise NotNow(reason)
    if seen_version not in (None, row.content_version):
        raise NotNow(_("The profile has changed meanwhile. Look at what is new, and send again."))
    contents = _contents(row)
    if public and public.publication and public.publication.sha256 == contents["sha256"]:
        raise NotNow(_("Nothing differs from what is public: there is nothing to review."))
    due_on = today() + datetime.timedelta(days=settings.REVIEW_DAYS)
    submission = Submission.objects.create(
        city_id=row.pk, sent_by=by, note=tidy(note), due_on=due_on, **contents
    )
    submission_sent.send(sender=Submission, submission=submission)
    return submission


def why_not_send(city, user):
    """Why `user` may not send the city for review now, in a sentence; "" for who may."""
    if waiting := Submission.objects.filter(city=city.pk, state=State.WAITING).first():
        words = _("Sent already, by %(who)s on %(day)s: it waits for a reviewer.")
        return words % _who_and_when(waiting.sent_by, waiting.sent_at, user)
    if City.objects.submittable_by(user).filter(pk=city.pk).exists():
        return ""
    if city.is_withdrawn:
        return _("The city is withdrawn: nothing of it can be published now.")
    if not City.objects.editable_by(user).filter(pk=city.pk).exists():
        return _("Only who may edit the city sends it for review.")
    return _("This city publishes its changes without a review.")


def _contents(city):
    """The fields of a submission that hold the rows of a city, which is locked."""
    whole = City.objects.select_related("country").get(pk=city.pk)
    # Whoever writes a row moves the city's `content_version` in the end, and waits for the lock.
    encoded = records.encode(records.collect([whole])[city.pk])
    return {
        "record": records.pack(encoded),
        "sha256": records.digest(encoded),
        "catalogue": CatalogueVersion.objects.get(sha256=frozen.current().sha256),
        "content_version": city.content_version,
    }


@transaction.atomic
def fill(submission):
    """Give a waiting submission that has no record the rows of its city as they are now."""
    city, _public = locked(submission.city_id)
    empty = Submission.objects.filter(pk=submission.pk, state=State.WAITING, catalogue=None)
    empty.update(**_contents(city))


@transaction.atomic
def take_back(submission, by):
    """Let the city work on; nobody reviews this submission any more."""
    locked(submission.city_id)
    if not City.objects.editable_by(by).filter(pk=submission.city_id).exists():
        raise NotNow(_("Only who may edit the city takes back what it has sent."))
    _decide(submission, by, State.TAKEN_BACK)


@transaction.atomic
def approve(submission, by, note=""):
    """Publish the record of a submission; returns the `Publication`."""
    _city, public = locked(submission.city_id)
    _refuse(submission, by)
    # Staff may have redacted it since it was read.
    submission.refresh_from_db(fields=["record", "sha256"])
    if public and public.seen_content_version > submission.content_version:
        raise NotNow(
            _("Newer changes of this city are public already. Return this: it would undo them.")
        )
    _decide(submission, by, State.APPROVED, note)
    try:
        submission.publication = publish_submission(submission, by=by)
    except AddressTaken as error:
        raise NotNow(str(error)) from error
    except (UnreadableRecord, KeyError) as error:
        # A KeyError: staff have deleted a row of the catalogue that it names.
        raise NotNow(
            _("This cannot be read any more. Return it, and let the city send again.")
        ) from error
    submission.save(update_fields=["publication"])
    return submission.publication


@transaction.atomic
def return_(submission, by, note):
    """Return a submission to the city, which reads the note."""
    locked(submission.city_id)
    _refuse(submission, by)
    if not tidy(note):
        raise NotNow(_("Say what the city should change."))
    _decide(submission, by, State.RETURNED, note)
    submission_returned.send(sender=Submission, submission=submission)


@transaction.atomic
def comment(submission, path, text, by):
    """Ask about the field at `path`, or about the whole; what was asked before is not repeated."""
    locked(submission.city_id)
    _refuse(submission, by)
    if not tidy(text):
        raise NotNow(_("A comment needs words."))
    given = {"path": path, "text": tidy(text), "author": by}
    return Comment.objects.get_or_create(submission=submission, **given)[0]


def why_not(submission, user):
    """Why `user` may not decide about a submission, in a sentence; "" for who may."""
    if submission.state != State.WAITING:
        return outcome(submission, user)
    if Submission.objects.waiting_for(user).filter(pk=submission.pk).exists():
        return ""
    if not City.objects.approvable_by(user).filter(pk=submission.city_id).exists():
        return _("Platform staff, the region’s coordinator or the country’s reviewer decide.")
    if submission.sent_by_id == user.pk:
        return _("You sent this yourself: somebody else has to decide.")
    return _("The city is withdrawn: nothing of it can be published now.")


def outcome(submission, reader):
    """What became of a submission, by whom and when; "" while it waits."""
    words = {
        State.APPROVED: _("Approved and published by %(who)s on %(day)s."),
        State.RETURNED: _("Returned to the city by %(who)s on %(day)s."),
        State.TAKEN_BACK: _("Taken back by %(who)s on %(day)s."),
    }
    if submission.state not in words:
        return ""
    when = submission.decided_at or submission.sent_at
    return words[submission.state] % _who_and_when(submission.decided_by, when, reader)


def _who_and_when(user, moment, reader):
    return {"who": display_name(user, reader), "day": date_format(moment, "DATE_FORMAT")}


def _refuse(submission, by):
    """Raise NotNow unless `by` may decide now; the submission is read again."""
    try:
        submission.refresh_from_db(fields=["state", "decided_by", "decided_at", "sent_by"])
    except Submission.DoesNotExist as error:
        raise NotNow(_("This city has been deleted.")) from error
    if reason := why_not(submission, by):
        raise NotNow(reason)


def _decide(submission, by, state, note=""):
    """Give a waiting submission its outcome, by one conditional update."""
    outcome_of_it = {
        "state": state,
        "decided_by": by,
        "decided_at": timezone.now(),
        "decision_note": tidy(note),
    }
    waiting = Submission.objects.filter(pk=submission.pk, state=State.WAITING)
    if not waiting.update(**outcome_of_it):
        submission.refresh_from_db()
        raise NotNow(outcome(submission, by))
    for name, value in outcome_of_it.items():
        setattr(submission, name, value)


@receiver(city_published)
def close_overtaken(sender, publication, by, submission, **kwargs):
    """Close what waits for review where all of it was published without one."""
    if submission is not None:
        return
    waiting = Submission.objects.filter(
        city=publication.city_id,
        state=State.WAITING,
        content_version__lte=publication.content_version,
    )
    for one in waiting.only("sent_by"):
        is_own = by is not None and one.sent_by_id == by.pk
        _decide(one, by, State.TAKEN_BACK if is_own else State.APPROVED)
        Submission.objects.filter(pk=one.pk).update(publication=publication)
