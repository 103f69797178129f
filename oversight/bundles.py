"""Files of several cities as one ZIP: begun by staff, made by a worker a little at a time.

Between two parts of it the worker does other work that waits. After `KEPT` it is deleted.
"""

import contextlib
import datetime
import logging
import time
import zipfile
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.jobs.heartbeat import Heartbeat
from exchange.jobs.states import NO_ROOM, Superseded
from exchange.models import Worker
from profiles.csv_json import csv_lines
from profiles.models import City
from profiles.outages import is_disk_full
from publishing.record import UnreadableRecord
from report.failures import ReportError
from report.forms import FORMS
from report.ready import NotPublic, ready_file

from .models import FileBundle
from .table import LONG_TEXTS

State = FileBundle.State
KEPT = datetime.timedelta(days=7)
MOST_CITIES = 1000
PART_SECONDS = 20
AT_ONCE = 3
"""So many files are made in the request where no worker lives."""
LIST_NAME = "cities.csv"
PAUSE = 60 * 60
"""Seconds between two looks for old bundles."""

logger = logging.getLogger(__name__)


def begin(bundle, forms, enqueue):
    """Have a bundle made; whether this call began it.

    Also anew: one that failed, whose worker has died, or whose file is gone. `enqueue`: has a
    worker do the run of this number, by the key of the bundle.
    """
    bundle.refresh_from_db()
    if bundle.is_running or (bundle.state == State.READY and size_of(bundle)):
        return False
    with transaction.atomic():
        began = of_run(bundle).update(
            state=State.MAKING,
            run=F("run") + 1,
            forms=[code for code in FORMS if code in forms],
            total=bundle.cities.count() * len(forms),
            done=0,
            missing=[],
            addresses={},
            message="",
            started_at=None,
            heartbeat=None,
        )
        if not began:
            return False
        bundle.refresh_from_db()
        bundle.file.delete(save=False)
        bundle.file.save("files.zip", ContentFile(b""), save=False)
        of_run(bundle).update(file=bundle.file.name)
        is_here = bundle.total <= AT_ONCE and not Worker.is_any_alive()
        if not is_here:
            enqueue(bundle.pk, bundle.run)
    if is_here:
        make_part(bundle, seconds=float("inf"))
    return True


def of_run(bundle):
    """A queryset of the bundle's row, empty if it is in another state or run by now."""
    return FileBundle.objects.filter(pk=bundle.pk, run=bundle.run, state=bundle.state)


def make_part(bundle, seconds=PART_SECONDS):
    """Add files for so long, at least one; whether some are left to be made."""
    now = timezone.now()
    try:
        if not of_run(bundle).filter(started_at=None).update(started_at=now, heartbeat=now):
            return False
        with Heartbeat(bundle):
            return add_files(bundle, time.monotonic() + seconds)
    except Superseded:
        logger.info("Bundle %d is made by another run, or deleted.", bundle.pk)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("Bundle %d could not be made.", bundle.pk)
        words = _("Something went wrong on our side. The reason is in the log of the platform.")
        fail(bundle, str(NO_ROOM) if is_disk_full(error) else words)
    return False


def add_files(bundle, until):
    """Whether some files are left."""
    cities = City.objects.filter(pk__in=bundle.cities.values("pk")).select_related("public_city")
    cities = cities.defer(*LONG_TEXTS).order_by("name", "pk")
    if not bundle.addresses:
        bundle.addresses = {str(city.pk): address_of(city) for city in cities}
        progress(bundle, addresses=bundle.addresses)
    wanted = [
        (city, code, name_in_zip(bundle, city, FORMS[code]))
        for city in cities
        for code in bundle.forms
    ]
    mode = "a" if bundle.done else "w"
    with zipfile.ZipFile(bundle.file.path, mode) as packed:
        # Not by their number: a city may be deleted, or named anew, between two parts.
        treated = {*packed.namelist(), *(name for _city, name, _reason in bundle.missing)}
        left = [one for one in wanted if one[-1] not in treated]
        while left:
            city, code, name = left.pop(0)
            if reason := add_file(packed, name, address_of(city), FORMS[code]):
                bundle.missing.append([city.name, name, reason])
            bundle.done += 1
            progress(bundle, done=bundle.done, missing=bundle.missing)
            if time.monotonic() >= until:
                break
        if not left:
            add_list(packed, bundle, wanted)
    ready = {"state": State.READY, "total": bundle.done}
    progress(bundle, **({"started_at": None} if left else ready))
    return bool(left)


def progress(bundle, **fields):
    if not of_run(bundle).update(heartbeat=timezone.now(), **fields):
        raise Superseded


def add_file(packed, name, slug, form):
    """Put the file of a city into the ZIP; why it is missing, else ""."""
    if sum(one.compress_size for one in packed.infolist()) >= settings.BUNDLE_MAX_BYTES:
        return _("left out: the ZIP has no room for more")
    try:
        content = ready_file(slug, form).content
    except NotPublic:
        return _("nothing of it is public")
    except ReportError:
        return _("its file could not be made: try again later")
    except UnreadableRecord:
        return _("what it has published cannot be read")
    packed.writestr(name, content)
    return ""


def address_of(city):
    """Its public address, which no other city has; that of a draft may have changed since."""
    card = getattr(city, "public_city", None)
    return (card or city).slug.lower()


def name_in_zip(bundle, city, form):
    """By its address as the making began: files that are there are known by their name."""
    address = bundle.addresses[str(city.pk)]
    return f"{address}-{bundle.made_at.date().isoformat()}{form.ending}"


def add_list(packed, bundle, wanted):
    """Which files there are, and which are not, for people and spreadsheets."""
    reasons = {name: reason for _city, name, reason in bundle.missing}
    rows = [[city.name, name, reasons.get(name, "")] for city, _code, name in wanted]
    columns = [_("City"), _("File"), _("Why it is missing")]
    packed.writestr(LIST_NAME, "".join(csv_lines(columns, rows)))


def fail(bundle, message):
    of_run(bundle).update(state=State.FAILED, message=message, file="")
    bundle.file.delete(save=False)


def discard(bundle):
    """Delete a bundle with its file; a worker that is at it stops."""
    FileBundle.objects.filter(pk=bundle.pk).delete()
    bundle.file.delete(save=False)


def discard_old():
    for bundle in FileBundle.objects.filter(made_at__lt=timezone.now() - KEPT):
        discard(bundle)


def size_of(bundle):
    """The bytes of its file; None where it is gone."""
    with contextlib.suppress(OSError, ValueError):
        return Path(bundle.file.path).stat().st_size
    return None


class BundleRound:
    """Deletes old bundles, once an hour, between two jobs of the worker."""

    def __init__(self):
        self.due = 0

    def run(self, goes_on):
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + PAUSE
            discard_old()
