"""What the admin says after a save: what became public, and what waits for whom."""

from django.contrib import messages
from django.dispatch import receiver
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.admin_base.recorded import saved_in_admin
from profiles.admin_base.scope import works_for_one_city
from profiles.models import Assignment, City

from .standing import standing_of

MOST_CITIES = 3
"""Of more cities that a form has changed only the number is told."""


@receiver(saved_in_admin)
def tell_what_is_public(sender, request, city_ids, models, **kwargs):
    cities = City.objects.managed_by(request.user).filter(pk__in=city_ids)
    cities = list(cities.select_related("country__region")[: MOST_CITIES + 1])
    if len(cities) > MOST_CITIES:
        words = _("%(number)d cities have changed: their pages say what is public of them.")
        messages.info(request, words % {"number": len(city_ids)})
        return
    for city in cities:
        # This also notes where nothing differs, as after a change of roles.
        told = words_after_save(standing_of(city, request.user), not _stays_on_city(request))
        if told and models != {Assignment}:
            named = format_html("<bdi>{}</bdi>: {}", city.name, told)
            messages.info(request, named if len(cities) > 1 else told)


def _stays_on_city(request):
    """Whether the next page is the form of the city, which has the same button itself."""
    is_city = request.resolver_match.url_name == "profiles_city_change"
    return is_city and ("_continue" in request.POST or works_for_one_city(request.user))


def words_after_save(standing, with_button=True):
    """What is told of a city that was changed, as HTML; "" where the public reads the same."""
    words, *link = _told(standing)
    if link and with_button:
        return format_html('{} <a class="button" href="{}">{}</a>', words, *link)
    return words


def _told(standing):
    """The words, and the address and the words of the button if there is one."""
    city, public = standing.city, standing.public
    if city.is_withdrawn:
        return ("",)
    if standing.is_being_published:
        return (_("It is being published: everybody reads it in a few minutes."),)
    if public is None:
        return _("Not public: this profile is a draft."), *_preview(city)
    if standing.is_changed:
        return _waiting_words(standing.count), *_next_step(standing)
    if public.publication.content_version == city.content_version:
        words = _("Public now: version %(number)d.") % {"number": public.publication.number}
        return words, reverse("website:city", args=[public.slug]), _("View")
    return ("",)


def _waiting_words(count):
    if count is None:
        return _("It is not public yet.")
    words = ngettext("%(n)d change is not public yet.", "%(n)d changes are not public yet.", count)
    return words % {"n": count}


def _next_step(standing):
    """The address and the words of the link to what can be done with the changes."""
    key = [standing.city.pk]
    if standing.may_send and not standing.waiting:
        return reverse("admin:publishing_submission_add", args=key), _("Review and send")
    page = reverse("admin:publishing_unpublished", args=key)
    return page, _("Review and publish") if standing.may_publish else _("See what is not public")


def _preview(city):
    return reverse("website:preview", args=[city.slug]), _("Preview")
