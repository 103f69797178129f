"""The search over all that is public: cities, actions, resources and pages, and in one profile."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.generic import TemplateView, View

from catalogue import frozen
from profiles.city_search import words_of_countries
from profiles.models import PublicCity
from profiles.terms import Term, terms_of

from .action_forms import ActionFilter
from .near_words import near_searches
from .paging import page_context
from .search_groups import ACTIONS, KINDS, Group, find_all
from .search_profile import find_in_profile

LONGEST, MOST_TERMS = 200, 12
"""Characters and words of a search that are looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed, the words that are looked for, and the filters of actions.

    `by_country`: the words of the names of countries, which each kind of hit asks for.
    """

    typed: str
    terms: list[Term]
    catalogue: Any
    by_country: list
    is_cut: bool = False
    filters: dict = field(default_factory=dict)

    @classmethod
    def of(cls, typed, catalogue, by_country=None):
        """Control characters are left out, and what is too long is cut after a word."""
        plain = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
        kept = plain if len(plain) <= LONGEST else plain[: LONGEST + 1].rpartition(" ")[0]
        kept = kept or plain[:LONGEST]
        terms = terms_of(kept)
        is_cut = kept != plain or len(terms) > MOST_TERMS
        if by_country is None:
            by_country = list(words_of_countries()) if terms else []
        return cls(kept, terms[:MOST_TERMS], catalogue, by_country, is_cut)

    @property
    def is_one_letter(self):
        """One ideograph is a word, one letter of an alphabet is none."""
        return len(self.terms) == 1 and len(word := self.terms[0].word) == 1 and word < "\u2e80"

    @property
    def anywhere(self):
        """The same, with short words found within others too; None where that is no difference."""
        terms = [replace(term, anywhere=True) for term in self.terms]
        is_same = [one.patterns for one in terms] == [term.patterns for term in self.terms]
        return None if is_same else replace(self, terms=terms)


class SearchPage(TemplateView):
    template_name = "website/search.html"

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if self.request.GET:
            response["X-Robots-Tag"] = "noindex"
        return response

    @cached_property
    def asked(self):
        return Asked.of(self.request.GET.get("q", ""), frozen.current())

    def get_context_data(self, **kwargs):
        kind = KINDS.get(self.request.GET.get("kind"))
        if slug := self.request.GET.get("city"):
            found = self.in_profile(slug)
        elif kind:
            found = self.of_kind(kind)
        else:
            found = self.overview()
        return super().get_context_data(asked=self.asked, **found, **kwargs)

    def in_profile(self, slug):
        """What one profile says of the words; also that of a sample that no list has."""
        cities = PublicCity.objects.public().filter(slug__iexact=slug)
        city = cities.select_related("publication__catalogue", "country__region").first()
        if city is None:
            raise Http404
        groups = find_in_profile(city, self.asked) if self.is_possible else []
        return {"city": city, "groups": groups}

    @property
    def is_possible(self):
        return bool(self.asked.terms) and not self.asked.is_one_letter

    def of_kind(self, kind):
        """All hits of one kind, a page at a time; actions with their filters."""
        form, asked = None, self.asked
        if kind is ACTIONS:
            form = ActionFilter(self.request.GET)
            asked = replace(asked, filters=form.filters())
        is_possible = self.is_possible or (not asked.terms and any(asked.filters.values()))
        group = self.group_of(kind, asked) if is_possible else Group(kind, [], asked)
        pages = page_context(self.request, group.found[: group.count])
        hits = list(kind.hits(list(pages["page_obj"].object_list), group.asked))
        return {"group": group, "form": form, "hits": hits, "is_possible": is_possible, **pages}

    @staticmethod
    def group_of(kind, asked):
        group = Group(kind, kind.find(asked), asked)
        if not group.found and (anywhere := asked.anywhere):
            group = Group(kind, kind.find(anywhere), anywhere)
        return group

    def overview(self):
        if not self.is_possible:
            return {"groups": []}
        groups = find_all(self.asked)
        if not groups and (anywhere := self.asked.anywhere):
            groups = find_all(anywhere)
        return {"groups": groups} if groups else self.near()

    def near(self):
        """What is found for the first search with a word one letter off that finds anything."""
        near = near_searches(self.asked)
        for typed in near:
            other = Asked.of(typed, self.asked.catalogue, self.asked.by_country)
            if groups := find_all(other):
                return {"groups": groups, "near": typed, "others": [o for o in near if o != typed]}
        return {"groups": []}


class FormerSearch(View):
    """The search in actions had an address of its own."""

    def get(self, request):
        asked = request.GET.copy()
        asked.pop("samples", None)
        asked["kind"] = ACTIONS.name
        return HttpResponsePermanentRedirect(f"{reverse('website:search')}?{asked.urlencode()}")
