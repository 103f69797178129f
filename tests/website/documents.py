"""Documents of a public city for tests that ask no database."""

from decimal import Decimal
from types import SimpleNamespace

from report.document import build
from tests.records import make_context, make_record
from tests.report.test_version import make_version


def make_document(*, resources=(), **record):
    """The current version, number 3, of what `make_record` takes."""
    context = make_context(resources=resources)
    return build(
        make_record(**record),
        context.city,
        context.resources,
        context.catalogue,
        language="en",
        day=context.day,
        content_version=1,
        version=make_version(),
    )


def make_public_city(latitude=None, longitude=None):
    """What the pages ask of the `PublicCity` of `make_document`."""
    return SimpleNamespace(
        slug="port-trial",
        country=SimpleNamespace(label="China", code="CN"),
        latitude=latitude and Decimal(latitude),
        longitude=longitude and Decimal(longitude),
        get_absolute_url=lambda: "/cities/port-trial/",
    )
