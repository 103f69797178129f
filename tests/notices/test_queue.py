"""Mails are stored by the backend and sent by the worker, whatever the mail server does."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from accounts.models import PasswordRequest
from notices import delivery, models, round
from notices.delivery import deliver_due
from notices.models import Mail
from notices.round import MailRound
from tests.factories import make_user

State = Mail.State
LONG_NAME = "Анджи " * 30 + "安吉县 ⛰"


@pytest.fixture(autouse=True)
def queued(db, settings):
    """The settings of a server: Django's test runner puts another backend in the place of ours."""
    settings.EMAIL_BACKEND = "notices.queue.QueueBackend"
    settings.SHOW_MAILS = False


class Server:
    """A mail server that fails as often as `errors` says, one by one, None for once not."""

    def __init__(self, *errors):
        self.errors = list(errors)
        self.sent = []
        self.backend = EmailBackend()

    def __call__(self, backend):
        return self

    def open(self):
        pass

    close = open

    def send_messages(self, messages):
        error = self.errors.pop(0) if self.errors else None
        if error:
            raise error
        self.sent += messages
        return self.backend.send_messages(messages)


@pytest.fixture
def serve(monkeypatch):
    def make(*errors):
        server = Server(*errors)
        monkeypatch.setattr(delivery, "get_connection", server)
        return server

    return make


def write(subject="Hello", to="somebody@example.org", **fields):
    EmailMessage(subject, "Text", to=[to], **fields).send()


def deliver():
    return deliver_due(lambda: True)


def let_time_pass(**by):
    for name in ("next_attempt_at", "created_at"):
        for one in Mail.objects.all():
            setattr(one, name, getattr(one, name) - timedelta(**by))
            one.save()


def test_a_message_arrives_whole_and_what_it_said_is_forgotten():
    message = EmailMultiAlternatives(
        f"Published: {LONG_NAME}",
        "Text\n.\nFrom here on",
        "site@example.org",
        ["somebody@example.org"],
        bcc=["keeper@example.org"],
        cc=["other@example.org"],
        reply_to=["staff@example.org"],
        headers={"List-Unsubscribe": "<https://example.org/stop>"},
    )
    message.attach_alternative("<p>Text ⛰</p>", "text/html")
    message.attach("a.bin", b"\x00\xff", "application/octet-stream")
    message.attach("b.txt", "Grüße", "text/plain")
    assert message.send() == 1
    expected = message.message()
    assert mail.outbox == []
    (stored,) = Mail.objects.all()
    assert stored.to == "somebody@example.org, other@example.org, keeper@example.org"
    assert deliver()
    (sent,) = mail.outbox
    assert sent.recipients() == message.recipients()
    found = sent.message()
    assert found.items()[1:] == expected.items()[1:]  # but for the boundary of its parts
    for part, same in zip(found.walk(), expected.walk(), strict=True):
        assert part.get_payload(decode=True) == same.get_payload(decode=True)
    stored.refresh_from_db()
    assert (stored.state, stored.message, stored.attempts) == (State.SENT, {}, 1)


@pytest.mark.parametrize("subject", ["Hello\nBcc: all@example.org", "Hello\rX: y"])
def test_no_subject_brings_headers_of_its_own(subject):
    with pytest.raises(BadHeaderError):
        write(subject)
    assert not Mail.objects.exists()


def test_an_outage_of_the_mail_server_is_waited_for_and_no_other_mail_is_tried(serve):
    write("One")
    write("Two")
    server = serve(ConnectionRefusedError(111, "refused"))
    assert not deliver()
    one, two = Mail.objects.order_by("pk")
    assert (one.state, one.attempts, two.attempts) == (State.WAITING, 1, 0)
    assert "refused" in one.error
    assert deliver()
    assert [message.subject for message in server.sent] == ["Two"]
    let_time_pass(minutes=2)
    assert deliver()
    assert [message.subject for message in server.sent] == ["Two", "One"]
    assert Mail.objects.get(pk=one.pk).error == ""


def test_an_address_that_is_refused_holds_up_no_other(serve):
    write("One", to="nobody@example.org")
    write("Two")
    server = serve(smtplib.SMTPRecipientsRefused({"nobody@example.org": (550, b"unknown")}))
    assert deliver()
    assert [message.subject for message in server.sent] == ["Two"]
    assert Mail.objects.get(subject="One").state == State.WAITING


