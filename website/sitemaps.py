"""What search engines are to find: an index, and a file for each part of the site.

Earlier versions stand in none, and samples only where they stand in all lists: in development.
"""

from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, Q
from django.urls import reverse

from accounts.site_url import site_url
from actions.models import ActionType
from catalogue.models import KMGBFTarget
from cbi.models import Edition, Indicator
from hub.models import PublicResource
from pathway.models import Step
from profiles.models import Country, PublicCity, Region

PAGES = (
    "home",
    "city_list",
    "actions",
    "pathway",
    "cbi",
    "resources",
    "about",
    "contact",
    "privacy",
    "accessibility",
)
"""URL names of the pages without gaps."""

CATALOGUE = (
    ("action_type", ActionType, "code"),
    ("kmgbf_target", KMGBFTarget, "number"),
    ("cbi_edition", Edition, "code"),
    ("cbi_indicator", Indicator, "code"),
    ("step", Step, "code"),
)
"""URL name, model and the field that fills the gap, of rows of the catalogue with pages."""


class OwnSitemap(Sitemap):
    """A part of the list of addresses. It names the site as all that leaves it does."""

    def get_urls(self, page=1, site=None, protocol=None):
        if settings.SITE_URL:
            own = urlsplit(settings.SITE_URL)
            return self._urls(page, own.scheme, own.netloc)
        return super().get_urls(page, site, protocol)


class PagesSitemap(OwnSitemap):
    def items(self):
        return PAGES

    def location(self, item):
        return reverse(f"website:{item}")


class CatalogueSitemap(OwnSitemap):
    def items(self):
        return [
            (name, gap)
            for name, model, field in CATALOGUE
            for gap in model.objects.current().order_by("pk").values_list(field, flat=True)
        ]

    def location(self, item):
        name, gap = item
        return reverse(f"website:{name}", args=[gap])


class PlacesSitemap(OwnSitemap):
    """The countries and regions with a city."""

    def items(self):
        countries = Country.objects.filter(pk__in=listed_cities().values("country"))
        regions = Region.objects.filter(pk__in=countries.values("region"))
        return [
            (name, code)
            for name, rows in (("country", countries), ("region", regions))
            for code in rows.order_by("pk").values_list("code", flat=True)
        ]

    def location(self, item):
        name, code = item
        return reverse(f"website:{name}", args=[code])


class RowsSitemap(OwnSitemap):
    """Rows by the hundred thousand: their newest day is asked of the database."""

    limit = 1_000
    """Addresses in a file; each takes a tenth of a millisecond."""
    changed = ""
    """The field with the day or time of the last change."""

    def lastmod(self, item):
        return getattr(item, self.changed)

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(latest=Max(self.changed))["latest"]


def listed_cities():
    return PublicCity.objects.listed()


class CitiesSitemap(RowsSitemap):
    changed = "changed_at"

    def items(self):
        return listed_cities().order_by("pk").only("slug", "changed_at")


class ResourcesSitemap(RowsSitemap):
    changed = "published_on"

    def items(self):
        shared = PublicResource.objects.filter(Q(city=None) | Q(city__in=listed_cities()))
        return shared.order_by("pk").only("published_on")


SECTIONS = {
    "pages": PagesSitemap,
    "catalogue": CatalogueSitemap,
    "places": PlacesSitemap,
    "cities": CitiesSitemap,
    "resources": ResourcesSitemap,
}


def index(request):
    """The list of the files, each named by the address of the site."""
    response = views.index(request, SECTIONS, sitemap_url_name="website:sitemap_section")
    for file in response.context_data["sitemaps"]:
        path = urlsplit(file.location)._replace(scheme="", netloc="").geturl()
        file.location = urljoin(site_url(request), path)
    return response


def section(request, section):
    return views.sitemap(request, SECTIONS, section)
