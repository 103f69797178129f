"""The fixed texts of the profile document."""

from functools import lru_cache
from string import Formatter

from django.utils.translation import get_language, override

from . import frozen
from .atoms import ChapterHead, Day, Run, Text
from .translated import OFFICIAL_LANGUAGE


class Texts:
    """The fixed texts of a `Catalogue` (default: the current one), in the reader's language."""

    def __init__(self, catalogue=None):
        self.rows = (catalogue or frozen.current()).texts
        self.language = get_language() or OFFICIAL_LANGUAGE
        self._filled = {}

    def __call__(self, code, **gaps):
        """The text as one `Text`, its gaps filled with `gaps`.

        Many stand in a document again and again, so each is filled once.
        """
        key = code
        if gaps:
            gaps = {
                name: value if isinstance(value, Day) else str(value)
                for name, value in gaps.items()
            }
            key = (code, *gaps.items())
        filled = self._filled.get(key)
        if filled is None:
            filled = self._filled[key] = self._fill(code, gaps)
        return filled

    def _fill(self, code, gaps):
        text = self.rows[code].text(language=self.language)
        said = {name: self._in_language(value, text.language) for name, value in gaps.items()}
        parts = [
            part
            for literal, name in _parts(text.value)
            for part in (literal, "" if name is None else said[name])
        ]
        return Text("".join(parts), text.language)

    def _in_language(self, value, language):
        """A gap; a `Day` in the language of the words around it, which may not be translated."""
        if isinstance(value, Day) and language != self.language:
            with override(language):
                return Day.of(value.date).text
        return str(value)

    def chapter(self, number, anchor):
        """The head of a chapter, from the texts `<anchor>.title` and, if any, `<anchor>.intro`."""
        intro = self(f"{anchor}.intro") if f"{anchor}.intro" in self.rows else None
        label = self("chapter.label", number=number)
        return ChapterHead(number, anchor, label, self(f"{anchor}.title"), intro)


@lru_cache(maxsize=2048)
def _parts(template):
    """The literals of a template, each with the name of the gap after it, or None."""
    parsed = Formatter().parse(template)
    return [(literal, name) for literal, name, _spec, _conversion in parsed]


def fill_gaps(text, gaps):
    """The runs of `text`, each `{gap}` replaced by the run of that name."""
    runs = []
    for literal, name in _parts(text.value):
        if literal:
            runs.append(Run(Text(literal, text.language)))
        if name is not None:
            runs.append(gaps[name])
    return tuple(runs)
