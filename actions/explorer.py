"""Who does what: the figures of the public explorer, each page in a fixed number of queries.

Only published cities are here. Samples never count: they have pages of their own, made in the same
way, for those who want to see how it works (`samples=True`).
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Avg, Count, F, FloatField, Max, Min, Q, Sum, Window
from django.db.models.functions import Cast, Floor, RowNumber

from catalogue.atoms import Text
from catalogue.models import KMGBFTarget
from profiles.models import City

from .models import ActionArea, ActionType, Commitment, Measure, Standing, Tally, TypeInCity

FINE, COARSE = 1, 7
"""Degrees: cities nearer to each other than about this share a point of the map."""

MANY_POINTS = 200

SUMMED = (Measure.Kind.AREA, Measure.Kind.COUNT)
"""Kinds of which a sum makes sense: shares and amounts per person have none."""


def public_cities(samples=False):
    return City.objects.published().filter(is_sample=samples)


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


class Tallies:
    """The tallies of real or of invented cities, read at once."""

    def __init__(self, samples):
        rows = Tally.objects.filter(is_sample=samples)
        self.found = {
            (scope, row): (cities, actions)
            for scope, row, cities, actions in rows.values_list("scope", "row", "cities", "actions")
        }

    def of(self, scope, pk=0):
        return self.found.get((scope, pk), (0, 0))

    def counted(self, scope, row, number=None, parts=()):
        return Counted(row.code, row.text(), *self.of(scope, row.pk), number, tuple(parts))

    def shows(self, scope, row):
        """A retired row is shown as long as a city acts under it."""
        return not row.retired or (scope, row.pk) in self.found


def index(samples=False):
    tallies = Tallies(samples)
    types, commitments = defaultdict(list), defaultdict(list)
    for row in ActionType.objects.defer("baseline_template", "note", "shipped"):
        if tallies.shows(Tally.Scope.TYPE, row):
            types[row.commitment_id].append(tallies.counted(Tally.Scope.TYPE, row))
    for row in Commitment.objects.defer("note", "shipped"):
        if tallies.shows(Tally.Scope.COMMITMENT, row):
            commitments[row.area_id].append(
                tallies.counted(Tally.Scope.COMMITMENT, row, parts=types[row.pk])
            )
    areas = [
        tallies.counted(Tally.Scope.AREA, row, row.number, commitments[row.pk])
        for row in ActionArea.objects.all()
        if tallies.shows(Tally.Scope.AREA, row)
    ]
    groups = defaultdict(list)
    for row in KMGBFTarget.objects.order_by("number"):
        groups[row.group].append(tallies.counted(Tally.Scope.TARGET, row, row.number))
    grouped = tuple((name, tuple(targets)) for name, targets in groups.items())
    return Index(*tallies.of(Tally.Scope.ALL), tuple(areas), grouped)


@dataclass(frozen=True, slots=True)
class TargetPage:
    target: KMGBFTarget
    cities: int
    actions: int
    types: tuple[Counted, ...]
    before: int | None
    after: int | None


def kmgbf_target(number, samples=False):
    """The page of a target. Raises KMGBFTarget.DoesNotExist."""
    numbers = list(KMGBFTarget.objects.order_by("number").values_list("number", flat=True))
    target = KMGBFTarget.objects.get(number=number)
    tallies, place = Tallies(samples), numbers.index(number)
    types = [
        tallies.counted(Tally.Scope.TYPE, row)
        for row in ActionType.objects.filter(kmgbf_targets=target)
        if tallies.shows(Tally.Scope.TYPE, row)
    ]
    return TargetPage(
        target,
        *tallies.of(Tally.Scope.TARGET, target.pk),
        tuple(types),
        numbers[place - 1] if place else None,
        numbers[place + 1] if place + 1 < len(numbers) else None,
    )


# One action type


@dataclass(frozen=True, slots=True)
class Summary:
    """The newest numbers that cities give for a measure, in the measure's unit.

    `cities` act, `reported` of them give a number; `bars`: (from, to, how many cities), the last
    without an upper end.
    """

    measure: Measure
    cities: int
    reported: int
    total: object = None
    median: object = None
    least: object = None
    most: object = None
    bars: tuple[tuple[object, object, int], ...] = ()

    @property
    def left_out(self):
        return self.cities - self.reported


@dataclass(frozen=True, slots=True)
class Point:
    """`cities` cities around one place; `name` where it is one."""

    latitude: float
    longitude: float
    cities: int
    name: str


class TypeView:
    """What is known of one action type in `cities`, a queryset. Each method is one query."""

    def __init__(self, action_type, cities):
        self.action_type = action_type
        self.measures = [m for m in action_type.measures.all() if m.is_numeric]
        self.rows = TypeInCity.objects.filter(action_type=action_type, city__in=cities)

    def totals(self):
        """(cities, actions)"""
        found = self.rows.order_by().aggregate(cities=Count("pk"), found=Sum("actions"))
        return found["cities"], found["found"] or 0

    def standings(self, measures):
        named = self.rows.order_by().values("city")
        return Standing.objects.filter(measure__in=measures, city__in=named).order_by()

    def summaries(self, cities):
        """A summary of each numeric measure; two queries for all of them."""
        if not self.measures:
            return ()
        figures = {row["measure_id"]: row for row in self.figures()}
        bars = self.bars(figures)
        return tuple(
            Summary(measure, cities, **known(measure, figures.get(measure.pk)), bars=bars(measure))
            for measure in self.measures
        )

    def figures(self):
        """Number, sum, ends and median by measure: the median is the middle of the numbered."""
        placed = self.standings(self.measures).annotate(
            place=Window(RowNumber(), "measure", F("amount").asc()),
            count=Window(Count("pk"), "measure"),
            total=Window(Sum("amount"), "measure"),
            least=Window(Min("amount"), "measure"),
            most=Window(Max("amount"), "measure"),
        )
        placed = placed.annotate(twice=F("place") * 2)
        middle = placed.filter(twice__gte=F("count"), twice__lte=F("count") + 2)
        found = {}
        names = ("measure_id", "amount", "count", "total", "least", "most")
        for row in middle.values(*names):
            found.setdefault(row["measure_id"], []).append(row)
        for rows in found.values():
            median = sum(row["amount"] for row in rows) / len(rows)
            yield {**rows[0], "median": median}

    def bars(self, figures):
        """A function from a measure to its bars."""
        steps = {m.pk: edges(m, figures.get(m.pk)) for m in self.measures}
        counts = {
            f"m{pk}_{place}": Count("pk", filter=Q(measure=pk) & between(low, high))
            for pk, ends in steps.items()
            for place, (low, high) in enumerate(ends)
        }
        found = self.standings(self.measures).aggregate(**counts) if counts else {}
        return lambda measure: tuple(
            (low, high, found[f"m{measure.pk}_{place}"])
            for place, (low, high) in enumerate(steps[measure.pk])
        )

    def points(self, cities):
        """The cities that have a place, near ones together."""
        size = FINE if cities <= MANY_POINTS else COARSE
        grid = {
            name: Floor(Cast(f"city__{axis}", FloatField()) / float(size))
            for name, axis in (("row", "latitude"), ("column", "longitude"))
        }
        places = self.rows.filter(city__latitude__isnull=False).order_by().values(**grid)
        for row in places.annotate(
            lat=Avg("city__latitude"),
            lon=Avg("city__longitude"),
            cities=Count("pk"),
            name=Min("city__name"),
        ):
            name = row["name"] if row["cities"] == 1 else ""
            yield Point(float(row["lat"]), float(row["lon"]), row["cities"], name)


def known(measure, row):
    if row is None:
        return {"reported": 0}
    return {
        "reported": row["count"],
        "total": row["total"] if measure.kind in SUMMED else None,
        **{name: row[name] for name in ("median", "least", "most")},
    }


def between(low, high):
    above = Q(amount__gte=low)
    return above if high is None else above & Q(amount__lt=high)


def edges(measure, row):
    """(from, to) of the bars of a measure: tens for shares, else steps of 1, 3, 10, 30 …"""
    if row is None or row["count"] < 2:
        return ()
    if measure.kind == Measure.Kind.PERCENT:
        return tuple((low, low + 10 if low < 90 else None) for low in range(0, 100, 10))
    least, most = float(row["least"]), float(row["most"])
    ends = [step * 10.0**power for power in range(-4, 10) for step in (1, 3)]
    first = max((place for place, end in enumerate(ends) if end <= least), default=0)
    last = max((place for place, end in enumerate(ends) if end <= most), default=0)
    used = ends[first : last + 1]
    if len(used) > 12:
        used = [end for end in used if str(end).replace("0", "").replace(".", "")[:1] == "1"]
        used = used[-12:]
    if least < used[0]:
        used = [0, *used]
    return tuple(zip(used, [*used[1:], None], strict=True))


def find_type(code):
    """The type with all that its page says of it. Raises ActionType.DoesNotExist."""
    types = ActionType.objects.select_related("commitment__area")
    return types.prefetch_related("measures", "kmgbf_targets").get(code=code)
