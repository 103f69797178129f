"""Every write of the admin has a change set; every version can be read and restored."""

from django.apps import apps
from django.urls import reverse

from actions.models import Statement, Value
from catalogue.models import Topic
from hub.models import Resource
from profiles.models import Assignment, ChangeSet, City
from tests.admin.forms import filled, save
from tests.clients import url_of
from tests.factories import make_user


def last_change():
    return ChangeSet.objects.latest("pk")


def records_of(change_set):
    """(model, act) of every history row of a change set."""
    histories = [m for m in apps.get_models() if m.__name__.startswith("Historical")]
    rows = (
        (history, row)
        for history in histories
        if any(field.name == "change_set" for field in history._meta.fields)
        for row in history.objects.filter(change_set=change_set)
    )
    return sorted((type(row.instance).__name__, row.history_type) for _history, row in rows)


def test_a_form_is_one_change_set_with_its_reason(officer, people, ours):
    save(
        officer,
        url_of(ours.action),
        description="Anew.",
        change_reason="New survey",
        **{"baseline-0-value_total_area_1": "13", "target-0-text": "More of it."},
    )
    change = last_change()
    assert (change.user, change.kind, change.reason) == (people["officer"], "admin", "New survey")
    assert records_of(change) == [
        ("Action", "~"), ("Statement", "+"), ("Statement", "~"), ("Value", "~")
    ]  # fmt: skip


def test_adding_and_deleting_are_recorded(officer, ours):
    add = reverse("admin:hub_resource_add")
    officer.post(add, filled(officer, add, title="Map", kind="map", url="https://example.org/map"))
    assert ("Resource", "+") in records_of(last_change())
    url = url_of(Resource.objects.get(title="Map"), "delete")
    officer.post(url, {**filled(officer, url), "change_reason": "Outdated"})
    assert records_of(last_change()) == [("Resource", "-")]
    assert last_change().reason == "Outdated"


def test_deleting_an_action_records_all_that_goes_with_it(officer, ours):
    url = reverse("admin:actions_action_changelist")
    data = {"action": "delete_selected", "post": "yes", "_selected_action": [ours.action.pk]}
    officer.post(url, data)
    assert records_of(last_change()) == [
        ("Action", "-"), ("Statement", "-"), ("Value", "-"), ("Value", "-")
    ]  # fmt: skip


def test_roles_given_with_a_person_are_recorded(as_, ours):
    person, staff = make_user("new@example.org"), as_("staff")
    role = {"assignments-0-role": "officer", "assignments-0-city": str(ours.city.pk)}
    assert save(staff, url_of(person), **role).status_code == 302
    assert person.assignments.get().city == ours.city
    assert records_of(last_change()) == [("Assignment", "+")]
    save(staff, url_of(person), **{"assignments-0-DELETE": "on"})
    assert records_of(last_change()) == [("Assignment", "-")]
    assert not Assignment.objects.filter(user=person).exists()


def test_the_history_of_an_action_tells_of_its_values(officer, ours):
    save(officer, url_of(ours.action), **{"baseline-0-value_total_area_1": "13"})
    page = officer.get(url_of(ours.action, "history")).content.decode()
    assert "Lin Our" in page
    assert "Starting point, Total area of land under the city jurisdiction" in page
    assert ">12</del>" in page and ">13</ins>" in page


def test_history_names_people_without_their_address(as_, ours):
    save(as_("staff"), url_of(ours.city), about="By staff.")
    page = as_("officer").get(url_of(ours.city, "history")).content.decode()
    assert "platform staff" in page
    assert "staff@example.org" not in page
    assert "staff@example.org" in as_("staff").get(url_of(ours.city, "history")).content.decode()


def version_url(row, index):
    versions = list(type(row).history.filter(id=row.pk).order_by("pk"))
    return url_of(row, "version", versions[index].pk)


def test_an_old_version_is_brought_back(officer, ours):
    save(officer, url_of(ours.city), about="First.")
    save(officer, url_of(ours.city), about="Second.")
    url = version_url(ours.city, 1)
    page = officer.get(url).content.decode()
    assert "First." in page and "Second." in page
    assert officer.post(url, filled(officer, url)).status_code == 302
    ours.city.refresh_from_db()
    assert ours.city.about == "First."
    assert last_change().reason.startswith("Back to the version of ")


def test_an_old_version_brings_back_no_state_and_no_counter(officer, as_, ours):
    save(officer, url_of(ours.city), about="First.")
    url = version_url(ours.city, -1)
    withdrawn = {"is_withdrawn": "on", "withdrawal_note": "Why"}
    save(as_("staff"), url_of(ours.city), **withdrawn, slug="moved", about="Second.")
    counters = City.objects.filter(pk=ours.city.pk).values("last_action_number", "content_version")
    before = counters.get()
    assert officer.post(url, filled(officer, url)).status_code == 302
    ours.city.refresh_from_db()
    assert (ours.city.is_withdrawn, ours.city.slug, ours.city.about) == (True, "moved", "First.")
    assert counters.get() == {**before, "content_version": before["content_version"] + 1}


def test_staff_bring_back_texts_and_not_a_state(as_, ours):
    staff = as_("staff")
    save(staff, url_of(ours.city), is_withdrawn="on", withdrawal_note="Why", about="Second.")
    url = version_url(ours.city, 0)
    assert staff.post(url, filled(staff, url)).status_code == 302
    ours.city.refresh_from_db()
    assert (ours.city.is_withdrawn, ours.city.about) == (True, "")


def test_bringing_back_does_not_overwrite_an_unseen_change(officer, as_, ours):
    save(officer, url_of(ours.city), about="First.")
    url = version_url(ours.city, 0)
    form = filled(officer, url)
    save(as_("colleague"), url_of(ours.city), about="By a colleague.")
    assert "By a colleague." in officer.post(url, form).content.decode()
    ours.city.refresh_from_db()
    assert ours.city.about == "By a colleague."


def test_topics_come_back_with_their_resource(officer, ours):
    url = url_of(ours.resource)
    topics = [str(topic.pk) for topic in Topic.objects.all()[:2]]
    save(officer, url, topics=topics)
    old = version_url(ours.resource, -1)
    save(officer, url, topics=[], title="B guide")
    assert officer.post(old, filled(officer, old)).status_code == 302
    assert ours.resource.topics.count() == 2


def test_no_history_row_lacks_its_change_set(officer, ours):
    save(officer, url_of(ours.action), **{"progress-0-date": "2026-01-01"})
    for model in (City, Statement, Value):
        assert not model.history.filter(change_set=None).exists()
