"""Files at their addresses: who gets them, and what they may not do in a browser."""

import uuid
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as project
from django.urls import Resolver404, get_resolver, resolve

from hub.models import PublishedFile, Upload
from profiles import read_tables
from tests.factories import (
    make_city,
    make_item,
    make_resource,
    make_upload,
    make_user,
    withdraw,
    writing,
)
from tests.published import publish_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(city):
    upload = make_upload(city, "plan.pdf")
    make_resource(city, file=upload, url="")
    return upload


@pytest.fixture
def draft(city):
    upload = make_upload(city, "secret plan.pdf")
    make_resource(city, "Draft", file=upload, url="", state="draft")
    return upload


def public_file(city, name, media_type, content=b"content"):
    upload = make_upload(city, name, content, media_type=media_type)
    make_resource(city, name, file=upload, url="")
    return upload


def asked(client, address, method="get", **more):
    """The response, read to its end, which closes the file; `whole` is its content."""
    response = getattr(client, method)(address, **more)
    response.whole = b"".join(response)
    return response


def test_a_published_file_is_for_everybody(client, published):
    response = asked(client, published.get_absolute_url())
    assert response.status_code == 200
    assert response.whole == b"%PDF-1.7\n%%EOF\n"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="plan.pdf"'
    assert response["Content-Length"] == "15"


def test_a_pdf_with_a_program_is_only_saved(client, city):
    upload = public_file(city, "form.pdf", "application/pdf")
    Upload.objects.filter(pk=upload.pk).update(has_program=True)
    response = asked(client, upload.get_absolute_url())
    assert response["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_stored_files_are_looked_through_once(city):
    migration = import_module("hub.migrations.0004_uploads_with_programs")
    script = b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF\n"
    hostile = make_upload(city, "hostile.pdf", script)
    gone = make_upload(city, "gone.pdf", script + b" ")
    Path(gone.file.path).unlink()
    plain = make_upload(city, "plain.pdf")
    migration.look_through(apps, None)
    marked = Upload.objects.filter(has_program=True)
    assert set(marked.values_list("name", flat=True)) == {hostile.name}
    assert not Upload.objects.get(pk=plain.pk).has_program


def test_an_unpublished_file_is_for_those_who_edit_it(client, draft, city):
    address = draft.get_absolute_url()
    others = [
        None,
        make_user(),
        make_user(officer_of=make_city("Elsewhere")),
    ]
    for person in others:
        client.logout()
        if person:
            client.force_login(person)
        assert asked(client, address).status_code == 404
        assert asked(client, address, "head").status_code == 404
    for person in (make_user(officer_of=city), make_user(is_staff=True)):
        client.force_login(person)
        assert asked(client, address).whole == b"%PDF-1.7\n%%EOF\n"


def test_the_file_of_a_city_that_is_not_published_is_not_public(client, published, city):
    withdraw(city)
    assert asked(client, published.get_absolute_url()).status_code == 404


def test_what_is_taken_back_is_gone_at_once_for_who_has_kept_it(client, published, city):
    first = asked(client, published.get_absolute_url())
    assert {"public", "no-cache"} == set(first["Cache-Control"].split(", "))
    kept = {"If-None-Match": first["ETag"]}
    again = asked(client, published.get_absolute_url(), headers=kept)
    assert again.status_code == 304
    assert {"public", "no-cache"} == set(again["Cache-Control"].split(", "))
    with writing():
        resource = city.resources.get()
        resource.state = "draft"
        resource.save()
    gone = asked(client, published.get_absolute_url(), headers=kept)
    assert gone.status_code == 410
    assert "it is not public any more" in gone.whole.decode()
    assert {"private", "no-store"} <= set(gone["Cache-Control"].split(", "))
    with writing():
        resource.state = "published"
        resource.save()
    assert asked(client, published.get_absolute_url(), headers=kept).status_code == 304


def test_a_file_of_a_profile_is_read_until_the_next_publication_leaves_it_out(client, city):
    upload = make_upload(city, "map.png")
    item = make_item(city, 1, upload=upload)
    publish_all()
    address = upload.get_absolute_url()
    with writing():
        item.delete()
        upload.delete()
    # The public reads what was published last, whatever the city works on.
    assert PublishedFile.objects.public().filter(token=upload.token).exists()
    assert asked(client, address).status_code == 410
    # Elsewhere it may still be current.
    two = make_upload(city, "two.png")
    make_resource(city, file=two, url="")
    with writing():
        make_item(city, 1, upload=two).delete()
    assert asked(client, two.get_absolute_url()).status_code == 200


def test_a_partners_file_is_public_as_long_as_its_resource_is(client):
    upload, cover = make_upload(None, "a.pdf"), make_upload(None, "a.png")
    resource = make_resource(None, file=upload, cover=cover, url="")
    for state, statuses in (
        ("published", [200, 200]),
        ("submitted", [200, 200]),
        ("draft", [410, 410]),
    ):
        with writing():
            resource.state = state
            resource.save()
        files = (upload, cover)
        found = [asked(client, one.get_absolute_url()).status_code for one in files]
        assert found == statuses, state
    assert read_tables.surplus() == []


def test_a_file_that_waits_is_not_public_and_the_one_before_is(client, published, city):
    new = make_upload(city, "new plan.pdf")
    with writing():
        resource = city.resources.get()
        resource.file, resource.state = new, "submitted"
        resource.save()
    assert asked(client, published.get_absolute_url()).status_code == 200
    assert asked(client, new.get_absolute_url()).status_code == 404
    with writing():
        resource.state = "published"
        resource.save()
    assert asked(client, published.get_absolute_url()).status_code == 410
    assert asked(client, new.get_absolute_url()).status_code == 200


def test_no_cache_keeps_an_unpublished_file(client, draft, city):
    client.force_login(make_user(officer_of=city))
    response = asked(client, draft.get_absolute_url())
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]


