"""The list of files in the admin: files, their uses, and the quota."""

import pytest
from django.urls import reverse

from hub.models import Upload
from pathway.models import Step
from tests.clients import url_of
from tests.factories import make_city, make_item, make_resource, make_upload, make_user
from tests.published import publish_all

LIST = "admin:hub_upload_changelist"


@pytest.fixture
def used(city):
    upload = make_upload(city, "used.pdf")
    make_resource(city, "The guide", file=upload, url="")
    make_item(city, Step.objects.first().number, "The item", upload=upload)
    return upload


def page(client, **query):
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_officer_sees_the_files_of_the_city_with_their_uses(officer, city, used):
    make_upload(city, "unused.png")
    make_upload(make_city("Elsewhere"), "theirs.pdf")
    html = page(officer)
    assert used.get_absolute_url() in html
    assert "The guide</a>" in html
    assert "The item</a>" in html
    assert "unused.png" in html
    assert "nowhere" in html
    assert "theirs.pdf" not in html


def test_a_reviewer_is_offered_only_files_that_open(reviewer, city, used):
    unused = make_upload(city, "unused.png")
    publish_all()
    html = page(reviewer)
    assert used.get_absolute_url() in html
    assert "unused.png" in html
    assert unused.get_absolute_url() not in html
    assert unused.get_absolute_url() not in reviewer.get(url_of(unused)).content.decode()


def test_the_list_says_how_much_room_is_left(officer, city, used, settings):
    settings.CITY_UPLOADS_MAX_BYTES = 1024 * 1024
    html = page(officer)
    assert "The files of Our City take 15\xa0bytes of 1.0\xa0MB" in html
    assert '<meter aria-labelledby="quota" min="0" max="1048576" value="15">' in html


def test_staff_sees_the_room_of_the_city_that_is_chosen(client, city, used):
    make_city("Elsewhere")
    client.force_login(make_user(is_staff=True))
    assert "The files of" not in page(client)
    assert "The files of Our City" in page(client, city__id__exact=city.pk)


def test_files_can_be_narrowed_to_those_that_nothing_uses(officer, city, used):
    make_upload(city, "idle.png")
    assert "used.pdf" not in page(officer, use="none")
    assert "idle.png" in page(officer, use="none")
    assert "idle.png" not in page(officer, use="some")


def test_nothing_is_added_or_changed_here(officer, city, used):
    assert officer.get(reverse("admin:hub_upload_add")).status_code == 403
    change = reverse("admin:hub_upload_change", args=[used.pk])
    assert officer.get(change).status_code == 200
    assert officer.post(change, {"name": "other.pdf"}).status_code == 403
    used.refresh_from_db()
    assert used.name == "used.pdf"


def test_what_happened_to_a_file_can_be_read(officer, used):
    for view, *more in (("history",), ("version", used.history.get().pk)):
        response = officer.get(reverse(f"admin:hub_upload_{view}", args=[used.pk, *more]))
        assert response.status_code == 200


def test_a_file_that_nothing_uses_can_be_deleted(officer, city):
    upload = make_upload(city, "idle.png")
    address = reverse("admin:hub_upload_delete", args=[upload.pk])
    form = officer.get(address)
    data = {"post": "yes", "seen_version": form.context["seen_version"], "change_reason": "Old"}
    assert officer.post(address, data).status_code == 302
    assert not Upload.objects.exists()
    assert Upload.history.get(history_type="-").change_set.reason == "Old"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_file_in_use_cannot_be_deleted_and_the_page_says_why(officer, used, method):
    address = reverse("admin:hub_upload_delete", args=[used.pk])
    seen = officer.get(address).context["seen_version"]
    response = getattr(officer, method)(address, {"post": "yes", "seen_version": seen})
    assert response.status_code == 200
    html = response.content.decode()
    assert "is in use, so it cannot be deleted" in html
    assert "The guide" in html
    assert Upload.objects.exists()


def test_nor_can_it_among_others(officer, city, used):
    idle = make_upload(city, "idle.png")
    data = {
        "action": "delete_selected",
        "_selected_action": [used.pk, idle.pk],
        "post": "yes",
    }
    response = officer.post(reverse(LIST), data)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Some of the chosen files are in use" in html
    assert "The guide</a>" in html
    assert "protected related objects" not in html
    assert Upload.objects.count() == 2
    data["_selected_action"] = [idle.pk]
    assert officer.post(reverse(LIST), data).status_code == 302
    assert list(Upload.objects.all()) == [used]


def test_the_city_is_named_to_those_who_have_several(officer, client, used):
    assert "column-city" not in page(officer)
    client.force_login(make_user(is_staff=True))
    assert "column-city" in page(client)


def test_the_file_of_another_city_is_not_there(officer, used):
    theirs = make_upload(make_city("Elsewhere"), "theirs.pdf")
    for view in ("change", "delete", "history"):
        address = reverse(f"admin:hub_upload_{view}", args=[theirs.pk])
        assert officer.get(address).status_code == 404
        assert officer.post(address, {"post": "yes"}).status_code == 404
    assert Upload.objects.filter(pk=theirs.pk).exists()


def test_the_number_of_queries_does_not_grow_with_the_files(
    officer, city, used, django_assert_max_num_queries
):
    for number in range(12):
        upload = make_upload(city, f"{number}.pdf")
        make_resource(city, f"Guide {number}", file=upload, url="")
    page(officer)
    with django_assert_max_num_queries(20):
        page(officer)
