"""Files made ahead are those that the next visitor gets, and leave visitors their slots."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from report import pdf, slots
from report.failures import BusyError
from report.slots import in_background, slot
from tests.factories import make_city
from tests.published import publish_all


@pytest.fixture
def store(settings, tmp_path):
    files = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"pdfs": {"BACKEND": files, "LOCATION": tmp_path}}
    settings.SITE_URL = "https://nature.example.org/"


@pytest.fixture
def payloads(monkeypatch):
    found = []

    def fake(payload, pictures=None):
        assert slots._is_in_background.get()
        found.append(payload)
        return b"%%PDF-1.7 %d %%%%EOF" % len(found)

    monkeypatch.setattr(pdf, "typeset", fake)
    return found


def test_the_next_visitor_gets_the_files_that_were_prepared(
    client, catalogue, store, payloads, capsys
):
    cities = [make_city(name) for name in ("Port Trial", "Two Hills", "Far Away")]
    make_city("Draft", state="draft")
    make_city("Invented", is_sample=True)
    publish_all()
    call_command("prepare_pdfs", "--latest", "2")
    assert "2 cities: 4 files made, 0 were there." in capsys.readouterr().out
    call_command("prepare_pdfs", cities[0].slug, "--form", "pdf")
    call_command("prepare_pdfs")
    assert "3 cities: 1 files made, 5 were there." in capsys.readouterr().out
    count = len(payloads)
    for city in cities:
        for name in ("city_pdf", "city_at_a_glance"):
            answer = client.get(reverse(f"website:{name}", args=[city.slug]))
            assert answer.status_code == 200
    assert len(payloads) == count == 6


def test_what_cannot_be_prepared_is_named(catalogue, store, payloads, capsys):
    make_city("Draft", slug="draft", state="draft")
    with pytest.raises(CommandError, match="Failures: 1"):
        call_command("prepare_pdfs", "draft", "--form", "pdf", "--form", "docx")
    assert capsys.readouterr().err == "draft: no public city has this address.\n"


def test_what_is_made_ahead_leaves_all_slots_but_one_to_visitors(settings, tmp_path, monkeypatch):
    settings.PDF_ROOT, settings.PDF_PROCESSES, settings.PDF_WAIT = str(tmp_path), 2, 0
    settings.PDF_REQUESTS = 1
    monkeypatch.setattr(slots, "BACKGROUND_WAIT", 0.01)
    with in_background(), slot(), pytest.raises(BusyError, match="waited for 0.01 s"), slot():
        pass
    with slot(), in_background(), slot():  # a visitor's, and one of no request
        pass
    with in_background(), slot():
        pass
