"""A colleague is asked by a link: what the page shows and keeps, and what the officer does then."""

import re
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Statement
from notices.colleagues import tell_of_answers
from notices.delivery import deliver_due
from notices.models import MutedKind
from profiles.dates import today
from profiles.models import City
from tests.clients import client_of, words_of
from tests.factories import make_action, make_city, make_statement, make_user, writing
from tests.updates.answering import YEAR, answer, row_of
from updates import asked as asked_module
from updates import asking
from updates.answered import LONGEST, QUIET, to_be_told
from updates.keeping import seen
from updates.models import Answer, ColleagueRequest, RequestedFigure, RequestKey
from updates.rows import RowState, rows_for

pytestmark = pytest.mark.usefixtures("catalogue")

LAND, GREEN, WORDS = "1.natural-areas.total_area", "1.natural-areas.natural_area", "2.words"


@pytest.fixture
def city():
    city = make_city("Yearly", publishing=City.Publishing.CITY)
    fields = {"department": "Water <bureau>", "description": "Not for colleagues."}
    own = {"total_area": 1886, "natural_area": 1001}
    make_action(city, "natural-areas", baseline=own, **fields)
    words = make_action(city, "restoration", description="Not for colleagues.")
    make_statement(words, Statement.Kind.BASELINE, text="Some meadows.")
    return city


@pytest.fixture
def lin(city):
    return make_user("lin@example.org", officer_of=city, full_name="Lin Our")


@pytest.fixture
def officer(lin):
    return client_of(lin)


@pytest.fixture
def ask(officer, city, django_capture_on_commit_callbacks):
    """`ask(LAND, mail="1")` fills in the form; answers with what the page answers."""

    def ask(*keys, **given):
        url = reverse("admin:updates_ask", args=[city.slug])
        given = {"name": "Wu <b>", "email": "wu@example.org", "message": "Please <i>.", **given}
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(url, {"rows": keys, "department": "Water <bureau>", **given})

    return ask


@pytest.fixture
def link(ask, client):
    """The page that the colleague opens for `LAND`."""
    page = ask(LAND, link="1").content.decode()
    return re.search(r"/asked/[\w-]{43}/", page)[0]


def send(client, url, key=LAND, **fields):
    """Fill in the page as it is now and send it."""
    page = client.get(url)
    [row] = [one for one in page.context["rows"] if one.key == key]
    fields = {"seen": row.seen, **asdict(row.typed), "note": row.note, **fields}
    return client.post(url, {f"{key}-{name}": text for name, text in fields.items()})


def post_update(officer, city, **buttons):
    """Press a button on the page of the update, with its rows as they are."""
    post = dict(buttons)
    for row in rows_for(city, YEAR):
        post[f"{row.key}-seen"] = seen(row)
        for name in ("choice", "text", "year", "source", "reason"):
            post[f"{row.key}-{name}"] = getattr(row.answer, name, "")
    return officer.post(reverse("admin:updates_city", args=[city.slug]), post)


def ticket(city, key=LAND):
    figure = row_of(city, key).asked[-1]
    return f"{figure.pk}-{figure.digest()}"


def test_a_colleague_gets_a_mail_answers_and_the_officer_accepts(
    ask, officer, client, city, django_capture_on_commit_callbacks
):
    ask(LAND, mail="1")
    deliver_due(lambda: True)
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["wu@example.org"], ["lin@example.org"])
    assert "> Please <i>." in message.body
    assert "Lin Our of Yearly has given your address" in message.body
    assert "No more mails of this kind" not in message.body + message.alternatives[0].content
    url = re.search(r"/asked/[\w-]{43}/", message.body)[0]
    token = url.split("/")[2]
    assert token not in str(list(RequestKey.objects.values()))
    assert row_of(city, LAND).state == RowState.ASKED
    update = reverse("admin:updates_city", args=[city.slug])
    assert "asked: Water &lt;bureau&gt;" in officer.get(update).content.decode()
    start = words_of(officer.get(reverse("admin:index")))
    assert "Waiting for colleagues: 1</a>" in start
    assert "since today" in start

    response = send(client, url, text="189.5", source="Cadastre", note="By telephone")
    page = words_of(client.get(response.url))
    assert "A tenth of the last value. Is it 1895?" in page
    send(client, url, reason="The border has moved")
    page = words_of(officer.get(update))
    assert "189.5 km², 2026" in page
    assert "“By telephone”" in page

    post_update(officer, city, accept=ticket(city))
    row = row_of(city, LAND)
    kept = (row.answer.choice, row.answer.text, row.answer.source, row.answer.reason)
    assert kept == ("new", "189.5", "Cadastre", "The border has moved")
    assert (row.state, row.asked) == (RowState.READY, [])
    assert send(client, url, text="1").status_code == 302
    assert RequestedFigure.objects.get().text == "189.5"


