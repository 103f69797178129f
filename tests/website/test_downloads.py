"""PDF and JSON of the document, and the cache headers of all its forms."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db.models import TextField, Value
from django.urls import reverse
from django.utils.translation import override

from profiles.changes import recording
from profiles.models import ChangeSet, City, Publication, PublicCity, State
from profiles.undo import undo
from publishing.publish import publish
from report import pdf
from report.document_key import DocumentSource, document_key
from report.failures import ReportError
from report.plain import plain
from report.slots import slot
from report.sources import published_document, working_document
from tests.factories import (
    make_action,
    make_city,
    make_item,
    make_resource,
    make_user,
    withdraw,
    writing,
)
from tests.published import publish_all

FORMS = ["city", "city_pdf", "city_json"]


@pytest.fixture
def city(catalogue):
    return make_city("Bad Müster/Nord", slug="bad-muester", local_name="Müster")


def get(client, city, name, **extra):
    return client.get(reverse(f"website:{name}", args=[city.slug]), **extra)


def test_json_is_the_document(client, city):
    response = get(client, city, "city_json")
    assert response["Content-Type"] == "application/json"
    public = PublicCity.objects.select_related("publication", "country__region").get(pk=city.pk)
    assert json.loads(response.content) == json.loads(
        json.dumps(plain(published_document(public), "http://testserver/"))
    )
    assert "Müster" in response.content.decode()
    assert response.content == get(client, city, "city_json").content


@pytest.mark.parametrize("host", ["testserver:8443", "localhost"])
def test_links_name_the_site_and_not_the_host_that_was_asked_for(client, city, settings, host):
    usual = get(client, city, "city_json")
    other = get(client, city, "city_json", headers={"Host": host})
    # What names the host that was asked for, in development, has an ETag of its own.
    assert usual["ETag"] != other["ETag"]
    settings.SITE_URL = "https://nature.example.org/"
    for name in FORMS:
        answers = [
            get(client, city, name, headers={"Host": name_of}) for name_of in (host, "testserver")
        ]
        assert len({(answer["ETag"], answer.content) for answer in answers}) == 1
    page = get(client, city, "city", headers={"Host": host}).content.decode()
    assert '<link rel="canonical" href="https://nature.example.org/cities/bad-muester/">' in page


def test_the_pdf_has_a_name_in_ascii_and_the_citys_own(client, city):
    response = get(client, city, "city_pdf")
    day = working_document(city).cover.day.date.isoformat()
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"] == (
        f'inline; filename="bad-muester-{day}.pdf"; '
        f"filename*=UTF-8''Bad%20M%C3%BCster-Nord%20M%C3%BCster%20{day}.pdf"
    )


def panic(payload, pictures=None):
    raise ReportError("panicked at the shaper")


def test_a_pdf_that_cannot_be_made_is_explained(client, city, monkeypatch):
    monkeypatch.setattr(pdf, "typeset", panic)
    response = get(client, city, "city_pdf")
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
    page = response.content.decode()
    for name in ("city", "city_json"):
        assert f'href="{reverse(f"website:{name}", args=[city.slug])}"' in page
        assert get(client, city, name).status_code == 200


def test_a_pdf_that_has_to_wait_says_when_to_ask_again(client, city, settings, tmp_path):
    settings.PDF_ROOT, settings.PDF_PROCESSES, settings.PDF_WAIT = str(tmp_path), 1, 0
    with slot():
        response = get(client, city, "city_pdf")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
    page = response.content.decode()
    assert "<h1>This file has to wait</h1>" in page
    for name in ("city", "city_pdf"):
        assert f'href="{reverse(f"website:{name}", args=[city.slug])}"' in page


def test_the_pdf_of_what_is_published_is_stored_and_that_of_rows_never(
    client, city, settings, tmp_path, monkeypatch
):
    files = "django.core.cache.backends.filebased.FileBasedCache"
    pdfs = {"BACKEND": files, "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"pdfs": pdfs}
    draft = make_city("Draft", slug="draft", state="draft")
    client.force_login(make_user(officer_of=draft))
    first = get(client, city, "city_pdf")
    assert first.status_code == get(client, draft, "preview_pdf").status_code == 200
    monkeypatch.setattr(pdf, "typeset", panic)
    with monkeypatch.context() as patch:
        patch.setattr("website.views.published_document", None)
        again = get(client, city, "city_pdf")
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    assert get(client, draft, "preview_pdf").status_code == 503
    assert len(list(tmp_path.iterdir())) == 1


def test_who_edits_a_city_reads_what_its_pdf_cannot_print(client, city):
    make_action(city, description="ꠀꠁꠃ")
    told = "description: “\u2068ꠀ\u2069” (U+A800)"
    assert told not in get(client, city, "city").content.decode()
    client.force_login(make_user(officer_of=city))
    assert told in get(client, city, "city").content.decode()


def test_texts_from_before_they_were_tidied_have_line_feeds_too(client, city):
    before = Value("One.\r\n\tTwo.\rThree.", TextField())  # a field of the model would tidy it
    City.objects.filter(pk=city.pk).update(about=before, content_version=2)
    publish(city.pk)
    about = get(client, city, "city_json").json()["overview"]["about"]["body"]["value"]
    assert about == "One.\n Two.\nThree."


@pytest.mark.parametrize("name", FORMS)
def test_what_has_not_changed_is_not_sent_again(client, city, name):
    first = get(client, city, name)
    assert first["Cache-Control"] == "public, no-cache"
    again = get(client, city, name, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with writing():
        city.about = "Hills and a river."
        city.save()
    changed = get(client, city, name, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("name", FORMS)
def test_what_has_not_changed_takes_one_query(client, city, name, django_assert_num_queries):
    first = get(client, city, name)
    with django_assert_num_queries(1):
        get(client, city, name, headers={"If-None-Match": first["ETag"]})


def test_the_name_of_another_city_on_a_page_makes_it_new(client, city):
    other = make_city("Bay Town")
    make_item(city, 1, "Item", resource=make_resource(other, "Guide"))
    first = get(client, city, "city")
    assert "Bay Town" in first.text
    with writing():
        other.name = "Cape Town"
        other.save()
    again = get(client, city, "city", headers={"If-None-Match": first["ETag"]})
    assert "Cape Town" in again.text


@pytest.mark.parametrize("way", ["withdrawn", "deleted"])
def test_what_changed_while_a_city_was_away_is_sent(client, city, way):
    resource = make_resource(None, organisation="Before")
    make_item(city, 1, "Item", resource=resource)
    first = get(client, city, "city")
    if way == "deleted":
        with writing():
            city.delete()
    else:
        withdraw(city)
    gone = ChangeSet.objects.latest("pk")
    publish_all()
    with writing():
        resource.organisation = "After"
        resource.save()
    publish_all()
    with recording(None, ChangeSet.Kind.UNDO):
        undo(gone)
    again = get(client, city, "city", headers={"If-None-Match": first["ETag"]})
    assert "After" in again.text


SOURCE = DocumentSource(1, "anji-county", False, 1, "a", "c", 0, None, ("China", "Asia"))


def key_with(form="city", day="2026-06-06", site="/", language="en", **facts):
    """The key of a city with these facts."""
    with override(language):
        day = datetime.date.fromisoformat(day)
        return document_key(form, SOURCE._replace(**facts), day, site)


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "city_pdf"},
        {"day": "2026-06-07"},
        {"site": "https://example.org/"},
        {"language": "fr"},
        {"publication": 2},
        {"sha256": "b"},
        {"catalogue": "d"},
        {"resources_version": 1},
        {"homes": Decimal(1)},
        {"is_sample": True},
        {"places": ("People’s Republic of China", "Asia")},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_whatever_a_document_is_made_from_makes_it_new(changed):
    assert key_with(**changed) != key_with() == key_with()


def test_a_new_release_makes_everything_new(settings):
    before = key_with()
    settings.RELEASE = "another"
    assert key_with() != before


@pytest.mark.parametrize("name", FORMS)
def test_a_publication_that_cannot_be_read_is_explained_and_told(client, city, name, caplog):
    publish_all()
    Publication.objects.update(record=b"no record")
    response = get(client, city, name)
    assert response.status_code == 503
    assert "<h1>This profile cannot be shown</h1>" in response.content.decode()
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
    [told] = [one for one in caplog.records if one.name == "website.views"]
    assert told.levelname == "ERROR" and "bad-muester cannot be read" in told.getMessage()


def test_a_page_for_somebody_signed_in_is_not_kept(client, city):
    client.force_login(make_user())
    response = get(client, city, "city")
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


@pytest.mark.parametrize("name", FORMS)
def test_unpublished_forms_are_private(client, catalogue, name):
    city = make_city(state=State.DRAFT)
    assert get(client, city, name).status_code == 404
    client.force_login(make_user(officer_of=city))
    assert "no-store" in get(client, city, name)["Cache-Control"]


@pytest.mark.parametrize("name", FORMS)
def test_the_head_alone_can_be_asked_for(client, city, name):
    response = client.head(reverse(f"website:{name}", args=[city.slug]))
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == get(client, city, name)["ETag"]
