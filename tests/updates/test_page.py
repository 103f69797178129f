"""The page of the update: what it keeps, what it asks back, and how it ends, without a script."""

import pytest
from django.urls import reverse

from actions.models import Statement
from profiles.models import City
from tests.admin.test_typed import signed_in_again
from tests.clients import client_of, words_of
from tests.factories import make_action, make_city, make_statement, make_user, writing
from tests.updates.answering import YEAR, answer, row_of
from updates.keeping import seen
from updates.models import Answer
from updates.rows import rows_for

pytestmark = pytest.mark.usefixtures("catalogue")

LAND, GREEN, WORDS = "1.natural-areas.total_area", "1.natural-areas.natural_area", "2.words"


@pytest.fixture
def city():
    city = make_city("Yearly", publishing=City.Publishing.CITY)
    make_action(city, "natural-areas", baseline={"total_area": 1886, "natural_area": 1000})
    words = make_action(city, "restoration")
    make_statement(words, Statement.Kind.BASELINE, text="Some meadows.")
    return city


@pytest.fixture
def officer(city):
    return client_of(make_user("officer@example.org", officer_of=city, full_name="Lin Our"))


@pytest.fixture
def url(city):
    return reverse("admin:updates_city", args=[city.slug])


@pytest.fixture
def typed(city):
    """`typed({LAND: {"text": "12"}})`: the page as it is now, filled in so and posted."""

    def typed(fields, **buttons):
        post = dict(buttons)
        for row in rows_for(city, YEAR):
            own = fields.get(row.key, {})
            stored = {name: getattr(row.answer, name, "") for name in ("choice", "text", "year")}
            post[f"{row.key}-seen"] = own.pop("seen", seen(row))
            post |= {f"{row.key}-{name}": text for name, text in {**stored, **own}.items()}
        return post

    return typed


def test_only_the_row_that_is_wrong_says_so_and_everything_is_kept(officer, url, city, typed):
    given = {LAND: {"text": "1890", "year": "2025"}, GREEN: {"text": "a lot"}}
    given[WORDS] = {"choice": "unchanged"}
    assert officer.post(url, typed(given)).status_code == 302
    page = words_of(officer.get(url))
    assert page.count("update-fault") == 1
    assert "“a lot” is no number. Write digits" in page
    assert "1 of 2 done" in page
    kept = [(row.answer.choice, row.answer.text, row.answer.year) for row in rows_for(city, YEAR)]
    assert kept == [("new", "1890", "2025"), ("new", "a lot", ""), ("unchanged", "", "")]
    officer.post(url, typed({GREEN: {"text": ""}}))
    assert row_of(city, GREEN).answer is None


def test_what_cannot_be_stored_is_shown_again_and_nothing_else_is_lost(officer, url, city, typed):
    given = {LAND: {"text": "1890"}, WORDS: {"text": "A \x02 sign."}}
    page = officer.post(url, typed(given))
    assert "invisible control character" in words_of(page)
    assert "A \x02 sign." in page.content.decode()
    assert row_of(city, LAND).answer.text == "1890"
    assert row_of(city, WORDS).answer is None


def test_of_two_editors_the_later_sees_what_the_earlier_has_answered(officer, url, city, typed):
    before = typed({LAND: {"text": "1891"}, GREEN: {"text": "1001"}})
    other = make_user("mo@example.org", officer_of=city, full_name="Mo Our")
    answer(city, LAND, text="1890", kept_by=other)
    page = words_of(officer.post(url, before))
    assert "Mo Our has answered this meanwhile: 1890." in page
    assert 'value="1891"' in page
    assert (row_of(city, LAND).answer.text, row_of(city, GREEN).answer.text) == ("1890", "1001")
    officer.post(url, typed({LAND: {"text": "1891"}}))
    assert row_of(city, LAND).answer.text == "1891"


