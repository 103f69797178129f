"""What the officer does with the answer of a colleague, on the page of the update."""

from dataclasses import asdict

from django.contrib.messages import ERROR, SUCCESS, WARNING
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.models import Action
from actions.quantities import quantity_in
from catalogue import units
from profiles.samples import is_mailed_about
from profiles.texts import tidy_line

from .asking import STATE, call
from .keeping import Typed, keep
from .models import ColleagueRequest, RequestedFigure
from .rows import rows_for


@transaction.atomic
def keep_with_colleagues(update, post, user):
    """Keep the posted rows, and do what a button beside the answer of a colleague says.

    Answers with `Kept`, and with level and text of a message, or None.
    """
    ticket = post.get("accept") or post.get("return")
    figure = figure_named(update, ticket) if ticket else None
    key = fill_in(figure, update, post) if figure and "accept" in post else None
    kept = keep(update, post, user)
    if not ticket:
        return kept, None
    if figure is None:
        return kept, (ERROR, _("The answer was changed meanwhile. Look at it once more."))
    if "accept" not in post:
        return kept, give_back(figure, post)
    if key is None or key in kept.refused:
        return kept, None
    figure.state = STATE.ACCEPTED
    figure.save(update_fields=["state"])
    return kept, (SUCCESS, _("Accepted: the answer stands in its row."))


def figure_named(update, ticket):
    """The figure that a ticket of `ColleagueAnswer` names, its request locked; None if its answer
    is not the one that was shown any more."""
    key, _dash, digest = ticket.partition("-")
    if not (key.isdecimal() and len(key) < 19):
        return None
    # The colleague, who sends at the same moment, waits here.
    ColleagueRequest.objects.select_for_update().filter(update=update.pk, figures=key).first()
    figures = RequestedFigure.objects.filter(
        pk=key, request__update=update.pk, request__revoked_at=None, state=STATE.ANSWERED
    )
    figure = figures.select_related("request__update__city__country").first()
    return figure if figure and figure.digest() == digest else None


def fill_in(figure, update, post):
    """Put the answer of a colleague into the posted fields of its row; answers with its key."""
    number = Action.objects.filter(pk=figure.action_id).values_list("number", flat=True).first()
    for row in rows_for(update.city, update.year, numbers=[number]):
        if row.code == figure.code and f"{row.key}-seen" in post:
            for name, text in asdict(Typed.of(figure)).items():
                post[f"{row.key}-{name}"] = text
            post[f"{row.key}-text"] = text_with_unit(figure, row)
            return row.key
    return None


def text_with_unit(figure, row):
    """The text as typed; with the unit in which the colleague meant it, if that of the row is
    another one by now."""
    if row.kind != "number" or not figure.text or figure.unit in ("", row.unit):
        return figure.text
    is_bare = not quantity_in(figure.text, row.figure).unit
    return f"{figure.text} {units.symbol(figure.unit)}" if is_bare else figure.text


def give_back(figure, post):
    """Return the answer with the officer's note, and mail the colleague."""
    request = figure.request
    figure.return_note = tidy_line(post.get(f"return-{figure.pk}", ""))
    if not figure.return_note:
        return ERROR, _("Say in the note what the colleague is to look at. Nothing is returned.")
    try:
        figure.clean_fields(exclude=["request", "action"])
    except ValidationError as error:
        return ERROR, " ".join(error.messages)
    figure.state = STATE.RETURNED
    figure.save(update_fields=["state", "return_note"])
    if request.email and is_mailed_about(request.update.city):
        call(request, "returned", figure=figure)
        return SUCCESS, _("Returned: %(who)s gets a mail.") % {"who": request.who}
    words = _("Returned. No mail is sent to %(who)s: tell them yourself, their link shows it.")
    return WARNING, words % {"who": request.who}
