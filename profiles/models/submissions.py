"""What is to be published: what a city has sent for review, and what is due without it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueVersion

from ..access import SubmissionQuerySet
from ..dates import today
from ..fields import LongTextField
from .city import City
from .published import Publication


def person(**options):
    """A foreign key to somebody who did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", **options
    )


class PublishRequest(models.Model):
    """The rows of this city are to be published as soon as it can be, whatever its setting.

    Made in the transaction that decided it, such as an import of platform staff; publishing
    deletes it.
    """

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="publish_request")
    requested_by = person()
    note = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, choices=Publication.Kind, blank=True)

    def __str__(self):
        return str(self.city)


class Submission(models.Model):
    """What a city has sent for review: a record, as in a `Publication`, which it never changes.

    `due_on`: the day by which the city gets an answer. `publication`: what became of it. One that
    was returned before submissions kept a record has neither record nor catalogue.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for review")
        RETURNED = "returned", _("returned with a note")
        APPROVED = "approved", _("approved and published")
        TAKEN_BACK = "taken-back", _("taken back by the city")

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="submissions", verbose_name=_("city")
    )
    record = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    catalogue = models.ForeignKey(
        CatalogueVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    content_version = models.PositiveBigIntegerField()
    note = LongTextField(_("note to the reviewer"), blank=True)
    sent_by = person(verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    due_on = models.DateField(_("answer due on"))
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    decided_by = person(verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decision_note = LongTextField(_("note to the city"), blank=True)
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("city",),
                condition=Q(state="waiting"),
                name="profiles_submission_one_waits_per_city",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "returned", "approved", "taken-back"]),
                name="profiles_submission_state_known",
            ),
        ]

    def __str__(self):
        return f"{self.city}, {self.get_state_display()}"

    @property
    def is_overdue(self):
        return self.state == self.State.WAITING and self.due_on < today()


class Comment(models.Model):
    """What a reviewer asks about one field of a submission.

    `path` names the field as a `publishing.differences.Difference` does, empty for the whole.
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="comments")
    path = models.CharField(max_length=200, blank=True)
    text = LongTextField(_("comment"))
    author = person(verbose_name=_("author"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    done_by = person(verbose_name=_("done by"))
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("pk",)

    def __str__(self):
        return self.text[:60]
