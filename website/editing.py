"""Links from public pages to the admin."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models.functions import Length
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.generic import View

from cbi.models import Indicator
from pathway.item_admin import city_page_url
from pathway.models import Step
from profiles.access import is_platform_staff, may_enter_admin
from profiles.admin_areas import MODELS
from profiles.models import City
from profiles.returning import page_before, returning

from .addresses import find_working_city

CHAPTERS = {model.chapter: model for model in MODELS if model.chapter}

MOST_DIGITS = 18
"""Digits of a key; a longer number overflows the integers of the database."""


def edit_links(city, user):
    """Chapter → the address that leads to its page in the admin; None if `user` may not edit."""
    if user.is_anonymous or not City.objects.editable_by(user).filter(pk=city.pk).exists():
        return None
    return {
        chapter: reverse("website:edit_chapter", args=[city.slug, chapter]) for chapter in CHAPTERS
    }


class EditLink(LoginRequiredMixin, View):
    """Leads from a public page to the page of the admin where one edits what it shows.

    Public pages do not know the rows: these are looked up when somebody follows the link.
    """

    def get(self, request, slug, **shown):
        city = find_working_city(City.objects.editable_by(request.user), slug)
        if city is None:
            raise Http404
        response = redirect(self.with_way_back(city, self.find(city, **shown), **shown))
        add_never_cache_headers(response)
        return response

    def find(self, city, **shown):
        raise NotImplementedError

    def with_way_back(self, city, url, **shown):
        """`url`, so that a save leads back to the link that was followed."""
        page = page_before(self.request)
        return returning(url, page and page + self.anchor(**shown))

    def anchor(self, **shown):
        """Where on the page the link stood."""
        return ""


class EditChapter(EditLink):
    def find(self, city, chapter):
        if chapter not in CHAPTERS:
            raise Http404
        return CHAPTERS[chapter].city_url(city)

    def anchor(self, chapter):
        return f"#{chapter}"


class EditAction(EditLink):
    def anchor(self, number):
        return f"#action-{number}"

    def find(self, city, number):
        for pk in city.actions.filter(number=number).values_list("pk", flat=True):
            return reverse("admin:actions_action_change", args=[pk])
        raise Http404


class EditField(EditLink):
    """Leads to the page of what the path of a `Difference` names: the row, else the whole chapter.

    Codes of the catalogue may have dots as well, so the rows tell where a code ends.
    """

    def find(self, city, path):
        kind, _dot, rest = path.partition(".")
        if kind not in FINDERS:
            raise Http404
        return FINDERS[kind](city, rest)


def _find_city(city, rest):
    return _chapter(city, "overview")


def _find_picture(city, rest):
    role = rest.partition(".")[0]
    for pk in city.pictures.filter(role=role[:10]).values_list("pk", flat=True):
        return reverse("admin:hub_picture_change", args=[pk])
    return next(one for one in MODELS if one.label == "hub.picture").city_url(city)


def _find_action(city, rest):
    return _first(city.actions, "number", rest, "actions_action") or _chapter(city, "actions")


def _find_commitments(city, rest):
    return next(one for one in MODELS if one.label == "actions.citycommitment").city_url(city)


def _find_plan(city, rest):
    plans = next(one for one in MODELS if one.label == "actions.plan")
    return _first(city.plans, "pk", rest, "actions_plan") or plans.city_url(city)


def _find_step(city, rest):
    starts = rest.split(".")
    codes = [".".join(starts[: end + 1]) for end in range(len(starts))]
    step = Step.objects.filter(code__in=codes).order_by(Length("code")).last()
    if step is None:
        return _chapter(city, "pathway")
    item = _first(city.step_items, "pk", rest[len(step.code) + 1 :], "pathway_stepitem")
    return item or city_page_url(city.pk, step)


def _find_assessment(city, rest):
    for row in city.assessments.select_related("edition"):
        start = f"{row.edition.code}.{row.year}."
        if f"{rest}.".startswith(start):
            return _page_of_assessment(row, rest[len(start) :])
    return _chapter(city, "cbi")


def _page_of_assessment(assessment, rest):
    """The page of the component of the indicator with whose code `rest` begins, if it has one."""
    indicators = Indicator.objects.filter(component__edition=assessment.edition_id)
    for code, component in indicators.values_list("code", "component__code"):
        if f"{rest}.".startswith(f"{code}."):
            return reverse("admin:cbi_assessment_part", args=[assessment.pk, component])
    return reverse("admin:cbi_assessment_change", args=[assessment.pk])


def _find_resource(city, rest):
    return _first(city.resources, "pk", rest, "hub_resource") or _chapter(city, "resources")


def _chapter(city, chapter):
    return CHAPTERS[chapter].city_url(city)


def _first(rows, name, rest, page):
    """The form of the row whose field `name` is the number with which `rest` begins."""
    number = rest.partition(".")[0]
    if not number.isdecimal() or len(number) > MOST_DIGITS:
        return None
    for pk in rows.filter(**{name: number}).values_list("pk", flat=True):
        return reverse(f"admin:{page}_change", args=[pk])
    return None


FINDERS = {
    "city": _find_city,
    "pictures": _find_picture,
    "actions": _find_action,
    "commitments": _find_commitments,
    "plans": _find_plan,
    "pathway": _find_step,
    "items": _find_step,
    "cbi": _find_assessment,
    "resources": _find_resource,
}
"""How the path of a `Difference` begins → a function that finds the page of the rest."""


def admin_entry(user):
    """(kind, address) of the page of the admin on which `user` begins; None without any role.

    `kind` is "platform" for platform staff, "city" for a user with one city, else "cities".
    """
    if user.is_anonymous:
        return None
    if is_platform_staff(user):
        return "platform", reverse("admin:index")
    own = list(City.objects.managed_by(user).values_list("pk", flat=True)[:2])
    if len(own) == 1:
        return "city", reverse("admin:profiles_city_change", args=own)
    if own or may_enter_admin(user):
        return "cities", reverse("admin:index")
    return None
