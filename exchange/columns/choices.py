"""The words that a column accepts, for drop-downs, the sheet Lists and the help page."""

from django.conf.locale import LANG_INFO
from django.utils.functional import cached_property
from django.utils.text import capfirst

from actions.models import Plan

MOST = 10_000
"""A list of more cities is left empty: nobody could choose from it."""


class Choices:
    """Words to choose from. `name` tells the lists of a workbook apart.

    `load` gives (word, what it stands for) for each, and is called when they are first needed.
    `several`: a cell may hold more than one of the words.
    """

    def __init__(self, name, load, *, title="", several=False):
        self.name = name
        self.load = load
        self.title = title
        self.several = several

    @cached_property
    def pairs(self):
        return tuple(self.load())


def of_enum(choices):
    name = choices.__qualname__.replace(".", "_").lower()
    return Choices(name, lambda: ((choice.value, str(choice.label)) for choice in choices))


def of_catalogue(model, *, several=False):
    return Choices(
        model._meta.model_name,
        lambda: model.objects.current().values_list("code", "name"),
        title=str(capfirst(model._meta.verbose_name)),
        several=several,
    )


def of_cities(cities):
    def load():
        rows = cities.order_by("name", "pk").values_list("slug", "name")[: MOST + 1]
        return rows if len(rows) <= MOST else ()

    return Choices("cities", load)


def of_plans(cities):
    """The plans of these cities by their titles, with the names of the cities."""

    def load():
        names = {}
        plans = Plan.objects.filter(city__in=cities.values("pk")).order_by("title", "pk")
        for title, city in plans.values_list("title", "city__name")[:MOST]:
            names.setdefault(title, []).append(city)
        return ((title, "; ".join(found)) for title, found in names.items())

    return Choices("plans", load)


def languages(*, several=False):
    """Some hundred languages with their names; any other tag may be typed as well."""

    def load():
        for code, info in LANG_INFO.items():
            if "name" in info:
                yield tag(code), f"{info['name']} · {info['name_local']}"

    return Choices("languages", load, several=several)


def tag(code):
    """A language tag as it is usually written: zh-hans becomes zh-Hans, pt-br pt-BR."""
    first, *rest = code.split("-")
    return "-".join([first, *(part.title() if len(part) > 3 else part.upper() for part in rest)])
