"""The sections of the site, as the head and the foot of every page list them."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
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
        return _address(self.name, get_language()) + self.query

    def is_current(self, path, query):
        """Whether the page at this address is the section or belongs to it.

        The map is a form of the list of cities, told from it by the query.
        """
        is_map = "map" in parse_qs(query).get("view", ())
        if self.query:
            return is_map and f"{path}{self.query}" == self.url
        return path.startswith(self.url) and not is_map


SECTIONS = (
    Section(_("Cities"), "website:city_list"),
    Section(_("Actions"), "website:actions"),
    Section(_("Map"), "website:city_list", "?view=map"),
    Section(_("Nature Pathway"), "website:pathway", is_further=True),
    Section(_("Biodiversity Index"), "website:cbi", is_further=True),
    Section(_("Resources"), "website:resources"),
)

SEARCH = Section(_("Search"), "website:search")


@lru_cache(maxsize=256)
def _address(name, language):
    """Each page has all of them; `language`: the active one."""
    return reverse(name)
