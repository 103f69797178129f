"""The public pages of the Tools & resources hub: the list, and a page for each resource."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

import actions.explorer
import cbi.explorer
import pathway.explorer
from catalogue import frozen
from catalogue.folding import search_words
from catalogue.languages import canonical_tag, language_name
from catalogue.texts import Texts
from hub import explorer, public_resources
from hub.chapter import targets_of, thing_link, topics_of
from hub.models import PublicResource, Resource
from profiles.access import is_platform_staff
from profiles.models import City
from profiles.returning import page_before, returning
from profiles.search import excerpt

from .actions import ExplorerPage
from .paging import page_context
from .resource_forms import ResourceSearch

MOST_USES = 50
"""Uses of each kind that a page lists at most."""


class StepFacet(explorer.Facet):
    """The steps on which public cities have put a resource."""

    def __init__(self):
        super().__init__("step", "step__number")
        self.items = pathway.explorer.public_items()

    def chosen(self, resources, value):
        return resources.filter(pk__in=self.items.filter(step__number=value).values("resource"))

    def counts(self, resources):
        found = self.items.filter(resource__in=resources.order_by().values("pk")).order_by()
        return dict(found.values_list(self.path).annotate(Count("resource", distinct=True)))


@dataclass(frozen=True, slots=True)
class Row:
    """A resource in the list, with an excerpt of its summary around the words of the search."""

    resource: PublicResource
    topics: list
    pieces: tuple


class ResourceList(ExplorerPage):
    template_name = "website/resources/list.html"

    def get_context_data(self, **kwargs):
        catalogue = frozen.current()
        form = ResourceSearch(self.request.GET, catalogue)
        words = search_words(form.cleaned_data.get("q"))
        search = explorer.Search(
            (*explorer.facets(catalogue), StepFacet()),
            words=words,
            chosen=form.chosen(),
        )
        counts = search.counts()
        form.offer(counts)
        found = search.results(form.order).select_related("city__country").defer("search_text")
        pages = page_context(self.request, found, count=search.total(counts))
        return super().get_context_data(
            form=form,
            rows=[
                Row(one, topics_of(one, catalogue), tuple(excerpt(one.summary, words)))
                for one in pages["page_obj"].object_list
            ],
            **pages,
            **kwargs,
        )


class ResourcePage(View):
    """The page of a resource; only those who may edit its city see one that is not public."""

    def get(self, request, pk):
        shown = find_public(pk) or find_preview(request.user, pk)
        if shown is None:
            raise Http404
        resource, is_public = shown.resource, shown.working is None
        catalogue = frozen.current()
        response = render(
            request,
            "website/resources/page.html",
            {
                "resource": resource,
                "home": shown.home,
                "working": shown.working,
                "edit_url": edit_url(resource, request.user),
                "thing": thing_link(resource, Texts(catalogue)),
                "kind": capfirst(resource.get_kind_display()),
                "languages": [(canonical_tag(tag), language_name(tag)) for tag in tags(resource)],
                "topics": topics_of(resource, catalogue),
                "targets": targets_of(resource, catalogue),
                "licence": catalogue.licences.get(resource.licence_code),
                "uses": list(uses(resource)) if is_public else [],
                "similar": explorer.similar(resource) if is_public else [],
            },
        )
        if not is_public:
            add_never_cache_headers(response)
        if not is_public or shown.is_sample:
            response["X-Robots-Tag"] = "noindex"
        return response


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: a resource, and the city that shares it, if any.

    `working`: None for what is public; else the row that only its people see, from which
    `resource` is made.
    """

    resource: PublicResource
    home: Any
    working: Resource | None = None

    @property
    def is_sample(self):
        return self.home is not None and self.home.is_sample


def find_public(pk):
    rows = PublicResource.objects.public().filter(pk=pk)
    row = rows.select_related("city__country").defer("search_text").first()
    return row and Shown(row, row.city)


def find_preview(user, pk):
    """What those who may edit a resource see of it as long as it is not public."""
    if user.is_anonymous:
        return None
    rows = Resource.objects.editable_by(user).filter(pk=pk)
    row = rows.select_related("city__country", "file", "cover", "licence").first()
    if row is None:
        return None
    (resource,) = public_resources.make([row])
    resource.language = row.text("title").language
    return Shown(resource, row.city, working=row)


def tags(resource):
    return resource.languages.split()


def edit_url(resource, user):
    """The address that leads to the form; "" for those who may not edit.

    Whether somebody may depends on the city alone: the row is looked up when the link is followed.
    """
    if user.is_anonymous:
        return ""
    own_cities = City.objects.editable_by(user).filter(pk=resource.city_id)
    may_edit = is_platform_staff(user) or own_cities.exists()
    return reverse("website:edit_resource", args=[resource.pk]) if may_edit else ""


class EditResource(LoginRequiredMixin, View):
    """Leads from the page of a resource to its form."""

    def get(self, request, pk):
        if not Resource.objects.editable_by(request.user).filter(pk=pk).exists():
            raise Http404
        form = reverse("admin:hub_resource_change", args=[pk])
        response = redirect(returning(form, page_before(request)))
        add_never_cache_headers(response)
        return response


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the profile of a city that refers to the resource."""

    city: Any
    url: str
    words: object


@dataclass(frozen=True, slots=True)
class UseGroup:
    title: str
    uses: tuple[Use, ...]
    has_more: bool


def uses(resource):
    """The uses of a resource by listed cities, in groups; three queries."""
    most = MOST_USES + 1
    groups = (
        (_("On the Nature Pathway"), step_uses(resource.pk, most)),
        (_("As a source of actions"), action_uses(resource.pk, most)),
        (_("As evidence in the biodiversity index"), index_uses(resource.pk, most)),
    )
    for title, found in groups:
        found = list(found)
        once = tuple({(use.url, str(use.words)): use for use in found[:MOST_USES]}.values())
        if once:
            yield UseGroup(title, once, len(found) > MOST_USES)


def step_uses(pk, most):
    for item in pathway.explorer.step_uses(pk)[:most]:
        url = chapter_url(item.city, f"step-{item.step.number}")
        yield Use(item.city, url, item.step.text())


def action_uses(pk, most):
    for city, number, action_type in actions.explorer.source_uses(pk, most):
        yield Use(city, chapter_url(city, f"action-{number}"), action_type.text())


def index_uses(pk, most):
    for city, indicator in cbi.explorer.evidence_uses(pk, most):
        yield Use(city, chapter_url(city, "cbi"), indicator.text())


def chapter_url(city, anchor):
    return f"{city.get_absolute_url()}#{anchor}"
