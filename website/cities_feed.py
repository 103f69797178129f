"""The newest publications of all listed cities as an Atom feed."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.site_url import absolute_url, site_url
from profiles.models import PublicCity

from .feeds import printable

NEWEST = 50


class CitiesFeed(Feed):
    """An entry for each of the cities that have published last, by its current version."""

    feed_type = Atom1Feed

    def get_object(self, request):
        self.request = request

    def title(self):
        return _("Profiles of cities on %(site)s") % {"site": settings.SITE_NAME}

    author_name = title

    def link(self):
        return self.in_full("city_list")

    def feed_url(self):
        return self.in_full("cities_feed")

    def feed_guid(self):
        return self.tag("cities")

    def items(self):
        newest = PublicCity.objects.listed().order_by("-publication__published_at", "pk")
        shown = newest.select_related("publication", "country").only(
            *("name", "slug", "is_sample", "country__code", "country__name"),
            *("country__translations", "publication__number", "publication__published_at"),
            *("publication__kind", "publication__note"),
        )
        return shown[:NEWEST]

    def item_title(self, city):
        words = _("%(city)s, %(country)s: version %(number)d")
        if city.is_sample:
            words = _("%(city)s (invented), %(country)s: version %(number)d")
        return words % {
            "city": printable(city.name),
            "country": city.country.label,
            "number": city.publication.number,
        }

    def item_description(self, city):
        """As HTML, which Atom1Feed says that it is."""
        return escape(printable(city.publication.public_note))

    def item_link(self, city):
        return self.in_full("city", city.slug)

    def item_guid(self, city):
        return self.tag(f"city/{city.pk}/version/{city.publication.number}")

    def item_pubdate(self, city):
        return city.publication.published_at

    item_updateddate = item_pubdate

    def in_full(self, name, *gaps):
        return absolute_url(self.request, reverse(f"website:{name}", args=gaps))

    def tag(self, name):
        """An id that stays when an address changes (RFC 4151)."""
        return f"tag:{urlsplit(site_url(self.request)).hostname},2026:{name}"
