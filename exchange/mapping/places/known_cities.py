"""The cities that a list may be about, by all the names that are known of them."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rapidfuzz import fuzz, process

from profiles.models import CitySlug

from ...lookups.context import editable_cities
from .place_names import joined, read_name

NEAR = 78
"""How alike two names are, of a hundred, to be shown beside each other."""

NEAR_ANYWHERE = 88
"""The same where nothing says the country."""

NEAR_IN_WORDS = 92
"""The same where one has words more than the other."""

MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class KnownCity:
    slug: str
    name: str
    local_name: str
    country: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def label(self):
        words = f"{self.name}, {self.country}"
        return f"{words} ({self.slug})"

    @property
    def point(self):
        """(latitude, longitude), or None."""
        pair = self.latitude, self.longitude
        return None if None in pair else (float(pair[0]), float(pair[1]))


class KnownCities:
    """The cities that `user` may write to; read at the first question, in two queries."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def cities(self):
        """By address."""
        names = "slug", "name", "local_name", "country__code", "latitude", "longitude"
        rows = editable_cities(self.user).order_by("name", "pk").values_list(*names)
        return {row[0]: KnownCity(*row) for row in rows}

    @cached_property
    def former(self):
        """Former address → the present one."""
        mine = editable_cities(self.user).order_by()
        rows = CitySlug.objects.filter(city__in=mine.values("pk"))
        return dict(rows.values_list("slug", "city__slug"))

    @cached_property
    def by_name(self):
        """Folded name → the addresses of the cities that have it as a whole."""
        return self.indexed("whole", "named")

    @cached_property
    def by_bare_name(self):
        return self.indexed("bare")

    def indexed(self, *forms):
        """Name in one of these forms of a `PlaceName` → addresses."""
        found = defaultdict(dict)
        for slug, known in self.cities.items():
            for name in filter(None, (known.name, known.local_name, slug)):
                for form in forms:
                    found[getattr(read_name(name), form)][slug] = True
        for before, slug in self.former.items():
            found[joined(before)].setdefault(slug, True)
        return found

    @cached_property
    def spellings(self):
        """Country → {bare name: addresses}, and "" for all countries."""
        found = defaultdict(lambda: defaultdict(dict))
        for name, slugs in self.by_bare_name.items():
            for slug in slugs:
                found[self.cities[slug].country][name][slug] = True
                found[""][name][slug] = True
        return found

    def with_name(self, read, country):
        """The addresses of the cities of a `PlaceName` in `country`, or anywhere for ""; those of
        the whole name if there are any, else those of the bare one."""
        for names, name in (
            (self.by_name, read.whole),
            (self.by_name, read.named),
            (self.by_bare_name, read.bare),
        ):
            slugs = [slug for slug in names.get(name, ()) if self.fits(slug, country)]
            if found := [slug for slug in slugs if self.is_where(slug, read)]:
                return found
        return []

    def called(self, word):
        """The `KnownCity`s that a person means by an address, a name, a name with its country, or
        a label."""
        word = word.strip()
        for known in (self.cities, self.former):
            if found := known.get(word.casefold()):
                return [self.cities[found] if isinstance(found, str) else found]
        if found := [one for one in self.cities.values() if one.label == word]:
            return found
        read = read_name(word)
        slugs = self.with_name(read, read.country)
        return [self.cities[slug] for slug in self.written_so(slugs, read.shown)]

    def written_so(self, slugs, written):
        """Those of these cities, if any, that are written letter for letter like this name."""
        letters = as_written(written)
        names = {slug: (self.cities[slug].name, self.cities[slug].local_name) for slug in slugs}
        found = [slug for slug in slugs if letters in map(as_written, names[slug])]
        return found or slugs

    def fits(self, slug, country):
        return not country or self.cities[slug].country == country

    def is_where(self, slug, read):
        """Whether what stands behind both names, such as a state, is not different."""
        behind = read_name(self.cities[slug].name).behind
        return not (behind and read.behind) or behind == read.behind

    def near(self, read, country):
        """The addresses of cities with a name like this one, the likeliest first."""
        names = self.spellings.get(country, {})
        near = alike(read.bare, names, fuzz.ratio, NEAR if country else NEAR_ANYWHERE)
        near += alike(read.bare, names, fuzz.token_set_ratio, NEAR_IN_WORDS)
        slugs = dict.fromkeys(slug for name in near for slug in names[name])
        return list(slugs)[:MOST_CANDIDATES]


def as_written(name):
    """A name with its accents, in small letters."""
    return unicodedata.normalize("NFC", name).casefold().strip()


def alike(word, names, scorer, cutoff):
    """Those of `names` that are like a word, the likeliest first."""
    options = {"scorer": scorer, "score_cutoff": cutoff, "limit": MOST_CANDIDATES}
    return [name for name, _score, _at in process.extract(word, list(names), **options)]
