"""The officer's page of the Nature Pathway: how far the city is with each step."""

from datetime import date

import pytest
from django.urls import reverse

from pathway.models import Step, StepProgress
from profiles.models import Assignment, ChangeSet, Role
from tests.admin.forms import fields_of, filled, save
from tests.clients import client_of, url_of, words_of
from tests.factories import (
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_upload,
    make_user,
    writing,
)

CHOOSE = "admin:pathway_stepprogress_changelist"


@pytest.fixture
def city(catalogue):
    return make_city("Our City")


@pytest.fixture
def other_city(catalogue):
    return make_city("Their City", state="draft")


@pytest.fixture
def officer(city):
    return client_of(make_user(officer_of=city, full_name="Lin Our"))


@pytest.fixture
def colleague(city):
    return client_of(make_user(officer_of=city, full_name="Mo Our"))


def page_of(city):
    return reverse("admin:pathway_city", args=[city.pk])


def typed(number, **fields):
    return {f"step-{number}-{name}": value for name, value in fields.items()}


def faults(response):
    return [
        (step.number, field.name, str(message))
        for step, field, message in response.context["faults"]
    ]


def said(city):
    rows = StepProgress.objects.filter(city=city).order_by("step__number")
    return [(row.step.number, row.state, row.started_on, row.done_on) for row in rows]


def test_nine_steps_in_three_phases_with_questions_and_items(officer, city):
    make_item(city, 2, "Map of springs", upload=make_upload(city, "springs.pdf"))
    make_item(city, 2, "Guide", resource=make_resource(city, "Our guide", state="draft"))
    page = words_of(officer.get(page_of(city)))
    for step in Step.objects.all():
        assert f'</span> <span lang="en">{step.name}</span>' in page
        assert step.questions[0] in page
        query = f"city={city.pk}&step={step.pk}"
        assert f"{reverse('admin:pathway_stepitem_add')}?{query}" in page
    assert page.count("this platform’s own") == 9
    assert "Map of springs" in page
    assert "PDF, " in page
    assert "not public yet: draft" in page
    make_item(city, 5, "Draft", resource=make_resource(city, "Our other guide", state="draft"))
    page = words_of(officer.get(page_of(city)))
    assert page.count("counts as under way, as something stands on it") == 1
    assert page.count("not said: counts as not started") == 8


def test_states_and_days_of_all_steps_are_saved_at_once(officer, city):
    make_progress(city, 3, "under-way")
    given = {
        **typed(1, state="done", started_on="2023-01-02", done_on="2024-03-04"),
        **typed(2, state="under-way", started_on="2024-05-06"),
        **typed(3, state=""),
        **typed(4, state="not-started"),
    }
    assert save(officer, page_of(city), **given).status_code == 302
    assert said(city) == [
        (1, "done", date(2023, 1, 2), date(2024, 3, 4)),
        (2, "under-way", date(2024, 5, 6), None),
        (4, "not-started", None, None),
    ]
    assert ChangeSet.objects.filter(kind="admin", reason="").count() == 1
    history = words_of(officer.get(reverse("admin:pathway_city_history", args=[city.pk])))
    assert "Lin Our" in history or "officer" in history
    assert "1 Commit & mobilize" in history


def test_what_is_not_touched_is_not_written(officer, city):
    make_progress(city, 1, "done", done_on=date(2024, 1, 1))
    make_progress(city, 2, "under-way")
    before = StepProgress.history.count()
    save(officer, page_of(city))
    assert StepProgress.history.count() == before
    save(officer, page_of(city), **typed(2, state="done"))
    assert StepProgress.history.count() == before + 1


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        (
            {"state": "done", "started_on": "2024-02-01", "done_on": "2024-01-01"},
            "done_on",
            "It cannot be done before it was started.",
        ),
        (
            {"state": "not-started", "started_on": "2024-02-01"},
            "started_on",
            "A step that is not started has no day of its start.",
        ),
        (
            {"state": "under-way", "done_on": "2024-02-01"},
            "done_on",
            "Only a step that is done has a day of its end.",
        ),
        ({"state": "done", "done_on": "2999-01-01"}, "done_on", "This day is still to come."),
        ({"started_on": "2024-02-01"}, "state", "Choose the state that goes with the day."),
        ({"state": "done", "done_on": "soon"}, "done_on", "Enter a valid date."),
    ],
)
def test_what_cannot_be_is_told_at_its_step_and_nothing_is_saved(
    officer, city, given, field, words
):
    response = save(officer, page_of(city), **typed(5, **given), **typed(6, state="done"))
    assert (5, field, words) in faults(response)
    assert f'href="#id_step-5-{field}"' in response.content.decode()
    assert not StepProgress.objects.exists()
    again = fields_of(response.content.decode())
    assert again["step-6-state"] == "done"
    assert all(again[f"step-5-{name}"] == value for name, value in given.items())


