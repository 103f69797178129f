"""Keeps a file that is to be mapped, and tells whether a file is one: its sheets are not ours."""

import contextlib
import time
from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from intake.refusals import UnreadableWorkbook

from .. import cells
from ..jobs import files
from ..models import MappedFile
from ..reading.sheet_names import folded_headers, has_keys, headers_of
from ..sheets import SHEETS
from . import kept
from .draft import Draft

PAUSE = 60 * 60
"""Seconds between two looks for files that are kept no longer."""

LEAST_SHARE, LEAST_SHARE_WITHOUT_KEY = 0.5, 0.8
"""The share of the headers that must be ours for a sheet to be one of ours; and where it lacks the
columns that name its rows. Lists of others have columns such as Name and Population too."""


class OtherForm(Exception):
    """The sheets of a workbook are not ours."""


def refuse_other_form(workbook):
    if is_other_form(workbook):
        raise OtherForm


def receive(user, file):
    """Keep a file, to be mapped by `user`, with the answers of a kept mapping where one fits."""
    mapped = store(user, file)
    with contextlib.suppress(UnreadableWorkbook):
        kept.start(mapped, Draft.of(mapped, user))
    return mapped


def newest_alike(user, sha256):
    """The list with this content that `user` has sent last; None if there is none."""
    return MappedFile.objects.filter(user=user, sha256=sha256).first()


def store(user, file):
    file.seek(0)
    mapped = MappedFile(user=user)
    with files.storing(mapped, file):
        mapped.save()
    return mapped


def discard(mapped):
    """Remove a file that is being mapped, with the workbook that was made of it."""
    MappedFile.objects.filter(pk=mapped.pk).delete()


@receiver(post_delete, sender=MappedFile)
def remove_files(instance, **kwargs):
    """Remove the files of a deleted row, also of one that was deleted with the account it is of."""
    for file in (instance.file, instance.workbook):
        transaction.on_commit(partial(files.remove, file))


def discard_outlived():
    for mapped in MappedFile.objects.outlived():
        discard(mapped)


class ListRound:
    """Discards files that are kept no longer, once an hour, between two jobs of the worker."""

    def __init__(self):
        self.due = 0

    def run(self, goes_on):
        if time.monotonic() >= self.due:
            self.due = time.monotonic() + PAUSE
            discard_outlived()


def receive_other_form(user, file):
    """Keep a file that the import cannot read, if it is a list of another form; else None."""
    mapped = store(user, file)
    try:
        draft = Draft.of(mapped, user)
        is_other = bool(draft.columns) and not are_ours(one.header for one in draft.columns)
        if is_other:
            kept.start(mapped, draft)
    except UnreadableWorkbook:
        is_other = False
    except BaseException:
        discard(mapped)
        raise
    if is_other:
        return mapped
    discard(mapped)
    return None


def is_other_form(workbook):
    """Whether a `reading.Workbook` has rows, and none of its sheets is one of ours."""
    if workbook.written and workbook.written.is_ours:
        return False
    classes = {cells.folded(cls.sheet_name): cls for cls in SHEETS}
    ours = [
        name in classes and is_sheet(classes[name], data.headers)
        for name, data in workbook.sheets.items()
    ]
    return not any(ours) and bool(workbook.unknown or workbook.rows)


def is_sheet(cls, headers):
    """Whether the headers are those of the sheet `cls`, perhaps with some of others among them."""
    present = folded_headers(headers)
    least = LEAST_SHARE if has_keys(cls, present) else LEAST_SHARE_WITHOUT_KEY
    return bool(present) and len(present & headers_of(cls)) >= least * len(present)


def are_ours(headers):
    headers = list(headers)
    return any(is_sheet(cls, headers) for cls in SHEETS)
