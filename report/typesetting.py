"""The processes that set PDFs, each a `typesetter.py`. Typst never runs in a web process.

Typst keeps what it has laid out: 30 different documents take a process to some 340 MB. A text may
make it panic, abort or take gigabytes, and a process that was forked after its first PDF hangs at
the next. So it runs in processes of its own, which take one document at a time, end when they have
grown or are not needed, and can be killed.
"""

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import weakref
from types import MappingProxyType

from django.conf import settings

from profiles.characters import font_folders

from . import typesetter
from .failures import ReportError

PROGRAM = (sys.executable, "-P", typesetter.__file__)
DOCUMENTS = 100
RECYCLED = 250_000_000
IDLE = 20
"""When a process ends: after so many documents, with so many bytes in use, after so many seconds
without a document. Of those without a document, a web process keeps one."""

_idle = []
_all = weakref.WeakSet()


class Typesetter:
    """One process, and the connection to it."""

    def __init__(self):
        options = {
            "fonts": list(map(str, font_folders())),
            "memory": settings.PDF_MEMORY,
            "documents": DOCUMENTS,
            "recycled": RECYCLED,
            "idle": IDLE,
        }
        self.is_fresh = True
        self.connection, theirs = socket.socketpair()
        try:
            # A session of its own: Ctrl-C is for the web process, with which this one ends.
            self.process = subprocess.Popen(  # noqa: S603 (our own program)
                [*PROGRAM, json.dumps(options)],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, "RUST_BACKTRACE": "0"},  # a panic would log 100 KB
            )
        except BaseException:
            self.connection.close()
            raise
        finally:
            theirs.close()
        _all.add(self)

    def ask(self, payload, pictures, deadline):
        """(kind, content) of the answer."""
        for name, content in pictures.items():
            self._wait_until(deadline)
            message = name.encode() + b"\0" + content
            typesetter.send(self.connection, typesetter.PICTURE_FILE, message)
        self._wait_until(deadline)
        typesetter.send(self.connection, typesetter.PAYLOAD, payload)
        self._wait_until(deadline)
        answer = typesetter.receive(self.connection)
        self.is_fresh = False
        return answer

    def _wait_until(self, deadline):
        self.connection.settimeout(max(deadline - time.monotonic(), 0.001))

    def end(self):
        """How the process ended: its exit code, or the number of a signal below zero."""
        self.process.kill()
        self.connection.close()
        return self.process.wait()

    def forget(self):
        """In a process that was forked from the one that started it: leave it to that one."""
        self.connection.close()
        self.process.returncode = 0


def typeset(payload, pictures=MappingProxyType({})):
    """The bytes of the PDF or picture of a payload: JSON, as bytes. Raises ReportError.

    `pictures`: name → bytes of the files that its templates show.
    """
    deadline = time.monotonic() + settings.PDF_SECONDS
    while True:
        one = _take()
        try:
            kind, content = one.ask(payload, pictures, deadline)
        except TimeoutError:
            one.end()
            raise ReportError(f"it took more than {settings.PDF_SECONDS} seconds") from None
        except (EOFError, OSError):
            code = one.end()
            if one.is_fresh:
                raise ReportError(_ending(code)) from None
            continue  # it may have ended while it was idle: this document gets another one
        except BaseException:
            one.end()  # its answer would be taken for that to the next document
            raise
        if kind == typesetter.DONE and not _idle:
            _idle.append(one)
        else:
            one.end()
        if kind == typesetter.FAILURE:
            raise ReportError(content.decode())
        return content


def _take():
    with contextlib.suppress(IndexError):
        return _idle.pop()
    try:
        return Typesetter()
    except OSError as error:
        raise ReportError(f"no process can be started for it: {error}") from error


def _ending(code):
    memory = settings.PDF_MEMORY // 1_000_000
    return f"its process ended with {code}; it may take {memory} MB (setting PDF_MEMORY)"


def end_all():
    """Ends the processes that are idle."""
    while _idle:
        _idle.pop().end()


def _forget_all():
    for one in list(_all):
        one.forget()
    _idle.clear()


atexit.register(end_all)
os.register_at_fork(after_in_child=_forget_all)
