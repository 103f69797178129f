"""Cities, roles, states of steps and resources of partners come back after they were deleted."""

import pytest
from django.urls import reverse

from actions.services import next_number
from hub.models import PublicResource, Resource
from oversight.models import FileBundle
from pathway.models import StepProgress
from profiles.changes import recorded_models
from profiles.models import Assignment, City, PublicCity
from profiles.undo import row_of
from report.sources import working_document
from tests.admin.test_deleted import bring_back, delete
from tests.clients import url_of, words_of
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_progress,
    make_resource,
    make_submission,
    make_upload,
    make_user,
    writing,
)
from tests.published import publish_all


def rows_of(city):
    """Model → all rows of the city, without what their history does not hold."""
    found = {}
    for model in recorded_models()[1:]:
        rows = model._base_manager.filter(**{model.city_path: city.pk}).order_by("pk").values()
        found[model] = [{**row, "search_text": ""} for row in rows]
    return found


@pytest.fixture
def full(ours):
    """A city with rows of every kind, all public."""
    make_upload(ours.city)
    make_progress(ours.city, 1)
    make_assessment(ours.city)
    publish_all()
    return ours.city


def test_a_city_comes_back_whole(as_, full, people):
    before, document = rows_of(full), working_document(full)
    assert (
        "Not kept are"
        in as_("superuser").get(reverse("admin:profiles_city_delete", args=[full.pk])).text
    )
    newest = PublicCity.objects.get(pk=full.pk).publication.number
    delete(as_("superuser"), full)
    staff, page = as_("staff"), f"/cities/{full.slug}/"
    assert staff.get(page).status_code == 410
    assert 'href="/admin/profiles/city/deleted/"' in staff.get("/admin/profiles/city/").text
    assert "City “Our City”" in words_of(staff.get(reverse("admin:profiles_city_deleted")))
    assert "Our City" in words_of(staff.get(url_of(full, "history")))
    told = words_of(staff.get(url_of(full, "bring_back")))
    assert "1 action<" in told and "2 assignments" in told and "Not kept are" in told
    bring_back(staff, full)
    assert rows_of(full) == before and any(before.values())
    back = City.objects.get(pk=full.pk)
    assert (back.created_at, back.slug) == (City.history.earliest().history_date, "our-city")
    assert back.content_version > full.content_version
    told = working_document(back)
    assert (told.actions, told.pathway, told.cbi) == (
        *(document.actions, document.pathway, document.cbi),
    )
    assert as_("officer").get(url_of(full)).status_code == 200
    assert staff.get(page).status_code == 200
    assert PublicCity.objects.get(pk=full.pk).publication.number == newest + 1
    with writing():
        assert next_number(back) == 2


def test_a_city_goes_with_what_waits_for_review_and_with_its_places_in_lists(as_, ours, people):
    """Nobody may delete these by themselves, and they have no names."""
    make_submission(ours.city)
    FileBundle.objects.create(made_by=people["staff"]).cities.add(ours.city)
    page = words_of(as_("superuser").get(url_of(ours.city, "delete")))
    assert "2 assignments" in page and "1 action<" in page and "relationship" not in page
    delete(as_("superuser"), ours.city)
    assert not City.objects.filter(pk=ours.city.pk).exists()


def test_a_withdrawn_city_comes_back_withdrawn(as_, full):
    with writing():
        full.is_withdrawn, full.withdrawal_note = True, "A mistake."
        full.save()
    for act in (delete, bring_back):
        act(as_("superuser"), full)
        publish_all()
    assert City.objects.get(pk=full.pk).is_withdrawn
    assert not PublicCity.objects.public().filter(pk=full.pk).exists()


def test_only_staff_bring_back_a_city(as_, ours, people):
    delete(as_("superuser"), ours.city)
    for person in ("officer", "coordinator", "other"):
        client = as_(person)
        assert client.get(reverse("admin:profiles_city_deleted")).status_code in (302, 403)
        assert client.post(url_of(ours.city, "bring_back")).status_code in (302, 404)
    assert not City.objects.filter(pk=ours.city.pk).exists()


