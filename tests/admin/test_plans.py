"""The plans of a city, and how an officer names one in a target."""

from decimal import Decimal

import pytest
from django.urls import reverse

from actions.models import Plan, Statement
from report.sources import working_document
from tests.admin.forms import errors_of, filled, save
from tests.clients import url_of
from tests.factories import make_action, make_plan, make_resource, make_statement

TARGET = Statement.Kind.TARGET


def target_of(side, plan, **fields):
    return make_statement(side.action, TARGET, plan=plan, text="Half of it.", **fields)


def test_a_plan_is_entered_once_with_a_link_or_a_resource(officer, ours):
    add, resource = reverse("admin:actions_plan_add"), make_resource(ours.city)
    page = f"http://testserver/resources/{resource.pk}/"
    data = filled(officer, add, title="Wetland plan", year="2021", url=page)
    assert officer.post(add, data).status_code == 302
    plan = Plan.objects.get(title="Wetland plan")
    assert (plan.city, plan.year, plan.resource, plan.url) == (ours.city, 2021, resource, "")
    again = officer.post(add, filled(officer, add, title="Wetland plan"))
    assert errors_of(again) == ["The city has a plan of this title already."]


def test_a_plan_in_which_targets_are_set_stays_and_says_which(officer, ours):
    target_of(ours, ours.plan, due_year=2030)
    url = url_of(ours.plan, "delete")
    page = officer.get(url).content.decode()
    assert "Action 1: " in page and ", target for 2030" in page and "Yes, delete" not in page
    officer.post(url, {**filled(officer, url), "post": "yes"})
    assert Plan.objects.filter(pk=ours.plan.pk).exists()


def test_a_plan_that_is_gone_is_not_found(officer, db):
    assert officer.get(reverse("admin:actions_plan_change", args=[999_999])).status_code == 404


def test_the_page_says_in_which_plan_a_target_is_set(ours, client):
    plan = make_plan(
        ours.city, "Plan climat", year=2021, url="https://example.org/p", language="fr"
    )
    target_of(ours, plan, due_year=2030)
    page = client.get(ours.city.get_absolute_url()).content.decode()
    link = '<a href="https://example.org/p" rel="nofollow noopener"><span lang="fr" dir="ltr">'
    assert "Set in:" in page and f"{link}Plan climat (2021)</span></a>" in page


# A target as questions


POLICY = "wild-species-trade"


def first_target(**fields):
    """The fields of the first target in the form of an action, by their names without a prefix."""
    return {f"target-0-{name}": value for name, value in fields.items()}


def targets_of(action):
    return list(Statement.objects.filter(action=action, kind=TARGET).order_by("pk"))


def test_a_figure_by_a_year_in_a_new_plan_that_a_second_target_shares(officer, ours):
    typed = {"target-TOTAL_FORMS": "2", "target-1-goal": "sentence", "target-1-text": "More."}
    typed |= {"target-1-due_year": "2035", "target-1-plan_title": "Nature plan"}
    typed |= first_target(goal="figure", value_natural_area_1="9", due_year="2030")
    plan = first_target(plan_title="Nature plan", plan_year="2021")
    assert save(officer, url_of(ours.action), **typed, **plan).status_code == 302
    made = Plan.objects.get(title="Nature plan")
    assert (made.city, made.year) == (ours.city, 2021)
    one, other = targets_of(ours.action)
    assert one.plan == other.plan == made
    assert [value.number for value in one.values.all()] == [9]
    assert 'value="figure" id="id_target-0-goal_0" checked' in page_of(officer, ours.action)


def page_of(client, action):
    return client.get(url_of(action)).content.decode().replace(" required", "")


def test_a_policy_is_offered_only_where_a_status_is_asked_and_is_on_the_board(officer, ours):
    assert 'value="policy"' not in page_of(officer, ours.action)
    action = make_action(ours.city, POLICY, baseline={"status": "no"})
    make_statement(action, Statement.Kind.PROGRESS, {"status": "partly"}, date="2026-01-05")
    typed = first_target(goal="policy", value_status="yes", due_year="2030")
    typed["target-0-plan"] = ours.plan.pk
    assert save(officer, url_of(action), **typed).status_code == 302
    [target] = targets_of(action)
    assert (target.plan, target.values.get().status) == (ours.plan, "yes")
    [row] = working_document(ours.city).glance.targets
    words = [str(row.start), str(row.now), str(row.goal), str(row.due)]
    assert (words, row.share) == (["no", "partly", "yes", "2030"], Decimal("0.5"))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"goal": "sentence", "value_natural_area_1": "9"}, "Empty this, or choose"),
        ({"goal": "figure", "text": "More."}, "Fill it in below, or choose"),
        ({"text": "More.", "plan_year": "2021"}, "Give the title of the plan"),
        ({"text": "More.", "plan": "{plan}", "plan_title": "Other"}, "not both"),
        ({"text": "More.", "plan_title": "plan FOR nature", "plan_year": "2021"}, "has this plan"),
        ({"text": "More.", "plan": "99999"}, "Select a valid choice"),
    ],
)
def test_what_does_not_go_together_is_told_and_nothing_is_written(officer, ours, typed, error):
    typed = {name: value.format(plan=ours.plan.pk) for name, value in typed.items()}
    response = save(officer, url_of(ours.action), **first_target(**typed))
    [message] = errors_of(response)
    assert error in message
    assert (targets_of(ours.action), Plan.objects.filter(city=ours.city).count()) == ([], 1)


def test_a_new_plan_may_be_linked_by_the_page_of_a_resource(officer, ours):
    url = f"/resources/{ours.resource.pk}/"
    typed = first_target(text="More.", plan_title="Other", plan_url=url)
    assert save(officer, url_of(ours.action), **typed).status_code == 302
    assert Plan.objects.get(title="Other").resource == ours.resource


def test_words_become_a_plan_only_where_one_asks_for_it(officer, ours):
    title = "Action plan for wetlands (2022–2025)"
    target = make_statement(ours.action, TARGET, text=title)
    assert "Make a plan of these words" in page_of(officer, ours.action)
    save(officer, url_of(ours.action), description="Other words.")
    assert Plan.objects.filter(title=title).count() == 0
    pressed = {"target-0-plan_from_words": "on"}
    response = officer.post(
        url_of(ours.action), filled(officer, url_of(ours.action), **pressed), follow=True
    )
    assert response.redirect_chain[-1][0] == url_of(ours.action)
    assert "is a plan of the city now" in response.content.decode()
    target.refresh_from_db()
    assert (target.plan.title, target.text) == (title, title)
    assert "Make a plan of these words" not in page_of(officer, ours.action)


def test_words_go_into_the_plan_where_the_target_says_more(officer, ours):
    target = make_statement(ours.action, TARGET, text="Plan for wetlands")
    typed = first_target(value_natural_area_1="9", due_year="2030", goal="figure")
    save(officer, url_of(ours.action), **typed, **{"target-0-plan_from_words": "on"})
    target.refresh_from_db()
    assert (target.plan.title, target.text, target.due_year) == ("Plan for wetlands", "", 2030)
