"""Numbers for the report of a funder: what cities published within a period say, by region.

They are those of the last version that each city published within the period, of cities that are
public now. Areas are added by measure, one value a city: its newest. Invented cities count only
where that is asked for, which only development allows.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from actions.models import Measure, PublicStanding
from actions.standings import standings
from catalogue import frozen
from profiles.models import City, Publication, PublicCity, Region
from publishing import record as records
from publishing.facets import counts_of

AT_ONCE = 100
COUNTS = ("action_count", "start_count", "target_count", "full_target_count")
EXACT = "exactly"


@dataclass(frozen=True, slots=True)
class Area:
    """The area that a city gives for a measure, in its unit."""

    amount: Decimal
    is_exact: bool


@dataclass
class Sum:
    """A sum of areas; `cities`: how many give one, `inexact`: those of them that say about, more
    than or less than."""

    amount: Decimal = Decimal(0)
    cities: int = 0
    inexact: int = 0

    def add(self, area):
        self.amount += area.amount
        self.cities += 1
        self.inexact += not area.is_exact


@dataclass
class Place:
    """A region, or all: `public`: its cities that are public, `cities`: those of them that have
    published within the period, `acting`: those with an action; then their actions.

    `areas`: code of a measure → `Sum`.
    """

    name: str
    public: int = 0
    cities: int = 0
    acting: int = 0
    action_count: int = 0
    start_count: int = 0
    target_count: int = 0
    full_target_count: int = 0
    areas: dict = field(default_factory=lambda: defaultdict(Sum))

    def add(self, counts, areas):
        self.cities += 1
        self.acting += bool(counts["action_count"])
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + counts[name])
        for code, area in areas.items():
            self.areas[code].add(area)


@dataclass(frozen=True, slots=True)
class Numbers:
    """`places`: the regions that have public cities, by name; `whole`: all of them; `measures`:
    those of which there is a sum, in the order of the catalogue. `unread`: versions that cannot be
    read any more, whose cities are left out."""

    places: tuple[Place, ...]
    whole: Place
    measures: tuple
    unread: int


def numbers_for(user, first, last, with_samples=False):
    """The `Numbers` of the cities that `user` looks after, published from `first` to `last`."""
    catalogue = frozen.current()
    codes = {code for code, one in catalogue.measures.items() if one.kind == Measure.Kind.AREA}
    whole, places, unread = Place(_("all regions")), {}, 0
    cities = _cities(user, with_samples)
    for region in cities.values_list("country__region", flat=True):
        for place in (whole, places.setdefault(region, Place(""))):
            place.public += 1
    for region, found in _published(cities, first, last, codes, catalogue):
        if found is None:
            unread += 1
            continue
        for place in (whole, places[region]):
            place.add(*found)
    names = {
        one.pk: str(one.text()) for one in Region.objects.filter(pk__in=[*filter(None, places)])
    }
    for pk, place in places.items():
        place.name = names.get(pk, "")
    shown = tuple(one for code, one in catalogue.measures.items() if code in whole.areas)
    return Numbers(tuple(sorted(places.values(), key=lambda one: one.name)), whole, shown, unread)


def _cities(user, with_samples):
    overseen = City.objects.overseen_by(user)
    cities = PublicCity.objects.public().filter(city__in=overseen.order_by().values("pk"))
    if with_samples and settings.SAMPLES_ARE_LISTED:
        return cities
    return cities.filter(is_sample=False)


def _published(cities, first, last, codes, catalogue):
    """(region, (counts, areas) or None) of each city that has published within the period."""
    begin = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    end = datetime.datetime.combine(last, datetime.time.max, datetime.UTC)
    versions = Publication.objects.readable().filter(
        city=OuterRef("pk"), published_at__range=(begin, end)
    )
    newest = versions.order_by("-number").values("pk")[:1]
    rows = cities.annotate(version=Subquery(newest)).exclude(version=None).order_by("pk")
    rows = list(rows.values("pk", "country__region", "version", "publication", *COUNTS))
    current = [row for row in rows if row["version"] == row["publication"]]
    areas = _areas_of_current([row["pk"] for row in current], codes)
    for row in current:
        yield row["country__region"], (row, areas[row["pk"]])
    earlier = [row for row in rows if row["version"] != row["publication"]]
    for start in range(0, len(earlier), AT_ONCE):
        some = earlier[start : start + AT_ONCE]
        stored = Publication.objects.in_bulk([row["version"] for row in some])
        for row in some:
            found = _numbers_of(stored[row["version"]], codes, catalogue)
            yield row["country__region"], found


def _areas_of_current(keys, codes):
    """Key of a city → code of a measure → `Area`, as the city says now."""
    found = defaultdict(dict)
    rows = PublicStanding.objects.filter(measure__code__in=codes, amount__isnull=False)
    columns = ("city", "measure__code", "amount", "precision")
    wanted = set(keys)
    for city, code, amount, precision in rows.order_by().values_list(*columns):
        if city in wanted:
            found[city][code] = Area(amount, precision == EXACT)
    return found


def _numbers_of(publication, codes, catalogue):
    """(counts, areas) of an earlier version, which has no read tables; None if it is unreadable."""
    try:
        record = records.read(publication.record)
    except records.UnreadableRecord:
        return None
    told = standings(record.actions.actions, catalogue)
    areas = {
        code: Area(one.amount, one.precision == EXACT)
        for code, one in told.items()
        if code in codes and one.amount is not None
    }
    return counts_of(record), areas
