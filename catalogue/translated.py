"""The names of a catalogue row in the reader's language, for stored rows and frozen ones."""

from django.utils.translation import get_language

from .atoms import Text

OFFICIAL_LANGUAGE = "en"


class Translated:
    """A row with `translations`: language in small letters → field → text."""

    __slots__ = ()

    def text(self, field="name", language=None):
        """The field as a `Text` in the reader's language, else in the official English."""
        if not self.translations:
            return Text(getattr(self, field), OFFICIAL_LANGUAGE)
        wanted = (language or get_language() or OFFICIAL_LANGUAGE).lower()
        for candidate in (wanted, wanted.split("-")[0]):
            translated = self.translations.get(candidate, {}).get(field)
            if translated:
                return Text(translated, candidate)
        return Text(getattr(self, field), OFFICIAL_LANGUAGE)
