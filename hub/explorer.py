"""Finds public resources, and counts for each filter how many it would leave; all of it in SQL.

Those of partner organisations and of listed cities (`profiles.samples`) are among them.
"""

from collections import Counter
from functools import reduce
from operator import add

from django.db.models import Case, CharField, Count, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Contains

from catalogue.languages import canonical_tag
from profiles.samples import in_lists
from profiles.search import with_words

from .models import PublicResource

NO_CITY = "no-city"
"""The value of the region filter for resources of partner organisations, which have no region."""

MOST_SIMILAR = 6
WEIGHTS = {"topic_codes": 3, "target_codes": 2, "city": 2, "kind": 1}
ENOUGH = 2
"""The least score of a similar resource: the same kind alone (1) is too little."""

NEWEST, BY_YEAR, BY_TITLE = "newest", "year", "title"
LATEST_YEAR = F("year").desc(nulls_last=True)
ORDERS = {
    NEWEST: (F("published_on").desc(nulls_last=True), LATEST_YEAR, "search_text", "pk"),
    BY_YEAR: (LATEST_YEAR, "search_text", "pk"),
    BY_TITLE: ("search_text", "pk"),
}
"""`search_text` begins with the folded title: it sorts Île between Ica and Ilo."""


def listed_resources():
    """The public resources of listed cities and of partner organisations."""
    return PublicResource.objects.public().filter(in_lists("city"))


class Facet:
    """A filter with counts. `path`: the field whose values are counted."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def chosen(self, resources, value):
        return resources.filter(**{self.path: value})

    def counts(self, resources):
        """Value → how many of `resources` have it; one query."""
        return self.count_by(resources, F(self.path))

    def count_by(self, resources, expression):
        rows = resources.order_by().values_list(expression).annotate(Count("pk"))
        return {value: count for value, count in rows if value is not None}


class LanguageFacet(Facet):
    """Filters by one language: a resource has its languages as tags in one text field."""

    def chosen(self, resources, value):
        spaced = Concat(Value(" "), self.path, Value(" "), output_field=CharField())
        return resources.alias(spaced=spaced).filter(spaced__icontains=f" {value} ")

    def counts(self, resources):
        by_tag = Counter()
        for tags, count in super().counts(resources).items():
            for tag in {canonical_tag(tag) for tag in tags.split()}:
                by_tag[tag] += count
        return by_tag


class CodeFacet(Facet):
    """Filters by one code of the catalogue: a resource has its codes in a field of JSON."""

    def chosen(self, resources, value):
        return resources.filter(has_code(self.path, value))

    def counts(self, resources):
        by_code = Counter()
        rows = resources.order_by().values_list(self.path).annotate(Count("pk"))
        for codes, count in rows:
            by_code.update(dict.fromkeys(codes, count))
        return by_code


def has_code(path, code):
    """The condition that `code` is among those in a field of JSON; the same on all databases."""
    return Q(Contains(Cast(F(path), TextField()), f'"{code}"'))


class TargetFacet(CodeFacet):
    """The targets of the framework by number, as text."""

    def __init__(self, catalogue):
        super().__init__("target", "target_codes")
        self.codes = {str(target.number): code for code, target in catalogue.targets.items()}

    def chosen(self, resources, value):
        return super().chosen(resources, self.codes[value])

    def counts(self, resources):
        by_code = super().counts(resources)
        return {number: by_code[code] for number, code in self.codes.items() if by_code[code]}


class RegionFacet(Facet):
    """The region of the city; `NO_CITY` for resources without a city."""

    def chosen(self, resources, value):
        if value == NO_CITY:
            return resources.filter(city__isnull=True)
        return super().chosen(resources, value)

    def counts(self, resources):
        no_city = When(city__isnull=True, then=Value(NO_CITY))
        return self.count_by(
            resources, Case(no_city, default=F(self.path), output_field=CharField())
        )


def facets(catalogue):
    return (
        Facet("kind", "kind"),
        CodeFacet("topic", "topic_codes"),
        LanguageFacet("language", "languages"),
        RegionFacet("region", "city__country__region__code"),
        TargetFacet(catalogue),
    )


class Search:
    """A search by `words` (folded) and by `chosen`: name of a facet → value."""

    def __init__(self, facets, *, words=(), chosen=None):
        self.facets = facets
        self.values = {name: value for name, value in (chosen or {}).items() if value}
        fields = ("search_text", "city__search_text")
        self.found = with_words(listed_resources(), words, *fields)

    def results(self, order=NEWEST):
        return self.filtered().order_by(*ORDERS[order])

    def filtered(self, without=None):
        """The results of all chosen facets, except that of the facet `without`."""
        rows = self.found
        for facet in self.facets:
            if facet.name in self.values and facet is not without:
                rows = facet.chosen(rows, self.values[facet.name])
        return rows

    def counts(self):
        """Facet → value → number of results if it were chosen; one query per facet."""
        return {facet.name: facet.counts(self.filtered(without=facet)) for facet in self.facets}

    def total(self, counts):
        """The number of results, from `counts` instead of a query: a resource has one kind."""
        kinds = counts["kind"]
        return kinds.get(self.values["kind"], 0) if "kind" in self.values else sum(kinds.values())


def similar(resource):
    """The public resources that share most with `resource`, the best first; one query."""
    others = listed_resources().exclude(pk=resource.pk)
    conditions = [
        (Q(kind=resource.kind), WEIGHTS["kind"]),
        (Q(city__isnull=False, city=resource.city_id), WEIGHTS["city"]),
        *(
            (has_code(path, code), WEIGHTS[path])
            for path in ("topic_codes", "target_codes")
            for code in getattr(resource, path)
        ),
    ]
    score = reduce(add, (_worth(*condition) for condition in conditions))
    best = others.annotate(score=score).filter(score__gte=ENOUGH)
    ordered = best.order_by("-score", *ORDERS[NEWEST])
    return ordered.select_related("city").defer("search_text", "summary")[:MOST_SIMILAR]


def _worth(condition, weight):
    return Case(When(condition, then=weight), default=0, output_field=IntegerField())
