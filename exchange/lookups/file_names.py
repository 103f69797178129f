"""Names of files as cells call them: without folders, in any case, and over several versions."""

import re
from collections import defaultdict
from dataclasses import dataclass

from hub.models import Upload
from intake.names import folded_name

NUMBERED = re.compile(r" \(\d+\)(?=(\.[^.]*)?$)")
"""What `hub.uploads` adds to the name of another file of the same name."""


def is_version(name, asked):
    """Whether `name` is `asked`, or `asked` with the number of a file that replaced it."""
    return folded_name(asked) in (folded_name(name), folded_name(NUMBERED.sub("", name)))


class Names:
    """Things by the names of their files.

    “plan.pdf” also finds the one thing whose file is “plan (2).pdf”: `hub.uploads` added the number
    to a file that was sent as “plan.pdf”.
    """

    def __init__(self):
        self.names = {}
        self.versions = defaultdict(dict)
        self._exact = {}

    def add(self, name, thing):
        self.names[name] = self._exact[folded_name(name)] = thing
        self.versions[folded_name(NUMBERED.sub("", name))][id(thing)] = thing

    def __contains__(self, name):
        return folded_name(name) in self._exact

    def find(self, name):
        folded = folded_name(name)
        if folded in self._exact:
            return self._exact[folded]
        versions = self.versions.get(folded, {})
        return next(iter(versions.values())) if len(versions) == 1 else None

    def versions_of(self, name):
        """All things whose file has this name, or was sent under it."""
        asked = folded_name(name)
        exact = [self._exact[asked]] if asked in self._exact else []
        return [*exact, *self.versions.get(asked, {}).values()]


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a cell names.

    `upload`: stored, or not yet. `name`: as the cell calls it, without folders. `digest`: the
    sha256 of the file of this name that was sent with the workbook; empty where none was.
    """

    upload: Upload
    name: str
    digest: str = ""

    def is_still(self, upload):
        """Whether a row that has `upload` keeps it: nothing else was sent under the name."""
        if upload is None:
            return False
        if upload is self.upload or (upload.pk is not None and upload.pk == self.upload.pk):
            return True
        is_same = upload.sha256 == self.digest if self.digest else True
        return is_same and is_version(upload.name, self.name)


class RowsByFile:
    """Stored rows by their parent (a city, a step of a city) and their file."""

    def __init__(self):
        self.by_upload = {}
        self.by_name = defaultdict(Names)

    def add(self, parent, upload, row):
        self.by_upload[parent, upload.pk] = row
        self.by_name[parent].add(upload.name, row)

    def find(self, parent, named):
        """The row that a cell with `named` means; None for a new one."""
        stored = named.upload.pk is not None and self.by_upload.get((parent, named.upload.pk))
        return stored or self.by_name[parent].find(named.name)
