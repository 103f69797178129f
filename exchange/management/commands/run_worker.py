"""`manage.py run_worker`: does the jobs in the queue, publishes what lags, sends mails.

It says that it lives.
"""

import contextlib
import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands import db_worker

from exchange.jobs.heartbeat import Beats
from exchange.models import SILENCE, Worker
from profiles.outages import is_outage
from profiles.rounds import worker_rounds
from publishing.catching_up import CatchUp

logger = logging.getLogger(__name__)


FIRST_PAUSE, LONGEST_PAUSE = 1, 30
"""Seconds between two attempts to reach a database that is away."""

LAST_WORD = 5
"""Seconds that a worker which was told to stop has to say so in the database."""

SHORT_WAIT, LONG_WAIT = 0.5, 30
"""Seconds that a look for work, and the work, wait for a lock of SQLite, deaf to signals."""


class Presence(Beats):
    """Says in the database that this worker lives."""

    name = "presence"

    def __init__(self, worker_name):
        super().__init__()
        self.worker_name = worker_name

    def __exit__(self, *error):
        """End without a last word where the database is away: silence means the same."""
        self.ended.set()
        self.thread.join(LAST_WORD)

    def beat(self):
        """Go on where the database is busy or away for a moment."""
        now = timezone.now()
        try:
            Worker.objects.filter(seen_at__lt=now - SILENCE).delete()
            Worker.objects.update_or_create(name=self.worker_name, defaults={"seen_at": now})
        except Error:
            connection.close()

    def keep_beating(self):
        try:
            super().keep_beating()
            with contextlib.suppress(Error):
                Worker.objects.filter(name=self.worker_name).delete()
        finally:
            connection.close()


class PatientWorker(db_worker.Worker):
    """Looks for work until it is told to stop, also while the database is away or busy.

    `batch`: it stops when nothing waits any more.
    """

    def __init__(self, *, batch, **options):
        # The loop is our own: Django's ends with the first error.
        super().__init__(batch=True, **options)
        self.stops_when_done = batch
        self.pause = 0
        self.catch_up = CatchUp()
        self.rounds = [make() for make in worker_rounds]

    def configure_signals(self):
        """Go on ignoring Ctrl-C where a shell has started this in the background."""
        ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        super().configure_signals()
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def run(self):
        while self.running:
            self.look_for_work()
            if not self.running or (self.stops_when_done and not self.pause):
                return
            time.sleep(self.pause or self.interval)

    def look_for_work(self):
        """Do all that waits. Where the database is away, set how long to wait for it."""
        try:
            super().run()
            self.publish_lagging()
            self.make_rounds()
        except Exception as error:
            if not is_outage(error):
                raise
            # A broken connection would stay broken.
            connection.close()
            self.pause = min(self.pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
            words = "The database is away or busy (%s): the worker tries again in %d s."
            logger.warning(words, " ".join(str(error).split()), self.pause)
        else:
            if self.pause:
                logger.warning("The database is back: the worker goes on.")
            self.pause = 0

    def publish_lagging(self):
        with waiting_for_locks(LONG_WAIT):
            self.catch_up.run(goes_on=lambda: self.running)

    def make_rounds(self):
        """Do what other apps want done. A signal to stop waits for the step at hand."""
        self.running_task = True
        try:
            with waiting_for_locks(LONG_WAIT):
                for one in self.rounds:
                    one.run(goes_on=lambda: self.running)
        finally:
            self.running_task = False

    def run_task(self, db_task_result):
        with waiting_for_locks(LONG_WAIT):
            super().run_task(db_task_result)


@contextlib.contextmanager
def waiting_for_locks(seconds):
    """Context manager: connections to SQLite wait for so long where another one writes."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor != "sqlite":
        yield
        return
    before = options.get("timeout", LONG_WAIT)
    try:
        wait_for_locks(options, seconds)
        yield
    finally:
        wait_for_locks(options, before)


def wait_for_locks(options, seconds):
    options["timeout"] = seconds
    if connection.connection is not None:
        connection.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


class Command(BaseCommand):
    help = (
        "Do the work that waits in the background: long imports, the publishing of what they "
        "wrote, and mails. Stop it with Ctrl-C or SIGTERM."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--interval",
            type=db_worker.valid_interval,
            default=1,
            help="seconds between two looks for work (default: %(default)s)",
        )
        parser.add_argument("--batch", action="store_true", help="do what waits now, then stop")

    def handle(self, *, interval, batch, **options):
        worker = PatientWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        with waiting_for_locks(SHORT_WAIT), Presence(worker.worker_id):
            self.stdout.write(_("The worker is ready for long imports and for mails."))
            self.stdout.flush()
            worker.run()
