"""The rows that one import may change or refer to, read once for all sheets of its workbook."""

import unicodedata
from collections import defaultdict

from django.utils.translation import gettext as _

from actions.models import (
    Action,
    OwnFigure,
    Plan,
)
from actions.models.own_figures import MOST_OWN_FIGURES
from cbi.models import Assessment, Edition
from hub.models import Resource, Upload
from profiles.access import is_platform_staff
from profiles.dates import today
from profiles.models import City

from .. import cells
from ..problems import CellError, did_you_mean, sentence
from .city_files import CityFiles
from .plan_titles import PlanFinder
from .resource_names import ResourceFinder

PROGRESS_EVERY = 250
"""Rows between two reports of progress."""

MOST_HINTS = 100
"""How often one import searches for the nearest word."""

NUMBERS = range(1, MOST_OWN_FIGURES + 1)

CHUNK = 5000
"""Values in one query: a database takes only so many."""


def chunks(values):
    values = sorted(values)
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def is_platform(user):
    """Whether `user` is platform staff; None is the platform itself."""
    return user is None or is_platform_staff(user)


def editable_cities(user):
    return City.objects.all() if user is None else City.objects.editable_by(user)


class ImportContext:
    """`user`: who imports; None is the platform itself, which may do everything.

    `clears`: empty cells clear. `enclosed`: the files sent with the workbook, or None. `progress`:
    called with the number of planned rows now and then. `written`: when the workbook was, as
    `reading.written.Written`, or None. `new_from`: as in `planning.make_plan`. `added`: model → the
    new rows of all sheets so far; `planned_statements`: kind → what the sheet of that kind found
    (its groups). `chosen`: the cities of a file that is written, as a queryset.
    """

    def __init__(
        self,
        user=None,
        *,
        from_1904=False,
        clears=False,
        enclosed=None,
        progress=None,
        written=None,
        new_from=None,
    ):
        self.user = user
        self.from_1904 = from_1904
        self.clears = clears
        self.written = written
        self.new_from = new_from or {}
        self.progress = progress
        self.rows_done = 0
        self.by_platform = is_platform(user)
        self.today = today()
        self.resources = ResourceFinder(self)
        self.files = CityFiles(self, enclosed)
        self.plans = PlanFinder(self)
        self._rows_of_cities = {
            Resource: self.resources.by_id,
            Upload: self.files.by_id,
            Plan: self.plans.by_id,
        }
        self.chosen = None
        self.cities, self.actions, self.own_figures = {}, {}, {}
        self.assessments = {}
        self.last_numbers = {}
        self.said = []
        """What widgets say about the cell that they have just read."""

        self.added = defaultdict(list)
        self.planned_statements = {}
        self._names, self._found, self._catalogues = {}, {}, {}
        self._read = defaultdict(set)
        self._editable = None
        self._hints_left = MOST_HINTS

    def row_done(self):
        self.rows_done += 1
        if self.progress and self.rows_done % PROGRESS_EVERY == 0:
            self.progress(self.rows_done)

    def editable_cities(self):
        return editable_cities(self.user)

    def load_cities(self, words):
        """Read the cities that the workbook names, by address or by name."""
        slugs = {cells.folded(word) for word in words}
        names = {
            unicodedata.normalize(form, cells.tidy(cells.as_text(word)))
            for word in words
            for form in ("NFC", "NFD")
        }
        wanted = self.editable_cities().with_state()
        for some in chunks(slugs):
            self.cities.update((city.slug, city) for city in wanted.filter(slug__in=some))
        for some in chunks(names - self.cities.keys()):
            self.cities.update((city.slug, city) for city in wanted.filter(name__in=some))
        for city in self.cities.values():
            self._name(city)

    def add_city(self, city):
        """Let the other sheets refer to a city that is new in this workbook."""
        self.cities[city.slug] = city
        self._name(city)

    def _name(self, city):
        self._names.setdefault(cells.folded(city.name), set()).add(city.slug)

    def get_city(self, written):
        """The city of a cell. Raises CellError, also for a city that `user` may not edit."""
        if written not in self._found:
            self._found[written] = self.find_city(written) or str(self.unknown_city(written))
        found = self._found[written]
        if isinstance(found, str):
            raise CellError(found)
        return found

    def find_city(self, written):
        """The city of this address or, where only one has it, of this name; else None."""
        word = cells.folded(written)
        if word == written and word in self.cities:
            return self.cities[word]
        slugs = self.find_slugs(word)
        return self.cities[slugs.pop()] if len(slugs) == 1 else None

    def find_slugs(self, word):
        """The addresses of the cities that have `word` as their name or address.

        A word may be the name of one city and the address of another.
        """
        return self._names.get(word, set()) | ({word} & self.cities.keys())

    def unknown_city(self, written):
        """The error for a cell without a city of the user's.

        It has the same words for a city that does not exist and for one of somebody else.
        """
        slugs = self.find_slugs(cells.folded(written))
        if slugs:
            words = ", ".join(sorted(slugs))
            return CellError(_("Several cities have this name: give the address (%s).") % words)
        hint = self.hint(written, lambda: [*self.editable_slugs(), *self.cities])
        return CellError(sentence(_("There is no such city among those you may edit."), hint))

    def editable_slugs(self):
        if self._editable is None:
            self._editable = list(self.editable_cities().values_list("slug", flat=True))
        return self._editable

    def stored_ids(self, cities):
        """The primary keys of those of `cities` that are in the database already."""
        return {city.pk for city in cities if city.pk is not None}

    def unread(self, model, cities):
        """Those of the stored `cities` for which this is called with `model` the first time."""
        read = self._read[model]
        found = [city for city in cities if city.pk is not None and city.pk not in read]
        read.update(city.pk for city in found)
        return found

    def read_rows(self, queryset, cities):
        """The rows of `queryset` that belong to these cities, each with its city at hand."""
        by_id = {city.pk: city for city in cities if city.pk is not None}
        for row in queryset.filter(city__in=list(by_id)):
            row.city = by_id[row.city_id]
            yield row

    def load_actions(self, cities):
        """Read the actions of these cities, unless they are here already."""
        for action in self.read_rows(Action.objects.all(), self.unread(Action, cities)):
            self.add_action(action)

    def add_action(self, action):
        slug = action.city.slug
        self.actions[slug, action.number] = action
        self.last_numbers[slug] = max(action.number, self.last_numbers.get(slug, 0))

    def unknown_action(self, city, number):
        last = self.last_numbers.get(city.slug)
        if last is None:
            return _("The city has no actions yet: enter them on the sheet Actions.")
        words = _("The city has no action %(number)d; the last one is %(last)d.")
        return words % {"number": number, "last": last}

    def load_own_figures(self, cities):
        """Read the own figures of these cities, unless they are here already.

        The actions are loaded.
        """
        actions = {action.pk: action for action in self.actions.values() if action.pk}
        unread = self.unread(OwnFigure, cities)
        for figure in OwnFigure.objects.filter(action__city__in=unread) if unread else ():
            figure.action = actions[figure.action_id]
            self.add_own_figure(figure)

    def add_own_figure(self, figure):
        action = figure.action
        self.own_figures[action.city.slug, action.number, figure.number] = figure

    def own_figures_of(self, action):
        """The own figures of an action, stored and planned."""
        keys = ((action.city.slug, action.number, number) for number in NUMBERS)
        return [self.own_figures[key] for key in keys if key in self.own_figures]

    def load_assessments(self, cities):
        """Read the assessments of these cities, unless they are here already."""
        unread = self.unread(Assessment, cities)
        for assessment in self.read_rows(Assessment.objects.all(), unread):
            assessment.edition = self.catalogue_row(Edition, assessment.edition_id)
            self.add_assessment(assessment)

    def add_assessment(self, assessment):
        key = assessment.city.slug, assessment.edition_id, assessment.year
        self.assessments[key] = assessment

    def hint(self, word, candidates, find=None):
        """“Did you mean …?” for the first cells only: finding the nearest word takes long."""
        if not self._hints_left:
            return ""
        self._hints_left -= 1
        return (find or did_you_mean)(word, candidates())

    def catalogue(self, model):
        """Rows of a catalogue by code and, where only one has it, by official name."""
        return self._catalogue(model)[0]

    def find_row(self, model, pk):
        """A row to which another refers, without asking the database for each."""
        if pk is None:
            return None
        rows = self._rows_of_cities.get(model)
        return self.catalogue_row(model, pk) if rows is None else rows.get(pk)

    def catalogue_row(self, model, pk):
        return self._catalogue(model)[1].get(pk)

    def _catalogue(self, model):
        if model not in self._catalogues:
            by_id = model.objects.in_bulk()
            named = {}
            for row in by_id.values():
                named.setdefault(cells.folded(row.name), []).append(row)
            by_word = {name: same[0] for name, same in named.items() if len(same) == 1}
            by_word.update({cells.folded(row.code): row for row in by_id.values()})
            self._catalogues[model] = by_word, by_id
        return self._catalogues[model]
