"""The sections of the site, as the head and the foot of every page list them."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Section:
    """`name`: its URL name. `is_further`: only the menu, a very wide head and the foot show it."""

    label: str | Promise
    name: str
    query: str = ""
    is_further: bool = False

    @property
    def url(self):
        return reverse(self.name) + self.query

    def is_current(self, path, query):
        """Whether the page at this address is the section or belongs to it.

        The map is a form of the list of cities, told from it by the query.
        """
        asked = parse_qs(query)
        own = parse_qs(urlsplit(self.query).query)
        if own:
            return path == reverse(self.name) and own.items() <= asked.items()
        return path.startswith(reverse(self.name)) and "map" not in asked.get("view", ())


SECTIONS = (
    Section(_("Cities"), "website:city_list"),
    Section(_("Actions"), "website:actions"),
    Section(_("Map"), "website:city_list", "?view=map"),
    Section(_("Nature Pathway"), "website:pathway", is_further=True),
    Section(_("Biodiversity Index"), "website:cbi", is_further=True),
    Section(_("Resources"), "website:resources"),
)
