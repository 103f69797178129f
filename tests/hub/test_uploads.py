"""Storing files: names, quota, and who may read them."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from hub.models import Resource, Upload
from hub.uploads import store, used_bytes
from intake import Checked, Refused
from profiles.models import State
from tests.factories import (
    make_city,
    make_item,
    make_resource,
    make_upload,
    make_user,
    writing,
)
from tests.published import publish_all

pytestmark = pytest.mark.usefixtures("catalogue")


def checked(name="plan.pdf", content=b"one"):
    digest = hashlib.sha256(content).hexdigest()
    return Checked(name, "application/pdf", content, digest, None, None)


def kept(city, *args):
    with writing():
        return store(city, checked(*args))


def test_the_same_file_is_kept_once():
    city = make_city()
    assert kept(city) == kept(city)
    assert Upload.objects.count() == 1


def test_another_file_of_that_name_gets_a_number():
    city = make_city()
    names = [kept(city, name, content).name for name, content in NAMED]
    assert names == ["plan.pdf", "Plan (2).pdf", "plan (3).pdf"]
    stored = {Path(upload.file.path).read_bytes() for upload in Upload.objects.all()}
    assert stored == {b"one", b"two", b"three"}


NAMED = (("plan.pdf", b"one"), ("Plan.pdf", b"two"), ("plan.pdf", b"three"))


def test_a_numbered_name_keeps_its_ending_and_fits():
    city, name = make_city(), "x" * 146 + ".pdf"
    kept(city, name, b"one")
    assert kept(city, name, b"two").name == "x" * 142 + " (2).pdf"


def test_files_lie_under_names_of_the_platforms_own():
    upload = kept(make_city(), "evil.pdf")
    assert "evil" not in upload.file.name
    assert upload.file.name.startswith("uploads/")


def test_a_city_has_so_much_room_and_no_more(settings):
    settings.CITY_UPLOADS_MAX_BYTES = 10
    city = make_city()
    kept(city, "a.pdf", b"123456")
    with pytest.raises(Refused, match="no room") as refused:
        kept(city, "b.pdf", b"12345")
    assert "10" in str(refused.value)
    kept(city, "c.pdf", b"1234")
    assert used_bytes(city) == 10
    kept(make_city(), "b.pdf", b"12345")


def test_a_deleted_file_takes_room_as_long_as_the_public_reads_it():
    city = make_city()
    upload = make_upload(city, "a.pdf", b"1234")
    item = make_item(city, 1, upload=upload)
    publish_all()
    with writing():
        item.delete()
        upload.delete()
    assert used_bytes(city) == 4
    publish_all()
    assert used_bytes(city) == 0


def readers(upload):
    """Which of these read it: the public, an officer of the city, an officer of another."""
    own, other = upload.city, make_city()
    publish_all()
    people = AnonymousUser(), make_user(officer_of=own), make_user(officer_of=other)
    return [upload in Upload.objects.visible_to(person) for person in people]


class TestReading:
    def test_what_nothing_uses_is_for_its_city(self):
        assert readers(make_upload(make_city())) == [False, True, False]

    @pytest.mark.parametrize("state", [s for s in Resource.State if s != "published"])
    def test_that_of_an_unpublished_resource_too(self, state):
        city = make_city()
        upload = make_upload(city)
        make_resource(city, file=upload, state=state)
        assert readers(upload) == [False, True, False]

    @pytest.mark.parametrize("role", ["file", "cover"])
    def test_that_of_a_published_resource_is_everybodys(self, role):
        city = make_city()
        upload = make_upload(city, "a.png")
        make_resource(city, **{role: upload})
        assert readers(upload) == [True, True, True]

    def test_what_stands_on_a_step_is_everybodys(self):
        city = make_city()
        upload = make_upload(city)
        make_item(city, 1, upload=upload)
        assert readers(upload) == [True, True, True]

    def test_nothing_of_a_city_that_is_not_published(self):
        city = make_city(state=State.DRAFT)
        upload, shared = make_upload(city), make_upload(city, "b.pdf")
        make_item(city, 1, upload=upload)
        make_resource(city, file=shared)
        assert readers(upload) == readers(shared) == [False, True, False]

    def test_a_partners_published_file_is_everybodys_and_its_draft_the_staffs(self):
        shown, hidden = make_upload(None, "a.pdf"), make_upload(None, "b.pdf")
        make_resource(file=shown)
        make_resource(file=hidden, state="draft")
        publish_all()
        officer, staff = make_user(officer_of=make_city()), make_user(is_staff=True)
        assert set(Upload.objects.visible_to(officer)) == {shown}
        assert set(Upload.objects.visible_to(staff)) == {shown, hidden}


def test_what_nothing_uses_is_told_apart():
    city = make_city()
    used, cover, on_step, lost = (make_upload(city, f"{name}.png") for name in "abcd")
    make_resource(city, file=used, cover=cover)
    make_item(city, 2, upload=on_step)
    assert list(Upload.objects.unused()) == [lost]


def test_a_resource_takes_no_file_of_another_city():
    resource = Resource(city=make_city(), title="x", kind="map", file=make_upload(make_city()))
    with pytest.raises(ValidationError) as refused:
        resource.full_clean()
    assert list(refused.value.message_dict) == ["file"]
