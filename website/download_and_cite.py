"""What one can take away from a page, and how to cite it: one place on every page.

`templates/website/parts/download_and_cite.html` shows it.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.atoms import Day
from profiles.dates import today

from .citation import Citation, cite, cite_page

FORMS = {
    "pdf": ("PDF", gettext_lazy("to read and to print")),
    "at_a_glance": (gettext_lazy("One page (PDF)"), gettext_lazy("the city at a glance")),
    "docx": (gettext_lazy("Word file"), gettext_lazy("to edit")),
    "xlsx": (gettext_lazy("Excel workbook"), gettext_lazy("the rows as a table")),
    "csv": ("CSV", gettext_lazy("the rows as a table, for any program")),
    "json": ("JSON", gettext_lazy("data for programs")),
    "atom": (gettext_lazy("Feed (Atom)"), gettext_lazy("tells what is new")),
}
"""Kind of a file → its name and what it is good for."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file; `name` says its kind, such as PDF, `use` what it is good for."""

    url: str
    name: str
    use: str

    @classmethod
    def of(cls, form, url, use=""):
        """`form`: a key of `FORMS`."""
        name, usual = FORMS[form]
        return cls(url, str(name), use or str(usual))


@dataclass(frozen=True, slots=True)
class DownloadAndCite:
    """`permanent` is the address in full of the version that is shown, `versions` that of all."""

    downloads: tuple[Download, ...]
    citation: Citation
    permanent: str = ""
    versions: str = ""


def of_profile(document, slug, site, part="", anchor=""):
    """What one takes away from a page of a public city; None from a working copy.

    `slug`: the present one of the city; `site`: the address of this site; `part`: the title of what
    the page shows of the document, and `anchor` its id in the page of the version.
    """
    if document.version is None:
        return None
    whole, figures = _("the whole profile"), _("all its figures as one table")
    files = (
        Download.of("pdf", reverse("website:city_pdf", args=[slug]), whole),
        Download.of("at_a_glance", reverse("website:city_at_a_glance", args=[slug])),
        Download.of(
            "docx", reverse("website:city_docx", args=[slug]), _("the whole profile, to edit")
        ),
        Download.of("xlsx", reverse("website:city_figures_xlsx", args=[slug]), figures),
        Download.of("csv", reverse("website:city_figures_csv", args=[slug]), figures),
        Download.of("json", reverse("website:city_json", args=[slug]), whole),
        Download.of("atom", reverse("website:city_feed", args=[slug]), _("new versions")),
    )
    return _of_version(document, slug, files, site, part, anchor)


def of_version(document, slug, site):
    """What one takes away from the page of one version."""
    place, this = [slug, document.version.number], _("this version")
    files = (
        Download.of("pdf", reverse("website:version_pdf", args=place), this),
        Download.of("at_a_glance", reverse("website:version_at_a_glance", args=place)),
        Download.of(
            "docx", reverse("website:version_docx", args=place), _("this version, to edit")
        ),
        Download.of("json", reverse("website:version_json", args=place), this),
    )
    return _of_version(document, slug, files, site)


def of_list(title, url, files, use=""):
    """What one takes away from a page over many cities.

    `url`: its address in full, with what was chosen; `files`: key of `FORMS` → address; `use`: what
    all of them hold, where it is not the rows of the page.
    """
    downloads = tuple(Download.of(form, address, use) for form, address in files.items())
    return DownloadAndCite(downloads, cite_page(title, Day.of(today()), url))


def _of_version(document, slug, files, site, part="", anchor=""):
    version = document.version
    permanent = urljoin(site, version.url)
    cited = f"{permanent}#{anchor}" if anchor else permanent
    return DownloadAndCite(
        downloads=files,
        citation=cite(str(document.cover.title), version, cited, part),
        permanent=permanent,
        versions=reverse("website:versions", args=[slug]),
    )
