"""The plans of cities by their titles, as cells name them."""

from django.utils.translation import gettext as _

from actions.models import Plan

from .. import cells
from ..problems import CellError, sentence


class PlanFinder:
    """The plans to which one import may refer, read for all sheets of its workbook.

    `by_id`: those that are stored. Capital and small letters of a title are the same, unless a city
    has two plans that differ in nothing else.
    """

    def __init__(self, context):
        self.context = context
        self.by_id = {}
        self._exact, self._folded = {}, {}

    def load(self, cities):
        """Read all plans of these cities, unless they are here already."""
        for plan in self.context.read_rows(Plan.objects.all(), self.context.unread(Plan, cities)):
            self.by_id[plan.pk] = plan
            self.add(plan)

    def add(self, plan):
        """Let other sheets refer to a plan that is stored, or new in this workbook."""
        slug = plan.city.slug
        self._exact.setdefault(slug, {})[plan.title] = plan
        self._folded.setdefault(slug, {}).setdefault(cells.folded(plan.title), plan)

    def get(self, city, title):
        """The plan of this title; None if the city has none."""
        exact = self._exact.get(city.slug, {}).get(title)
        return exact or self._folded.get(city.slug, {}).get(cells.folded(title))

    def find(self, city, title):
        """The same. Raises CellError."""
        plan = self.get(city, title)
        if plan is None:
            hint = self.context.hint(title, lambda: list(self._exact.get(city.slug, ())))
            message = _("The city has no plan of this title: enter it on the sheet Plans.")
            raise CellError(sentence(message, hint))
        return plan