def test_a_figure_that_was_changed_meanwhile_is_shown_and_waits_for_a_yes(
    officer, url, city, typed
):
    officer.post(url, typed({LAND: {"text": "1890"}}))
    value = city.actions.get(number=1).statements.get().values.get(measure__key="total_area")
    value.number = 1900
    with writing():
        value.save()
    page = words_of(officer.post(url, typed({}, finish="1")))
    assert "it is 1,900 km² (year not given) now" in page
    assert not Statement.objects.filter(kind="progress").exists()
    officer.post(url, typed({}, confirm=LAND))
    officer.post(url, typed({}, finish="1"))
    assert Statement.objects.get(kind="progress").values.get().number == 1890


def test_it_ends_at_publishing_with_what_needs_a_look_left_out(officer, url, city, typed):
    given = {LAND: {"text": "189"}, WORDS: {"text": "More meadows."}}
    page = words_of(officer.post(url, typed(given, finish="1")))
    assert "One answer needs a look" in page
    assert not Statement.objects.filter(kind="progress").exists()
    done = officer.post(url, typed({}, finish="without"))
    assert done.url == reverse("admin:publishing_unpublished", args=[city.pk])
    page = words_of(officer.get(done.url))
    assert "1 answer of the update is in the profile now." in page
    assert "1 answer of the update waits for your look." in page
    assert Statement.objects.get(kind="progress").text == "More meadows."
    officer.post(url, typed({}, take=f"{LAND}:1890"))
    assert row_of(city, LAND).content.number == 1890
    officer.post(url, typed({}, finish="1"))
    assert Statement.objects.filter(kind="progress").count() == 2


def test_a_pasted_column_is_spread_over_the_rows_below(officer, url, city, typed):
    lines = "1001\t2025\tForest office\nunchanged\nleft over\n"
    page = words_of(officer.post(url, typed({}, spread="1", lines=lines, **{"from": GREEN})))
    assert "Some lines are left over" in page
    assert ">left over</textarea>" in page
    kept = [
        row.answer and (row.answer.choice, row.answer.text, row.answer.year, row.answer.source)
        for row in rows_for(city, YEAR)
    ]
    assert kept == [None, ("new", "1001", "2025", "Forest office"), ("unchanged", "", "", "")]


@pytest.mark.parametrize(("person", "status"), [("officer", 200), ("contact", 200),
                                                ("coordinator", 200), ("reviewer", 404),
                                                ("other", 404)])  # fmt: skip
def test_who_may_answer(city, url, person, status):
    """Whoever may edit the city, as `profiles.access` says: a contact person like an officer."""
    roles = {
        "officer": {"officer_of": city},
        "coordinator": {"coordinator_of": city.country.region},
        "contact": {},
        "reviewer": {},
        "other": {"officer_of": make_city("Other")},
    }
    user = make_user(f"{person}@example.org", **roles[person])
    scopes = {"contact": {"city": city}, "reviewer": {"country": city.country}}
    if person in scopes:
        with writing():
            user.assignments.create(role=person, **scopes[person])
    client = client_of(user)
    keep = reverse("admin:updates_keep", args=[city.slug])
    statuses = {client.get(url).status_code, client.get(keep).status_code}
    assert statuses == {status}
    post = {f"{LAND}-seen": seen(row_of(city, LAND)), f"{LAND}-text": "1"}
    assert client.post(keep, post).status_code == status
    assert Answer.objects.exists() == (status == 200)


def test_what_was_typed_comes_back_after_signing_in_again(officer, client, url, city, typed):
    form = typed({LAND: {"text": "1890"}})
    again = words_of(signed_in_again(client, client.post(url, form)))
    assert "You had been signed out. What you typed stands below" in again
    assert 'value="1890"' in again
    assert not Answer.objects.exists()


def test_a_script_learns_that_its_user_is_signed_out(client, city, url):
    keep = reverse("admin:updates_keep", args=[city.slug])
    assert client.post(keep, {f"{LAND}-text": "1"}).status_code == 401
