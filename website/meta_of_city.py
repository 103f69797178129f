"""What the pages of a city tell machines: search engines, and who makes a preview of a link.

`templates/website/parts/meta_of_city.html` writes it.
"""

import json
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from report.forms import FORMS

SCHEMA = "https://schema.org"
LONGEST = 160
"""Letters of a description; search engines show no more."""

LOCALES = {"en": "en_GB"}
"""Language → the name that Open Graph has for it, where it takes a country as well."""

FOR_SCRIPT = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
"""No text may end the element in which the JSON stands."""


@dataclass(frozen=True, slots=True)
class Meta:
    """`data` is JSON-LD, safe within a `<script>`; `picture` is the address of the one to share."""

    title: str
    description: str
    picture: str
    picture_words: str
    locale: str
    data: SafeString


def meta_of_city(city, document, url, site, title="", description="", trail=()):
    """The `Meta` of a page of a public city. `city`: its `PublicCity`; `url`: that of the page.

    `title`, `description`: those of a page below that of the city, and `trail` the (name, address)
    of the pages that lead to it, the page itself last. Without them, it is the page of the city.
    """
    name = str(document.cover.title)
    description = shortened(description or description_of(document))
    title = title or _("Nature profile of %(city)s") % {"city": name}
    picture = urljoin(site, reverse("website:share_picture", args=[city.slug]))
    page = _page(document, url, site, title, description, picture)
    page |= {"about" if trail else "mainEntity": _place(city, document, site)}
    if trail:
        page["breadcrumb"] = _breadcrumb(trail, site)
    else:
        page["subjectOf"] = _dataset(city, document, site, description)
    return Meta(
        title=title,
        description=description,
        picture=picture,
        picture_words=_("%(city)s, and a mark drawn from what it reports") % {"city": name},
        locale=LOCALES.get(document.language, to_locale(document.language)),
        data=as_script(page),
    )


def description_of(document):
    """What is said of a city in one sentence: its summary in the language of the document, or what
    the platform computes."""
    summaries = document.overview.about.summaries
    own = [text.value for text in summaries if text.language == document.language]
    return f"{document.cover.title}: {own[0] if own else document.glance.sentence}"


def shortened(words):
    return Truncator(" ".join(words.split())).chars(LONGEST)


def as_script(data):
    """`data` as JSON, as it may stand within a `<script>`."""
    written = json.dumps(data, ensure_ascii=False).translate(FOR_SCRIPT)
    return mark_safe(written)  # noqa: S308 (nothing in it can end the element)


def _page(document, url, site, title, description, picture):
    page = {
        "@context": SCHEMA,
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": document.language,
        "primaryImageOfPage": {"@type": "ImageObject", "url": picture},
        "isPartOf": {"@type": "WebSite", "name": settings.SITE_NAME, "url": site},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": site},
    }
    if document.version:
        page["dateModified"] = document.version.published_on.date.isoformat()
    return page


def _place(city, document, site):
    """The city: an administrative area, since counties and regions report as well."""
    country = city.country
    url = urljoin(site, city.get_absolute_url())
    place = {
        "@type": "AdministrativeArea",
        "@id": f"{url}#place",
        "name": str(document.cover.title),
        "url": url,
        "containedInPlace": {
            "@type": "Country",
            "name": str(country.label),
            "identifier": country.code,
        },
    }
    if document.cover.local_name:
        place["alternateName"] = str(document.cover.local_name)
    if city.latitude is not None and city.longitude is not None:
        at = {"latitude": float(city.latitude), "longitude": float(city.longitude)}
        place["geo"] = {"@type": "GeoCoordinates", **at}
    return place


def _dataset(city, document, site, description):
    """The profile as files. Cities name no licence of their profile, so none is given."""
    name = str(document.cover.title)
    files = [(form.media_type, f"city_{code}") for code, form in FORMS.items()]
    files.append(("application/json", "city_json"))
    data = {
        "@type": "Dataset",
        "name": _("Nature profile of %(city)s") % {"city": name},
        "description": description,
        "url": urljoin(site, city.get_absolute_url()),
        "creator": {"@type": "Organization", "name": name},
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": urljoin(site, reverse(f"website:{form}", args=[city.slug])),
            }
            for kind, form in files
        ],
    }
    if document.version:
        data["version"] = str(document.version.number)
        data["dateModified"] = document.version.published_on.date.isoformat()
    return data


def _breadcrumb(trail, site):
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": urljoin(site, address)}
            for place, (name, address) in enumerate(trail, start=1)
        ],
    }
