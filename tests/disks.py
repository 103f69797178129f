"""A disk without room, for files that are stored."""

import errno

from django.core.files.base import File
from django.core.files.uploadedfile import InMemoryUploadedFile


def fill_disk(monkeypatch):
    """Let the disk be full after the first piece of any file."""

    def chunks(file, chunk_size=None):
        yield b"a first piece"
        raise OSError(errno.ENOSPC, "No space left on device")

    for kind in (File, InMemoryUploadedFile):
        monkeypatch.setattr(kind, "chunks", chunks)