def test_the_page_changes_nothing_when_opened_and_shows_only_what_is_asked_for(client, link, city):
    before = list(RequestedFigure.objects.values()), list(ColleagueRequest.objects.values())
    client.head(link)
    page = client.get(link)
    assert (
        list(RequestedFigure.objects.values()),
        list(ColleagueRequest.objects.values()),
    ) == before
    assert not page.cookies
    assert "no-store" in page["Cache-Control"]
    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-referrer", "noindex")
    text = page.content.decode()
    assert "1,886" in text
    assert "Please &lt;i&gt;." in text
    assert "Wu &lt;b&gt;" in text
    for hidden in ("1001", "1,001", "meadows", "Not for colleagues", "bureau", "lin@", "wu@"):
        assert hidden not in text


def test_what_is_asked_back_says_nothing_of_other_figures(ask, client, city):
    """The answer is larger than the total area in the report into which it would go."""
    report = {"total_area": 1050, "natural_area": 1010}
    action = city.actions.get(number=1)
    make_statement(action, Statement.Kind.PROGRESS, report, date=today())
    url = re.search(r"/asked/[\w-]{43}/", ask(GREEN, link="1").content.decode())[0]
    send(client, url, GREEN, text="1100")
    [row] = client.get(url).context["rows"]
    assert [doubt.message for doubt in row.doubts if "of which" in doubt.message] == []


def test_what_cannot_be_read_is_kept_and_said_and_what_cannot_be_stored_too(client, link, city):
    page = words_of(client.get(send(client, link, text="a lot", note="Why?").url))
    assert "“a lot” is no number. Write digits" in page
    assert 'value="a lot"' in page
    assert RequestedFigure.objects.get().state == "waiting"
    page = words_of(send(client, link, text="A \x02 sign", note="A note", year="2025"))
    assert "invisible control character" in page
    assert 'value="A note"' in page
    assert RequestedFigure.objects.get().text == "a lot"
    early = client.get(link).context["rows"][0].seen
    send(client, link, text="1890")
    page = words_of(send(client, link, text="1891", seen=early))
    assert "This was answered meanwhile: 1890." in page
    assert 'value="1891"' in page
    assert (RequestedFigure.objects.get().text, RequestedFigure.objects.get().state) == (
        "1890",
        "answered",
    )
    send(client, link, choice="no-data", text="")
    assert RequestedFigure.objects.get().choice == "no-data"


def test_an_answer_is_returned_with_a_note_and_not_accepted_unseen(
    ask, officer, client, city, django_capture_on_commit_callbacks
):
    ask(LAND, mail="1")
    deliver_due(lambda: True)
    url = re.search(r"/asked/[\w-]{43}/", mail.outbox[0].body)[0]
    send(client, url, text="1890")
    stale = ticket(city)
    send(client, url, text="1891")
    post_update(officer, city, accept=stale)
    assert row_of(city, LAND).state == RowState.ASKED
    key = RequestedFigure.objects.get().pk
    post_update(officer, city, **{"return": ticket(city)})
    assert RequestedFigure.objects.get().state == "answered"
    with django_capture_on_commit_callbacks(execute=True):
        post_update(officer, city, **{"return": ticket(city), f"return-{key}": "With lakes?"})
    deliver_due(lambda: True)
    assert "> With lakes?" in mail.outbox[1].body
    again = re.search(r"/asked/[\w-]{43}/", mail.outbox[1].body)[0]
    assert again != url
    assert "With lakes?" in words_of(client.get(url))
    send(client, again, text="1891", note="Yes")
    assert RequestedFigure.objects.get().state == "answered"


def test_a_bare_number_means_the_unit_that_the_colleague_saw(officer, link, city):
    send(Client(enforce_csrf_checks=True), link, text="1890")
    value = city.actions.get(number=1).statements.get().values.get(measure__key="total_area")
    value.number, value.unit = 188600, "ha"
    with writing():
        value.save()
    post_update(officer, city, accept=ticket(city))
    row = row_of(city, LAND)
    assert (row.answer.text, row.content.unit) == ("1890 km²", "km2")


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"revoked_at": timezone.now()}, 410, "This link is closed"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, 410, "This link is closed"),
        ({}, 404, "This link does not work"),
    ],
)
def test_a_link_that_does_not_work_says_what_to_do(client, link, change, status, words):
    ColleagueRequest.objects.update(**change)
    url = link if change else reverse("updates:asked", args=["x" * 43])
    for response in (client.get(url), client.post(url, {f"{LAND}-text": "1"})):
        assert (response.status_code, "no-store" in response["Cache-Control"]) == (status, True)
        assert words in words_of(response)
        assert "1,886" not in response.content.decode()


