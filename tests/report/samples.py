"""The sample cities, and the day on which tests print a profile."""

import datetime

from django.conf import settings

from report import pdf
from report.document import build

from .reading import Reading

DAY = datetime.date(2026, 6, 6)
SLUGS = tuple(path.stem for path in sorted((settings.BASE_DIR / "demo").glob("*.xlsx")))


def printed(city, site=""):
    """The PDF of `city`, as it is read."""
    return Reading(pdf.render(build(city, on=DAY), site))
