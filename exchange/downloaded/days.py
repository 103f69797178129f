"""Reads the days that a document prints, also with the names of months in other languages."""

import re
import unicodedata
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.translation import gettext as _

from intake import dates
from intake.numbers import Unclear

LANGUAGES = (
    *("ar", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hr", "hu", "id", "it", "lt"),
    *("lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"),
)
DAY = re.compile(r"(\d{1,2})(?:\.|º|°|er|a)? (?:de )?([^\W\d_]{3,})\.? (?:de |del )?(\d{4})")


def read_day(words):
    """(day, note); the note says how words of another language are read. Raises Unclear."""
    try:
        return dates.read_date(words)[0], ""
    except Unclear:
        day = day_in(unicodedata.normalize("NFKC", words).casefold())
        if day is None:
            raise
        return day, _("This is read as %s.") % day.isoformat()


def day_in(words):
    found = DAY.fullmatch(" ".join(words.split()))
    months = found and months_by_name().get(found[2], ())
    if not months or len(months) > 1:
        return None
    (month,) = months
    year = int(found[3])
    if not dates.FIRST_YEAR <= year <= dates.LAST_YEAR:
        return None
    return dates.day_of(year, month, int(found[1]))


@cache
def months_by_name():
    """Name → numbers of the months that it is; the same word is another month elsewhere."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            for names in (MONTHS, MONTHS_ALT):
                for number, name in names.items():
                    found.setdefault(str(name).casefold(), set()).add(number)
    return found
