"""What chapter 4 is made of: plain data for the page, the PDF and JSON alike."""

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
    """An indicator with what the city found; `points` is None where it has none.

    `marks` are short notes that the reader must see: an unverified name, unknown bands, an unclear
    edge, points that the city chose itself. `evidence_resource` leads to the page of a resource of
    the hub, where that is public.
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
        """Whether there is something to tell besides value and points."""
        return bool(self.inputs or self.reason or self.has_evidence)

    @property
    def has_evidence(self):
        return bool(self.evidence or self.evidence_link or self.evidence_resource)


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    """A component; `total` is None and `empty` says so where the city has not started on it."""

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
    """An assessment of one year, beside the city's first one by the same edition.

    `difference` is None for the first one, and where nothing has points both times.
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
class MovedEntry:
    """An indicator that has other points than in the first assessment."""

    name: Text
    before: int
    after: int
    words: Text


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """The newest assessment by an edition, and the course of all of them.

    `better` and `worse`: what has more, or fewer, points than in the city's first assessment.
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
    better: tuple[MovedEntry, ...]
    worse: tuple[MovedEntry, ...]
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
    """Editions with an assessment, the present one first; one without where there is none.

    `note` says how points are to be read, `bars_note` how the bars are.
    """

    head: ChapterHead
    editions: tuple[EditionEntry, ...]
    labels: Labels
    note: Text | None
    bars_note: Text | None
