"""The public pages of the index: its indicators, the cities that use it, and comparisons.

Cities are listed by name, never by points. Only public cities have rows, and only listed ones
(`profiles.samples`) are counted.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q

from catalogue.atoms import Text
from profiles.models import PublicCity
from profiles.samples import in_lists

from .chapter import UNVERIFIED, value_text
from .models import Component, Edition, Indicator, PublicAssessment, PublicResult
from .wording import formula_words

MOST_COMPARED = 6


# Who uses it


def newest(edition=None):
    """The `PublicAssessment`s of listed cities, or those by `edition`; by name of the city."""
    found = PublicAssessment.objects.filter(in_lists("city"))
    if edition is not None:
        found = found.filter(edition=edition)
    return found.select_related("city__country", "edition").order_by(
        "city__search_text", "city", "edition__position", "edition__code"
    )


def counts():
    """Edition id → how many cities have an assessment by it."""
    rows = newest().order_by().values_list("edition").annotate(count=Count("pk"))
    return dict(rows)


def evidence_uses(resource_id, limit=None):
    """A pair (`PublicCity`, `Indicator`) for each result whose evidence is the resource of this id.

    By name of the city and number of the indicator. One query.
    """
    rows = PublicResult.objects.filter(in_lists("city"), evidence_resource=resource_id)
    rows = rows.select_related("city", "indicator")
    ordered = rows.order_by("city__search_text", "indicator__number", "city", "indicator", "year")
    return [(row.city, row.indicator) for row in ordered[:limit]]


# Its indicators


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    row: Indicator
    name: Text
    name_is_verified: bool
    has_bands: bool

    @property
    def formula(self):
        return formula_words(self.row)

    @classmethod
    def of(cls, row):
        verified = not row.name_provenance.startswith(UNVERIFIED)
        return cls(row, row.text(), verified, bool(row.bands))


@dataclass(frozen=True, slots=True)
class ComponentEntry:
    row: Component
    name: Text
    indicators: tuple[IndicatorEntry, ...]


@dataclass(frozen=True, slots=True)
class EditionEntry:
    """An edition with its indicators; retired ones stay as long as a listed city has a result."""

    row: Edition
    name: Text
    components: tuple[ComponentEntry, ...]

    @property
    def indicators(self):
        return [entry for component in self.components for entry in component.indicators]

    @property
    def with_bands(self):
        return sum(entry.has_bands for entry in self.indicators)

    @property
    def unverified(self):
        return sum(not entry.name_is_verified for entry in self.indicators)


def editions(code=None):
    """The editions, or the one of this code, with their indicators; one query."""
    used = PublicResult.objects.filter(in_lists("city"), indicator=OuterRef("pk"))
    rows = Indicator.objects.filter(Q(retired=False) | Exists(used))
    rows = rows.select_related("component__edition").order_by(
        "component__edition__retired",
        "component__edition__position",
        "component__edition__code",
        "component__position",
        "component__code",
        "number",
    )
    if code is not None:
        rows = rows.filter(component__edition__code=code)
    return [
        EditionEntry(edition, edition.text(), tuple(components_of(own)))
        for edition, own in groupby(rows, key=attrgetter("component.edition"))
    ]


def components_of(indicators):
    for component, own in groupby(indicators, key=attrgetter("component")):
        entries = tuple(IndicatorEntry.of(row) for row in own)
        yield ComponentEntry(component, component.text(), entries)


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """An indicator with its neighbours within the edition."""

    entry: IndicatorEntry
    edition: EditionEntry
    before: IndicatorEntry | None
    after: IndicatorEntry | None


def indicator_page(code):
    """The page of an indicator; None if there is none, or if it is retired and without results."""
    edition_code = Indicator.objects.filter(code=code).values("component__edition__code")
    for edition in editions(edition_code[:1]):
        entries = edition.indicators
        for place, entry in enumerate(entries):
            if entry.row.code == code:
                before = entries[place - 1] if place else None
                after = entries[place + 1] if place + 1 < len(entries) else None
                return IndicatorPage(entry, edition, before, after)
    return None


# Cities side by side


@dataclass(frozen=True, slots=True)
class Cell:
    points: int
    value: Text | None
    basis: str


@dataclass(frozen=True, slots=True)
class Line:
    indicator: IndicatorEntry
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A city of a comparison; `left_out` of its scored indicators are not scored in all others."""

    city: PublicCity
    year: int
    points: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Newest assessments by one edition, over the indicators that have points in all of them."""

    cities: tuple[Compared, ...]
    lines: tuple[Line, ...]
    max_points: int
    unknown: int


def compare(edition, slugs):
    """The `Comparison` of the cities with these slugs by `edition`; two queries.

    Slugs without a listed assessment by it are left out and counted as `unknown`.
    """
    wanted = list(dict.fromkeys(slugs))[:MOST_COMPARED]
    rows = list(newest(edition).filter(city__slug__in=wanted))
    found = counted_results(rows, edition)
    shared = set.intersection(*map(set, found.values())) if found else set()
    lines = tuple(lines_of(found, shared))
    return Comparison(
        cities=tuple(compared(row, found[row.city_id], shared) for row in rows),
        lines=lines,
        max_points=sum(line.indicator.row.max_points for line in lines),
        unknown=len(wanted) - len(found),
    )


def counted_results(assessments, edition):
    """City id → indicator id → `PublicResult`, of those that count; one query.

    The cities are those of the newest `assessments` by `edition`, in their order.
    """
    found = {row.city_id: {} for row in assessments}
    results = PublicResult.objects.filter(
        city__in=found,
        is_newest=True,
        points__isnull=False,
        indicator__component__edition=edition,
    )
    for result in results.select_related("indicator"):
        found[result.city_id][result.indicator_id] = result
    return found


def compared(assessment, own, shared):
    points = sum(own[pk].points for pk in shared)
    return Compared(assessment.city, assessment.year, points, len(own) - len(shared))


def lines_of(found, shared):
    """A line of each shared indicator, by its number."""
    by_indicator = [[own[pk] for own in found.values()] for pk in shared]
    for results in sorted(by_indicator, key=lambda results: results[0].indicator.number):
        entry = IndicatorEntry.of(results[0].indicator)
        yield Line(entry, tuple(cell_of(result) for result in results))


def cell_of(result):
    return Cell(result.points, value_text(result), result.basis)
