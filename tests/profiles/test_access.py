"""Who may see and edit which rows: the querysets and permissions of `profiles.access`."""

import pytest
from django.contrib.auth.models import AnonymousUser

from actions.models import Action, Value
from hub.models import Resource
from profiles.access import may_enter_admin
from profiles.models import Assignment, City, Country, Role, State
from tests.factories import make_action, make_city, make_resource, make_user, writing

pytestmark = pytest.mark.usefixtures("catalogue")


@pytest.fixture
def cities():
    """One published and one draft city in China, one draft city in Kenya."""
    return {
        "open": make_city("Open", country="CN"),
        "draft": make_city("Draft", country="CN", state=State.DRAFT),
        "kenya": make_city("Kenya Draft", country="KE", state=State.DRAFT),
    }


def names(queryset):
    return sorted(queryset.values_list("name", flat=True))


def assign(user, role, **scope):
    with writing():
        Assignment.objects.create(user=user, role=role, **scope)
    return user


def test_the_public_reads_and_edits_no_row(cities):
    assert names(City.objects.editable_by(AnonymousUser())) == []
    assert names(City.objects.managed_by(AnonymousUser())) == []


def test_staff_see_and_edit_all(cities):
    staff = make_user(is_staff=True)
    action = make_action(cities["draft"], "urban-heat", baseline={"green_cover": "30"})
    partners = make_resource(None, state="draft")
    for rows in (City.objects.editable_by, City.objects.managed_by):
        assert names(rows(staff)) == ["Draft", "Kenya Draft", "Open"]
    assert list(Action.objects.managed_by(staff)) == [action]
    assert Value.objects.managed_by(staff).count() == 1
    assert list(Resource.objects.visible_to(staff)) == [partners]
    assert not Action.objects.managed_by(AnonymousUser()).exists()


def test_an_officer_sees_and_edits_the_own_draft_only(cities):
    officer = make_user(officer_of=cities["draft"])
    assert names(City.objects.editable_by(officer)) == ["Draft"]
    assert names(City.objects.managed_by(officer)) == ["Draft"]


def test_a_contact_person_edits_like_an_officer(cities):
    contact = assign(make_user(), Role.CONTACT, city=cities["draft"])
    assert names(City.objects.editable_by(contact)) == ["Draft"]


def test_a_coordinator_edits_the_cities_of_the_region(cities):
    africa = Country.objects.get(code="KE").region
    coordinator = make_user(coordinator_of=africa)
    assert names(City.objects.editable_by(coordinator)) == ["Kenya Draft"]


def test_a_reviewer_sees_the_cities_of_the_country_and_edits_none(cities):
    reviewer = assign(make_user(), Role.REVIEWER, country=Country.objects.get(code="CN"))
    assert names(City.objects.managed_by(reviewer)) == ["Draft", "Open"]
    assert names(City.objects.editable_by(reviewer)) == []


def test_two_roles_add_up(cities):
    officer = make_user(officer_of=cities["draft"])
    assign(officer, Role.OFFICER, city=cities["kenya"])
    assert names(City.objects.editable_by(officer)) == ["Draft", "Kenya Draft"]


def test_platform_staff_edit_everything(cities):
    assert len(names(City.objects.editable_by(make_user(is_staff=True)))) == 3


def test_a_closed_account_edits_nothing(cities):
    officer = make_user(officer_of=cities["draft"], is_active=False)
    staff = make_user(is_staff=True, is_active=False)
    for user in (officer, staff):
        assert names(City.objects.editable_by(user)) == []
        assert names(City.objects.managed_by(user)) == []
        assert not may_enter_admin(user)
        assert not user.has_perm("profiles.change_city")


def test_rows_below_a_city_follow_the_city(cities):
    own = make_action(cities["draft"], "urban-heat", baseline={"green_cover": "30"})
    make_action(cities["kenya"], "urban-heat", baseline={"green_cover": "40"})
    officer = make_user(officer_of=cities["draft"])
    assert list(Action.objects.editable_by(officer)) == [own]
    assert list(Value.objects.managed_by(officer)) == list(Value.objects.filter(number=30))
    assert not Value.objects.managed_by(AnonymousUser()).exists()


def test_permissions_of_the_roles(cities):
    officer = make_user(officer_of=cities["draft"])
    assert officer.has_perm("profiles.change_city")
    assert officer.has_perm("actions.add_action")
    assert officer.has_module_perms("actions")
    for perm in (
        "profiles.add_city",
        "profiles.delete_city",
        "profiles.view_assignment",
        "accounts.view_user",
        "actions.view_commitment",
        "catalogue.view_topic",
    ):
        assert not officer.has_perm(perm), perm
    assert not officer.has_module_perms("catalogue")


def test_a_reviewer_may_only_look(cities):
    reviewer = assign(make_user(), Role.REVIEWER, country=Country.objects.get(code="CN"))
    assert reviewer.has_perm("actions.view_action")
    assert not reviewer.has_perm("actions.change_action")
    assert may_enter_admin(reviewer)


def test_staff_may_not_delete_people_cities_or_change_sets():
    staff = make_user(is_staff=True)
    assert staff.has_perm("catalogue.change_topic")
    for perm in ("accounts.delete_user", "profiles.delete_city", "profiles.change_changeset"):
        assert not staff.has_perm(perm), perm


def test_somebody_without_a_role_stays_outside():
    visitor = make_user()
    assert not may_enter_admin(visitor)
    assert not visitor.has_perm("profiles.view_city")


def test_rows_are_found_by_the_keys_of_cities_and_not_tried_one_by_one(cities):
    sql = str(Action.objects.managed_by(make_user(officer_of=cities["open"])).query)
    assert '"actions_action"."city_id" IN (' in sql and sql.count(" UNION ") == 2
    assert " OR " not in sql
