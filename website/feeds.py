"""The versions of a city as an Atom feed."""

from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts.site_url import absolute_url, site_url
from publishing.differences import summary
from publishing.versions import changes_of, entries

from .versions import OfCity, publications_of, state_of

NEWEST = 20


class CityFeed(OfCity):
    """One entry for each of the newest entries of the list of versions."""

    page = "city_feed"
    varies_by = ()

    def answer(self, city):
        publications = publications_of(city)

        def make():
            newest = changes_of(entries(publications)[:NEWEST], publications)
            return VersionsFeed(city, list(newest))(self.request)

        return self.kept(make, *state_of(publications))

    def is_same_for_all(self):
        return True


class VersionsFeed(Feed):
    """The feed of one answer. An item is an entry of the list with its differences, or None."""

    feed_type = Atom1Feed

    def __init__(self, city, told):
        self.city, self.told = city, told

    def get_object(self, request):
        self.request = request

    def title(self):
        return _("Versions of the profile of %(city)s") % {"city": printable(self.city.name)}

    def author_name(self):
        return printable(self.city.name)

    def link(self):
        return self.in_full("versions")

    def feed_url(self):
        return self.in_full("city_feed")

    def feed_guid(self):
        return self.tag("versions")

    def items(self):
        return self.told

    def item_title(self, item):
        entry, _found = item
        words = (
            _("Version %(number)d, withdrawn") if is_withdrawn(entry) else _("Version %(number)d")
        )
        return words % {"number": entry.publication.number}

    def item_description(self, item):
        """As HTML, which Atom1Feed says that it is."""
        entry, found = item
        if is_withdrawn(entry):
            return escape(printable(entry.publication.withdrawal_note))
        told = (entry.publication.public_note, summary(found or []))
        return escape(printable(" · ".join(filter(None, told))))

    def item_link(self, item):
        return self.in_full("version", item[0].publication.number)

    def item_guid(self, item):
        return self.tag(f"version/{item[0].first.number}")

    def item_pubdate(self, item):
        return item[0].first.published_at

    def item_updateddate(self, item):
        publication = item[0].publication
        moments = (publication.withdrawn_at, publication.reinstated_at, publication.published_at)
        return next(filter(None, moments))

    def in_full(self, name, *gaps):
        return absolute_url(self.request, reverse(f"website:{name}", args=[self.city.slug, *gaps]))

    def tag(self, name):
        """An id that stays when the address of the city changes (RFC 4151)."""
        host = urlsplit(site_url(self.request)).hostname
        return f"tag:{host},2026:city/{self.city.pk}/{name}"


def is_withdrawn(entry):
    return entry.publication.withdrawn_at is not None


def printable(words):
    """`words` without the characters that XML cannot hold."""
    return "".join(sign for sign in words if sign.isprintable())
