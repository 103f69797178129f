"""How to cite what this site says, a version of a profile or a list: in words, and for BibTeX."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from report.citation import citation, note_of, title_of

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


def cite(city, version, url, part=""):
    """The `Citation` of a `report.version.Version`, or of a part of it.

    `city`: its name; `url`: in full, of a part with its id; `part`: its title.
    """
    title, note, day = title_of(city, part), note_of(version), version.published_on
    slug, place = version.current_url.rstrip("/").rpartition("/")[2], url.partition("#")[2]
    key = "-".join(filter(None, (slug, "version", str(version.number), place)))
    return Citation(
        citation(city, version, url, part),
        _bibtex(key, city, title, note, day, url),
    )


def cite_page(title, day, url):
    """The `Citation` of a page over many cities as it is read on a `Day`; `url`: in full."""
    note = _("As of %(day)s") % {"day": day}
    key = f"{slugify(settings.SITE_NAME)}-{slugify(title)}-{day.date.isoformat()}"
    return Citation(
        f"{settings.SITE_NAME} ({day.date.year}). {title}. {note}. {url}",
        _bibtex(key, settings.SITE_NAME, title, note, day, url),
    )


def _bibtex(key, author, title, note, day, url):
    fields = {
        # The second braces keep the name of a city from being taken apart as that of a person,
        # and its capitals as they are.
        "author": f"{{{{{escape(author)}}}}}",
        "title": f"{{{{{escape(title)}}}}}",
        "year": f"{{{day.date.year}}}",
        "month": MONTHS[day.date.month - 1],
        "howpublished": f"{{{escape(settings.SITE_NAME)}}}",
        "note": f"{{{escape(note)}}}",
        "url": f"{{{url}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def escape(words):
    """`words` for a field of BibTeX, on one line. Other scripts stay as they are."""
    return " ".join(words.split()).translate(ESCAPED)
