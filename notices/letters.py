"""What a mail says, before it is laid out as HTML and as text: one function for each kind.

They are called in the reader's language, with what `notices.sending.notify` was given.
"""

from dataclasses import dataclass
from textwrap import indent

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.people import display_name
from publishing.unpublished import unpublished_changes

from .changed import lines_of, lines_of_publication, summary_of_submission


@dataclass(frozen=True, slots=True)
class Letter:
    """`items`: a list below the opening; `note`: what somebody wrote, in their own words.

    `action`: the words of the one link, `path` the page of this site to which it leads. `reply_to`:
    the address to which an answer goes, where it is not that of the platform. `reason`: why it is
    sent to somebody who has no account.
    """

    subject: str
    opening: str
    action: str
    path: str
    note: str = ""
    items: tuple[str, ...] = ()
    reply_to: str = ""
    reason: str = ""

    @property
    def quoted_note(self):
        """The note as text mails quote."""
        return indent(self.note, "> ", lambda line: True)


def submitted(city, submission):
    changes = summary_of_submission(submission)
    return Letter(
        subject=_("For review: %(city)s") % {"city": city.name},
        opening=_(
            "%(city)s has sent its profile for review. Please publish it or return it with a note "
            "by %(day)s."
        )
        % {"city": city.name, "day": date_format(submission.due_on)},
        items=(changes,) if changes else (),
        note=submission.note,
        action=_("Open the review"),
        path=reverse("admin:publishing_submission_change", args=[submission.pk]),
    )


def returned(city, submission):
    count = submission.comments.count()
    opening = _("The profile of %(city)s has come back from review.") % {"city": city.name}
    if count:
        opening += " " + ngettext(
            "There is %(count)d comment on a field: you see it beside the field.",
            "There are %(count)d comments on fields: you see each beside its field.",
            count,
        ) % {"count": count}
    return Letter(
        subject=_("Back from review: %(city)s") % {"city": city.name},
        opening=opening,
        note=submission.decision_note,
        action=_("See what is asked"),
        path=reverse("admin:publishing_submission_change", args=[submission.pk]),
    )


def published(city, publication, submission=None):
    """The note of who approved a submission is for the city alone; that of a version is public."""
    return Letter(
        subject=_("Published: %(city)s, version %(number)d")
        % {"city": city.name, "number": publication.number},
        opening=_("Version %(number)d of the profile of %(city)s is public now:")
        % {"city": city.name, "number": publication.number},
        items=lines_of_publication(publication),
        note=submission.decision_note if submission else publication.note,
        action=_("Read it"),
        # The city may have another address by now, which is not public yet.
        path=reverse("website:city", args=[publication.slug.lower()]),
    )


def withdrawn(city, note):
    return Letter(
        subject=_("Withdrawn: %(city)s") % {"city": city.name},
        opening=_(
            "Platform staff have withdrawn the profile of %(city)s: nobody outside can read it "
            "until they show it again. What you wrote is still there."
        )
        % {"city": city.name},
        note=note,
        action=_("Open your city"),
        path=reverse("admin:profiles_city_change", args=[city.pk]),
    )


def unpublished(city, since):
    return Letter(
        subject=_("Not public yet: %(city)s") % {"city": city.name},
        opening=_(
            "%(city)s has changes since %(day)s that nobody outside can read. Look at them and "
            "publish when they are ready. You get this mail once."
        )
        % {"city": city.name, "day": date_format(since)},
        items=lines_of(unpublished_changes(city)),
        action=_("Look at the changes"),
        path=reverse("admin:publishing_unpublished", args=[city.pk]),
    )


def question(city, question):
    who = question.name or _("A reader")
    return Letter(
        subject=_("A question to %(city)s") % {"city": city.name},
        opening=_(
            "%(who)s has read the profile of %(city)s and asks this. Answer this mail: your answer "
            "goes to %(email)s. Then mark the question as answered."
        )
        % {"who": who, "city": city.name, "email": question.email},
        items=(_("About: %(page)s") % {"page": question.page},),
        note=question.text,
        action=_("Open the questions"),
        path=reverse("notices:questions"),
        reply_to=question.email,
    )


def message(city, subject, text, sender):
    """What somebody who looks after the city has written, and to whom an answer goes."""
    who = display_name(sender, sender)
    return Letter(
        subject=subject,
        opening=text,
        items=(
            _("%(who)s has written this. You can answer this mail: it goes to %(email)s.")
            % {"who": who, "email": sender.email},
        ),
        action=_("Open your city"),
        path=reverse("admin:profiles_city_change", args=[city.pk]),
        reply_to=sender.email,
    )


