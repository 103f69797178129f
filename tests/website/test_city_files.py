"""The page at a glance and the Word file: at the addresses of the PDF, with its keys and store."""

from io import BytesIO

import docx
import pytest
from django.urls import reverse

from report import pdf, stored_pdfs
from report.forms import FORMS
from tests.factories import make_city, make_user, writing
from tests.published import unpublished

OTHERS = ["at_a_glance", "docx"]


@pytest.fixture
def city(catalogue):
    return make_city("Bad Müster/Nord", slug="bad-muester", local_name="Müster")


@pytest.fixture
def made(monkeypatch):
    """The (template, text) of what was set or written; nothing is set."""
    found = []

    def fake(payload, pictures=None):
        found.append(payload)
        return b"%PDF-1.7 %%EOF"

    monkeypatch.setattr(pdf, "typeset", fake)
    return found


@pytest.fixture
def folder(settings, tmp_path):
    files = "django.core.cache.backends.filebased.FileBasedCache"
    pdfs = {"BACKEND": files, "LOCATION": tmp_path}
    settings.CACHES = settings.CACHES | {"pdfs": pdfs}
    return tmp_path


@pytest.mark.parametrize("code", OTHERS)
def test_each_file_is_stored_under_its_own_key_with_its_own_name(client, city, code, made, folder):
    first = client.get(reverse(f"website:city_{code}", args=[city.slug]))
    assert first.status_code == 200
    assert first["Content-Type"] == FORMS[code].media_type
    assert f"{FORMS[code].ending}" in first["Content-Disposition"]
    assert "Bad%20M%C3%BCster-Nord%20M%C3%BCster" in first["Content-Disposition"]
    count = len(list(folder.iterdir()))
    again = client.get(reverse(f"website:city_{code}", args=[city.slug]))
    assert (again.content, dict(again.items())) == (first.content, dict(first.items()))
    profile = client.get(reverse("website:city_pdf", args=[city.slug]))
    assert profile["ETag"] != first["ETag"]
    assert len(list(folder.iterdir())) == count + 1 == 2


def test_the_word_file_says_what_is_public_and_its_preview_what_is_written(client, city, made):
    officer = make_user(officer_of=city)
    with unpublished(), writing():
        city.about = "Reeds at the pond."
        city.save()
    public = client.get(reverse("website:city_docx", args=[city.slug]))
    version = client.get(reverse("website:version_docx", args=[city.slug, 1]))
    client.force_login(officer)
    preview = client.get(reverse("website:preview_docx", args=[city.slug]))
    said = [words_of(answer.content) for answer in (public, version, preview)]
    assert ["Reeds at the pond." in words for words in said] == [False, False, True]
    assert "working-copy" in preview["Content-Disposition"]
    assert version["X-Robots-Tag"] == "noindex"
    assert "no-store" in preview["Cache-Control"]


def test_what_is_offered_is_there(client, city):
    page = client.get(reverse("website:city", args=[city.slug])).content.decode()
    for code in OTHERS:
        address = reverse(f"website:city_{code}", args=[city.slug])
        assert f'href="{address}"' in page
        assert f'"contentUrl": "http://testserver{address}"' in page


def words_of(content):
    return [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]


def test_a_word_file_that_is_not_whole_is_written_anew():
    whole = stored_pdfs.StoredPDF(b"PK\x03\x04 ... PK\x05\x06" + bytes(18), "inline")
    assert whole.is_whole()
    assert not stored_pdfs.StoredPDF(whole.content[:-9] + b"x", "inline").is_whole()
