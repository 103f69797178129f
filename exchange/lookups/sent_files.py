"""The .zip with the files of a workbook. Files are found by name and read within the .zip.

Nothing is unpacked to the paths that the .zip names.
"""

import hashlib
import stat
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _

from intake.archive import Archive, Limits
from intake.names import folded_name, folded_path, name_of_entry, relative_path
from intake.refusals import zip_refusals

from ..problems import CellError

MOST_FILES = 2_000
MOST_DIRECTORY_BYTES = 10_000_000
NOT_OURS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
"""Files and folders that operating systems add to a .zip."""

WORKBOOKS = (".xlsx", ".ods")


def zip_limits():
    return Limits(
        parts=MOST_FILES,
        unpacked_bytes=settings.FILES_ZIP_MAX_UNPACKED_BYTES,
        directory_bytes=MOST_DIRECTORY_BYTES,
    )


class PieceReader:
    """A file object that reads pieces of bytes. `size`: of all together."""

    def __init__(self, pieces, size):
        self.pieces = pieces
        self.size = size
        self.left = b""

    def read(self, size=-1):
        while size < 0 or len(self.left) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.left += piece
        size = len(self.left) if size < 0 else size
        found, self.left = self.left[:size], self.left[size:]
        return found


class SentFiles:
    """The files in the .zip at `path`. Raises UnreadableFiles.

    `workbook_name`: the name of the workbook that was sent with the .zip; it may be in it too.
    """

    def __init__(self, path, *, workbook_name=""):
        self.path = Path(path)
        self.workbook_name = workbook_name
        refusals = zip_refusals(MOST_FILES)
        if self.path.stat().st_size > settings.FILES_ZIP_MAX_BYTES:
            raise refusals.too_large()
        with self.path.open("rb") as file:
            # The key is the name as it is: files may differ in case only.
            self.archive = Archive(file, limits=zip_limits(), refusals=refusals, key=str)
        self.keys, self.by_fold, self.by_name = {}, defaultdict(set), defaultdict(set)
        for key, entry in self.archive.entries.items():
            if is_file(entry):
                self.add(name_of_entry(entry), key)
        self.used = set()

    def add(self, name, key):
        path = PurePosixPath(relative_path(name))
        if not set(NOT_OURS) & set(path.parts) and not path.name.startswith("._"):
            self.keys[str(path)] = key
            self.by_fold[folded_path(path)].add(str(path))
            self.by_name[folded_name(path.name)].add(str(path))

    def find(self, slug, written):
        """The path in the .zip of the file that a cell of the city `slug` names, or None.

        Raises CellError if there are several.
        """
        path = PurePosixPath(relative_path(written.strip()))
        for wanted in (PurePosixPath(slug, path), path):
            if str(wanted) in self.keys:
                return str(wanted)
            if len(found := self.by_fold.get(folded_path(wanted), ())) == 1:
                return next(iter(found))
        found = self.by_name.get(folded_name(path.name), ())
        own = {one for one in found if PurePosixPath(one).parts[0] == slug}
        found = own if len(own) == 1 else found
        if len(found) > 1:
            raise CellError(
                _("Several files in the .zip have this name: write the folder too, such as %s.")
                % sorted(found)[0]
            )
        return next(iter(found), None)

    @contextmanager
    def opened(self, path):
        """The file at `path` in the .zip, open for reading."""
        self.used.add(path)
        key = self.keys[path]
        with self.path.open("rb") as file:
            self.archive.file = file
            yield PieceReader(self.archive.pieces(key), self.size(path))

    def size(self, path):
        return self.archive.size(self.keys[path])

    def digest(self, path):
        found = hashlib.sha256()
        with self.opened(path) as file:
            while piece := file.read(1 << 20):
                found.update(piece)
        return found.hexdigest()

    def unused(self):
        """The paths of the files that no cell has named.

        Workbooks at the top are left out: an export has one there, and it may have been renamed.
        """
        return sorted(
            path
            for path in self.keys.keys() - self.used - {self.workbook_name}
            if not path.lower().endswith(WORKBOOKS) or "/" in path
        )


def zip_beside(workbook):
    """The files in the .zip beside a workbook that has the same name, or None. Samples have one."""
    path = Path(workbook).with_suffix(".zip")
    return SentFiles(path) if path.exists() else None


def is_file(entry):
    """Not a folder, a link or something without a name."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return bool(entry.filename) and not entry.is_dir() and kind in (0, stat.S_IFREG)
