"""The program of the processes that set PDFs with Typst. `typesetting.py` starts and ends them.

It reads payloads (JSON) from its standard input, a socket, and answers there with PDFs or pictures.
It imports neither Django nor the platform, so it starts within a few hundredths of a second.
"""

import contextlib
import datetime
import gc
import json
import os
import queue
import signal
import socket
import struct
import sys
import threading
from pathlib import Path

FOLDER = Path(__file__).parent
STANDARD = "ua-1"
HEADER = struct.Struct("!cI")
PICTURE_FILE, PAYLOAD, DONE, LAST_DONE, FAILURE = b"P", b"J", b"D", b"L", b"F"
"""Kinds of messages. Before a `PAYLOAD` come the files of its pictures, each with its name before a
zero byte. After a `LAST_DONE` or a `FAILURE` the process is to be ended."""
PICTURE = {"format": "png", "ppi": 72}
"""As many pixels as points."""


def send(connection, kind, content):
    connection.sendall(HEADER.pack(kind, len(content)) + content)


def receive(connection):
    """(kind, content) of the next message. Raises EOFError where the other side has gone."""
    kind, length = HEADER.unpack(_read(connection, HEADER.size))
    return kind, _read(connection, length)


def _read(connection, length):
    content = bytearray(length)
    rest = memoryview(content)
    while rest:
        count = connection.recv_into(rest)
        if not count:
            raise EOFError
        rest = rest[count:]
    return bytes(content)


def load_fonts(folders):
    import typst  # here and below: the web process imports this module, and never Typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def typeset(payload, fonts, pictures=None):
    """The bytes of the PDF, or of the picture (PNG), of a payload: JSON, as bytes.

    `pictures`: name → bytes of files beside the templates. The payload is such a file too: as a
    `sys_inputs` it would make the typesetter forget what it remembers of the templates.
    """
    import typst

    from report import text_layer

    facts = json.loads(payload)
    files = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*.typ")}
    main = files.pop(facts.get("template", "profile.typ"))
    options = PICTURE if facts.get("is_picture") else _as_pdf(facts)
    content = typst.compile(
        {"payload.json": payload, "main.typ": main.read_bytes()}
        | {name: path.read_bytes() for name, path in files.items()}
        | (pictures or {}),
        font_paths=fonts,
        ignore_system_fonts=True,
        **options,
    )
    return content if facts.get("is_picture") else text_layer.mend(content)


def _as_pdf(facts):
    day = datetime.date.fromisoformat(facts["cover"]["day"]["date"])
    return {
        "format": "pdf",
        "pdf_standards": STANDARD,
        "timestamp": datetime.datetime.combine(day, datetime.time(), datetime.UTC),
    }


def answer(payload, fonts, pictures=None):
    """(kind, content) of the answer to a payload and its pictures."""
    try:
        return DONE, typeset(payload, fonts, pictures)
    except BaseException as error:  # noqa: BLE001 (the typesetter's panics are no `Exception`)
        words = f"{type(error).__name__}: {error}"
        return FAILURE, words.encode(errors="backslashreplace")


def limit(memory):
    """Lets the process have so many bytes. Typst ends with an abort beyond them."""
    import resource

    # Not the address space: the fonts are 100 MB of it, and each thread reserves 64 MB.
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def resident():
    """Bytes of memory in use; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def read_into(payloads, connection):
    """Ends the process at once, even in the midst of a document, when nobody is there any more."""
    pictures = {}
    try:
        while True:
            kind, content = receive(connection)
            if kind == PICTURE_FILE:
                name, _, picture = content.partition(b"\0")
                pictures[name.decode()] = picture
            else:
                payloads.put((content, pictures))
                pictures = {}
    except (EOFError, OSError):
        os._exit(0)


def main(fonts, memory, documents, recycled, idle):
    """Sets up to so many `documents`, or until `recycled` bytes are in use.

    fonts: the folders. memory: the limit in bytes. idle: the seconds after which it ends unasked.
    """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends with the web process, not before
    os.nice(3)  # pages come first
    limit(memory)
    gc.set_threshold(100_000)  # the text of a page is as many objects, all of them needed
    connection = socket.socket(fileno=0)
    payloads = queue.SimpleQueue()
    threading.Thread(target=read_into, args=(payloads, connection), daemon=True).start()
    fonts = load_fonts(fonts)
    for count in range(documents):
        try:
            payload, pictures = payloads.get(timeout=idle)
        except queue.Empty:
            break
        kind, content = answer(payload, fonts, pictures)
        if kind == DONE and (count + 1 == documents or resident() > recycled):
            kind = LAST_DONE
        send(connection, kind, content)
    os._exit(0)


if __name__ == "__main__":
    sys.path.append(str(FOLDER.parent))
    main(**json.loads(sys.argv[1]))
