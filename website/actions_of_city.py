"""One action of a city, at its own address."""

from django.utils.translation import gettext as _

from accounts.site_url import site_url

from .download_and_cite import of_profile
from .figures_to_copy import shown_statements
from .meta_of_city import meta_of_city
from .views import CityPage, in_words


class NoSuchAction(Exception):
    """The `document` has no action of this number."""

    def __init__(self, document):
        super().__init__(document.slug)
        self.document = document


class ActionPage(CityPage):
    form = "city_action"
    template_name = "website/action_page.html"

    @property
    def place_in_preview(self):
        return f"action-{self.kwargs['number']}"

    def get(self, request, slug, number):
        try:
            return super().get(request, slug, number=number)
        except NoSuchAction as missing:
            context = {"number": number, "document": missing.document}
            return in_words(request, "website/action_missing.html", slug, status=404, **context)

    def shown(self, city, document, url):
        area, commitment, action = find_action(document, self.kwargs["number"])
        chapter, name, site = document.actions, str(document.cover.title), site_url(self.request)
        title = f"{action.title} · {name}"
        trail = (
            (name, city.get_absolute_url()),
            (str(chapter.head.title), f"{city.get_absolute_url()}actions/"),
            (str(action.title), self.address_at(city.slug)),
        )
        part = _("Action %(number)d: %(title)s") % {"number": action.number, "title": action.title}
        description = f"{action.title}. {action.description}"
        before, after = neighbours(chapter.actions, action)
        rows = [row for row in document.glance.targets if row.action == action.number]
        return {
            "action": action,
            "area": area,
            "commitment": commitment,
            "chapter": chapter,
            "before": before,
            "after": after,
            "targets": [row for row in rows if row.measure],
            "statements": list(shown_statements(action, document, url)),
            "meta": meta_of_city(city, document, url, site, title, description, trail),
            "download_and_cite": of_profile(document, city.slug, site, part, self.place_in_preview),
        }


def find_action(document, number):
    """(area, commitment, action) of the document. Raises NoSuchAction."""
    for area in document.actions.areas:
        for commitment in area.commitments:
            for action in commitment.actions:
                if action.number == number:
                    return area, commitment, action
    raise NoSuchAction(document)


def neighbours(actions, action):
    """(the action before this one, the one after it), each None where there is none."""
    place = actions.index(action)
    before = actions[place - 1] if place else None
    return before, next(iter(actions[place + 1 :]), None)
