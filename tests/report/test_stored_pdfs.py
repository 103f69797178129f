"""A stored PDF is served as it is, or set anew: the cache can only save time."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

from citiesnature.settings.environment import pdf_cache
from report import making, pdf, stored_pdfs
from report.failures import ReportError


class DeadCache(BaseCache):
    def __init__(self, server, params):
        super().__init__(params)

    def get(self, *args, **kwargs):
        raise ConnectionError("refused")

    set = get


@pytest.fixture
def folder(settings, tmp_path):
    entry = pdf_cache({"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}, tmp_path, 3)
    settings.CACHES = settings.CACHES | {"pdfs": entry}
    return tmp_path / "stored"


@pytest.fixture
def typeset(monkeypatch):
    """Sets a small PDF with the number of the call; `typeset.calls` counts them."""

    def fake(payload, pictures):
        fake.calls += 1
        return b"%%PDF-1.7 %d %%%%EOF\n" % fake.calls

    fake.calls = 0
    monkeypatch.setattr(pdf, "typeset", fake)
    return fake


def test_the_second_time_a_pdf_comes_from_the_store(folder, typeset, short_document):
    first = pdf.render(short_document, key="one")
    assert pdf.render(short_document, key="one") == first
    assert pdf.render(short_document, key="two") != first
    assert pdf.render(short_document) != first
    assert typeset.calls == 3


def test_what_is_not_whole_is_set_anew(folder, typeset, short_document):
    first = pdf.render(short_document, key="one")
    [file] = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-3])
    second = pdf.render(short_document, key="one")
    caches["pdfs"].set("pdf.one", (second[:-5], "inline"))
    third = pdf.render(short_document, key="one")
    assert [first, second, third] == [b"%%PDF-1.7 %d %%%%EOF\n" % call for call in (1, 2, 3)]
    assert pdf.render(short_document, key="one") == third


def test_what_fails_is_not_stored(folder, monkeypatch, short_document):
    def fail(payload, pictures):
        raise ReportError("no such thing")

    monkeypatch.setattr(pdf, "typeset", fail)
    with pytest.raises(ReportError):
        pdf.render(short_document, key="one")
    assert not list(folder.iterdir())


def test_who_has_waited_takes_what_was_stored_meanwhile(
    folder, typeset, short_document, monkeypatch
):
    @contextmanager
    def slot(key):
        stored_pdfs.store(key, b"%PDF- of another %%EOF", "inline")
        yield

    monkeypatch.setattr(making, "slot", slot)
    assert pdf.render(short_document, key="one") == b"%PDF- of another %%EOF"
    assert not typeset.calls


def test_a_dead_cache_stops_no_pdf(settings, typeset, short_document, caplog):
    dead = f"{__name__}.{DeadCache.__name__}"
    settings.CACHES = settings.CACHES | {"pdfs": {"BACKEND": dead}}
    assert pdf.render(short_document, key="one").startswith(b"%PDF")
    assert "cannot be read: refused" in caplog.text and "cannot be stored" in caplog.text


def test_an_unwritable_folder_stops_no_pdf(folder, typeset, short_document):
    folder.touch()
    assert pdf.render(short_document, key="one").startswith(b"%PDF")


def test_the_folder_does_not_grow_without_end(folder, typeset, short_document):
    for number in range(5):
        pdf.render(short_document, key=str(number))
    assert len(list(folder.iterdir())) <= 3


@pytest.mark.parametrize(
    ("backend", "is_shared"),
    [("redis.RedisCache", True), ("locmem.LocMemCache", False), ("dummy.DummyCache", True)],
)
def test_pdfs_are_kept_in_redis_or_in_files_never_in_memory(backend, is_shared):
    shared = {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": "here"}
    entry = pdf_cache(shared, "/folder", 9)
    assert (entry["BACKEND"] == shared["BACKEND"]) == is_shared
    assert entry["LOCATION"] == ("here" if is_shared else "/folder/stored")
    assert entry["TIMEOUT"] == 24 * 60 * 60