def test_a_published_file_is_the_same_for_all(client, published, city):
    client.force_login(make_user(officer_of=city))
    response = asked(client, published.get_absolute_url())
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("kind", [("a.pdf", "application/pdf"), ("a.csv", "text/csv")])
def test_an_answer_without_the_file_protects_as_the_one_with_it(client, city, kind):
    upload = public_file(city, *kind)
    whole = asked(client, upload.get_absolute_url())
    kept = asked(client, upload.get_absolute_url(), headers={"If-None-Match": whole["ETag"]})
    assert (whole.status_code, kept.status_code) == (200, 304)
    for header in ("Content-Security-Policy", "X-Content-Type-Options"):
        assert kept[header] == whole[header]


def test_nobody_knows_an_address_by_guessing(client):
    assert client.get(f"/files/{uuid.uuid4()}/").status_code == 404
    assert client.get("/files/1/").status_code == 404


def test_head_tells_all_but_the_content(client, published):
    response = asked(client, published.get_absolute_url(), "head")
    whole = asked(client, published.get_absolute_url())
    for name in ("Content-Length", "Content-Type", "ETag", "Content-Disposition"):
        assert response[name] == whole[name]
    assert client.post(published.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp"])
def test_an_image_is_shown(client, city, media_type):
    response = asked(client, public_file(city, "map.png", media_type).get_absolute_url())
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("name", "media_type", "served_as"),
    [
        ("a.csv", "text/csv", "text/csv; charset=utf-8"),
        ("a.txt", "text/plain", "text/plain; charset=utf-8"),
        ("a.geojson", "application/geo+json", "application/geo+json"),
        ("a.docx", "application/vnd.x", "application/vnd.x"),
        # None of these is ever taken in; should one be there, it still does nothing.
        ("a.html", "text/html", "text/html; charset=utf-8"),
        ("a.svg", "image/svg+xml", "image/svg+xml"),
    ],
)
def test_everything_else_is_saved_and_can_do_nothing(client, city, name, media_type, served_as):
    response = asked(client, public_file(city, name, media_type).get_absolute_url())
    assert response["Content-Type"] == served_as
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    policy = response["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "sandbox"} <= set(policy)


@pytest.mark.parametrize("name", ["plan.pdf", "a.csv"])
def test_no_file_is_taken_for_something_else(client, city, name):
    response = asked(client, public_file(city, name, "application/pdf").get_absolute_url())
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert response["X-Frame-Options"] == "DENY"


def test_the_kind_comes_from_the_row_not_from_the_name(client, city):
    response = asked(client, public_file(city, "page.html", "application/pdf").get_absolute_url())
    assert response["Content-Type"] == "application/pdf"


def test_a_name_in_any_script_is_told(client, city):
    response = asked(
        client, public_file(city, "安吉 规划.docx", "application/x").get_absolute_url()
    )
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%AE%89%E5%90%89%20%E8%A7%84%E5%88%92.docx"
    )


def test_a_file_that_is_missing_is_logged(client, published, caplog):
    Path(published.file.path).unlink()
    assert asked(client, published.get_absolute_url()).status_code == 404
    assert published.file.name in caplog.text


def test_samples_and_drafts_are_not_for_search_engines(client, published, draft, city):
    assert "X-Robots-Tag" not in asked(client, published.get_absolute_url())
    with writing():
        city.is_sample = True
        city.save()
    assert asked(client, published.get_absolute_url())["X-Robots-Tag"] == "noindex"
    client.force_login(make_user(officer_of=city))
    assert asked(client, draft.get_absolute_url())["X-Robots-Tag"] == "noindex"


def test_the_folder_of_files_is_not_served(client, published):
    """The file's own path on the disk is no address."""
    for path in (f"/{project.MEDIA_URL.strip('/')}/{published.file.name}", published.file.url):
        assert client.get(path).status_code == 404
    with pytest.raises(Resolver404):
        resolve("/media/uploads/")
    views = [str(entry) for entry in get_resolver().url_patterns]
    assert not [view for view in views if "static" in view]


def test_a_file_costs_few_queries(client, published, django_assert_max_num_queries):
    publish_all()
    with django_assert_max_num_queries(1):
        assert asked(client, published.get_absolute_url()).status_code == 200
