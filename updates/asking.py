"""Asks colleagues without an account for figures of an update, by a link.

A link has a token of 256 random bits, of which only the digest is stored: who reads the database
cannot open it.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .models import (
    LINK_WORKS,
    Answer,
    ColleagueRequest,
    RequestedFigure,
    RequestKey,
    YearlyUpdate,
)
from .signals import colleague_called

TOKEN_BYTES = 32
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_IN_HOUR = 30
"""So many colleagues may one city ask within an hour."""

STATE = RequestedFigure.State


def is_beyond_limit(city):
    recent = ColleagueRequest.objects.filter(asked_at__gt=timezone.now() - HOUR)
    return recent.filter(update__city=city).count() >= MOST_IN_HOUR


@transaction.atomic
def ask(update, rows, by, *, is_mailed, **given):
    """Ask for `rows` of `update`, which may not be stored yet. (request, its token).

    `given`: the fields of the request that were filled in.
    """
    if update.pk is None:
        stored, _made = YearlyUpdate.objects.get_or_create(city=update.city, year=update.year)
        update.pk = stored.pk
    # As in `keeping.keep`: two editors do not store two answers to one row.
    YearlyUpdate.objects.select_for_update().get(pk=update.pk)
    request = ColleagueRequest.objects.create(
        update=update, asked_by=by, expires_at=timezone.now() + LINK_WORKS, **given
    )
    RequestedFigure.objects.bulk_create(
        RequestedFigure(request=request, action=row.action, code=row.code, unit=row.unit)
        for row in rows
    )
    _mark_asked(update, rows, by)
    return request, call(request, "asked", is_mailed=is_mailed)


def _mark_asked(update, rows, by):
    stored = {(one.action_id, one.code): one for one in Answer.objects.filter(update=update)}
    for row in rows:
        new = Answer(update=update, action=row.action, code=row.code)
        answer = stored.get((row.action.pk, row.code), new)
        answer.choice, answer.unit = Answer.Choice.ASKED, answer.unit or row.unit
        answer.last = row.fingerprint
        answer.kept_by, answer.kept_at, answer.written_at = by, timezone.now(), None
        answer.save()


@transaction.atomic
def call(request, occasion, *, is_mailed=True, figure=None):
    """Make a further token for the request, and mail it; answers with the token."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    RequestKey.objects.create(request=request, digest=digest_of(token))
    if occasion != "asked":
        request.reminded_at, request.expires_at = timezone.now(), timezone.now() + LINK_WORKS
        request.save(update_fields=["reminded_at", "expires_at"])
    if is_mailed and request.email:
        colleague_called.send(
            ColleagueRequest, request=request, token=token, occasion=occasion, figure=figure
        )
    return token


def digest_of(token):
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def request_of(token):
    """The request that `token` opens, or opened; None for an unknown one.

    It is looked up by the digest, so how long that takes tells nothing about a token.
    """
    found = ColleagueRequest.objects.filter(keys__digest=digest_of(token))
    return found.select_related("update__city__country", "asked_by").first()


def may_remind(request):
    """At most once a day."""
    called = request.reminded_at or request.asked_at
    return request.revoked_at is None and called < timezone.now() - DAY


@transaction.atomic
def revoke(request):
    """Close the link, and take its rows back to what they were unless somebody else is asked."""
    request.revoked_at = timezone.now()
    request.save(update_fields=["revoked_at"])
    others = RequestedFigure.objects.filter(
        request__update=request.update_id, request__revoked_at=None
    ).exclude(state=STATE.ACCEPTED)
    still_asked = set(others.values_list("action_id", "code"))
    for figure in request.figures.all():
        if (figure.action_id, figure.code) not in still_asked:
            asked = Answer.objects.filter(
                update=request.update_id, action=figure.action_id, code=figure.code
            ).filter(choice=Answer.Choice.ASKED)
            asked.filter(text="").delete()
            asked.update(choice=Answer.Choice.NEW)


def asked_of(city, year):
    """(id of the action, code) → its `RequestedFigure`s that are not accepted, the newest last."""
    found = {}
    figures = RequestedFigure.objects.filter(
        request__update__city=city, request__update__year=year, request__revoked_at=None
    ).exclude(state=STATE.ACCEPTED)
    for figure in figures.select_related("request__update").order_by("request_id"):
        found.setdefault((figure.action_id, figure.code), []).append(figure)
    return found


def requests_of(city):
    """The requests of a city with their figures, the newest first."""
    requests = ColleagueRequest.objects.filter(update__city=city)
    return requests.select_related("update", "asked_by").prefetch_related("figures")


def waiting_for(city):
    """(the requests whose answers are not all there, the longest waiting first; how many answers
    wait for the officer)."""
    figures = RequestedFigure.objects.filter(
        request__update__city=city, request__revoked_at=None
    ).exclude(state=STATE.ACCEPTED)
    waiting, answered = {}, 0
    for figure in figures.select_related("request").order_by("request__asked_at", "request_id"):
        if figure.state == STATE.ANSWERED:
            answered += 1
        else:
            waiting[figure.request_id] = figure.request
    return list(waiting.values()), answered


def forget_requests():
    """Delete old requests: they name people who have no account."""
    ColleagueRequest.objects.old().delete()
