"""The transitions between the states of a resource, as functions and through the form."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hub import moderation
from hub.models import Resource
from tests.admin.forms import filled
from tests.clients import client_of, url_of
from tests.factories import make_resource, make_user

State = Resource.State
DRAFT, SUBMITTED, PUBLISHED, RETURNED = State

BY_OFFICERS = {
    (DRAFT, SUBMITTED),
    (RETURNED, SUBMITTED),
    (SUBMITTED, DRAFT),
    (RETURNED, DRAFT),
    (PUBLISHED, DRAFT),
}
BY_STAFF = BY_OFFICERS | {
    (DRAFT, PUBLISHED),
    (SUBMITTED, PUBLISHED),
    (RETURNED, PUBLISHED),
    (SUBMITTED, RETURNED),
    (PUBLISHED, RETURNED),
}
PAIRS = [(before, after) for before in State for after in State]


def allowed(before, after, by_staff):
    return before == after or (before, after) in (BY_STAFF if by_staff else BY_OFFICERS)


def test_the_table_holds_these_moves_and_no_others():
    assert {(move.before, move.after) for move in moderation.TRANSITIONS} == BY_STAFF
    assert len(moderation.TRANSITIONS) == len(BY_STAFF)
    for by_staff, moves in ((True, BY_STAFF), (False, BY_OFFICERS)):
        offered = {
            (s, move.after) for s in State for move in moderation.TRANSITIONS.open_from(s, by_staff)
        }
        assert offered == moves


@pytest.mark.parametrize("by_staff", [True, False])
@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_move_is_checked_against_the_table(before, after, by_staff):
    resource = Resource(state=after, state_note="Mend the year.")
    if allowed(before, after, by_staff):
        moderation.check_transition(before, resource, by_staff)
        return
    with pytest.raises(ValidationError) as caught:
        moderation.check_transition(before, resource, by_staff)
    assert list(caught.value.message_dict) == ["state"]


@pytest.fixture
def people(city):
    return {True: make_user(is_staff=True), False: make_user(officer_of=city)}


@pytest.mark.parametrize("by_staff", [True, False])
@pytest.mark.parametrize("before", State)
def test_the_form_lets_through_what_the_table_does(city, people, before, by_staff):
    """Forged or chosen: every state is sent from every state."""
    client = client_of(people[by_staff])
    for after in State:
        made = make_resource(city, f"To {after}", state=before)
        data = filled(client, url_of(made))
        response = client.post(url_of(made), {**data, "state": after, "state_note": "Mend it."})
        made.refresh_from_db()
        # A note beside anything but a return is refused as such; without one the move counts.
        if response.status_code == 200:
            response = client.post(url_of(made), {**data, "state": after, "state_note": ""})
            made.refresh_from_db()
        assert made.state == (after if allowed(before, after, by_staff) else before), after


@pytest.mark.parametrize("by_staff", [True, False])
def test_a_new_resource_begins_where_the_table_does(city, people, by_staff):
    client = client_of(people[by_staff])
    add = reverse("admin:hub_resource_add")
    for after in State:
        url = f"https://example.org/{after}"
        data = filled(client, add, city=city.pk, title=after, kind="plan", url=url)
        client.post(add, {**data, "state": after, "state_note": "Forged."})
    made = set(Resource.objects.values_list("state", flat=True))
    assert made == {state for state in State if allowed(DRAFT, state, by_staff)} - {RETURNED}


def test_who_is_no_staff_writes_no_note(city, people):
    made = make_resource(city, state="submitted")
    client = client_of(people[False])
    client.post(url_of(made), filled(client, url_of(made), title="Anew", state_note="Forged."))
    made.refresh_from_db()
    assert (made.title, made.state_note) == ("Anew", "")


def test_what_a_move_brings_into_line():
    resource = Resource(state=PUBLISHED, state_note="Old.", url="https://example.org/")
    assert moderation.adjust_state_fields(SUBMITTED, resource, [], by_staff=True) is False
    assert resource.published_on is not None
    assert resource.state_note == ""
    assert moderation.adjust_state_fields(PUBLISHED, resource, ["title"], by_staff=False) is False
    assert moderation.adjust_state_fields(PUBLISHED, resource, ["file"], by_staff=True) is False
    assert moderation.adjust_state_fields(PUBLISHED, resource, ["file"], by_staff=False) is True
    assert resource.state == SUBMITTED
