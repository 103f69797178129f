"""Accounts: staff create them; only superusers make somebody staff or superuser."""

from django.urls import reverse

from accounts.models import User
from tests.admin.forms import filled, save
from tests.clients import client_of, url_of
from tests.factories import PASSWORD, make_user


def test_a_person_is_added_with_or_without_a_password(staff):
    add = reverse("admin:accounts_user_add")
    secret = "tall-herons-stand-still"
    data = filled(staff, add, email="a@example.org", usable_password="true")
    assert staff.post(add, {**data, "password1": secret, "password2": secret}).status_code == 302
    assert User.objects.get(email="a@example.org").check_password(secret)
    data = filled(staff, add, email="b@example.org", usable_password="false")
    assert staff.post(add, data).status_code == 302
    assert not User.objects.get(email="b@example.org").has_usable_password()


def test_one_address_is_one_person_in_any_case(staff, people):
    add = reverse("admin:accounts_user_add")
    data = filled(staff, add, email="OFFICER@example.org", usable_password="false")
    assert "exists already" in staff.post(add, data).content.decode()


def test_staff_cannot_give_power(staff, people):
    forged = {"is_staff": "on", "is_superuser": "on"}
    for name in ("officer", "staff"):
        assert save(staff, url_of(people[name]), full_name="X", **forged).status_code == 302
        user = User.objects.get(pk=people[name].pk)
        assert user.full_name == "X"
        assert (user.is_staff, user.is_superuser) == (name == "staff", False)
    add = reverse("admin:accounts_user_add")
    data = filled(staff, add, email="c@example.org", usable_password="false")
    staff.post(add, {**data, **forged})
    assert not User.objects.filter(email="c@example.org", is_staff=True).exists()


def test_superusers_give_power(as_, people):
    save(as_("superuser"), url_of(people["nobody"]), is_staff="on")
    assert User.objects.get(pk=people["nobody"].pk).is_staff


def test_staff_cannot_reach_a_superuser(staff, people):
    root = people["superuser"]
    assert staff.get(url_of(root)).status_code == 200
    assert staff.post(url_of(root), {"email": "mine@example.org"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert staff.post(password, {"password1": "x", "password2": "x"}).status_code == 403
    assert User.objects.get(pk=root.pk).check_password(PASSWORD)


def test_nobody_but_superusers_deletes_people(staff, as_, people):
    url = url_of(people["nobody"], "delete")
    assert staff.post(url, {"post": "yes"}).status_code == 403
    assert as_("superuser").post(url, {"post": "yes"}).status_code == 302


def test_setting_a_password_for_somebody(staff, people):
    url = reverse("admin:auth_user_password_change", args=[people["officer"].pk])
    secret = "tall-herons-stand-still"
    data = {"usable_password": "true", "password1": secret, "password2": secret}
    assert staff.post(url, {**data, "set-password": "1"}).status_code == 302
    assert User.objects.get(pk=people["officer"].pk).check_password(secret)


def test_people_are_found_by_address(staff, people):
    page = staff.get(reverse("admin:accounts_user_changelist"), {"q": "colleague@"})
    assert [user.email for user in page.context["cl"].result_list] == ["colleague@example.org"]


def test_own_password_and_signing_out(db):
    user = make_user("self@example.org", is_staff=True)
    client = client_of(user)
    new = "tall-herons-stand-still"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), data).status_code == 302
    assert client.get(reverse("admin:password_change_done")).status_code == 200
    assert client.post(reverse("admin:logout")).url == reverse("website:home")
    assert client.get("/admin/").status_code == 302


def test_change_sets_are_read_only_even_for_superusers(as_, ours):
    from profiles.models import ChangeSet

    change = ChangeSet.objects.first()
    for person in ("staff", "superuser"):
        client = as_(person)
        assert client.get(url_of(change)).status_code == 200
        assert client.post(url_of(change), {"reason": "x"}).status_code == 403
        assert client.post(url_of(change, "delete"), {"post": "yes"}).status_code == 403
        assert client.get(reverse("admin:profiles_changeset_add")).status_code == 403
