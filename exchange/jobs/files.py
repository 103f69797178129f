"""The files of a job: the workbook that was sent, its .zip, and the workbook with corrections."""

import hashlib
import logging
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePath

from django.core.files import File
from django.utils.translation import gettext as _

from ..lookups.sent_files import SentFiles
from ..models import Job
from ..reading import read
from ..writing.corrections import write_corrections

logger = logging.getLogger(__name__)

LONGEST_NAME = 255


class NotTheFile(RuntimeError):
    """The stored file is gone or is not the one that was sent. The message says so."""


@contextmanager
def storing(job, file, enclosed=None):
    """Context manager: stores the files, and removes them again if the block raises."""
    try:
        job.file_name = storable_name(file.name)
        # A copy: what is no workbook of ours may be a list of another form, and is stored again.
        job.file.save(job.file_name, File(file, file.name), save=False)
        job.sha256 = digest_of(job.file.path)
        if enclosed is not None:
            job.enclosed_name = storable_name(enclosed.name)
            job.enclosed.save(job.enclosed_name, enclosed, save=False)
            job.enclosed_sha256 = digest_of(job.enclosed.path)
        yield
    except BaseException:
        remove(job.file)
        remove(getattr(job, "enclosed", None))
        raise


def storable_name(name):
    """A name without folders that the field of any database takes; a long one keeps its ending."""
    name = PurePath(name or "").name.encode("utf-8", "replace").decode() or "?"
    if len(name) <= LONGEST_NAME:
        return name
    suffix = PurePath(name).suffix[:10]
    return name[: LONGEST_NAME - len(suffix)] + suffix


def digest_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_stored(job):
    """The workbook of the job, if it and its files are still what was sent."""
    check_stored(job.file, job.sha256)
    if job.enclosed:
        check_stored(job.enclosed, job.enclosed_sha256)
    return read(job.file.path, name=job.file_name, sheet=job.sheet)


def check_stored(file, sent):
    try:
        digest = digest_of(file.path)
    except OSError as error:
        raise NotTheFile(_("The stored file is gone: send it again.")) from error
    if digest != sent:
        raise NotTheFile(_("The stored file has changed since it was sent: send it again."))


def open_sent_files(job):
    """The files that were sent with the job's workbook; None if there are none."""
    return SentFiles(job.enclosed.path, workbook_name=job.file_name) if job.enclosed else None


def store_corrections(job, workbook, problems):
    """Write the workbook with its wrong cells coloured; the name under which it is stored."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "marked.xlsx")
            write_corrections(workbook, problems, path)
            with path.open("rb") as file:
                stored = Job(pk=job.pk).marked_file
                stored.save(path.name, File(file), save=False)
                return stored.name
    except Exception:
        # The page of the job lists the problems, so that the check need not fail.
        logger.exception("The marked workbook of import %d could not be written.", job.pk)
        return ""


def remove(field_file):
    """Remove a stored file, if there is one."""
    if field_file:
        field_file.storage.delete(field_file.name)
