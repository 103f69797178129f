"""The sheet Officers: people who work for cities, brought in by platform staff."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from exchange.applying import apply
from profiles.models import Assignment
from tests.factories import make_city, make_user

HEADERS = ["City", "E-mail", "Role", "Name"]


@pytest.fixture
def planned(plan):
    """A function that plans a sheet Officers of these rows."""
    return lambda *rows, user=None: plan(user, Officers=[HEADERS, *rows])


def test_a_new_person_gets_an_account_without_password_and_no_mail(port, planned):
    plan = planned(["port-trial", "Mei@Example.org", "officer", "Mei Lin"])
    assert plan.is_sound, plan.problems
    apply(plan)
    mei = get_user_model().objects.get(email__iexact="mei@example.org")
    assert mei.full_name == "Mei Lin"
    assert not mei.has_usable_password()
    assert not mei.is_staff
    assert mail.outbox == []
    assert Assignment.objects.get().user == mei
    assert plan.made_users() == [mei]


def test_one_person_may_work_for_two_cities(port, planned):
    make_city("Hill Trial")
    plan = planned(
        ["port-trial", "mei@example.org", "officer", "Mei Lin"],
        ["hill-trial", "MEI@example.org", "contact person", ""],
    )
    assert plan.is_sound, plan.problems
    apply(plan)
    assert get_user_model().objects.count() == 1
    assert set(Assignment.objects.values_list("city__slug", "role")) == {
        ("port-trial", "officer"),
        ("hill-trial", "contact"),
    }


def test_one_address_in_two_spellings_is_one_person(port, planned):
    make_user("kim@xn--mnchen-3ya.example", full_name="Kim")
    plan = planned(
        ["port-trial", "kim@münchen.example", "officer", ""],
        ["port-trial", "ſam@example.org", "officer", "Sam"],
        ["port-trial", "SAM＠example.org", "contact person", "Sam"],
    )
    assert plan.is_sound, plan.problems
    apply(plan)
    emails = get_user_model().objects.order_by("email").values_list("email", flat=True)
    assert list(emails) == ["kim@xn--mnchen-3ya.example", "sam@example.org"]


def test_a_known_person_gets_the_role_and_keeps_name_and_password(port, planned):
    mei = make_user("mei@example.org", full_name="Mei Lin")
    plan = planned(["port-trial", "Mei@example.org", "officer", "Mei Lin"])
    apply(plan)
    assert plan.made_users() == []
    mei.refresh_from_db()
    assert mei.has_usable_password()
    assert mei.assignments.count() == 1


def test_the_same_workbook_again_changes_nothing(port, planned):
    row = ["port-trial", "mei@example.org", "officer", "Mei Lin"]
    apply(planned(row))
    assert planned(row).totals == {"new": 0, "changed": 0, "unchanged": 1, "wrong": 0}


@pytest.mark.parametrize(
    ("row", "cell", "words"),
    [
        (["port-trial", "mei(at)example.org", "officer", ""], "B2", "not an e-mail address"),
        (["port-trial", "mei@example.org", "oficer", ""], "C2", "Did you mean “officer”?"),
        (["port-trial", "mei@example.org", "coordinator", ""], "C2", "not one of the words"),
        (["port-trial", "mei@example.org", "", ""], "C2", "empty"),
        (["nowhere", "mei@example.org", "officer", ""], "A2", "no such city"),
        (["port-trial", "li@example.org", "officer", "Li Na"], "D2", "another name here"),
        (["port-trial", "closed@example.org", "officer", ""], "B2", "closed"),
    ],
)
def test_a_wrong_cell_is_named(port, planned, row, cell, words):
    make_user("li@example.org", full_name="Li Wei")
    make_user("closed@example.org", is_active=False)
    plan = planned(row)
    assert [problem.cell for problem in plan.problems] == [cell]
    assert words in plan.problems[0].message


def test_two_names_for_one_new_person_are_asked_back(port, planned):
    plan = planned(
        ["port-trial", "mei@example.org", "officer", "Mei Lin"],
        ["port-trial", "mei@example.org", "contact", "Mei Wang"],
    )
    assert [problem.cell for problem in plan.problems] == ["D3"]


def test_the_sheet_is_passed_over_where_an_officer_sends_it(port, plan):
    officer = make_user("officer@example.org", officer_of=port)
    rows = [HEADERS, ["port-trial", "mei@example.org", "officer", ""]]
    cities = [["City", "About"], ["port-trial", "A port."]]
    made = plan(officer, Officers=rows, Cities=cities)
    assert (made.problems, made.totals["changed"], made.made_users()) == ([], 1, [])
    assert [str(remark) for remark in made.remarks] == [
        "Officers: This sheet is passed over: only platform staff can import it."
    ]
    assert plan(officer, Officers=[HEADERS], Cities=cities).remarks == []
    assert "no rows to import" in plan(officer, Officers=rows).problems[0].message


def test_a_person_whose_row_is_wrong_gets_no_account(port, planned):
    plan = planned(["nowhere", "mei@example.org", "officer", "Mei Lin"])
    assert not plan.is_sound
    assert plan.made_users() == []
