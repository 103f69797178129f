"""`manage.py run_worker`: does the jobs in the queue, and says that it lives."""

import contextlib
import logging
import signal

from django.core.management.base import BaseCommand
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands import db_worker
from django_tasks_db.utils import is_locked_database_exception

from exchange.jobs.heartbeat import BEAT, Beats
from exchange.models import SILENCE, Worker

logger = logging.getLogger(__name__)


class Presence(Beats):
    """Says in the database that this worker lives."""

    name = "presence"

    def __init__(self, worker_name):
        super().__init__()
        self.worker_name = worker_name

    def __enter__(self):
        Worker.objects.filter(seen_at__lt=timezone.now() - SILENCE).delete()
        super().__enter__()

    def __exit__(self, *error):
        super().__exit__(*error)
        with contextlib.suppress(DatabaseError):
            Worker.objects.filter(name=self.worker_name).delete()

    def beat(self):
        seen = {"seen_at": timezone.now()}
        Worker.objects.update_or_create(name=self.worker_name, defaults=seen)

    def keep_beating(self):
        """Go on beating where the database is busy or away for a moment."""
        try:
            while not self.ended.wait(BEAT):
                try:
                    self.beat()
                except DatabaseError:
                    connection.close()
        finally:
            connection.close()


class PatientWorker(db_worker.Worker):
    """Continues after another process has locked SQLite for longer than a connection waits."""

    def configure_signals(self):
        """Go on ignoring Ctrl-C where a shell has started this in the background."""
        ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        super().configure_signals()
        if ignored:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def run(self):
        while True:
            try:
                return super().run()
            except OperationalError as error:
                if not is_locked_database_exception(error):
                    raise
                logger.warning("The database is busy; the worker tries again.")


class Command(BaseCommand):
    help = "Do the work that waits in the background: long imports. Stop it with Ctrl-C or SIGTERM."

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
        with Presence(worker.worker_id):
            self.stdout.write(_("The worker is ready for long imports."))
            self.stdout.flush()
            worker.run()
