"""Resources of the hub by what cells call them.

A cell names a resource of its own city by its link or the name of its file, one of another city
with that city's address before it, and any by the address of its page.
"""

import re

from django.conf import settings
from django.db.models import Q
from django.http.request import split_domain_port, validate_host
from django.utils.translation import gettext as _

from hub.models import Resource

from .. import cells
from ..problems import CellError, sentence
from .file_names import Names

PAGE = re.compile(r"(?:https?://([^/]+))?(?:/[A-Za-z-]{2,10})?/resources/([0-9]{1,18})/?")
OF_CITY = re.compile(r"([^\s:/]+)\s*:\s*(?!//)(.+)", re.DOTALL)
OWN_HOSTS = (".localhost", "127.0.0.1", "[::1]")
"""The hosts that Django allows in development where the settings name none."""


class CityResources:
    """The resources of one city by what they are called."""

    def __init__(self):
        self.links = {}
        self.files = Names()

    def add(self, resource):
        if resource.url:
            self.links[resource.url] = resource
        elif resource.file is not None:
            self.files.add(resource.file.name, resource)

    def find(self, word):
        return self.links.get(word) or self.files.find(word)

    @property
    def words(self):
        return [*self.links, *self.files.names]


class ResourceFinder:
    """The resources to which one import may refer, read for all sheets of its workbook.

    `by_id`: all that were read. `nameable`: the primary keys of those that cells may name.
    """

    def __init__(self, context):
        self.context = context
        self.by_city = {}
        self.by_id = {}
        self.nameable = set()

    def prepare(self, cities, words):
        """Read what `words` may mean on rows of these cities, in a few queries."""
        self.load(cities)
        pages, slugs = set(), set()
        for word in words:
            if found := OF_CITY.fullmatch(word):
                slugs.add(cells.folded(found[1]))
            elif pk := page_number(word):
                pages.add(pk)
        slugs -= {city.slug for city in cities}
        self.load_rows(self.resources_named_by_link(), "city__slug__in", slugs)
        self.load_rows(self.visible_resources(), "pk__in", pages - self.nameable)

    def load(self, cities):
        """Read all resources of these cities, which the user may edit."""
        by_id = {city.pk: city for city in self.context.unread(Resource, cities)}
        self.load_rows(Resource.objects.all(), "city__in", by_id, by_id)

    def load_referred(self, ids):
        """Read resources to which rows of the user's cities refer, whether public or not."""
        ids = set(ids) - {None}
        self.load_rows(Resource.objects.all(), "pk__in", ids - self.by_id.keys(), findable=False)
        self.nameable |= ids

    def visible_resources(self):
        user = self.context.user
        return Resource.objects.all() if user is None else Resource.objects.visible_to(user)

    def resources_named_by_link(self):
        """Those that the user may edit, or of which link and file are approved as they are."""
        visible = self.visible_resources()
        user = self.context.user
        if user is None:
            return visible
        approved = Q(state=Resource.State.PUBLISHED)
        return visible.filter(approved | Q(pk__in=Resource.objects.editable_by(user).values("pk")))

    def load_rows(self, rows, lookup, values, cities=None, *, findable=True):
        """Read `rows` by a look-up; `cities`: those at hand, by their primary keys."""
        values = sorted(values)
        for start in range(0, len(values), 500):
            some = rows.filter(**{lookup: values[start : start + 500]})
            for resource in some.select_related("city", "file", "cover"):
                if cities:
                    resource.city = cities[resource.city_id]
                self.add(resource, findable=findable)

    def add(self, resource, *, findable=True):
        """Let other sheets refer to a resource that is stored, or new in this workbook."""
        if resource.pk in self.by_id:
            resource = self.by_id[resource.pk]
        elif resource.pk is not None:
            self.by_id[resource.pk] = resource
        if findable:
            self.nameable.add(resource.pk)
            if resource.city is not None:
                self.city_resources(resource.city.slug).add(resource)

    def city_resources(self, slug):
        return self.by_city.setdefault(slug, CityResources())

    def find(self, city, word):
        """The resource that `word` means on a row of `city`. Raises CellError.

        What the user may not see is unknown in the same words as what does not exist.
        """
        found = self.city_resources(city.slug).find(word) or self.find_elsewhere(word)
        if found is None or self.is_apart(city, found.city):
            hint = self.context.hint(word, lambda: self.city_resources(city.slug).words)
            message = _("There is no such resource among those of the city and the public ones.")
            raise CellError(sentence(message, hint))
        return found

    def is_apart(self, city, other):
        """Whether one of two cities is invented and the other real; partners go with both."""
        if other is None:
            return False
        planned = self.context.cities.get(other.slug, other)
        return city.is_sample != planned.is_sample

    def find_elsewhere(self, word):
        """The resource of another city or of a partner; None where there is none to refer to."""
        if found := OF_CITY.fullmatch(word):
            known = self.by_city.get(cells.folded(found[1]))
            return known.find(found[2].strip()) if known else None
        pk = page_number(word)
        return self.by_id.get(pk) if pk in self.nameable else None

    def word_for(self, resource, city):
        """The word for the resource in a cell on a row of `city`."""
        own = resource.url or (resource.file.name if resource.file else "")
        home = resource.city
        if home is not None and (home is city or home.pk == city.pk):
            return own
        if home is not None and self.may_name_by_link(resource):
            return f"{home.slug}: {own}"
        return f"/resources/{resource.pk}/"

    def may_name_by_link(self, resource):
        """Whether the user may read the link or the file: another may wait for review."""
        if self.context.by_platform or resource.pk is None or resource.approved is resource:
            return True
        return resource.city.slug in self.context.editable_slugs()


def page_number(word):
    """The key of the resource whose page on this platform has the address `word`; else None."""
    found = PAGE.fullmatch(word)
    if found is None:
        return None
    if found[1]:
        host, _port = split_domain_port(found[1].lower())
        if not validate_host(host, settings.ALLOWED_HOSTS or OWN_HOSTS):
            return None
    return int(found[2])