def resources_returned(city, resources):
    """`resources`: rows of the history of `hub.Resource`."""
    return Letter(
        subject=ngettext(
            "Returned: “%(title)s” of %(city)s",
            "Returned: %(number)d resources of %(city)s",
            len(resources),
        )
        % {"city": city.name, "title": resources[0].title, "number": len(resources)},
        opening=_(
            "Platform staff ask for a change in Tools & resources of %(city)s before everybody can "
            "read this:"
        )
        % {"city": city.name},
        items=tuple(f"{row.title}: {row.state_note}" for row in resources),
        **link_to_resources(city, resources),
    )


def resources_published(city, resources):
    """As `resources_returned`."""
    return Letter(
        subject=ngettext(
            "Approved: “%(title)s” of %(city)s",
            "Approved: %(number)d resources of %(city)s",
            len(resources),
        )
        % {"city": city.name, "title": resources[0].title, "number": len(resources)},
        opening=_("This is approved in Tools & resources of %(city)s:") % {"city": city.name},
        items=tuple(row.title for row in resources),
        **link_to_resources(city, resources),
    )


def link_to_resources(city, resources):
    if len(resources) == 1:
        page = reverse("admin:hub_resource_change", args=[resources[0].id])
        return {"action": _("Open it"), "path": page}
    page = reverse("admin:hub_resource_changelist")
    return {"action": _("Open the list"), "path": f"{page}?city__id__exact={city.pk}"}


def answered(city, answered):
    """`answered`: an `updates.answered.Answered`."""
    given = {"city": city.name, "number": answered.count, "year": answered.update.year}
    items = [
        ngettext("%(who)s: %(number)d answer", "%(who)s: %(number)d answers", one.new_answers)
        % {"who": one.who, "number": one.new_answers}
        for one in answered.requests
    ]
    return Letter(
        subject=ngettext(
            "A colleague has answered: %(city)s",
            "%(number)d answers of colleagues: %(city)s",
            answered.count,
        )
        % given,
        opening=_(
            "These colleagues have answered for the report of %(city)s of %(year)d. Nothing of it "
            "is in the profile until you accept it:"
        )
        % given,
        items=tuple(items),
        action=_("Look at the answers"),
        path=reverse("admin:updates_city", args=[city.slug]),
    )


def colleague_asked(city, request, path, figure=None):
    """`request`: an `updates.ColleagueRequest`; `path` opens it without an account."""
    return letter_to_colleague(
        city,
        request,
        path,
        subject=_("%(city)s asks you for figures"),
        opening=_(
            "%(officer)s of %(city)s asks you for figures for the report of %(year)d. Fill them in "
            "at this link by %(day)s. You need no account."
        ),
        note=request.message,
    )


def colleague_reminded(city, request, path, figure=None):
    return letter_to_colleague(
        city,
        request,
        path,
        subject=_("Reminder: %(city)s asks you for figures"),
        opening=_(
            "%(officer)s of %(city)s still waits for figures for the report of %(year)d. Fill them "
            "in at this link by %(day)s, or say there that you do not have them."
        ),
        note=request.message,
    )


def colleague_returned(city, request, path, figure):
    """`figure`: the `updates.RequestedFigure` that is returned."""
    return letter_to_colleague(
        city,
        request,
        path,
        subject=_("A question about your figure for %(city)s"),
        opening=_(
            "%(officer)s of %(city)s has a question about a figure that you gave for the report of "
            "%(year)d. Look at it again at this link by %(day)s:"
        ),
        note=figure.return_note,
    )


def letter_to_colleague(city, request, path, *, subject, opening, note):
    officer = request.asked_by
    given = {
        "city": city.name,
        "officer": (officer.full_name or officer.email) if officer else _("Somebody"),
        "year": request.update.year,
        "day": date_format(request.expires_at),
    }
    return Letter(
        subject=subject % given,
        opening=opening % given,
        note=note,
        action=_("Open the figures"),
        path=path,
        reply_to=officer.email if officer else "",
        reason=_(
            "You get this because %(officer)s of %(city)s has given your address for this request. "
            "You have no account here, and no other mails follow but about it. If you do not know "
            "who that is, do nothing, or answer this mail."
        )
        % given,
    )
