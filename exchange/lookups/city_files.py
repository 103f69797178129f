"""Files of cities by what cells call them: those sent with the workbook, and those stored.

New ones are checked when the workbook is, and lie in a folder of their own until they are saved.
"""

import hashlib
import shutil
import tempfile
import weakref
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from hub.models import Upload
from hub.uploads import new_upload, numbered, used_bytes
from intake import Refused, check, plain_name
from intake.refusals import UnreadableFiles
from profiles.changes import create_in_bulk

from ..problems import CellError, Problem, sentence
from .file_names import NamedFile, Names

MOST_NAMED = 10
"""So many files of the .zip that no cell uses are named; the others are left to “…”."""


class CityFiles:
    """`enclosed`: the files that were sent with the workbook, or None."""

    def __init__(self, context, enclosed=None):
        self.context = context
        self.enclosed = enclosed
        self.by_city = {}
        self.by_id = {}
        self.new = []
        self._sent = {}
        self._bytes = {}
        self._folder = None

    def load(self, cities):
        """Read what these cities have, unless it is here already."""
        unread = self.context.unread(Upload, cities)
        for upload in self.context.read_rows(Upload.objects.all(), unread):
            self.by_id[upload.pk] = upload
            self.file_names(upload.city).add(upload.name, upload)

    def file_names(self, city):
        return self.by_city.setdefault(city.slug, Names())

    # What a cell names

    def find(self, city, word, *, picture_side=None):
        """The file that `word` names on a row of `city`. Raises CellError."""
        path = self.enclosed.find(city.slug, word) if self.enclosed else None
        if path is not None:
            return self.get_sent(city, path, picture_side)
        upload = self.file_names(city).find(word)
        if upload is None:
            raise self.unknown_file(city, word)
        return NamedFile(upload, plain_name(word))

    def unknown_file(self, city, word):
        name = plain_name(word)
        known = [*self.file_names(city).names]
        if self.enclosed:
            message = _("There is no file “%s” in the zip, and the city has none of this name.")
            known += map(plain_name, self.enclosed.keys)
        else:
            message = _("The city has no file “%s”: send it in a .zip together with this workbook.")
        return CellError(sentence(message % name, self.context.hint(name, lambda: known)))

    def get_sent(self, city, path, picture_side):
        """The file at `path` in the .zip, checked once however many cells name it."""
        key = city.slug, path, picture_side
        if key not in self._sent:
            try:
                self._sent[key] = self.check_sent(city, path, picture_side)
            except (CellError, Refused, UnreadableFiles) as error:
                self._sent[key] = str(error)
        found = self._sent[key]
        if isinstance(found, str):
            raise CellError(found)
        return found

    def check_sent(self, city, path, picture_side):
        """The stored file with this content, or a new one. Raises what `get_sent` reports."""
        name, digest = plain_name(path), self.enclosed.digest(path)
        size = self.enclosed.size(path)
        for upload in self.file_names(city).versions_of(name):
            if has_content(upload, digest, size) and not is_larger(upload, picture_side):
                return NamedFile(upload, name, upload.sha256)
        with self.enclosed.opened(path) as file:
            is_picture = picture_side is not None
            checked = check(name, file, images_only=is_picture, longest_side=picture_side)
        self.refuse_too_much(city, len(checked.content))
        return NamedFile(self.plan_upload(city, checked), name, digest)

    def refuse_too_much(self, city, size):
        """Raise Refused where the new files of the city together have no room."""
        if city.slug not in self._bytes:
            self._bytes[city.slug] = 0 if city.pk is None else used_bytes(city)
        self._bytes[city.slug] += size
        most = settings.CITY_UPLOADS_MAX_BYTES
        if self._bytes[city.slug] > most:
            raise Refused(
                _(
                    "There is no room for it: with this file, those of the city take %(all)s of "
                    "%(most)s. Delete files that nothing uses, or put it elsewhere and give a link."
                )
                % {"all": filesizeformat(self._bytes[city.slug]), "most": filesizeformat(most)}
            )

    def plan_upload(self, city, checked):
        """A new upload, not stored yet, under a name that is free."""
        names, name, number = self.file_names(city), checked.name, 1
        while name in names:
            number += 1
            name = numbered(checked.name, number)
        upload = new_upload(city, name, checked)
        path = self.folder / str(len(self.new))
        path.write_bytes(checked.content)
        self.new.append((upload, path))
        names.add(name, upload)
        return upload

    @property
    def folder(self):
        """The folder of checked files; it is removed together with the plan."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="files-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def notice_of_unused(self):
        """A notice of the files in the .zip that no cell names; None where there are none."""
        paths = self.enclosed.unused() if self.enclosed else []
        if not paths:
            return None
        more = " …" if len(paths) > MOST_NAMED else ""
        names = ", ".join(map(plain_name, paths[:MOST_NAMED])) + more
        return Problem(_("No cell names these files of the .zip, so they stay out: %s.") % names)

    # Saving

    def save(self):
        """Store the new files, as part of the current recording.

        Every sheet with files calls this before it saves its rows; the first call does the work.
        """
        unsaved = [(upload, path) for upload, path in self.new if upload.pk is None]
        for upload, path in unsaved:
            with path.open("rb") as content:
                upload.file.save(upload.name, File(content), save=False)
        if unsaved:
            create_in_bulk(Upload, [upload for upload, _path in unsaved])

    @contextmanager
    def removing_on_failure(self):
        """Around a transaction: where it fails, remove from the disk what `save` put there."""
        try:
            yield
        except BaseException:
            for upload, _path in self.new:
                if upload.file:
                    upload.file.delete(save=False)
            raise


def has_content(upload, digest, size):
    """Whether `digest` is that of the bytes that were sent, or of those that were stored.

    Images are re-encoded, so that the stored bytes of an image that was sent are others.
    """
    if upload.sha256 == digest:
        return True
    if upload.pk is None or upload.size != size:
        return False
    try:
        with upload.file.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


def is_larger(upload, side):
    """Whether a picture has more pixels a side than `side`; None: as many as it likes."""
    return side is not None and max(upload.width or 0, upload.height or 0) > side
