"""The entries of chapter 4: plain data that the page, the PDF and JSON share."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.atoms import ChapterHead, Link, Text

from .totals import Total


@dataclass(frozen=True, slots=True)
class InputEntry:
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class ResultEntry:
    """The result of an indicator; `points` is None where it does not count.

    `marks` are short notes that the reader must see: an unverified name, unknown bands, an unclear
    edge. `evidence_resource` links to a resource of the hub, if that is public.
    """

    code: str
    number: int
    name: Text
    inputs: tuple[InputEntry, ...]
    value: Text | None
    exact: Decimal | None
    points: int | None
    max_points: int
    points_text: Text
    basis: str
    basis_label: Text
    marks: tuple[Text, ...]
    reason: Text | None
    evidence: Text | None
    evidence_link: Link | None
    evidence_resource: Link | None

    @property
    def has_more(self):
        """Whether there is something to print besides value and points."""
        return bool(self.inputs or self.reason or self.has_evidence)

    @property
    def has_evidence(self):
        return bool(self.evidence or self.evidence_link or self.evidence_resource)


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    """A component. If the city has not started on it, `total` is None and `empty` says so."""

    code: str
    name: Text
    max_points: int
    state: Text
    total: Total | None
    results: tuple[ResultEntry, ...]
    missing: Text | None
    empty: Text | None


def signed(number):
    """A whole number with its sign, as it is printed."""
    return f"{number:+d}".replace("-", "\u2212") if number else "0"


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """An assessment of one year, compared with the city's first one by the same edition.

    `difference` is None for the first one, and if no indicator has points in both.
    """

    year: int
    total: Total
    state: Text
    difference: int | None
    change: Text

    @property
    def difference_text(self):
        return "" if self.difference is None else signed(self.difference)


@dataclass(frozen=True, slots=True)
class ChangedEntry:
    """An indicator whose points differ from those in the first assessment."""

    name: Text
    before: int
    after: int
    words: Text


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """The newest assessment by an edition, and the course of all of them.

    `better` and `worse`: indicators with more, or fewer, points than in the first assessment.
    """

    code: str
    name: Text
    max_points: int
    year: int | None
    year_text: Text | None
    total: Total | None
    state: Text
    about: Text | None
    components: tuple[ComponentEntry, ...]
    strengths: tuple[Text, ...]
    gaps: tuple[Text, ...]
    better: tuple[ChangedEntry, ...]
    worse: tuple[ChangedEntry, ...]
    course: tuple[CourseEntry, ...]

    @property
    def results(self):
        return [result for component in self.components for result in component.results]


@dataclass(frozen=True, slots=True)
class Labels:
    """The headings of tables and lists."""

    indicator: Text
    value: Text
    points: Text
    basis: Text
    reason: Text
    evidence: Text
    inputs: Text
    more: Text
    strengths: Text
    gaps: Text
    better: Text
    worse: Text
    about: Text
    course: Text
    year: Text
    change: Text


@dataclass(frozen=True, slots=True)
class CBIChapter:
    """Chapter 4: the editions with an assessment, the current one first.

    A city without assessments gets the current edition, empty. `note` explains the points,
    `bars_note` the bars.
    """

    head: ChapterHead
    editions: tuple[EditionEntry, ...]
    labels: Labels
    note: Text | None
    bars_note: Text | None
