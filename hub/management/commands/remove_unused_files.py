import os
import re
import time
from datetime import timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.kept_files import KEPT_FOLDER, KEPT_SECONDS
from hub.models import PublishedFile, Upload
from hub.models.upload import FOLDER

GENERATED = re.compile(
    rf"([0-9a-f]{{2}})/\1[0-9a-f]{{30}}(?:\.[a-z0-9]{{1,16}})?|(?P<kept>{KEPT_FOLDER})/[0-9a-f]{{32}}"
)
"""The names made by `hub.models.upload.stored_name` and `hub.kept_files`; others stay."""

MOST_DAYS = 36_500

YOUNG_SECONDS = 60 * 60
"""Younger files are kept: a file is written before its row, so its row may still come.

Files of forms that are not right yet are kept as long as their tokens are taken.
"""


class Command(BaseCommand):
    help = "Remove files of the folder “uploads” that no row names any more."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days",
            type=int,
            default=30,
            help="keep the file of a row that was deleted less than so many days ago (default: 30)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args, days, dry_run, **options):
        if not 0 <= days <= MOST_DAYS:
            raise CommandError(_("The number of days is from 0 to %d.") % MOST_DAYS)
        folder = uploads_folder()
        # List files before rows: a file whose row is written meanwhile is then found in use.
        files = list(stored_files(folder))
        used = names_in_use(days)
        count = size = 0
        for name, path, bytes_of_file in files:
            if name in used:
                continue
            self.stdout.write(name)
            if not dry_run:
                path.unlink(missing_ok=True)
            count, size = count + 1, size + bytes_of_file
        summary = (
            _("%(count)d files would go, %(size)s.")
            if dry_run
            else _("%(count)d files removed, %(size)s.")
        )
        self.stdout.write(summary % {"count": count, "size": filesizeformat(size)})


def uploads_folder():
    storage = Upload._meta.get_field("file").storage
    try:
        return Path(storage.path(FOLDER))
    except NotImplementedError:
        raise CommandError(
            _("The files are not in a folder of this machine: use what their store offers.")
        ) from None


def stored_files(folder):
    """(name, path, size) of files that the platform wrote, except young ones.

    Symbolic links are skipped: they may lead out of the folder.
    """
    now = time.time()
    for root, _folders, files in os.walk(folder):
        for file in files:
            path = Path(root, file)
            name = path.relative_to(folder).as_posix()
            match = GENERATED.fullmatch(name)
            if path.is_symlink() or not match:
                continue
            about = path.stat()
            if now - about.st_mtime > (KEPT_SECONDS if match["kept"] else YOUNG_SECONDS):
                yield f"{FOLDER}/{name}", path, about.st_size


def names_in_use(days):
    """Names of the files of all rows, of those deleted in the last `days`, and of public files."""
    since = timezone.now() - timedelta(days=days)
    deleted_lately = Upload.history.filter(history_type="-", history_date__gte=since)
    return {
        *Upload.objects.values_list("file", flat=True),
        *deleted_lately.values_list("file", flat=True),
        *PublishedFile.objects.public().values_list("file", flat=True),
    }
