"""What is wrong with a workbook, in the words of somebody who fills one in.

A *problem* stops the import. A *doubt* is shown and may be passed over. A *notice* is a doubt about
the whole import. A *remark* says how the file was read, a *note* how a cell was understood, such as
a number that was rounded.
"""

from dataclasses import asdict, dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from . import cells


class CellError(ValueError):
    """A cell cannot be taken as it is. The message is one whole sentence for its author."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`sheet`, `cell` and `column` are empty where the whole workbook or sheet is meant."""

    message: str
    expected: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""

    @property
    def where(self):
        return " ".join(filter(None, (self.sheet, self.cell)))

    def as_dict(self):
        return asdict(self)

    def __str__(self):
        parts = [f"{self.where}:" if self.where else "", self.message]
        if self.cell:
            parts.append(_("Found: %s.") % (f"“{self.value}”" if self.value else _("nothing")))
        if self.expected:
            parts.append(_("Expected: %s.") % self.expected)
        return " ".join(filter(None, parts))


def did_you_mean(word, candidates):
    """A question that names the nearest of `candidates`, or an empty string."""
    by_folded = {cells.folded(candidate): candidate for candidate in candidates}
    near = get_close_matches(cells.folded(word), by_folded, n=1, cutoff=0.6)
    return _("Did you mean “%s”?") % by_folded[near[0]] if near else ""


def sentence(*parts):
    return " ".join(str(part) for part in parts if part)
