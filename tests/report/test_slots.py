"""How many PDFs are set at once, who waits, and who is told to come again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from report import pdf, slots
from report.failures import BusyError
from report.slots import slot


@pytest.fixture
def one_slot(settings, tmp_path):
    settings.PDF_ROOT = str(tmp_path)
    settings.PDF_PROCESSES = 1
    settings.PDF_WAIT = 0
    return settings


def test_there_are_as_many_slots_as_the_setting_says(one_slot):
    one_slot.PDF_PROCESSES = 2
    with slot(), slot(), pytest.raises(BusyError), slot():
        pass
    with slot():
        pass


def test_who_waits_gets_the_slot_that_becomes_free(one_slot):
    one_slot.PDF_WAIT = 20

    def wait():
        with slot():
            return "served"

    with ThreadPoolExecutor(1) as threads:
        with slot():
            waiting = threads.submit(wait)
        assert waiting.result() == "served"


def test_the_same_pdf_is_set_once_at_a_time(one_slot):
    one_slot.PDF_PROCESSES = 2
    with slot("key"):
        with pytest.raises(BusyError), slot("key"):
            pass
        with slot("another"):
            pass


def test_some_requests_of_a_web_process_are_left_for_pages(one_slot):
    one_slot.PDF_PROCESSES, one_slot.PDF_WAIT, one_slot.PDF_REQUESTS = 5, 60, 2
    with slot(), slot(), pytest.raises(BusyError), slot():
        pass
    assert not slots._requests


def test_a_busy_server_is_told(one_slot, short_document, caplog):
    with slot(), pytest.raises(BusyError, match="pond-town has to wait"):
        pdf.render(short_document)
    assert "pond-town has to wait" in caplog.text


def test_without_the_folder_each_web_process_counts_alone(one_slot, tmp_path, caplog):
    (tmp_path / "file").touch()
    one_slot.PDF_ROOT = str(tmp_path / "file" / "folder")
    slots._tell.cache_clear()
    with slot("key"), pytest.raises(BusyError), slot("another"):
        pass
    with slot():
        pass
    assert caplog.text.count("PDF_ROOT") == 1
