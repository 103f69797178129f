"""The sign of life of a run at work: a small file beside the job's own, touched every few seconds.

It is no row of the database, because SQLite lets one transaction write at a time: a long import
would look dead just while it writes. The web server and the worker share the folder of the jobs'
files in any case. The file's name has the number of the run, so that a process that was held up
keeps no later run alive.
"""

import contextlib
import threading
from pathlib import Path

BEAT = 5
"""Seconds between two beats."""


class Beats:
    """Calls `beat` at once and then in a thread, for the length of a `with`.

    A killed process stops beating.
    """

    name = ""

    def __init__(self):
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.keep_beating, name=self.name, daemon=True)

    def __enter__(self):
        self.beat()
        self.thread.start()

    def __exit__(self, *error):
        self.ended.set()
        self.thread.join()

    def beat(self):
        raise NotImplementedError

    def keep_beating(self):
        while not self.ended.wait(BEAT):
            self.beat()


class Heartbeat(Beats):
    name = "heartbeat"

    def __init__(self, job):
        super().__init__()
        self.path = Path(job.heartbeat_path)

    def __exit__(self, *error):
        super().__exit__(*error)
        with contextlib.suppress(OSError):
            self.path.unlink()

    def beat(self):
        with contextlib.suppress(OSError):
            self.path.touch()
