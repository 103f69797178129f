"""The pages of a review, as officer and reviewer see them."""

import pytest
from django.urls import reverse

from actions.models import Action, Value
from catalogue.models import FixedText
from profiles.admin_base.comments import place_beside
from profiles.models import Comment, Publication, PublicCity, Submission
from publishing import review
from publishing.publish import publish
from tests.admin.forms import filled, save
from tests.clients import url_of, words_of
from tests.factories import make_progress, make_submission, writing

ASK = "comment:city.population"


@pytest.fixture
def city(ours):
    """A public city that publishes after review, with a change that is not public."""
    with writing():
        ours.city.population = 90_000
        ours.city.save()
    publish(ours.city.pk)
    with writing():
        ours.city.publishing = "review"
        ours.city.population, ours.city.about = 9_000_000, "Dunes <b>and</b> more"
        ours.city.save()
    return ours.city


@pytest.fixture
def sent(city, people):
    city.refresh_from_db()
    return review.send(city, people["officer"], "Please look.")


def page_of(submission, view="change"):
    return reverse(f"admin:publishing_submission_{view}", args=[submission.pk])


def send_page(city):
    return reverse("admin:publishing_submission_add", args=[city.pk])


@pytest.mark.sql
@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (ASK, "\0", "Null characters are not allowed"),
        (ASK, "x" * 5001, "The city: population size: Ensure this value has at most 5000"),
        (ASK, "\x01", "invisible control character"),
        ("comment:city.\nx", "Why?", "a field that does not exist"),
        (f"comment:{'x' * 201}", "Why?", "a field that does not exist"),
    ],
)
def test_an_odd_comment_is_refused_with_words(as_, sent, name, text, words):
    data = {name: f"a{text}", "note": "", "_comment": "x"}
    answer = as_("reviewer").post(page_of(sent), data)
    assert answer.status_code == 200
    assert words in words_of(answer)
    assert not Comment.objects.exists()


def test_a_city_whose_published_record_cannot_be_read_sends_all_the_same(as_, city):
    Publication.objects.update(record=b"broken")
    officer = as_("officer")
    assert officer.get(send_page(city)).status_code == 200
    officer.post(send_page(city), filled(officer, send_page(city)))
    sent = Submission.objects.get()
    assert "9,000,000" in words_of(as_("reviewer").get(page_of(sent)))


def test_a_change_is_sent_returned_mended_and_approved(as_, city):
    officer, reviewer = as_("officer"), as_("reviewer")
    words = words_of(officer.get(send_page(city)))
    assert "Population size" in words
    assert "9,000,000" in words
    data = filled(officer, send_page(city), note="New census.")
    answer = officer.post(send_page(city), data, follow=True)
    assert "Sent for review. An answer is due by" in words_of(answer)
    sent = Submission.objects.get()
    assert "It waits for a reviewer" in words_of(officer.get(send_page(city))).replace(
        ": it", ". It"
    )

    assert page_of(sent) in words_of(reviewer.get(reverse("admin:index")))
    page = words_of(reviewer.get(page_of(sent)))
    assert "New census." in page
    assert "Is 9,000,000 right?" in page
    assert page.index("Is 9,000,000 right?") < page.index("Public now")
    assert "Dunes &lt;b&gt;" in reviewer.get(page_of(sent)).content.decode()
    given = {ASK: "Of the county?", "note": "One question.", "_return": "x"}
    reviewer.post(page_of(sent), filled(reviewer, page_of(sent), **given))
    comment = Comment.objects.get()

    form = officer.get(url_of(city))
    population = form.context["adminform"].form.fields["population"]
    assert [one.text for one in population.comments] == ["Of the county?"]
    assert (
        save(officer, url_of(city), population=2_000_000, comments_done=[comment.pk]).status_code
        == 302
    )
    comment.refresh_from_db()
    assert comment.done_by.email == "officer@example.org"

    asked = officer.get(page_of(sent)).content.decode()
    assert reverse("website:edit_field", args=[city.slug, "city.population"]) in asked

    officer.post(send_page(city), filled(officer, send_page(city)))
    sent, before = Submission.objects.all()
    assert page_of(before) in reviewer.get(page_of(sent)).content.decode()
    answer = reviewer.post(
        page_of(sent), filled(reviewer, page_of(sent), _approve="x"), follow=True
    )
    assert "is published: version 2" in words_of(answer)
    assert (
        PublicCity.objects.get(pk=city.pk).publication.published_by.email == "reviewer@example.org"
    )
    assert "Approved and published by" in words_of(officer.get(page_of(sent)))


def test_who_may_not_decide_reads_why_and_strangers_find_nothing(as_, city, people):
    sent = review.send(city, people["staff"])
    own = words_of(as_("staff").get(page_of(sent)))
    assert "You sent this yourself: somebody else has to decide." in own
    assert "Approve and publish" not in own
    officer = as_("officer")
    assert "Approve and publish" not in words_of(officer.get(page_of(sent)))
    officer.post(page_of(sent), {"_approve": "x"})
    sent.refresh_from_db()
    assert sent.state == "waiting"
    preview = reverse("website:submission", args=[city.slug, sent.pk])
    for url in (page_of(sent), page_of(sent, "take_back"), send_page(city), preview):
        assert as_("other").get(url).status_code == 404
        assert officer.get(url).status_code in (200, 405)
    officer.post(page_of(sent, "take_back"))
    sent.refresh_from_db()
    assert sent.state == "taken-back"


