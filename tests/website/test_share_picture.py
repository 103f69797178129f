"""The picture for links to a city: asked for, kept and refused as the PDF is."""

import pytest

from report.slots import slot
from tests.factories import make_action, make_city

PICTURE = "/cities/port-trial/share.png"


@pytest.fixture
def city(catalogue, settings, tmp_path):
    """A city whose pictures are kept in files of this test."""
    files = "django.core.cache.backends.filebased.FileBasedCache"
    stored = {"BACKEND": files, "LOCATION": tmp_path / "stored"}
    settings.CACHES = settings.CACHES | {"pdfs": stored}
    settings.PDF_ROOT = str(tmp_path)
    city = make_city("Port Trial")
    make_action(city)
    return city


def test_a_picture_is_drawn_once(client, city, monkeypatch):
    first = client.get(PICTURE)
    assert (first.status_code, first["Content-Type"]) == (200, "image/png")
    assert first.content.startswith(b"\x89PNG")
    assert first["Cache-Control"] == "public, no-cache"
    monkeypatch.setattr("report.share_picture.typeset", None)
    assert client.get(PICTURE).content == first.content
    again = client.get(PICTURE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_picture_that_has_to_wait_says_when_to_ask_again(client, city, settings):
    settings.PDF_PROCESSES, settings.PDF_WAIT = 1, 0
    with slot():
        response = client.get(PICTURE)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "no-store" in response["Cache-Control"] and "ETag" not in response
