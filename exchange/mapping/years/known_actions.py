"""The actions that are here already and that a list may be about."""

from dataclasses import dataclass, field

from actions.models import Action, OwnFigure, Statement
from actions.models.own_figures import folded_name

from ...lookups.context import editable_cities


@dataclass(slots=True)
class KnownAction:
    """`figures`: folded name of an own figure → its name. `baseline_year`: of its starting point,
    if it has one that says a year."""

    city: str
    number: int
    action_type: str
    type_name: str
    summary: str
    reference: str
    figures: dict = field(default_factory=dict)
    has_baseline: bool = False
    baseline_year: int | None = None

    @property
    def label(self):
        return f"{self.number}: {self.summary or self.type_name}"


def actions_of_city(user, slug):
    """All actions of a city by their numbers; none where `user` may not write to it."""
    cities = editable_cities(user).filter(slug=slug).order_by()
    return known(Action.objects.filter(city__in=cities.values("pk")))


def actions_of_list(user, list_name):
    """The actions of all cities of `user` that earlier imports of a list have made."""
    if not list_name:
        return []
    cities = editable_cities(user).order_by().values("pk")
    return known(Action.objects.filter(city__in=cities, reference__startswith=f"{list_name}: "))


def known(actions):
    names = "pk", "city__slug", "number", "action_type__code", "action_type__name"
    more = "summary", "description", "reference"
    found = {}
    for row in actions.order_by("city", "number").values_list(*names, *more):
        pk, slug, number, code, name, summary, description, reference = row
        words = summary or " ".join(description.split())[:SUMMARY]
        found[pk] = KnownAction(slug, number, code, name, words, reference)
    keys = actions.order_by().values("pk")
    own = OwnFigure.objects.filter(action__in=keys).order_by().values_list("action", "name")
    for pk, name in own:
        found[pk].figures[folded_name(name)] = name
    baselines = Statement.objects.baselines().filter(action__in=keys).order_by()
    for pk, year in baselines.values_list("action", "year"):
        found[pk].has_baseline, found[pk].baseline_year = True, year
    return list(found.values())


SUMMARY = 80
"""Letters of a description that tell which action it is."""
