from intake import SHOWN_INLINE

from ..files import FileTexts


class ServedFile(FileTexts):
    """A file that is stored here; `has_program`: whether it has scripts or programs."""

    @property
    def is_shown_inline(self):
        """Whether browsers may show it; any other file they only save."""
        return self.media_type in SHOWN_INLINE and not self.has_program