def test_nothing_typed_is_lost_where_a_note_lacks_or_somebody_was_first(as_, sent, people):
    reviewer = as_("reviewer")
    data = filled(reviewer, page_of(sent), **{ASK: "Of the county?"})
    answer = reviewer.post(page_of(sent), {**data, "_return": "x"})
    assert answer.context["form"].errors == {"note": ["Say what the city should change."]}
    assert "Of the county?" in words_of(answer)
    review.approve(sent, people["coordinator"])
    answer = reviewer.post(page_of(sent), {**data, "note": "My note.", "_return": "x"})
    words = words_of(answer)
    assert "Approved and published by" in str(answer.context["form"].non_field_errors())
    assert "My note." in words
    assert "Of the county?" in words
    assert not Comment.objects.exists()


def test_the_page_of_a_submission_shows_what_was_sent(as_, sent, city):
    with writing():
        city.about = "Written later"
        city.save()
    url = reverse("website:submission", args=[city.slug, sent.pk])
    answer = as_("reviewer").get(url)
    assert "Dunes" in words_of(answer)
    assert "Written later" not in words_of(answer)
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)


def test_comments_stand_beside_the_fields_of_every_chapter(as_, ours, sent):
    """Actions, their values, the steps and the index each have a form of their own."""
    action = Action.objects.filter(city=ours.city).order_by("pk").first()
    value = Value.objects.filter(statement__action__city=ours.city).first()
    step = make_progress(ours.city, 2).step
    of_value = value.statement.action
    asked = {
        f"actions.{action.number}.description": url_of(action),
        f"actions.{of_value.number}.{value.statement_id}.{value.measure.code}": url_of(of_value),
        f"pathway.{step.code}.state": reverse("admin:pathway_city", args=[ours.city.pk]),
    }
    for path in asked:
        Comment.objects.create(submission=sent, path=path, text=f"About {path}")
    officer = as_("officer")
    for path, url in asked.items():
        answer = officer.get(url)
        assert f"About {path}" in words_of(answer)
        assert f"About {path}" not in [one.text for one in answer.context["comments"]]
        assert Comment.objects.get(path=path).done_at is None
        ticked = filled(officer, url, comments_done=[Comment.objects.get(path=path).pk])
        officer.post(url, ticked)
        assert Comment.objects.get(path=path).done_at is not None


def test_a_comment_stands_beside_the_nearest_field():
    class Field:
        pass

    fields = {"7.a.b": Field(), "text": Field()}
    comments = [Comment(path=f"actions.3.{end}") for end in ("7.a.b.unit", "8.c", "text")]
    comments.append(Comment(path="actions.3"))
    left = place_beside(comments, "actions.3", fields)
    assert [one.path for one in left] == ["actions.3.8.c", "actions.3"]
    assert [one.path for one in fields["7.a.b"].comments] == ["actions.3.7.a.b.unit"]


def test_the_list_has_what_waits_and_what_was_decided(as_, sent, people, city):
    url = reverse("admin:profiles_submission_changelist")
    Submission.objects.update(due_on="2026-01-02")
    assert "overdue" in words_of(as_("reviewer").get(url))
    assert city.name not in words_of(as_("other").get(url))
    review.return_(sent, people["reviewer"], "Later.")
    assert city.name not in words_of(as_("reviewer").get(url))
    first_page = as_("reviewer").get(reverse("admin:index")).content.decode()
    assert "No city is in review." in first_page and f'href="{url}"' in first_page
    review.take_back(review.send(city, people["officer"]), people["officer"])
    decided = words_of(as_("reviewer").get(url, {"state": "decided"}))
    assert decided.index("taken back by") < decided.index("returned with a note")
    assert "returned with a note" in decided and "Decided at" in decided
    assert "Answer due on" not in decided


@pytest.mark.parametrize("person", ["officer", "coordinator", "reviewer"])
def test_only_platform_staff_say_how_a_city_publishes(as_, city, person):
    before = (city.publishing, city.is_withdrawn, city.withdrawal_note)
    forged = {"publishing": "at-once", "is_withdrawn": "on", "withdrawal_note": "x"}
    client = as_(person)
    client.post(url_of(city), {**filled(client, url_of(city)), **forged})
    city.refresh_from_db()
    assert (city.publishing, city.is_withdrawn, city.withdrawal_note) == before


def test_a_draft_is_sent_whatever_its_setting_and_summed_up_for_the_reviewer(as_, theirs):
    other, staff, city = as_("other"), as_("staff"), theirs.city
    other.post(send_page(city), filled(other, send_page(city)))
    sent = Submission.objects.get()
    page = staff.get(page_of(sent))
    compared = page.context["compared"]
    assert compared.is_first
    assert {"comment:", "comment:actions.1"} <= set(filled(staff, page_of(sent)))
    staff.post(page_of(sent), filled(staff, page_of(sent), _approve="x"))
    assert PublicCity.objects.public().filter(pk=city.pk).exists()


def test_what_was_sent_is_shown_with_texts_that_its_catalogue_lacks(as_, city):
    text = FixedText.objects.get(code="footer")
    values = {name: getattr(text, name) for name in ("code", "name", "position", "origin")}
    text.delete()
    sent = make_submission(city)
    FixedText.objects.create(**values)
    page = reverse("website:submission", args=[city.slug, sent.pk])
    assert "www.citieswithnature.org" in words_of(as_("reviewer").get(page))