def test_a_city_whose_address_is_taken_gets_another_one(as_, catalogue, people):
    city = make_city("Port Trial", state="draft")
    delete(as_("superuser"), city)
    make_city("Port Trial")
    page = words_of(as_("staff").get(url_of(city, "bring_back")))
    assert "“port-trial” leads to another city now. It gets “port-trial-2”" in page
    done = bring_back(as_("staff"), city)
    assert City.objects.get(pk=city.pk).slug == "port-trial-2"
    assert "It gets “port-trial-2”" in words_of(done)


def test_what_is_missing_holds_up_no_city(as_, ours, people):
    """A person whose account was deleted, and a file that is no longer stored."""
    gone, upload = make_user(officer_of=ours.city), make_upload(ours.city)
    resource = make_resource(ours.city, "Scan", file=upload, url="")
    delete(as_("superuser"), ours.city)
    gone.delete()
    upload.file.storage.delete(upload.file.name)
    page = words_of(as_("staff").get(url_of(ours.city, "bring_back")))
    assert "what it had as “user” has been deleted" in page
    assert "its file is no longer kept." in page
    assert "“Scan”: what it had as “file” has been deleted." in page
    bring_back(as_("staff"), ours.city)
    assert Assignment.objects.filter(city=ours.city.pk).count() == 2
    assert not Resource.objects.filter(pk=resource.pk).exists()
    assert Resource.objects.filter(pk=ours.resource.pk).exists()


def test_the_number_of_an_action_that_is_taken(officer, ours):
    lost = make_action(ours.city)
    delete(officer, lost)
    with writing():
        other = row_of(type(lost), ours.action.history.latest())
        other.pk, other.number = None, lost.number
        other.save(force_insert=True)
    done = words_of(bring_back(officer, lost))
    lost.refresh_from_db()
    assert lost.number == other.number + 1
    assert f"action of this number already. This one gets {lost.number}." in done
    assert f"Our City {lost.number}: " in done


def test_a_role_comes_back(as_, people, ours):
    role = Assignment.objects.get(user=people["officer"])
    delete(as_("staff"), role)
    assert as_("officer").get(url_of(ours.city)).status_code != 200
    assert as_("coordinator").post(url_of(role, "bring_back")).status_code in (403, 404)
    listed = words_of(as_("staff").get(reverse("admin:profiles_assignment_deleted")))
    assert "Lin Our, officer: Our City" in listed
    bring_back(as_("staff"), role)
    assert as_("officer").get(url_of(ours.city)).status_code == 200
    delete(as_("staff"), Assignment.objects.get(pk=role.pk))
    with writing():
        Assignment.objects.create(user=role.user, role=role.role, city=ours.city)
    page = words_of(as_("staff").get(url_of(role, "bring_back")))
    assert "This person has this role there already." in page


def test_the_state_of_a_step_comes_back(officer, ours):
    """Of each step without a state the last one."""
    for number, state in ((2, "done"), (1, "under-way"), (1, "done")):
        progress = make_progress(ours.city, number, state)
        with writing():
            StepProgress.objects.get(pk=progress.pk).delete()
    make_progress(ours.city, 2, "done")
    page = reverse("admin:pathway_city", args=[ours.city.pk])
    assert "Deleted states (1)" in words_of(officer.get(page))
    listed = officer.get(reverse("admin:pathway_stepprogress_deleted")).text
    assert listed.count('class="entry"') == 1 and "done" in listed
    told = officer.get(url_of(progress, "bring_back")).text
    assert f'href="{reverse("admin:pathway_city_history", args=[ours.city.pk])}"' in told
    bring_back(officer, progress)
    stored = StepProgress.objects.get(city=ours.city, step=progress.step)
    assert (stored.pk, stored.state) == (progress.pk, "done")


def test_a_resource_of_a_partner_comes_back(as_, ours):
    resource = make_resource(None, "Atlas", organisation="A partner")
    publish_all()
    delete(as_("staff"), resource)
    assert not PublicResource.objects.filter(pk=resource.pk).exists()
    url = reverse("admin:hub_resource_deleted")
    assert "Atlas" not in as_("officer").get(url).text
    assert as_("officer").post(url_of(resource, "bring_back")).status_code == 404
    partners = as_("staff").get(f"{url}?city__id__exact=none").text
    assert "Atlas" in partners
    bring_back(as_("staff"), resource)
    assert PublicResource.objects.get(pk=resource.pk).title == "Atlas"
