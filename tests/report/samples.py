"""Documents of records, without a database: of the sample cities, and of what a test makes."""

import json
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

from django.conf import settings

from hub.context import PublicResources
from hub.pictures import Pictures
from profiles.models import Country, Region
from report import pdf
from report.document import build
from tests.records import DAY, shipped_catalogue

from . import records
from .reading import Reading

SLUGS = records.RECORDED


@cache
def country(code):
    """A country of the shipped catalogue, with its region."""
    path = settings.BASE_DIR / "profiles" / "catalogue.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))
    regions = {row["code"]: Region(**row) for row in shipped["profiles.region"]}
    [row] = [row for row in shipped["profiles.country"] if row["code"] == code]
    return Country(**{**row, "region": regions.get(row.get("region"))})


def make_document(record, *, resources=(), is_sample=False, day=DAY, language="en"):
    """The document of a record; `resources` are unsaved `PublicResource`s, its own of city 1.

    `language`: the reader's.
    """
    home = country(record.city.country)
    return build(
        record,
        SimpleNamespace(pk=records.OWN, country=home, is_sample=is_sample),
        PublicResources(resources),
        shipped_catalogue(),
        language=language,
        day=day,
        content_version=0,
    )


def sample_document(slug):
    """Without its pictures: their files are in no database."""
    record, resources, is_sample = records.read(slug)
    document = make_document(record, resources=resources, is_sample=is_sample)
    return replace(document, pictures=Pictures())


def printed(document, site=""):
    """The PDF of a document, as it is read."""
    return Reading(pdf.render(document, site))
