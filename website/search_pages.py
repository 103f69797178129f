"""The pages of the platform that a search finds: those of the catalogue, and those about itself."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from actions.type_search import names_of, sentence_of
from catalogue import frozen
from catalogue.atoms import Text
from catalogue.folding import word_line
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.city_search import find_countries
from profiles.models import Country, PublicCity, Region
from profiles.terms import has_all

OWN_PAGES = (
    ("website:city_list", gettext_lazy("Cities"), gettext_lazy("list map country region")),
    ("website:actions", gettext_lazy("Actions"), gettext_lazy("commitments targets figures")),
    ("website:pathway", gettext_lazy("Nature Pathway"), gettext_lazy("steps phases guide")),
    ("website:cbi", gettext_lazy("City Biodiversity Index"), gettext_lazy("CBI Singapore index")),
    (
        "website:resources",
        gettext_lazy("Tools & resources"),
        gettext_lazy("guides reports case studies library"),
    ),
    ("website:about", gettext_lazy("About"), gettext_lazy("who runs it, how to read it")),
    ("website:privacy", gettext_lazy("Privacy"), gettext_lazy("data protection cookies")),
    ("website:accessibility", gettext_lazy("Accessibility"), gettext_lazy("statement barriers")),
    ("website:contact", gettext_lazy("Contact"), gettext_lazy("mail help question")),
)
"""(URL name, title, further words) of the pages that have no row in the catalogue."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be found: what it is about, its title, and texts searched beside it.

    `line` has the words of all its texts in every language, `own` those of its title.
    """

    kind: str
    title: Text
    url: str
    texts: tuple[Text, ...]
    own: str
    line: str


def find_pages(asked):
    """The pages that have all terms: places, then those that have them in their titles."""
    found = [page for page in pages(asked.catalogue) if has_all(asked.terms, page.line)]
    found.sort(key=lambda page: not has_all(asked.terms, page.own))
    return [*_places(asked.terms, asked.by_country), *found]


def _places(terms, by_country):
    """The pages of the countries with listed cities, and of the regions, that have all `terms`."""
    keys = find_countries(terms, by_country)
    if not keys:
        return
    listed = PublicCity.objects.listed().filter(country__in=keys).values("country")
    countries = Country.objects.filter(pk__in=listed).order_by("name")
    regions = Region.objects.filter(countries__in=listed).distinct().order_by("name")
    named = [(_("Country"), "country", row, row.label) for row in countries]
    named += [(_("Region"), "region", row, str(row.text())) for row in regions]
    language = get_language() or OFFICIAL_LANGUAGE
    for kind, name, row, label in named:
        url = reverse(f"website:{name}", args=[row.code])
        page = _page(kind, Text(label, language), url, (), names_of(row))
        if has_all(terms, page.line):
            yield page


def pages(catalogue):
    return _pages(catalogue.sha256, get_language())


@lru_cache(maxsize=16)
def _pages(sha256, language):
    catalogue = frozen.find(sha256)
    return tuple(
        page
        for group in (_types, _commitments, _targets, _steps, _indicators, _own)
        for page in group(catalogue)
    )


def _types(catalogue):
    for row in catalogue.action_types.values():
        above = catalogue.commitments[row.commitment]
        url = reverse("website:action_type", args=[row.code])
        further = (sentence_of(row), row.synonyms, *names_of(above), *names_of(row))
        yield from _of_row(row, _("Action type"), url, further)


def _commitments(catalogue):
    for row in catalogue.commitments.values():
        query = urlencode({"kind": "actions", "commitment": row.code})
        url = f"{reverse('website:search')}?{query}"
        yield from _of_row(row, _("Commitment"), url, names_of(row))


def _targets(catalogue):
    for row in catalogue.targets.values():
        url = reverse("website:kmgbf_target", args=[row.number])
        further = (row.group, _("Target %(number)d") % {"number": row.number}, *names_of(row))
        yield from _of_row(row, _("Global target"), url, further)


def _steps(catalogue):
    for row in catalogue.steps.values():
        further = (*map(str, row.question_texts()), *names_of(row))
        yield from _of_row(row, _("Step of the Nature Pathway"), row.get_absolute_url(), further)


def _indicators(catalogue):
    for row in catalogue.indicators.values():
        edition = catalogue.components[row.component].edition
        kind = _("Indicator %(number)d, edition of %(edition)s") % {
            "number": row.number,
            "edition": edition,
        }
        url = reverse("website:cbi_indicator", args=[row.code])
        labels = [str(one["label"]) for one in row.inputs]
        yield from _of_row(row, kind, url, (*labels, *names_of(row)))


def _own(catalogue):
    language = get_language() or OFFICIAL_LANGUAGE
    for name, title, further in OWN_PAGES:
        yield _page(_("Page"), Text(str(title), language), reverse(name), (str(further),), ())


def _of_row(row, kind, url, further):
    if not row.retired:
        shown = [text for text in further if text and text not in names_of(row)]
        yield _page(kind, row.text(), url, shown, names_of(row))


def _page(kind, title, url, further, names):
    own = word_line("\n".join((title.value, *names)))
    line = word_line("\n".join((title.value, *names, *further)))
    texts = tuple(Text(text, OFFICIAL_LANGUAGE) for text in further)
    return Page(kind, title, url, texts, own, line)
