"""How to cite a version of a profile: in words, and for BibTeX."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros of BibTeX for months."""

ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not \{ and \}: BibTeX counts them as braces all the same.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)


@dataclass(frozen=True, slots=True)
class Citation:
    text: str
    bibtex: str


def cite(city, version, url):
    """The `Citation` of a `report.version.Version`; `city`: its name, `url`: in full."""
    day = version.published_on
    title = _("Nature profile of %(city)s") % {"city": city}
    version_words = _("Version %(number)d, published %(day)s") % {
        "number": version.number,
        "day": day,
    }
    text = f"{city} ({day.date.year}). {title}. {version_words}. {settings.SITE_NAME}. {url}"
    return Citation(text, _bibtex(city, title, version_words, version, url))


def _bibtex(city, title, version_words, version, url):
    day = version.published_on.date
    slug = version.current_url.rstrip("/").rpartition("/")[2]
    fields = {
        # The second braces keep the name of a city from being taken apart as that of a person,
        # and its capitals as they are.
        "author": f"{{{{{escape(city)}}}}}",
        "title": f"{{{{{escape(title)}}}}}",
        "year": f"{{{day.year}}}",
        "month": MONTHS[day.month - 1],
        "howpublished": f"{{{escape(settings.SITE_NAME)}}}",
        "note": f"{{{escape(version_words)}}}",
        "url": f"{{{url}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{slug}-version-{version.number},", *lines, "}"])


def escape(words):
    """`words` for a field of BibTeX, on one line. Other scripts stay as they are."""
    return " ".join(words.split()).translate(ESCAPED)
