"""The storage of what people send."""

import contextlib

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Leaves nothing behind of a file that could not be written whole: the disk may be full."""

    def _save(self, name, content):
        try:
            return super()._save(name, content)
        except BaseException:
            # `save` has found the name free, so nobody else's file has it.
            with contextlib.suppress(OSError):
                self.delete(name)
            raise
