"""Finds public resources and counts what further choices would leave; by SQL, whatever the number.

Samples never count: they have a list of their own, made in the same way (`samples=True`).
"""

from collections import Counter

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from catalogue.languages import canonical_tag
from profiles.search import with_words

from .models import Resource

NO_CITY = "no-city"
"""Stands for a region: resources of partner organisations lie in none."""

MOST_SIMILAR = 6
WEIGHTS = {"topics": 3, "targets": 2, "city": 2, "kind": 1}
ENOUGH = 2
"""The least score of what is called similar: one kind alone says little."""

NEWEST, BY_YEAR, BY_TITLE = "newest", "year", "title"
LATEST_YEAR = F("year").desc(nulls_last=True)
ORDERS = {
    NEWEST: (F("published_on").desc(nulls_last=True), LATEST_YEAR, "title", "pk"),
    BY_YEAR: (LATEST_YEAR, "title", "pk"),
    BY_TITLE: ("search_text", "pk"),
}
"""The folded text begins with the title: Île stands between Ica and Ilo."""


def public_resources(samples=False):
    """Those of real cities and of partner organisations; or those of invented cities."""
    public = Resource.objects.public()
    return public.filter(city__is_sample=True) if samples else public.exclude(city__is_sample=True)


class Facet:
    """One way to choose among resources; `path`: the field or relation whose values are counted."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def chosen(self, resources, value):
        return resources.filter(**{self.path: value})

    def counts(self, resources):
        """Value → how many of `resources` have it; one query."""
        return self.counted(resources, F(self.path))

    def counted(self, resources, expression):
        rows = resources.order_by().values_list(expression).annotate(Count("pk"))
        return {value: count for value, count in rows if value is not None}


class LanguageFacet(Facet):
    """Each language by itself, where a resource is in several: their tags stand in one text."""

    def chosen(self, resources, value):
        spaced = Concat(Value(" "), self.path, Value(" "), output_field=CharField())
        return resources.alias(spaced=spaced).filter(spaced__icontains=f" {value} ")

    def counts(self, resources):
        found = Counter()
        for tags, count in super().counts(resources).items():
            for tag in {canonical_tag(tag) for tag in tags.split()}:
                found[tag] += count
        return found


class RegionFacet(Facet):
    """The region of the city; `NO_CITY` for what is of none."""

    def chosen(self, resources, value):
        if value == NO_CITY:
            return resources.filter(city__isnull=True)
        return super().chosen(resources, value)

    def counts(self, resources):
        no_city = When(city__isnull=True, then=Value(NO_CITY))
        return self.counted(
            resources, Case(no_city, default=F(self.path), output_field=CharField())
        )


FACETS = (
    Facet("kind", "kind"),
    Facet("topic", "topics__code"),
    LanguageFacet("language", "languages"),
    RegionFacet("region", "city__country__region__code"),
    Facet("target", "targets__number"),
)


class Search:
    """What somebody asks for: `words` (folded) and a value by the name of some of the `facets`."""

    def __init__(self, *, words=(), chosen=None, facets=FACETS, samples=False):
        self.facets = facets
        self.values = {name: value for name, value in (chosen or {}).items() if value}
        fields = ("search_text", "city__search_text")
        self.found = with_words(public_resources(samples), words, *fields)

    def ids(self, order=NEWEST):
        """The list, as primary keys: whole rows of a large hub take long to sort."""
        return self.narrowed().order_by(*ORDERS[order]).values_list("pk", flat=True)

    def narrowed(self, but=None):
        """What fits all choices, but for the one of a facet."""
        rows = self.found
        for facet in self.facets:
            if facet.name in self.values and facet is not but:
                rows = facet.chosen(rows, self.values[facet.name])
        return rows

    def counts(self):
        """Facet → value → how long the list would be with this choice; one query a facet."""
        return {facet.name: facet.counts(self.narrowed(but=facet)) for facet in self.facets}

    def total(self, counts):
        """How long the list is, known from its `counts`: every resource is of one kind."""
        kinds = counts["kind"]
        return kinds.get(self.values["kind"], 0) if "kind" in self.values else sum(kinds.values())


def in_order(ids, order=NEWEST):
    """The resources of these keys (of `Search.ids`, a page of them)."""
    return Resource.objects.filter(pk__in=ids).order_by(*ORDERS[order])


def similar(resource):
    """The public resources that share most with this one, the best first; one query.

    Its topics and targets are read once more unless they are prefetched.
    """
    is_sample = resource.city is not None and resource.city.is_sample
    others = public_resources(is_sample).exclude(pk=resource.pk)
    scored = others.annotate(
        score=_shared(resource, "topics")
        + _shared(resource, "targets")
        + _same(Q(kind=resource.kind), WEIGHTS["kind"])
        + _same(Q(city__isnull=False, city=resource.city_id), WEIGHTS["city"])
    )
    best = scored.filter(score__gte=ENOUGH).order_by("-score", *ORDERS[NEWEST])
    return best.select_related("city")[:MOST_SIMILAR]


def _shared(resource, name):
    """How many rows of a many-to-many field it has in common with `resource`, weighed."""
    relation = Resource._meta.get_field(name)
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    rows = [row.pk for row in getattr(resource, name).all()]
    common = relation.remote_field.through.objects.filter(
        **{own: OuterRef("pk"), f"{other}__in": rows}
    )
    count = common.order_by().values(own).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(count), 0) * WEIGHTS[name]


def _same(condition, weight):
    return Case(When(condition, then=weight), default=0, output_field=IntegerField())
