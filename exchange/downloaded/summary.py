"""What was found in each file, in figures, and what of it needs a person."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.refusals import Refused

from .files import read_text
from .profile import Profile
from .reader import read_profile


@dataclass(slots=True)
class Summary:
    """`refusal`: why a file could not be read. `problems`: wrong cells of its workbook."""

    file_name: str
    profile: Profile | None = None
    refusal: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def to_decide(self):
        """What needs a person, in sentences."""
        if self.refusal:
            return [self.refusal]
        doubts = [doubt for doubt in self.profile.doubts_in_order() if doubt.needs_person]
        left = []
        if self.lines_to_look_at:
            words = ngettext(
                "%d line was left over: see the sheet Not used.",
                "%d lines were left over: see the sheet Not used.",
                self.lines_to_look_at,
            )
            left = [words % self.lines_to_look_at]
        return [sentence_of(doubt) for doubt in doubts] + left + self.problems

    @property
    def doubt_count(self):
        return len(self.profile.doubts) if self.profile else ""

    @property
    def lines_to_look_at(self):
        """How many lines nobody knows what to do with."""
        known = self.profile.not_used if self.profile else ()
        return sum(line.is_unknown for line in known)

    def count(self, name):
        if self.profile is None:
            return ""
        if name in ("actions", "commitments"):
            return len(getattr(self.profile, name))
        return sum(1 for _pair in self.profile.statements(name))


def sentence_of(doubt):
    """Where it stands in the document and in the workbook, and what it is.

    Who looks into a PDF finds pages there, no numbers of lines.
    """
    place = doubt.place
    where = [_("page %d") % place.page if place.page else _("line %d") % place.line]
    if doubt.cell:
        where.append(_("sheet %(sheet)s, %(cell)s") % {"sheet": doubt.sheet, "cell": doubt.cell})
    words = f" “{' '.join(doubt.words.split())}”" if doubt.words else ""
    return f"{', '.join(where)}{words}: {doubt.message}"


COLUMNS = (
    (gettext_lazy("File"), lambda one: one.file_name),
    (gettext_lazy("City"), lambda one: one.profile.name if one.profile else ""),
    (gettext_lazy("Country"), lambda one: one.profile.country if one.profile else ""),
    (gettext_lazy("Commitments"), lambda one: one.count("commitments")),
    (gettext_lazy("Actions"), lambda one: one.count("actions")),
    (gettext_lazy("Baselines"), lambda one: one.count("Baselines")),
    (gettext_lazy("Targets"), lambda one: one.count("Targets")),
    (gettext_lazy("Doubts"), lambda one: one.doubt_count),
    (gettext_lazy("Lines left over"), lambda one: one.lines_to_look_at if one.profile else ""),
    (gettext_lazy("What needs a person"), lambda one: " | ".join(one.to_decide)),
)
"""(header, function from a `Summary` to the value) of the table."""


def read_file(file, name):
    """The `Summary` of an open file; one that cannot be read says why."""
    return summary_of(text_or_refusal(file, name), name)


def text_or_refusal(file, name):
    try:
        return read_text(file, name)
    except Refused as error:
        return error


def summary_of(found, name):
    """The `Summary` of the `Text` of a file, or of why there is none."""
    if isinstance(found, Refused):
        return Summary(name, refusal=str(found))
    try:
        return Summary(name, read_profile(found.text, name, is_pdf=found.is_pdf))
    except Refused as error:
        return Summary(name, refusal=str(error))
