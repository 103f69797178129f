"""The public pages of the Tools & resources hub: the list, and a page for each resource."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

from actions.models import Statement
from catalogue.folding import search_words
from catalogue.languages import canonical_tag, language_name
from catalogue.texts import Texts
from cbi.models import IndicatorResult
from hub import explorer
from hub.chapter import thing_link
from hub.models import Resource
from pathway.models import StepItem
from profiles.search import excerpt

from .actions import ExplorerPage
from .paging import page_context
from .resource_forms import ResourceSearch

MOST_USES = 50
"""Uses of each kind that a page lists at most."""


class StepFacet(explorer.Facet):
    """The steps on which public cities have put a resource."""

    def __init__(self, samples):
        super().__init__("step", "step__number")
        self.items = StepItem.objects.public().filter(city__is_sample=samples)

    def chosen(self, resources, value):
        return resources.filter(pk__in=self.items.filter(step__number=value).values("resource"))

    def counts(self, resources):
        found = self.items.filter(resource__in=resources.order_by()).order_by()
        return dict(found.values_list(self.path).annotate(Count("resource", distinct=True)))


@dataclass(frozen=True, slots=True)
class Row:
    """A resource in the list, with an excerpt of its summary around the words of the search."""

    resource: Resource
    pieces: tuple


class ResourceList(ExplorerPage):
    template_name = "website/resources/list.html"

    def get_context_data(self, **kwargs):
        form = ResourceSearch(self.request.GET)
        words = search_words(form.cleaned_data.get("q"))
        search = explorer.Search(
            words=words,
            chosen=form.chosen(),
            facets=(*explorer.FACETS, StepFacet(self.samples)),
            samples=self.samples,
        )
        counts = search.counts()
        form.offer(counts)
        found, total = search.ids(form.order), search.total(counts)
        pages = page_context(self.request, found, count=total)
        resources = select_for_list(explorer.in_order(pages["page_obj"].object_list, form.order))
        return super().get_context_data(
            form=form,
            rows=[row_of(resource, words) for resource in resources],
            **pages,
            **kwargs,
        )


def select_for_list(resources):
    """`resources` with the related rows of the list, without the fields that it does not show."""
    unseen = ("search_text", "state_note", "city__about", "city__head_statement")
    named = resources.select_related("city__country", "file").defer(*unseen)
    return named.prefetch_related("topics")


def row_of(resource, words):
    return Row(resource, tuple(excerpt(resource.summary, words)))


class ResourcePage(View):
    """The page of a resource; only those who may edit its city see one that is not public."""

    def get(self, request, pk):
        resource = find_resource(request.user, pk)
        is_public = resource.is_public
        response = render(
            request,
            "website/resources/page.html",
            {
                "resource": resource,
                "is_public": is_public,
                "edit_url": edit_url(resource, request.user),
                "thing": thing_link(resource, Texts()),
                "kind": capfirst(resource.get_kind_display()),
                "languages": [(canonical_tag(tag), language_name(tag)) for tag in tags(resource)],
                "uses": list(uses(resource)) if is_public else [],
                "similar": explorer.similar(resource) if is_public else [],
            },
        )
        if not is_public:
            add_never_cache_headers(response)
        if not is_public or is_sample(resource):
            response["X-Robots-Tag"] = "noindex"
        return response


def find_resource(user, pk):
    visible = Resource.objects.visible_to(user).defer("search_text")
    named = visible.select_related("city__country", "file", "cover", "licence")
    resource = named.prefetch_related("topics", "targets").filter(pk=pk).first()
    if resource is None:
        raise Http404
    return resource


def tags(resource):
    return resource.languages.split()


def is_sample(resource):
    return resource.city is not None and resource.city.is_sample


def edit_url(resource, user):
    if user.is_anonymous:
        return ""
    may_edit = Resource.objects.editable_by(user).filter(pk=resource.pk).exists()
    return reverse("admin:hub_resource_change", args=[resource.pk]) if may_edit else ""


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the profile of a city that refers to the resource."""

    city: object
    url: str
    words: object


@dataclass(frozen=True, slots=True)
class UseGroup:
    title: str
    uses: tuple[Use, ...]
    has_more: bool


def uses(resource):
    """The uses of a resource by public cities, in groups; three queries.

    Uses by samples are listed only for resources of samples.
    """
    samples = is_sample(resource)
    groups = (
        (_("On the Nature Pathway"), step_uses(resource, samples)),
        (_("As a source of actions"), action_uses(resource, samples)),
        (_("As evidence in the biodiversity index"), index_uses(resource, samples)),
    )
    for title, found in groups:
        found = list(found)
        once = tuple({(use.url, str(use.words)): use for use in found[:MOST_USES]}.values())
        if once:
            yield UseGroup(title, once, len(found) > MOST_USES)


def step_uses(resource, samples):
    rows = StepItem.objects.public().filter(resource=resource, city__is_sample=samples)
    rows = rows.select_related("city", "step").order_by("city__search_text", "step__number")
    for item in rows[: MOST_USES + 1]:
        yield Use(item.city, chapter_url(item.city, f"step-{item.step.number}"), item.step.text())


def action_uses(resource, samples):
    rows = Statement.objects.public().filter(
        source_resource=resource, action__city__is_sample=samples
    )
    rows = rows.select_related("action__city", "action__action_type")
    for row in rows.order_by("action__city__search_text", "action__number")[: MOST_USES + 1]:
        action = row.action
        url = chapter_url(action.city, f"action-{action.number}")
        yield Use(action.city, url, action.action_type.text())


def index_uses(resource, samples):
    rows = IndicatorResult.objects.public().filter(
        evidence_resource=resource, assessment__city__is_sample=samples
    )
    rows = rows.select_related("assessment__city", "indicator")
    ordered = rows.order_by("assessment__city__search_text", "indicator__number")
    for row in ordered[: MOST_USES + 1]:
        city = row.assessment.city
        yield Use(city, chapter_url(city, "cbi"), row.indicator.text())


def chapter_url(city, anchor):
    return f"{city.get_absolute_url()}#{anchor}"