# Two at once


def test_two_who_change_different_steps_do_not_meet(officer, colleague, city):
    make_progress(city, 1, "under-way")
    form = filled(officer, page_of(city), **typed(2, state="done"))
    save(colleague, page_of(city), **typed(1, state="done"))
    assert officer.post(page_of(city), form).status_code == 302
    assert [(number, state) for number, state, *_days in said(city)] == [(1, "done"), (2, "done")]


@pytest.mark.parametrize("theirs", ["done", ""])
def test_the_later_one_at_a_step_is_told_and_may_replace_it(officer, colleague, city, theirs):
    make_progress(city, 1, "under-way")
    form = filled(officer, page_of(city), **typed(1, state="not-started"))
    save(colleague, page_of(city), **typed(1, state=theirs))
    response = officer.post(page_of(city), form)
    assert faults(response)[0][:2] == (1, "state")
    assert "Mo Our" in words_of(response)
    assert [row[1] for row in said(city)] == ([theirs] if theirs else [])
    again = fields_of(response.content.decode())
    assert again["step-1-state"] == "not-started"
    assert officer.post(page_of(city), again).status_code == 302
    assert [row[1] for row in said(city)] == ["not-started"]


def test_the_later_one_who_says_something_first_is_told(officer, colleague, city):
    form = filled(officer, page_of(city), **typed(1, state="done"))
    save(colleague, page_of(city), **typed(1, state="under-way"))
    assert faults(officer.post(page_of(city), form))[0][:2] == (1, "state")
    assert [row[1] for row in said(city)] == ["under-way"]


# Whose page


def test_a_foreign_page_is_404(officer, other_city):
    row = make_progress(other_city, 1, "done")
    history = reverse("admin:pathway_city_history", args=[other_city.pk])
    for address in (page_of(other_city), history, url_of(row), url_of(row, "delete")):
        assert officer.get(address).status_code == 404
        assert officer.post(address, typed(1, state="")).status_code in (404, 405)
    assert said(other_city)


def test_a_reviewer_only_reads(city):
    make_progress(city, 1, "done", done_on=date(2024, 1, 1))
    user = make_user()
    with writing():
        Assignment.objects.create(user=user, role=Role.REVIEWER, country=city.country)
    client = client_of(user)
    page = words_of(client.get(page_of(city)))
    assert "Done · done on" in page
    assert "Save the states" not in page
    assert client.post(page_of(city), typed(1, state="")).status_code == 403
    assert said(city)


def test_who_has_one_city_is_led_to_it_and_others_choose(officer, city, other_city):
    assert officer.get(reverse(CHOOSE)).url == page_of(city)
    user = make_user(officer_of=city)
    with writing():
        Assignment.objects.create(user=user, role=Role.OFFICER, city=other_city)
    client = client_of(user)
    page = words_of(client.get(reverse(CHOOSE)))
    assert "of which city?" in page
    chosen = client.get(reverse(CHOOSE), {"city__id__exact": other_city.pk})
    assert chosen.url == page_of(other_city)
    assert page_of(city) in words_of(officer.get("/admin/"))


def test_a_single_state_leads_to_the_page_of_its_city(officer, city):
    row = make_progress(city, 4, "done")
    for view in ("change", "history", "delete"):
        assert officer.get(url_of(row, view)).url == f"{page_of(city)}#step-4"


def test_the_page_costs_the_same_queries_however_much_is_on_it(
    officer, city, django_assert_max_num_queries
):
    for number in range(1, 10):
        make_progress(city, number, "done")
        for _item in range(3):
            make_item(city, number, upload=make_upload(city, f"{number}-{_item}.pdf"))
    with django_assert_max_num_queries(30):
        officer.get(page_of(city))