def test_pauses_grow_and_after_three_days_a_mail_is_given_up(serve):
    write()
    serve(*[OSError("away")] * 30)
    pauses = []
    while (one := Mail.objects.get()).state == State.WAITING:
        now = timezone.now()
        deliver()
        one.refresh_from_db()
        pauses.append(round_to_minutes(one.next_attempt_at - now))
        let_time_pass(minutes=pauses[-1] + 1)
    assert pauses[:7] == [1, 5, 15, 60, 240, 720, 720]
    assert one.state == State.GIVEN_UP
    assert models.GIVEN_UP_AFTER < timezone.now() - one.created_at < timedelta(days=4)
    serve()
    call_command("send_mails", "--again")
    assert Mail.objects.get().state == State.SENT


def round_to_minutes(time):
    return int(time.total_seconds() / 60 + 0.5)


def test_a_process_that_dies_after_sending_leaves_one_more_copy_with_the_same_identity(serve):
    write()
    server = serve()
    (one,) = Mail.objects.all()
    assert one.claim()
    server.send_messages([delivery.rebuilt(one)])
    deliver()
    assert len(server.sent) == 1
    let_time_pass(minutes=11)
    deliver()
    deliver()
    first, second = (message.message() for message in server.sent)
    assert (first["Message-ID"], first["Date"]) == (second["Message-ID"], second["Date"])


def test_two_processes_do_not_send_the_same_mail():
    write()
    one, same = Mail.objects.get(), Mail.objects.get()
    assert one.claim()
    assert not same.claim()
    assert not Mail.objects.get().claim()


def test_an_account_that_was_closed_meanwhile_gets_nothing(serve):
    user = make_user()
    message = EmailMessage("Hello", to=[user.email])
    message.user = user
    message.send()
    user.is_active = False
    user.save()
    assert deliver()
    assert mail.outbox == []
    assert Mail.objects.get().state == State.DROPPED


def test_one_command_answers_and_sends(capsys):
    make_user("officer@example.org")
    PasswordRequest.objects.create(email_key="officer@example.org", site="http://testserver/")
    call_command("send_mails")
    (message,) = mail.outbox
    assert message.to == ["officer@example.org"]
    assert Mail.objects.get().kind == "password"
    assert capsys.readouterr().out == "Mails sent: 1. Waiting: 0.\n"


def test_staff_are_told_of_mails_that_wait_for_long_or_were_given_up_lately():
    now, rows = timezone.now(), Mail.objects
    ages = (models.LATE, timedelta(0), models.NEWS)
    for state in (State.WAITING, State.GIVEN_UP, State.SENT):
        for age in ages:
            times = {"created_at": now - age, "next_attempt_at": now - age}
            rows.create(to="a@example.org", message={}, state=state, **times)
    found = rows.stuck().order_by("state", "-created_at")
    assert [(one.state, now - one.created_at) for one in found] == [
        (State.GIVEN_UP, ages[1]),
        (State.GIVEN_UP, ages[0]),
        (State.WAITING, ages[0]),
        (State.WAITING, ages[2]),
    ]


def test_old_mails_are_forgotten_but_for_those_that_wait():
    for state in (State.SENT, State.GIVEN_UP, State.WAITING):
        created = timezone.now() - models.KEPT
        Mail.objects.create(to="a@example.org", message={}, state=state, created_at=created)
    round.forget_old(lambda: True)
    assert Mail.objects.get().state == State.WAITING


def test_a_step_that_fails_rests_and_the_others_go_on(monkeypatch, caplog):
    calls = []

    def failing(goes_on):
        calls.append("failing")
        raise ValueError("a bug")

    def next_one(goes_on):
        calls.append("next")

    clock = SimpleNamespace(monotonic=lambda: clock.now)
    monkeypatch.setattr(round, "time", clock)
    monkeypatch.setattr(round, "STEPS", ((failing, 0), (next_one, round.HOUR)))
    mails = MailRound()
    for clock.now in (0, 1, round.REST, round.HOUR):
        mails.run(lambda: True)
    assert calls == ["failing", "next", "failing", "failing", "next"]
    assert "a bug" in caplog.text
