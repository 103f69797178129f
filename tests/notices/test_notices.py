"""Who is told what by mail, and who is not."""

from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from hub.models import Resource
from notices import changed, letters, sending, unpublished
from notices.kinds import KINDS, Kind
from notices.models import MutedKind, Reminder
from notices.sending import notify
from notices.unpublished import remind
from profiles.changes import recording
from profiles.models import (
    Assignment,
    ChangeSet,
    City,
    Publication,
    PublicCity,
    Region,
    Role,
    State,
    Submission,
)
from publishing import review
from publishing.publish import publish
from publishing.signals import submission_returned, submission_sent
from tests.clients import client_of, url_of
from tests.factories import make_city, make_resource, make_user, writing
from tests.published import publish_all


@pytest.fixture
def city(db):
    return make_city("Port Trial", publishing=City.Publishing.CITY)


@pytest.fixture
def officer(city):
    return make_user("officer@example.org", officer_of=city)


@pytest.fixture
def staff(db):
    return make_user("staff@example.org", is_staff=True)


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """What follows the commit of a block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def make_reviewer(city, email="reviewer@example.org"):
    user = make_user(email)
    with writing():
        Assignment.objects.create(user=user, role=Role.REVIEWER, country=city.country)
    return user


def submit(city, by, **fields):
    values = {"record": b"", "sha256": "", "content_version": 1, "due_on": date(2026, 12, 24)}
    return Submission.objects.create(city=city, sent_by=by, **(values | fields))


def told():
    """[(to, subject)] of what was written since it was last asked."""
    found = sorted((message.to[0], message.subject) for message in mail.outbox)
    mail.outbox.clear()
    return found


# Who gets a mail


def test_nobody_is_told_who_did_it_who_left_or_who_does_not_want_it(city, officer):
    closed = make_user("closed@example.org", officer_of=city, is_active=False)
    muted = make_user("muted@example.org", officer_of=city)
    MutedKind.objects.create(user=muted, kind="withdrawn")
    people = [officer, closed, muted, make_user("by@example.org")]
    notify("withdrawn", people, city, by=people[-1], note="")
    assert told() == [("officer@example.org", "Withdrawn: Port Trial")]
    notify("withdrawn", people, city, by=officer, note="")
    assert told() == [("by@example.org", "Withdrawn: Port Trial")]


@pytest.mark.parametrize("are_allowed", [True, False])
def test_samples_are_not_mailed_about_in_production(city, officer, settings, are_allowed):
    settings.ALLOW_DEMO = are_allowed
    city.is_sample = True
    assert bool(notify("withdrawn", [officer], city, note="")) is are_allowed


# What a mail is


def test_a_mail_has_two_forms_a_link_in_full_and_a_way_to_stop(city, officer, settings):
    settings.SITE_URL = "https://nature.example.org/"
    city.name = "Анджи <b>안</b> " * 12
    notify("withdrawn", [officer], city, note="Line one\n<i>two</i>")
    (message,) = mail.outbox
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert '<html lang="en" dir="ltr">' in html
    link = f"https://nature.example.org{url_of(city)}"
    for text in (message.body, html):
        assert link in text
        assert "https://nature.example.org/account/mails/" in text
    assert "> Line one\n> <i>two</i>\n" in message.body
    assert "Line one<br>&lt;i&gt;two&lt;/i&gt;" in html
    assert "src=" not in html
    head = message.message()
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = head["List-Unsubscribe"].strip("<>")
    key = signing.loads(stop.rstrip("/").rpartition("/")[2], salt=sending.SALT)
    assert key == [officer.pk, "withdrawn"]
    assert "\n" not in message.subject


def test_no_name_of_a_city_adds_a_line_to_the_head(city, officer):
    city.name = "Port\r\nBcc: all@example.org"
    notify("withdrawn", [officer], city, note="")
    head = mail.outbox[0].message()
    assert head["Bcc"] is None
    assert head["Subject"] == "Withdrawn: Port Bcc: all@example.org"


def test_each_reads_a_mail_in_a_language_of_the_platform(city, settings, monkeypatch):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    kind = Kind("test", "", "city", lambda city: letters.Letter(get_language(), "", "", "/"))
    monkeypatch.setitem(KINDS, "test", kind)
    expected = {"ar": "ar", "": "en", "tlh": "en"}
    people = {make_user(language=own): language for own, language in expected.items()}
    notify("test", people, city)
    for user, language in people.items():
        (message,) = (one for one in mail.outbox if one.to == [user.email])
        assert (message.subject, message.extra_headers["Content-Language"]) == (language, language)
        assert f'lang="{language}"' in message.alternatives[0][0]


# Review


def test_who_may_approve_is_asked_and_staff_may_leave_it_to_others(city, officer, staff, after):
    other = make_user("other-staff@example.org", is_staff=True)
    MutedKind.objects.create(user=other, kind="submitted-to-others")
    make_reviewer(make_city(country="FR"), "far@example.org")
    with after():
        submission_sent.send(Submission, submission=submit(city, officer))
    subject = "For review: Port Trial"
    assert told() == [(other.email, subject), (staff.email, subject)]
    reviewer = make_reviewer(city)
    region = Region.objects.get(countries=city.country)
    coordinator = make_user("coordinator@example.org", coordinator_of=region)
    with after():
        submission_sent.send(Submission, submission=city.submissions.get())
    assert told() == [(one.email, subject) for one in (coordinator, reviewer, staff)]
    Submission.objects.update(sent_by=coordinator)
    with after():
        submission_sent.send(Submission, submission=city.submissions.get())
    assert told() == [(one.email, subject) for one in (reviewer, staff)]


def test_a_review_is_told_from_its_beginning_to_its_end(city, officer, staff, after):
    colleague = make_user("colleague@example.org", officer_of=city)
    publish_all()
    city.publishing = "review"
    for number, decide in enumerate((review.return_, review.approve)):
        with after(), writing():
            city.population, city.population_year = 5 + number, 2020
            city.save()
        with after():
            submission = review.send(city, officer, "Please look")
        (message,) = mail.outbox
        page = reverse("admin:publishing_submission_change", args=[submission.pk])
        assert message.to == [staff.email]
        assert "- Population size added" in message.body
        assert "> Please look\n" in message.body and page in message.body
        mail.outbox.clear()
        review.comment(submission, "", "Which year?", staff)
        with after():
            decide(submission, staff, "Thank you")
        assert {message.to[0] for message in mail.outbox} == {officer.email, colleague.email}
        assert "> Thank you\n" in mail.outbox[0].body
        assert ("There is 1 comment on a field" in mail.outbox[0].body) is (number == 0)
        mail.outbox.clear()


def test_who_has_left_the_city_hears_no_more_of_what_they_sent(city, staff, after):
    left = make_user("left@example.org", officer_of=city)
    sent = submit(city, left, state="returned", decided_by=staff)
    with after():
        submission_returned.send(Submission, submission=sent)
    assert told() == [(left.email, "Back from review: Port Trial")]
    with writing():
        left.assignments.all().delete()
    with after():
        submission_returned.send(Submission, submission=sent)
    assert told() == []


def test_a_mail_leads_to_the_address_that_is_public(city, officer, staff, after):
    with writing():
        city.slug = "haven"
        city.save()
    publication = Publication(city=city, number=1, slug="port-trial")
    letter = letters.published(city, publication, submit(city, officer))
    assert letter.path == reverse("website:city", args=["port-trial"])


def test_a_publication_is_told_to_the_city_but_not_to_the_publisher(city, officer, after):
    colleague = make_user("colleague@example.org", officer_of=city)
    with after():
        publish(city.pk, by=officer)
    assert told() == [(colleague.email, "Published: Port Trial, version 1")]
    with after(), recording(officer, ChangeSet.Kind.ADMIN):
        city.population, city.population_year = 5, 2020
        city.save()
    assert told() == []
    with after():
        publish(city.pk, by=colleague)
    assert "- Population size: – → 5\n" in mail.outbox[0].body
    assert told() == [(officer.email, "Published: Port Trial, version 2")]


def test_a_mail_names_some_changes_and_counts_the_others(city, officer, monkeypatch):
    monkeypatch.setattr(changed, "MOST_LINES", 2)
    first = publish(city.pk)
    with writing():
        city.local_name, city.about, city.head_name = "Порт", "x" * 300, "Lin Yun"
        city.save()
    second = publish(city.pk)
    lines = changed.lines_of_publication(second)
    assert lines == ("Local name: – → Порт", "About", "and 1 more change")
    assert changed.lines_of_publication(first) == ("Profile overview",)
    submission = submit(city, officer, record=second.record, catalogue=second.catalogue)
    assert changed.summary_of_submission(submission) == ""
    Publication.objects.filter(pk=second.pk).update(record=b"broken")
    second.refresh_from_db()
    assert changed.lines_of_publication(second) == ()


def test_nobody_is_told_of_saves_that_publish_themselves_or_of_commands(city, officer, after):
    with after():
        publish(city.pk)
    with after():
        City.objects.filter(pk=city.pk).update(
            publishing=City.Publishing.AT_ONCE, about="New", content_version=9
        )
        publish(city.pk, by=make_user())
    assert Publication.objects.filter(city=city).count() == 2
    assert told() == []


def test_a_withdrawal_is_told_with_its_note(city, officer, staff, after):
    publish_all()
    with after(), recording(staff, ChangeSet.Kind.ADMIN):
        city.is_withdrawn, city.withdrawal_note = True, "The figures are another city's."
        city.save()
    (message,) = mail.outbox
    assert message.to == [officer.email]
    assert "> The figures are another city's." in message.body


# Resources


def test_a_returned_resource_is_told_with_its_note(city, officer, staff, after):
    resource = make_resource(city, "Guide", state=Resource.State.SUBMITTED)
    publish_all()
    form = {"state": "returned", "state_note": "The link is dead."}
    page = client_of(staff).get(url_of(resource)).context["adminform"].form
    posted = {name: value for name, value in page.initial.items() if value not in (None, [])}
    with after():
        answer = client_of(staff).post(url_of(resource), posted | form)
    assert answer.status_code == 302
    (message,) = mail.outbox
    assert message.subject == "Returned: “Guide” of Port Trial"
    assert "- Guide: The link is dead.\n" in message.body
    assert url_of(resource) in message.body
    assert message.to == [officer.email]


def test_resources_that_are_approved_together_are_one_mail(city, officer, staff, after):
    resources = [make_resource(city, f"Guide {n}", state="submitted") for n in (1, 2)]
    partner = make_resource(state="submitted")
    publish_all()
    with after(), recording(staff, ChangeSet.Kind.ADMIN):
        for resource in (*resources, partner):
            resource.state = State.PUBLISHED
            resource.save()
    (message,) = mail.outbox
    assert message.subject == "Approved: 2 resources of Port Trial"
    assert "- Guide 1\n- Guide 2\n" in message.body


@pytest.mark.parametrize("kind", ["demo", "undo"])
def test_nobody_is_told_of_resources_of_samples_and_of_what_is_taken_back(
    city, officer, after, kind
):
    with after(), recording(None, kind):
        Resource.objects.create(
            city=city, title="Guide", kind="guide", url="https://example.org", state="published"
        )
    assert told() == []


def test_a_change_that_moves_no_state_is_not_told(city, officer, after):
    resource = make_resource(city)
    told()
    with after(), recording(None, ChangeSet.Kind.ADMIN):
        resource.title = "Another title"
        resource.save()
    assert told() == []


# Changes that wait


def test_changes_that_wait_for_two_weeks_are_told_once_in_each_stretch(city, officer):
    def change(days_ago):
        with writing():
            city.about += f"{days_ago} days. "
            city.save()
        since = timezone.now() - timedelta(days=days_ago)
        PublicCity.objects.filter(pk=city.pk).update(unpublished_since=since)

    publish_all()
    remind(lambda: True)
    change(days_ago=13)
    remind(lambda: True)
    assert told() == []
    change(days_ago=15)
    for _round in range(2):
        remind(lambda: True)
    assert "- About: – → 13 days. 15 days.\n" in mail.outbox[0].body
    assert told() == [(officer.email, "Not public yet: Port Trial")]
    publish(city.pk)
    remind(lambda: True)
    assert told() == []
    change(days_ago=16)
    remind(lambda: True)
    assert len(told()) == 1
    assert Reminder.objects.count() == 1


def test_two_workers_that_look_at_once_remind_once(city, officer, monkeypatch):
    publish_all()
    with writing():
        city.about = "New"
        city.save()
    for moment in (timezone.now() - timedelta(days=30), timezone.now() - timedelta(days=15)):
        monkeypatch.setattr(unpublished, "forgetful", lambda since=moment: [(city, since)] * 2)
        remind(lambda: True)
        assert len(told()) == 1


def test_nobody_is_reminded_of_changes_that_were_taken_back(city, officer):
    publish_all()
    old = timezone.now() - timedelta(days=30)
    City.objects.filter(pk=city.pk).update(content_version=99)
    PublicCity.objects.filter(pk=city.pk).update(unpublished_since=old)
    remind(lambda: True)
    assert told() == []


def test_only_cities_that_publish_by_themselves_are_reminded(city, officer):
    publish_all()
    with writing():
        city.about, city.publishing = "New", "review"
        city.save()
    old = timezone.now() - timedelta(days=30)
    PublicCity.objects.filter(pk=city.pk).update(unpublished_since=old)
    remind(lambda: True)
    assert told() == []


def test_a_letter_is_there_for_each_kind_that_somebody_may_get():
    assert {kind.code for kind in KINDS.values() if not kind.letter} == {"password"}
    assert {kind.audience for kind in KINDS.values()} == {"", "city", "approvers", "staff"}
