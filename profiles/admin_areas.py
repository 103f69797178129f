"""The models of the admin, grouped by subject.

One table for the index of the admin, for the worklist of somebody who works for a city, and for the
links to the admin from the public page of a city. The admin site imports it before models are
loaded, so it names them by their labels (`app.model`).
"""

from dataclasses import dataclass
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class AdminModel:
    """A model by its label, and the links that lead to it.

    `index_name`: its name in the index, where that is not the plural of the model.
    `chapter`: the chapter of a city's public page that is edited there.
    `category`: the category of the achievements (`achievements.Rule`) that is filled in there.
    `position`: its position among the links of the worklist; 0 for none. Then `link_name` is the
    text of the link, `rows` the related name by which the rows of the city are counted, `can_add`
    whether there is a link to add a row, `for_editors` whether only those who may edit the city
    see it.
    `city_page`: the name of the one page that a city has for all its rows.
    `is_city_owned`: whether its list can be filtered by city.
    """

    label: str
    index_name: str = ""
    chapter: str = ""
    category: str = ""
    position: int = 0
    link_name: str = ""
    rows: str = ""
    can_add: bool = False
    for_editors: bool = False
    city_page: str = ""
    is_city_owned: bool = True

    def city_url(self, city):
        """The one page of all rows of `city`, if there is one, else their list."""
        if self.city_page:
            return reverse(self.city_page, args=[city.pk])
        return self.list_url(city)

    def list_url(self, city):
        """The list of the rows of `city`; for the model City the form of `city`."""
        if self.label == "profiles.city":
            return reverse(self._url_name("change"), args=[city.pk])
        query = f"?city__id__exact={city.pk}" if self.is_city_owned else ""
        return reverse(self._url_name("changelist")) + query

    def add_url(self, city):
        return f"{reverse(self._url_name('add'))}?city={city.pk}"

    def deleted_url(self, city):
        return f"{reverse(self._url_name('deleted'))}?city__id__exact={city.pk}"

    def _url_name(self, view):
        return f"admin:{self.label.replace('.', '_')}_{view}"


@dataclass(frozen=True, slots=True)
class Area:
    heading: str
    models: tuple[AdminModel, ...]


def _models(*labels):
    return tuple(map(AdminModel, labels))


AREAS = (
    Area(
        _("Cities and what they write"),
        (
            AdminModel(
                "profiles.city",
                chapter="overview",
                category="profile",
                position=1,
                link_name=_("City details"),
            ),
            AdminModel("hub.picture", position=9, link_name=_("Pictures"), rows="pictures"),
            AdminModel(
                "actions.action",
                chapter="actions",
                category="actions",
                position=3,
                link_name=_("Actions"),
                rows="actions",
                can_add=True,
            ),
            AdminModel(
                "actions.citycommitment",
                position=4,
                link_name=_("Commitments made"),
                rows="commitments",
                can_add=True,
            ),
            AdminModel(
                "actions.plan",
                position=10,
                link_name=_("Plans"),
                rows="plans",
                can_add=True,
            ),
            AdminModel(
                "cbi.assessment",
                chapter="cbi",
                category="cbi",
                position=5,
                link_name=_("Assessments by the biodiversity index"),
                rows="assessments",
                can_add=True,
            ),
            AdminModel(
                "pathway.stepprogress",
                index_name=_("Nature Pathway"),
                chapter="pathway",
                category="pathway",
                position=2,
                link_name=_("Nature Pathway"),
                city_page="admin:pathway_city",
            ),
            AdminModel("pathway.stepitem"),
            AdminModel(
                "hub.resource",
                chapter="resources",
                category="hub",
                position=6,
                link_name=_("Tools & resources"),
                rows="resources",
                can_add=True,
            ),
            AdminModel("hub.upload", position=7, link_name=_("Files"), rows="uploads"),
            AdminModel("profiles.submission", index_name=_("Review")),
        ),
    ),
    Area(
        _("Looking after cities"),
        (
            AdminModel("oversight.overseencity", index_name=_("Table of cities")),
            AdminModel("oversight.mailing", index_name=_("Mails to cities")),
            AdminModel("oversight.filebundle", index_name=_("Files of cities (ZIP)")),
        ),
    ),
    Area(
        _("Import and export"),
        (
            AdminModel(
                "exchange.job",
                position=8,
                link_name=_("Import or export a workbook"),
                for_editors=True,
                is_city_owned=False,
            ),
        ),
    ),
    Area(
        _("People and changes"),
        (
            *_models("accounts.user", "profiles.assignment", "profiles.changeset"),
            AdminModel("profiles.publication", index_name=_("Versions of cities")),
            *_models("notices.mail"),
        ),
    ),
    Area(
        _("Catalogue of the Action Platform"),
        _models(
            "actions.actionarea", "actions.commitment", "actions.actiontype", "actions.measure"
        ),
    ),
    Area(_("Catalogue of the Nature Pathway"), _models("pathway.phase", "pathway.step")),
    Area(
        _("Catalogue of the City Biodiversity Index"),
        _models("cbi.edition", "cbi.component", "cbi.indicator"),
    ),
    Area(
        _("Other lists and texts"),
        _models(
            "achievements.rule",
            "catalogue.fixedtext",
            "catalogue.topic",
            "catalogue.kmgbftarget",
            "hub.licence",
            "profiles.country",
            "profiles.region",
        ),
    ),
)
"""The areas in the order of the index. Models that no area names come last there."""

MODELS = tuple(model for area in AREAS for model in area.models)


def linked_models(may_edit):
    """The models to which the worklist of a city links, by `position`."""
    linked = (model for model in MODELS if model.position and (may_edit or not model.for_editors))
    return sorted(linked, key=attrgetter("position"))


def model_of_category(category):
    """The model whose rows count for this category of the achievements."""
    return next(model for model in MODELS if model.category == category)
