"""Of which version a document is made: the publication with its day, or the working copy."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.confirmations import confirmed_on
from catalogue.atoms import Day
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.writing_systems import platform_text

from .citation import note_of


@dataclass(frozen=True, slots=True)
class Version:
    """A publication: `url` is the address of this version, `current_url` that of the profile."""

    number: int
    published_on: Day
    is_current: bool
    url: str
    current_url: str

    @classmethod
    def of(cls, publication, slug, *, is_current):
        """`slug`: the present one of the city. In the active language."""
        return cls(
            number=publication.number,
            published_on=Day.of(publication.published_at.date()),
            is_current=is_current,
            url=reverse("website:version", args=[slug, publication.number]),
            current_url=reverse("website:city", args=[slug]),
        )


def newest_update(record):
    """The `Day` of the newest last update of what a record reports; None where there is none.

    Figures stand in baselines, targets, progress and assessments. One that the city has confirmed
    unchanged is as new as the confirmation. The day of an action, which is that of its description,
    counts only where there is nothing else.
    """
    actions, assessments = record.actions.actions, record.assessments
    rows = [statement for action in actions for statement in action.statements]
    rows += assessments
    rows += [result for assessment in assessments for result in assessment.results]
    days = [row.updated_on for row in rows or actions]
    days += filter(None, (confirmed_on(one) for action in actions for one in action.statements))
    newest = max(days, default=None)
    return newest and Day.of(newest)


def published_line(version, figures_up_to):
    """What is said of the age of a document; `figures_up_to`: a `Day`, or None.

    The words are of the platform, not of the catalogue: a version has its own catalogue, which may
    be older than they are.
    """
    if version is None:
        return _text(version_line(version))
    days = {"day": version.published_on, "figures": figures_up_to}
    if figures_up_to is None:
        return _text(_("Published %(day)s") % days)
    return _text(_("Published %(day)s, figures up to %(figures)s") % days)


def version_line(version):
    """In short which version a document is; `version`: None for the working copy."""
    return note_of(version) if version else _("Working copy, not published")


def earlier_line(version):
    """What stands on a version that is not the current one; None for any other document."""
    if version is None or version.is_current:
        return None
    words = _(
        "An earlier version: version %(number)d, published %(day)s. It says what the city "
        "published then, judged as of that day; only the layout is today’s."
    )
    return _text(words % {"number": version.number, "day": version.published_on})


def redaction_notes(redactions):
    """What is said of each `Redaction` of a version, in order."""
    words = _("Redacted on %(day)s: a part of this version was taken out. The reason: %(reason)s")
    return tuple(
        _text(words % {"day": Day.of(one.redacted_at.date()), "reason": one.reason})
        for one in redactions
    )


def _text(words):
    return platform_text(words, get_language() or OFFICIAL_LANGUAGE)
