"""What a search finds, in groups: cities, actions, resources, pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from actions import search
from catalogue.atoms import Text
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.explorer import listed_resources
from hub.models import PublicResource
from profiles.city_search import find_cities, find_summaries
from profiles.country_names import countries_named
from profiles.models import PublicCity
from profiles.terms import marked, with_terms

from .search_hits import Hit, Passage, action_hits
from .search_pages import find_pages

MOST = search.MOST_HITS
FEW = 5
"""Hits of each group where all groups are shown."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`find(asked)` gives the keys of at most `MOST` + 1 hits, `hits(keys, asked)` shows some.

    `all` and `first` name the link to all that is found, and to the first thousand of more.
    """

    name: str
    title: Any
    find: Callable
    hits: Callable
    all: Any
    first: Any


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind. `cities`: of how many cities they are, where that is known."""

    kind: Kind
    found: list
    asked: Any

    @property
    def count(self):
        return min(len(self.found), MOST)

    @property
    def has_more(self):
        return len(self.found) > MOST

    @property
    def is_short(self):
        return len(self.found) <= FEW

    @property
    def cities(self):
        of_cities = self.kind is ACTIONS and not self.has_more
        return len({one.city_id for one in self.found}) if of_cities else None

    @property
    def all_of_them(self):
        """The words of the link to all hits."""
        words = self.kind.first if self.has_more else self.kind.all
        return words % {"shown": intcomma(self.count)}

    @property
    def few(self):
        return self.kind.hits(self.found[:FEW], self.asked)


def _find_cities(asked):
    """Those that are named first, then those whose summaries have the words."""
    listed = PublicCity.objects.listed().order_by("search_text", "pk").values_list("pk", flat=True)
    words = " ".join(term.word for term in asked.terms)
    found = list(find_cities(listed, words, asked.by_country)[: MOST + 1])
    # Only now: a process reads the names of all countries in all languages when it is first asked.
    if not found and (codes := countries_named(asked.typed)):
        found = list(listed.filter(country__code__in=codes)[: MOST + 1])
    if asked.terms and len(found) <= MOST:
        found += find_summaries(listed, asked.terms, asked.by_country)[: MOST + 1]
    return list(dict.fromkeys(found))[: MOST + 1]


UNREAD = "search_text", "summary_words", "levels", "petals"


def _city_hits(keys, asked):
    rows = PublicCity.objects.select_related("country__region").defer(*UNREAD)
    for city in search.in_order(rows, keys):
        place = city.country.label
        if city.country.region:
            place = f"{place} · {city.country.region.text()}"
        below = [city.text("local_name"), Text(place, get_language() or OFFICIAL_LANGUAGE)]
        summaries = [Text(value, language) for language, value in city.summaries]
        below += [text for text in summaries if is_told(text.value, asked.terms)]
        yield Hit(
            city.get_absolute_url(),
            marked(city.name, asked.terms),
            OFFICIAL_LANGUAGE,
            tuple(Passage.of(text, asked.terms) for text in below if text),
            is_sample=city.is_sample,
        )


def _find_actions(asked):
    if not asked.terms and not any(asked.filters.values()):
        return []
    return search.find(asked.terms, asked.catalogue, asked.by_country, **asked.filters)


def _action_hits(found, asked):
    return action_hits([one.pk for one in found], asked.terms, asked.catalogue)


def _find_resources(asked):
    rows = with_terms(listed_resources(), asked.terms, "search_text").order_by("search_text", "pk")
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _resource_hits(keys, asked):
    for row in search.in_order(PublicResource.objects.select_related("city__country"), keys):
        title, summary = row.text("title"), row.text("summary")
        home = f"{row.city.name}, {row.city.country.label}" if row.city else row.organisation
        yield Hit(
            row.get_absolute_url(),
            marked(title.value, asked.terms),
            title.language,
            (Passage.of(summary, asked.terms),) if summary else (),
            note=" · ".join(filter(None, (capfirst(row.get_kind_display()), home))),
            is_sample=bool(row.city and row.city.is_sample),
        )


def is_told(text, terms):
    return any(term.stands_in(text) for term in terms)


def _page_hits(found, asked):
    for page in found:
        shown = [text for text in page.texts if is_told(text.value, asked.terms)]
        yield Hit(
            page.url,
            marked(page.title.value, asked.terms),
            page.title.language,
            tuple(Passage.of(one, asked.terms) for one in shown[:1]),
            note=page.kind,
        )


CITIES = Kind(
    "cities",
    _("Cities"),
    _find_cities,
    _city_hits,
    all=_("All %(shown)s cities"),
    first=_("The first %(shown)s cities"),
)
ACTIONS = Kind(
    "actions",
    _("Actions"),
    _find_actions,
    _action_hits,
    all=_("All %(shown)s actions"),
    first=_("The first %(shown)s actions"),
)
RESOURCES = Kind(
    "resources",
    _("Tools & resources"),
    _find_resources,
    _resource_hits,
    all=_("All %(shown)s resources"),
    first=_("The first %(shown)s resources"),
)
PAGES = Kind(
    "pages",
    _("Pages"),
    find_pages,
    _page_hits,
    all=_("All %(shown)s pages"),
    first=_("The first %(shown)s pages"),
)
KINDS = {kind.name: kind for kind in (CITIES, ACTIONS, RESOURCES, PAGES)}


def find_all(asked):
    """A `Group` of each kind in which something is found."""
    groups = [Group(kind, kind.find(asked), asked) for kind in KINDS.values()]
    return [group for group in groups if group.found]
