"""The fixed texts of the profile document."""

from string import Formatter

from django.utils.translation import get_language

from . import frozen
from .atoms import ChapterHead, Run, Text
from .translated import OFFICIAL_LANGUAGE


class Texts:
    """The fixed texts of a `Catalogue` (default: the current one), in the reader's language."""

    def __init__(self, catalogue=None):
        self.rows = (catalogue or frozen.current()).texts
        self.language = get_language() or OFFICIAL_LANGUAGE

    def __call__(self, code, **gaps):
        """The text as one `Text`, its gaps filled with `gaps`."""
        text = self.rows[code].text()
        filled = {name: Run(Text(str(value), text.language)) for name, value in gaps.items()}
        return Text("".join(run.text.value for run in fill_gaps(text, filled)), text.language)

    def chapter(self, number, anchor):
        """The head of a chapter, from the texts `<anchor>.title` and, if any, `<anchor>.intro`."""
        intro = self(f"{anchor}.intro") if f"{anchor}.intro" in self.rows else None
        label = self("chapter.label", number=number)
        return ChapterHead(number, anchor, label, self(f"{anchor}.title"), intro)


def fill_gaps(text, gaps):
    """The runs of `text`, each `{gap}` replaced by the run of that name."""
    runs = []
    for literal, name, _spec, _conversion in Formatter().parse(text.value):
        if literal:
            runs.append(Run(Text(literal, text.language)))
        if name is not None:
            runs.append(gaps[name])
    return tuple(runs)
