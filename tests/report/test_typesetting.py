"""PDFs are set outside of the web process: whatever happens there, the next document is printed."""

import json
import os
import select
import signal
import subprocess
import sys

import pytest
import typst
from django.conf import settings as site_settings

from report import pdf, text_layer, typesetter, typesetting
from report.failures import ReportError

BARE = b'{"cover": {"day": {"date": "2026-06-06"}}}'


class Panic(BaseException):
    """As the typesetter raises it: no `Exception`."""


@pytest.fixture
def process(short_document):
    """The process that sets the next document."""
    pdf.render(short_document)
    return typesetting._idle[-1].process


@pytest.fixture
def alone():
    """No process from before, and none after, which another test could get."""
    typesetting.end_all()
    yield
    typesetting.end_all()


@pytest.mark.parametrize("error", [typst.TypstError, Panic, MemoryError, SystemExit])
def test_whatever_the_typesetter_raises_becomes_an_answer(error, monkeypatch):
    def fail(*args, **kwargs):
        raise error("no such \ud800")

    monkeypatch.setattr(typst, "compile", fail)
    kind, words = typesetter.answer(BARE, None)
    assert kind == typesetter.FAILURE
    assert words.decode() == f"{error.__name__}: no such \\ud800"


def test_a_pdf_whose_text_layer_cannot_be_mended_is_printed_as_it_is(monkeypatch, capsys):
    def fail(content):
        raise KeyError(content)

    monkeypatch.setattr(typst, "compile", lambda *args, **kwargs: b"PDF")
    monkeypatch.setattr(text_layer, "mend", fail)
    assert typesetter.answer(BARE, None) == (typesetter.DONE, b"PDF")
    assert "KeyError" in capsys.readouterr().err


def test_after_a_panic_another_process_prints_the_next_document(process, short_document):
    payload, _replaced = pdf.printable_payload(short_document)
    payload["cover"]["line"]["value"] = "\u0995" + "\u09cd\u0995" * 300
    with pytest.raises(ReportError, match="PanicException"):
        typesetting.typeset(json.dumps(payload).encode())
    assert process.returncode == -signal.SIGKILL
    assert pdf.render(short_document).startswith(b"%PDF")


def test_a_process_that_was_killed_loses_no_document(process, short_document):
    process.kill()
    assert pdf.render(short_document).startswith(b"%PDF")
    assert typesetting._idle[-1].process is not process


def test_a_document_that_takes_too_long_is_given_up_and_told(
    process, short_document, settings, caplog
):
    settings.PDF_SECONDS = 0.01
    process.send_signal(signal.SIGSTOP)  # so that it is late however busy the machine is
    with pytest.raises(ReportError, match=r"pond-town .* more than 0\.01 seconds"):
        pdf.render(short_document)
    settings.PDF_SECONDS = 60
    assert "pond-town" in caplog.text
    assert process.returncode == -signal.SIGKILL
    assert pdf.render(short_document).startswith(b"%PDF")


def test_a_document_that_takes_too_much_memory_is_given_up_and_told(
    alone, short_document, settings, caplog
):
    settings.PDF_MEMORY = 20_000_000
    with pytest.raises(ReportError, match=r"pond-town .* may take 20 MB"):
        pdf.render(short_document)
    assert "pond-town" in caplog.text


@pytest.mark.parametrize("limit", ["DOCUMENTS", "RECYCLED"])
def test_a_process_ends_when_it_has_done_enough(limit, alone, short_document, monkeypatch):
    monkeypatch.setattr(typesetting, limit, 1)
    assert pdf.render(short_document).startswith(b"%PDF")
    assert not typesetting._idle


def test_a_process_that_is_not_needed_ends(alone, short_document, monkeypatch):
    monkeypatch.setattr(typesetting, "IDLE", 0)
    one = typesetting.Typesetter()
    assert one.process.wait(timeout=30) == 0
    typesetting._idle.append(one)
    one.is_fresh = False
    monkeypatch.setattr(typesetting, "IDLE", 60)
    assert pdf.render(short_document).startswith(b"%PDF")


def test_who_stops_the_program_stops_it(process, short_document, monkeypatch):
    def stop(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(typesetter, "receive", stop)
        with pytest.raises(KeyboardInterrupt):
            pdf.render(short_document)
    assert process.returncode == -signal.SIGKILL  # its answer would be that to the next document


def test_without_room_for_a_process_there_is_no_pdf(alone, short_document, monkeypatch):
    def fail(*args, **kwargs):
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", fail)
    with pytest.raises(ReportError, match="no process can be started"):
        pdf.render(short_document)


def test_ctrl_c_is_left_to_the_web_process(process):
    assert os.getsid(process.pid) == process.pid != os.getsid(0)


ORPHAN = """
import os, signal, sys
from django.conf import settings
settings.configure(PDF_MEMORY=10**9)
from report import typesetter, typesetting
one = typesetting.Typesetter()
typesetting._idle.append(one)
typesetter.send(one.connection, typesetter.PAYLOAD, b"{}")
if not os.fork():  # it lives on, and is not to hold the connection
    os.close(2)
    sys.stdin.read()
    os._exit(0)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_ends_with_the_web_process_even_if_that_is_killed():
    pipes = dict.fromkeys(("stdin", "stderr"), subprocess.PIPE)
    program = [sys.executable, "-W", "ignore", "-c", ORPHAN]
    with subprocess.Popen(program, cwd=site_settings.BASE_DIR, **pipes) as web:
        # The typesetter has the same standard error, which ends when nobody has it.
        assert select.select([web.stderr], [], [], 20)[0]
        assert web.stderr.read() == b""


def test_a_web_process_never_has_typst():
    """Nor are fonts read at import."""
    program = (
        "import sys; import django; django.setup(); import website.views; "
        "from profiles import characters; "
        "assert 'typst' not in sys.modules; "
        "assert not characters.coverage.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
