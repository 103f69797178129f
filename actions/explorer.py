"""The figures of the public explorer of actions, each page in a fixed number of queries.

Only public cities that are listed (`profiles.samples`) are counted.
"""

import json
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from django.db.models import Aggregate, Avg, Count, FloatField, Min, Prefetch, Sum, TextField
from django.db.models.functions import Cast, Round
from django.utils.translation import get_language

from catalogue import frozen
from catalogue.atoms import Text
from catalogue.lists import FrozenTarget
from catalogue.models import KMGBFTarget
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.models import Country
from profiles.samples import in_lists

from . import tallies
from .models import (
    ActionType,
    Measure,
    PublicAction,
    PublicSource,
    PublicStanding,
    PublicTotals,
    Value,
)

FINE, COARSE = 1, 10
"""Degrees: cities nearer to each other than about this share a point of the map."""

MANY_POINTS = 200

MOST_BARS = 12

SUMMED = (Measure.Kind.AREA, Measure.Kind.COUNT)
"""Kinds of which a sum makes sense: shares and amounts per person have none."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of a catalogue with how many cities act under it, with how many actions."""

    code: str
    name: Text
    cities: int
    actions: int
    number: int | None = None
    parts: tuple["Counted", ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    cities: int
    actions: int
    areas: tuple[Counted, ...]
    groups: tuple[tuple[str, tuple[Counted, ...]], ...]


class Totals:
    """The totals of the listed cities; one query."""

    def __init__(self):
        rows = PublicTotals.objects.filter(in_lists())
        self.counts = sum_counts(rows.values_list("counts", flat=True))

    def of(self, place):
        return self.counts.get(place, (0, 0))

    def counted(self, scope, row, number=None, parts=()):
        found = self.of(tallies.place(scope, row.code))
        return Counted(row.code, row.text(), *found, number, tuple(parts))

    def shows(self, scope, row):
        """A retired row is shown as long as a city acts under it."""
        return not row.retired or tallies.place(scope, row.code) in self.counts

    def shown(self, scope, rows):
        """Those of these rows that are shown, counted."""
        return [self.counted(scope, row) for row in rows if self.shows(scope, row)]


def sum_counts(several):
    """place → (number of cities, number of actions) of several `PublicTotals.counts`."""
    places = dict.fromkeys(place for counts in several for place in counts)
    return {place: added(c[place] for c in several if place in c) for place in places}


def added(pairs):
    return tuple(map(sum, zip((0, 0), *pairs, strict=True)))


def count_public():
    """is_sample → (number of public cities, number of their actions); one query."""
    rows = PublicTotals.objects.values_list("is_sample", f"counts__{tallies.PUBLIC}")
    return {False: (0, 0), True: (0, 0)} | {kind: counts for kind, counts in rows if counts}


def index():
    catalogue, totals = frozen.current(), Totals()
    types, commitments, groups = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in catalogue.action_types.values():
        types[row.commitment].append(row)
    for row in catalogue.commitments.values():
        if totals.shows(tallies.COMMITMENT, row):
            parts = totals.shown(tallies.TYPE, types[row.code])
            commitments[row.area].append(totals.counted(tallies.COMMITMENT, row, parts=parts))
    areas = tuple(
        totals.counted(tallies.AREA, row, row.number, commitments[row.code])
        for row in catalogue.areas.values()
        if totals.shows(tallies.AREA, row)
    )
    for row in targets_of(catalogue):
        groups[row.group].append(totals.counted(tallies.TARGET, row, row.number))
    grouped = tuple((name, tuple(targets)) for name, targets in groups.items())
    return Index(*totals.of(tallies.ALL), areas, grouped)


def targets_of(catalogue):
    return sorted(catalogue.targets.values(), key=attrgetter("number"))


@dataclass(frozen=True, slots=True)
class TargetPage:
    target: FrozenTarget
    cities: int
    actions: int
    types: tuple[Counted, ...]
    before: int | None
    after: int | None


def kmgbf_target(number):
    """The page of a target; None if there is none of this number."""
    catalogue = frozen.current()
    numbered = {target.number: target for target in targets_of(catalogue)}
    if number not in numbered:
        return None
    target, numbers, totals = numbered[number], list(numbered), Totals()
    mapped = [row for row in catalogue.action_types.values() if target.code in row.kmgbf_targets]
    place = numbers.index(number)
    return TargetPage(
        target,
        *totals.of(tallies.place(tallies.TARGET, target.code)),
        tuple(totals.shown(tallies.TYPE, mapped)),
        numbers[place - 1] if place else None,
        numbers[place + 1] if place + 1 < len(numbers) else None,
    )


# One action type


@dataclass(frozen=True, slots=True)
class Summary:
    """The newest values of cities for a measure: numbers in the measure's unit, words, statuses.

    - `cities` is the number of cities with an action of the type.
    - `reported` of them give a number, or a status or words if the measure takes no number.
    - `words` of them give words instead of a number.
    - `bars`: (from, to, number of cities); the last has no upper end.
    - `statuses`: status → number of cities.
    """

    measure: Measure
    cities: int
    reported: int
    words: int = 0
    total: Decimal | None = None
    median: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    bars: tuple[tuple[Decimal, Decimal | None, int], ...] = ()
    statuses: tuple[tuple[str, int], ...] = ()

    @property
    def is_in_words(self):
        return self.measure.kind == Measure.Kind.TEXT

    @property
    def silent(self):
        return self.cities - self.reported - self.words


class InCountry(NamedTuple):
    pk: int
    code: str
    label: str
    region: int | None
    cities: int
    actions: int


class Listed(Aggregate):
    """All values of a group as JSON: a row for each would take Django many times as long."""

    function = "JSON_GROUP_ARRAY"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        template = "%(function)s(%(expressions)s)::text"
        return self.as_sql(compiler, connection, function="JSON_AGG", template=template, **extra)


class Point(NamedTuple):
    """`cities` cities around one place; `name` where it is one."""

    latitude: float
    longitude: float
    cities: int
    name: str


class TypeView:
    """What is known of one action type in listed cities, in one region or country if given."""

    def __init__(self, action_type, region=None, country=None):
        self.action_type = action_type
        self.measures = list(action_type.measures.all())
        places = {"city__country__region": region, "city__country": country}
        self.places = {path: row for path, row in places.items() if row}
        firsts = PublicAction.objects.filter(action_type=action_type, type_count__isnull=False)
        self.rows = self.narrow(firsts)
        """The first action of this type of each city."""

    def narrow(self, rows):
        return rows.filter(in_lists("city"), **self.places).order_by()

    def by_country(self):
        """How much is done in each country; one query."""
        # 200 rows of countries would take longer than the query: who reads English needs none.
        fields = ["pk", "region", "code", "name"]
        if not (get_language() or OFFICIAL_LANGUAGE).startswith(OFFICIAL_LANGUAGE):
            fields.append("translations")
        rows = self.rows.values_list(*(f"city__country__{field}" for field in fields))
        for pk, region, code, name, *rest, cities, found in rows.annotate(
            Count("pk"), Sum("type_count")
        ):
            label = Country(code=code, name=name, translations=rest[0]).label if rest else name
            yield InCountry(pk, code, label, region, cities, found)

    def summaries(self, cities):
        """A summary of each measure; one query for all of them."""
        said = {m.pk: Counter() for m in self.measures}
        amounts = {m.pk: [] for m in self.measures}
        for measure, answer, count, given in self.answers() if self.measures else ():
            said[measure][answer] = count
            if answer == PublicStanding.Said.NUMBER:
                amounts[measure] = sorted(json.loads(given, parse_float=Decimal))
        return tuple(summary(m, cities, amounts[m.pk], said[m.pk]) for m in self.measures)

    def answers(self):
        """(measure, how it is said, how many cities, all their amounts)"""
        rows = self.narrow(PublicStanding.objects.filter(measure__in=self.measures))
        answers = rows.values_list("measure_id", "said")
        return answers.annotate(Count("pk"), amounts=Listed("amount"))

    def points(self, cities):
        """The cities that have a place, near ones together; one query."""
        size = FINE if cities <= MANY_POINTS else COARSE
        grid = {
            name: Round(Cast(f"city__{axis}", FloatField()) / float(size))
            for name, axis in (("row", "latitude"), ("column", "longitude"))
        }
        middle = {
            name: Avg(Cast(f"city__{axis}", FloatField()))
            for name, axis in (("lat", "latitude"), ("lon", "longitude"))
        }
        places = self.rows.filter(city__latitude__isnull=False).values(**grid)
        found = places.annotate(**middle, cities=Count("pk"), name=Min("city__name"))
        for lat, lon, count, name in found.values_list("lat", "lon", "cities", "name"):
            yield Point(lat, lon, count, name if count == 1 else "")


def summary(measure, cities, amounts, said):
    """`amounts`, rising; `said`: how many cities say it in which way."""
    words = said[PublicStanding.Said.WORDS]
    if measure.kind == Measure.Kind.TEXT:
        return Summary(measure, cities, words)
    if measure.kind == Measure.Kind.STATUS:
        statuses = tuple((status, said[status]) for status in Value.Status.values)
        reported = sum(count for _status, count in statuses)
        return Summary(measure, cities, reported, words, statuses=statuses)
    if not amounts:
        return Summary(measure, cities, 0, words)
    return Summary(
        measure,
        cities,
        len(amounts),
        words,
        total=sum(amounts) if measure.kind in SUMMED else None,
        median=median(amounts),
        least=amounts[0],
        most=amounts[-1],
        bars=bars(measure, amounts),
    )


def median(amounts):
    """The middle one of `amounts`, which rise; between the two middle ones of an even number."""
    half = len(amounts) // 2
    return (Decimal(amounts[half]) + amounts[-half - 1]) / 2


def bars(measure, amounts):
    """(from, to, how many) of `amounts`, which rise."""
    lows = edges(measure, amounts) if len(amounts) > 1 else ()
    starts = [bisect_left(amounts, low) for low in lows]
    counts = [end - start for start, end in pairwise([*starts, len(amounts)])]
    return tuple(zip(lows, [*lows[1:], None], counts, strict=True)) if lows else ()


def edges(measure, amounts):
    """Where the bars begin: each ten for shares, else 1, 3, 10, 30 … from the least to the most."""
    if measure.kind == Measure.Kind.PERCENT:
        return tuple(range(0, 100, 10))
    ends = [Decimal(f"{step}e{power}") for power in range(-4, 10) for step in (1, 3)]
    first = max(0, bisect_right(ends, amounts[0]) - 1)
    used = ends[first : bisect_right(ends, amounts[-1])]
    if len(used) > MOST_BARS:
        used = [end for end in used if end.as_tuple().digits == (1,)][-MOST_BARS:]
    if not used or amounts[0] < used[0]:
        used = [0, *used]
    return tuple(used)


def find_type(code):
    """The type with all that its page says of it. Raises ActionType.DoesNotExist."""
    named = ("code", "name", "translations")
    types = ActionType.objects.select_related("commitment__area").only(
        *named,
        "baseline_template",
        *(f"commitment__{field}" for field in named),
        *(f"commitment__area__{field}" for field in named),
    )
    measures = Measure.objects.defer("note", "shipped", "sentence_partly", "sentence_no")
    targets = KMGBFTarget.objects.only(*named, "number")
    return types.prefetch_related(
        Prefetch("measures", measures), Prefetch("kmgbf_targets", targets)
    ).get(code=code)


# One resource of the hub


def source_uses(resource_id, most=None):
    """(city, number, action type) of the actions that name this resource as a source; one query.

    At most so many, by the name of the city.
    """
    rows = PublicSource.objects.filter(in_lists("city"), resource=resource_id)
    ordered = rows.select_related("city", "action_type").order_by("city__search_text", "number")
    for row in ordered[:most]:
        yield row.city, row.number, row.action_type
