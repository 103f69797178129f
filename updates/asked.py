"""What a colleague is asked for, and what they answer, read like an answer of the update itself."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from profiles.texts import tidy_line

from .doubts import ask_about
from .keeping import Refusal, Typed, understood
from .last import last_words
from .models import WORDS, Answer, ColleagueRequest, RequestedFigure
from .reports import place_in_reports
from .rows import UpdateRow, actions_of, figures_asked, row_for

HOUR = timedelta(hours=1)
MOST_TRIES = 60
"""So often within an hour may answers be sent by one link."""

CHOICES = (Answer.Choice.NEW, Answer.Choice.UNCHANGED, Answer.Choice.NO_DATA)
STATE = RequestedFigure.State
NOT_CHECKED = ["request", "action", "code", "state"]


class TooMany(Exception):
    """Answers were sent too often within the hour."""


class Closed(Exception):
    """The link does not work any more."""


@dataclass(slots=True)
class AskedRow:
    """A row of a request: the figure that is asked for, and the row of the update, with the
    colleague's answer in the place of the city's."""

    figure: RequestedFigure
    row: UpdateRow

    @property
    def key(self):
        return self.row.key


def rows_asked(request):
    """The `AskedRow`s of a request. Of the action they know the asked figures alone.

    What the profile has no more is left out.
    """
    update, by_action = request.update, {}
    for figure in request.figures.all():
        by_action.setdefault(figure.action_id, {})[figure.code] = figure
    numbers = update.city.actions.filter(pk__in=by_action).values_list("number", flat=True)
    found = []
    for action in actions_of(update.city, list(numbers)):
        found += rows_of_action(action, by_action[action.pk], update.year)
    return found


def rows_of_action(action, figures, year):
    whole = [(one, list(one.values.all())) for one in action.statements.all()]
    statements = [
        (one, [value for value in own if value.figure.code in figures]) for one, own in whole
    ]
    rows = [
        row_for(action, figure, statements)
        for figure in figures_asked(action, whole)
        if figure.code in figures
    ]
    if WORDS in figures:
        rows.append(UpdateRow(action, None, WORDS, last_words(statements), statements))
    found = [AskedRow(figures[row.code], row) for row in rows]
    for one in found:
        put_answer(one.row, one.figure)
        one.row.read(year)
    place_in_reports(rows)
    ask_about(rows)
    return found


def put_answer(row, figure):
    """Put what the colleague said into `row`, in the unit that the page had named."""
    row.unit = figure.unit or row.unit
    row.answer = answer_of(figure, row) if figure.choice else None


def answer_of(figure, row):
    fields = {name: getattr(figure, name) for name in Typed.__dataclass_fields__}
    fields["last"] = row.fingerprint
    return Answer(action=row.action, code=row.code, unit=figure.unit, **fields)


def said(figure, row, year):
    """`row` of the update as the colleague has answered it."""
    own = replace(row, report=None, doubts=[], offers=[])
    put_answer(own, figure)
    own.read(year)
    return own


# Sending


@transaction.atomic
def send(request, post):
    """Store what was typed on the page of the request. Answers with key → `Refusal` of what
    could not be stored; raises TooMany, and Closed where the link was closed this moment."""
    rows = ColleagueRequest.objects.live().select_for_update(of=("self",))
    request = rows.select_related("update__city__country").filter(pk=request.pk).first()
    if request is None:
        raise Closed
    count_try(request)
    refused = {}
    for one in rows_asked(request):
        if f"{one.key}-seen" in post and one.figure.state != STATE.ACCEPTED:
            send_row(one, post, request.update.year, refused)
    return refused


def count_try(request):
    now = timezone.now()
    if request.tries_since < now - HOUR:
        request.tries, request.tries_since = 0, now
    if request.tries >= MOST_TRIES:
        raise TooMany
    request.tries += 1
    request.save(update_fields=["tries", "tries_since"])


def send_row(one, post, year, refused):
    figure, seen = one.figure, post[f"{one.key}-seen"]
    before, stored = figure.digest(), Typed.of(figure)
    typed = Typed.in_post(post, one.key)
    if typed.choice not in CHOICES:
        typed = replace(typed, choice="")
    fill(figure, typed, tidy_line(post.get(f"{one.key}-note", "")))
    if figure.digest() in (before, seen):
        return
    if seen != before:
        words = _("This was answered meanwhile: %(answer)s. Send yours again to replace it.")
        words %= {"answer": stored.text or dict(Answer.Choice.choices).get(stored.choice, "–")}
        refused[one.key] = Refusal(typed, [words], is_taken=True)
        return
    fill(figure, understood(typed, stored), figure.note)
    figure.answered_at = timezone.now()
    try:
        figure.clean_fields(exclude=NOT_CHECKED)
    except ValidationError as error:
        refused[one.key] = Refusal(typed, error.messages)
        return
    put_answer(one.row, figure)
    one.row.read(year)
    figure.state = state_after(one)
    figure.save()


def fill(figure, typed, note):
    for name in Typed.__dataclass_fields__:
        setattr(figure, name, getattr(typed, name))
    figure.note = note


def state_after(one):
    """It is answered as soon as it can be read; what was returned stays so until then."""
    if one.row.answer is not None and not one.row.faults:
        return STATE.ANSWERED
    return STATE.RETURNED if one.figure.return_note else STATE.WAITING