def test_whoever_is_asked_no_more_leaves_the_row_as_it_was(ask, officer, city):
    answer(city, GREEN, text="1002")
    ask(LAND, GREEN, link="1")
    assert {row_of(city, LAND).state, row_of(city, GREEN).state} == {RowState.ASKED}
    request = ColleagueRequest.objects.get()
    officer.post(reverse("admin:updates_colleagues", args=[city.slug]), {"revoke": request.pk})
    assert row_of(city, LAND).answer is None
    assert row_of(city, GREEN).state == RowState.READY


def test_limits(ask, officer, client, city, monkeypatch, settings):
    settings.ALLOW_DEMO = False
    monkeypatch.setattr(asking, "MOST_IN_HOUR", 2)
    monkeypatch.setattr(asked_module, "MOST_TRIES", 1)
    assert "Choose at least one figure" in words_of(ask(mail="1"))
    assert "Give the address" in words_of(ask(LAND, mail="1", email=""))
    City.objects.filter(pk=city.pk).update(is_sample=True)
    ask(LAND, mail="1")
    assert not deliver_due(lambda: True) or not mail.outbox
    url = re.search(r"/asked/[\w-]{43}/", ask(LAND, link="1").content.decode())[0]
    assert "Too many colleagues" in words_of(ask(LAND, link="1"))
    send(client, url, text="1890")
    response = send(client, url, text="1891")
    assert response.status_code == 429
    assert 'value="1891"' in response.content.decode()
    listed = reverse("admin:updates_colleagues", args=[city.slug])
    key = ColleagueRequest.objects.first().pk
    other = client_of(make_user("mo@example.org", officer_of=make_city("Other")))
    theirs = reverse("admin:updates_colleagues", args=["other"])
    assert other.post(theirs, {"revoke": key}).status_code == 404
    assert "remind them later" in words_of(officer.post(listed, {"remind": key}, follow=True))


def test_old_requests_are_forgotten(link):
    asking.forget_requests()
    assert ColleagueRequest.objects.exists()
    ColleagueRequest.objects.update(expires_at=timezone.now() - timedelta(days=181))
    asking.forget_requests()
    assert not RequestedFigure.objects.exists()
    assert Answer.objects.exists()


def test_the_officer_gets_one_mail_for_several_answers_of_a_short_time(ask, client, city, lin):
    """Who asked gets it, once nothing more has come for a while, and never twice."""
    make_user("other@example.org", officer_of=city)
    links = [
        re.search(r"/asked/[\w-]{43}/", ask(key, link="1").content.decode())[0]
        for key in (LAND, GREEN)
    ]
    send(client, links[0], text="1895")
    send(client, links[1], key=GREEN, choice="unchanged")
    tell_of_answers(lambda: True)
    assert mail.outbox == []

    figures = RequestedFigure.objects.order_by("pk")
    figures.update(answered_at=timezone.now() - QUIET - timedelta(minutes=1))
    tell_of_answers(lambda: True)
    tell_of_answers(lambda: True)
    [told] = mail.outbox
    assert (told.to, told.subject) == (["lin@example.org"], "2 answers of colleagues: Yearly")

    # One after the other: not put off for ever.
    old, new = timezone.now() - LONGEST - timedelta(minutes=1), timezone.now()
    ColleagueRequest.objects.update(told_at=old - timedelta(minutes=1))
    for figure, moment in zip(figures, (old, new), strict=True):
        RequestedFigure.objects.filter(pk=figure.pk).update(answered_at=moment)
    tell_of_answers(lambda: True)
    assert len(mail.outbox) == 2

    MutedKind.objects.create(user=lin, kind="answered")
    ColleagueRequest.objects.update(told_at=None)
    tell_of_answers(lambda: True)
    assert len(mail.outbox) == 2


def test_an_answer_that_another_process_does_not_know_of_is_told(ask, client, monkeypatch):
    """Two processes look at the same time, between two answers."""
    key, later = (
        re.search(r"/asked/[\w-]{43}/", ask(key, link="1").content.decode())[0]
        for key in (LAND, GREEN)
    )
    monkeypatch.setattr("updates.answered.QUIET", timedelta())
    send(client, key, text="1895")
    [first] = to_be_told()
    send(client, later, key=GREEN, choice="unchanged")
    [second] = to_be_told()
    assert [len(one.claimed().requests) for one in (first, second, second)] == [1, 1, 0]
    assert not [*to_be_told()]
