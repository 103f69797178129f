"""Review: who sends, who decides, and that one decision holds."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from profiles.comments import open_comments
from profiles.dates import today
from profiles.models import Assignment, Country, Publication, PublicCity, Role, Submission
from publishing import after_migration, record, review, signals
from publishing.publish import publish
from publishing.redaction import redact
from tests.factories import make_city, make_user, writing

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]


@pytest.fixture
def city(db):
    """A draft: nothing of it is public."""
    return make_city("Port Trial", state="draft", publishing="city", about="Dunes")


@pytest.fixture
def officer(city):
    return make_user("officer@example.org", officer_of=city, full_name="Lin Port")


@pytest.fixture
def reviewer(city):
    return make_reviewer("reviewer@example.org", full_name="Ana Review")


def make_reviewer(email, **fields):
    user = make_user(email, **fields)
    with writing():
        country = Country.objects.get(code="CN")
        Assignment.objects.create(user=user, role=Role.REVIEWER, country=country)
    return user


def change(city, **fields):
    with writing():
        for name, value in fields.items():
            setattr(city, name, value)
        city.save()
    city.refresh_from_db()


def told(signal, request):
    """What the signal tells from now on."""
    found = []

    def note(sender, submission, **kwargs):
        assert connection.in_atomic_block
        found.append(submission)

    signal.connect(note, weak=False)
    request.addfinalizer(lambda: signal.disconnect(note))
    return found


def refused(step, *given, **more):
    with pytest.raises(review.NotNow) as caught:
        step(*given, **more)
    return str(caught.value)


def public_about(city):
    publication = PublicCity.objects.get(pk=city.pk).publication
    return record.read(publication.record).city.about


def test_a_first_publication_is_what_was_sent_not_what_the_city_holds_now(
    city, officer, reviewer, settings
):
    settings.REVIEW_DAYS = 10
    sent = review.send(city, officer, "  Please look. ")
    assert (sent.note, sent.due_on) == ("Please look.", today() + datetime.timedelta(days=10))
    change(city, about="Dunes and more")
    publication = review.approve(sent, reviewer, "Well done.")
    assert (publication.number, publication.published_by) == (1, reviewer)
    assert public_about(city) == {"en": "Dunes"}
    sent.refresh_from_db()
    assert (sent.state, sent.publication, sent.decided_by) == ("approved", publication, reviewer)
    assert sent.decision_note == "Well done."
    assert PublicCity.objects.get(pk=city.pk).unpublished_since is not None


def test_nobody_decides_about_the_own_submission(city):
    staff = make_user("staff@example.org", is_staff=True)
    coordinator = make_user("coordinator@example.org", coordinator_of=city.country.region)
    for sender, other in ((staff, coordinator), (coordinator, staff)):
        sent = review.send(city, sender)
        for step in (review.approve, review.return_):
            words = refused(step, sent, sender, "Fine.")
            assert words == "You sent this yourself: somebody else has to decide."
        assert not Submission.objects.waiting_for(sender).exists()
        review.return_(sent, other, "Name a source.")
    assert Publication.objects.count() == 0


def test_who_may_send_and_decide(city, officer, reviewer):
    stranger = make_user("stranger@example.org", officer_of=make_city("Elsewhere"))
    refused(review.send, city, stranger)
    refused(review.send, city, reviewer)
    sent = review.send(city, officer)
    for nobody in (officer, stranger, make_reviewer_elsewhere()):
        refused(review.approve, sent, nobody)
        refused(review.return_, sent, nobody, "No.")
        refused(review.comment, sent, "city.about", "Why?", nobody)
    refused(review.take_back, sent, reviewer)
    assert "Sent already, by Lin Port" in refused(review.send, city, officer)
    review.take_back(sent, officer)
    assert "Taken back by Lin Port" in refused(review.approve, sent, reviewer)
    assert Submission.objects.get().state == "taken-back"


def make_reviewer_elsewhere():
    user = make_user("elsewhere@example.org")
    with writing():
        country = Country.objects.get_or_create(code="BR", defaults={"name": "Brazil"})[0]
        Assignment.objects.create(user=user, role=Role.REVIEWER, country=country)
    return user


def test_a_public_city_sends_only_where_its_setting_says_so_and_something_is_new(city, officer):
    publish(city.pk)
    change(city, about="Anew")
    refused(review.send, city, officer)
    change(city, publishing="review", about="Dunes")
    assert "Nothing differs" in refused(review.send, city, officer)
    change(city, about="Anew")
    seen = city.content_version
    change(city, about="Anew and more")
    assert "changed meanwhile" in refused(review.send, city, officer, seen_version=seen)
    review.send(city, officer, seen_version=city.content_version)
    change(city, is_withdrawn=True, withdrawal_note="A mistake.")
    refused(review.send, city, officer)


def test_a_return_needs_a_note_and_tells_the_city(city, officer, reviewer, request):
    sent_ones = told(signals.submission_sent, request)
    returned = told(signals.submission_returned, request)
    sent = review.send(city, officer)
    refused(review.return_, sent, reviewer, " \u200b ")
    assert (sent_ones, returned) == ([sent], [])
    asked = review.comment(sent, "city.about", "Which dunes?", reviewer)
    assert review.comment(sent, "city.about", "Which dunes? ", reviewer) == asked
    review.return_(sent, reviewer, "Two questions.")
    assert returned == [sent]
    refused(review.comment, sent, "", "Too late.", reviewer)
    assert not review.mark_done(asked, reviewer)
    assert review.mark_done(asked, officer)
    assert not review.mark_done(asked, officer)
    assert not open_comments(city.pk).exists()
    review.send(city, officer)


def test_what_was_published_without_a_review_overtakes_what_waits(city, officer, reviewer):
    sent = review.send(city, officer)
    change(city, about="Newer")
    publication = publish(city.pk, by=make_user("staff@example.org", is_staff=True))
    sent.refresh_from_db()
    assert (sent.state, sent.publication) == ("approved", publication)
    assert "Approved" in refused(review.approve, sent, reviewer)
    assert public_about(city) == {"en": "Newer"}


def test_nothing_newer_is_undone_and_nothing_withdrawn_comes_back(city, officer, reviewer):
    sent = review.send(city, officer)
    Submission.objects.filter(pk=sent.pk).update(content_version=-1 + sent.content_version)
    publish(city.pk, by=officer)
    Submission.objects.filter(pk=sent.pk).update(state="waiting")
    sent.refresh_from_db()
    assert "would undo them" in refused(review.approve, sent, reviewer)
    change(city, is_withdrawn=True, withdrawal_note="A mistake.")
    assert "withdrawn" in refused(review.approve, sent, reviewer)
    assert not Submission.objects.waiting_for(reviewer).exists()


def test_what_was_redacted_meanwhile_does_not_come_back_with_an_approval(city, officer, reviewer):
    publish(city.pk)
    change(city, publishing="review", population=7)
    sent = review.send(city, officer)
    change(city, about="")
    read_before = Submission.objects.get(pk=sent.pk)
    assert read_before.record
    redact(city.pk, "city.about", by=None, reason="A person.")
    review.approve(read_before, reviewer)
    assert public_about(city) == {}


def test_what_a_deleted_city_had_sent_is_decided_by_nobody(city, officer, reviewer):
    sent = review.send(city, officer)
    Submission.objects.filter(pk=sent.pk).delete()
    for step in (review.approve, review.return_):
        assert "deleted" in refused(step, sent, reviewer, "Fine.")


def test_what_cannot_be_read_stays_waiting(city, officer, reviewer):
    sent = review.send(city, officer)
    sent.record = b"broken"
    sent.save()
    assert "cannot be read" in refused(review.approve, sent, reviewer)
    assert (Submission.objects.get().state, Publication.objects.count()) == ("waiting", 0)


def test_a_submission_from_before_records_gets_one(city, reviewer):
    sent = Submission.objects.create(
        city=city, record=b"", content_version=city.content_version, due_on=today()
    )
    after_migration.fill_submissions()
    sent.refresh_from_db()
    review.approve(sent, reviewer)
    assert public_about(city) == {"en": "Dunes"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_the_second_reads_who_was_first(catalogue):
    city = make_city("Port Trial", state="draft", publishing="city")
    sent = review.send(city, make_user(officer_of=city))
    people = [make_reviewer("a@example.org", full_name="A"), make_reviewer("b@example.org")]
    gate = threading.Barrier(2, timeout=30)

    def decide(person):
        mine = Submission.objects.get(pk=sent.pk)
        gate.wait()
        try:
            review.approve(mine, person)
        except review.NotNow as error:
            return str(error)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, people))
    assert answers[0] == ""
    assert answers[1].startswith("Approved and published by ")
    assert Publication.objects.count() == 1
