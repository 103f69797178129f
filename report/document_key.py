"""What a city's document is made from, asked in one query, and the key of its page, PDF and JSON.

The database is asked with each request, so what is kept under a key (by browsers, by the cache) is
never shown once it is not true any more.
"""

import hashlib
import json
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Subquery
from django.utils.translation import get_language

from catalogue.models import CatalogueVersion
from hub import references
from profiles.models import PublicAddress, PublicCity

from .planned_once import PlannedOnce

ANY_SLUG = "any-slug"
"""Stands for the address while the query is put together."""


class DocumentSource(NamedTuple):
    """All that tells the document of a public city from others, but for language, day and site.

    - `city`, `publication`: primary keys; `sha256`: the hash of the record.
    - `catalogue`: the hash of the catalogue that it is read with; None where there is none yet.
    - `homes`: as `hub.references.state_of_homes`.
    - `places`: country and region, name and translations as they are stored.
    """

    city: int
    slug: str
    is_sample: bool
    publication: int
    sha256: str
    catalogue: str | None
    resources_version: int
    homes: int | None
    places: tuple = ()


def find_source(slug):
    """The `DocumentSource` at this address, present or former; None if no city is public there.

    One query.
    """
    row = _query(connection.vendor).fetch_one(slug)
    if row is None:
        return None
    *facts, country, country_words, region, region_words = row
    return DocumentSource(*facts, places=(country, country_words, region, region_words))


@cache
def _query(vendor):
    """The query of `find_source` in the dialect of the database, put together once."""
    current = CatalogueVersion.objects.filter(is_current=True)
    address = PublicAddress.objects.filter(slug=ANY_SLUG)
    rows = (
        PublicCity.objects.public()
        .filter(pk__in=address.values("city"))
        .values_list(
            "pk",
            "slug",
            "is_sample",
            "publication",
            "publication__sha256",
            Subquery(current.values("sha256")[:1]),
            "resources_version",
            references.state_of_homes(),
            "country__name",
            "country__translations",
            "country__region__name",
            "country__region__translations",
        )
    )
    sql, parameters = rows.query.sql_with_params()
    assert parameters == (ANY_SLUG,)  # noqa: S101 (what is filled in later is all there is)
    return PlannedOnce(sql)


def document_key(form, source, day, site, *below):
    """The key of one form of a document in the active language: a hash of all it is made from.

    `form`: such as "city_pdf"; `day`: the one on which the document is read; `site`: the address of
    this site, which links name in full; `below`: which part of the document the form shows, such as
    the number of an action.
    """
    return key_of(form, site, day, *source, *below)


def key_of(form, site, *parts):
    """The key of an answer in the active language that is made from these parts."""
    key = [settings.RELEASE, settings.SITE_NAME, form, site, get_language(), *parts]
    return hashlib.sha256(json.dumps(key, default=str).encode()).hexdigest()[:32]


def find_public_city(source):
    """The `PublicCity` of a source with all that its document is made from; None if it has changed.

    One query.
    """
    return (
        PublicCity.objects.select_related("publication", "country__region")
        .defer("search_text")
        .filter(
            pk=source.city,
            publication=source.publication,
            resources_version=source.resources_version,
            is_sample=source.is_sample,
        )
        .first()
    )
