"""Pages of the admin on which the people of a city see what is not public yet, and publish it."""

import logging
from itertools import groupby
from operator import attrgetter

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.fields import LineField
from profiles.models import City, Publication

from .differences import edit_address
from .publish import AddressTaken, NotPublished, locked, publish
from .review_page import CHAPTERS
from .several import publish_several
from .standing import standing_of
from .unpublished import find_unpublished

logger = logging.getLogger(__name__)

MOST_CHANGES = 500
"""So many changes are on the page; the preview shows all."""

LARGEST_KEY = 2**62
"""A larger number in an address overflows the integers of the database."""

MOST_DIGITS = 18


def urls(site):
    """The addresses of these pages, for the admin site."""
    view = site.admin_view
    return [
        path("publishing/cities/<int:city_id>/", view(unpublished), name="publishing_unpublished"),
        path("publishing/several/", view(several), name="publishing_several"),
    ]


class PublishForm(forms.Form):
    """`seen`: the content version that the page has shown, and how many changes these were."""

    note = LineField(
        gettext_lazy("What is new"),
        max_length=Publication._meta.get_field("note").max_length,
        blank=True,
        help_text=gettext_lazy(
            "One line that everybody reads in the list of versions. It may stay empty."
        ),
    ).formfield(widget=forms.TextInput)
    seen = forms.RegexField(r"^\d{1,18}-\d{1,9}$", widget=forms.HiddenInput)

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")

    @property
    def seen_version(self):
        return int(self.cleaned_data["seen"].partition("-")[0])

    @property
    def seen_count(self):
        return int(self.cleaned_data["seen"].partition("-")[2])

    def show(self, found):
        """Let the form carry what is shown now."""
        self.initial["seen"] = f"{found.content_version}-{len(found.changes)}"
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": self.initial["seen"]}


def unpublished(request, city_id):
    """What of a city is not public yet, with the one next step; a POST publishes it."""
    cities = City.objects.managed_by(request.user).select_related("country__region")
    city = cities.filter(pk=min(city_id, LARGEST_KEY)).first()
    if city is None:
        raise Http404
    if request.method != "POST":
        return _page(request, city, PublishForm())
    if not City.objects.publishable_by(request.user).filter(pk=city.pk).exists():
        raise PermissionDenied
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, city, form)
    return _publish(request, city, form) or redirect("admin:publishing_unpublished", city.pk)


def _publish(request, city, form):
    """Publish what the page has shown; the page once more where the city has changed since."""
    try:
        with transaction.atomic():
            present, public = locked(city.pk)
            if present is None or present.content_version != form.seen_version:
                return _page(request, city, form, seen_count=form.seen_count)
            # Else it is the first one.
            kind = Publication.Kind.CITY if public and public.publication_id else None
            note = form.cleaned_data["note"]
            publication = publish(city.pk, by=request.user, note=note, kind=kind)
    except AddressTaken as error:
        messages.error(request, str(error))
    except NotPublished:
        messages.error(request, _("The city is withdrawn: nothing has been published."))
    except Exception:
        logger.exception("City %d could not be published by hand.", city.pk)
        words = _(
            "Something went wrong on our side, and nothing was published. Try again; if it happens "
            "again, tell the people who run the platform: they find the reason in their log."
        )
        messages.error(request, words)
    else:
        words = _("Version %(number)d of %(city)s is public now.")
        words %= {"number": publication.number, "city": city.name}
        page = reverse("website:city", args=[publication.slug.lower()])
        messages.success(request, format_html('{} <a href="{}">{}</a>', words, page, _("View")))
    return None


def _page(request, city, form, seen_count=None):
    """`seen_count`: how many changes there were when the user looked, where that is out of date."""
    found = find_unpublished(city)
    city.content_version = found.content_version
    form.show(found)
    shown, count = found.changes[:MOST_CHANGES], len(found.changes)
    standing = standing_of(city, request.user, found)
    waits = standing.is_changed or standing.kept_back
    context = {
        **admin.site.each_context(request),
        "title": _("Not public yet") if waits else _("All is public"),
        "subtitle": city.name,
        "city": city,
        "standing": standing,
        "with_pages": True,
        "form": form,
        "is_overtaken": seen_count is not None,
        "more": max(0, count - (seen_count or 0)),
        "left_out": count - len(shown),
        "chapters": [*_by_chapter(city, shown, standing.may_edit)],
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/publishing/unpublished.html", context)


def _by_chapter(city, changes, may_edit):
    """(heading, [(place, address of the page to edit it or "", differences)]) of each chapter."""
    for chapter, of_chapter in groupby(changes, attrgetter("chapter")):
        places = []
        for (place, _row), rows in groupby(of_chapter, attrgetter("place", "row")):
            rows = [*rows]
            places.append((place, edit_address(city.slug, rows[0]) if may_edit else "", rows))
        yield CHAPTERS[chapter], places


def several(request):
    """Publish what is not public of the posted cities that the user may publish."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    keys = [key for key in request.POST.getlist("city") if key.isdecimal()]
    # Python refuses to convert very long numbers.
    keys = [key for key in keys if len(key) <= MOST_DIGITS]
    cities = City.objects.publishable_by(request.user).filter(pk__in=keys)
    done, waiting = publish_several(list(cities.values_list("pk", flat=True)), request.user)
    if done:
        words = ngettext(
            "%(number)d city is public now.", "%(number)d cities are public now.", done
        )
        messages.success(request, words % {"number": done})
    if waiting:
        words = ngettext(
            "%(number)d city is being published: that takes a few minutes.",
            "%(number)d cities are being published: that takes a few minutes.",
            waiting,
        )
        messages.info(request, words % {"number": waiting})
    page = request.POST.get("page", "")
    is_here = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return redirect(page if is_here else "admin:index")
