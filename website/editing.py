"""Links from public pages to the admin."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.generic import View

from profiles.access import is_platform_staff, may_enter_admin
from profiles.admin_areas import MODELS
from profiles.models import City

from .addresses import find_working_city

CHAPTERS = {model.chapter: model for model in MODELS if model.chapter}


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
        response = redirect(self.find(city, **shown))
        add_never_cache_headers(response)
        return response

    def find(self, city, **shown):
        raise NotImplementedError


class EditChapter(EditLink):
    def find(self, city, chapter):
        if chapter not in CHAPTERS:
            raise Http404
        return CHAPTERS[chapter].city_url(city)


class EditAction(EditLink):
    def find(self, city, number):
        for pk in city.actions.filter(number=number).values_list("pk", flat=True):
            return reverse("admin:actions_action_change", args=[pk])
        raise Http404


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
