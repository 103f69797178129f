"""How to cite a version of a profile, in words: on its page, and at the end of its PDF."""

from django.conf import settings
from django.utils.translation import gettext as _


def citation(city, version, url, part=""):
    """The words that name a `report.version.Version`, or a part of it.

    `city`: its name; `url`: in full, of a part with its id; `part`: its title.
    """
    day = version.published_on
    words = (title_of(city, part), note_of(version), settings.SITE_NAME, url)
    return f"{city} ({day.date.year}). {'. '.join(words)}"


def title_of(city, part=""):
    title = _("Nature profile of %(city)s") % {"city": city}
    if part:
        title = _("%(part)s. In: %(whole)s") % {"part": part, "whole": title}
    return title


def note_of(version):
    words = _("Version %(number)d, published %(day)s")
    return words % {"number": version.number, "day": version.published_on}
