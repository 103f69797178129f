"""The column “Key figure” of the sheet Actions: a measure of the action's type, of four actions."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.key_figure_field import why_too_many
from actions.models import Measure

from .. import cells
from ..columns import choices
from ..columns.references import is_same_row
from ..columns.widgets import TextWidget
from ..problems import sentence
from .base.rows import CHANGED, NEW
from .statements.values import labels_of_measures


class KeyFigureWidget(TextWidget):
    expected = gettext_lazy("the key of a measure of the action's type that is a number")

    def render(self, value, obj=None, **kwargs):
        return getattr(value, "key", value)

    def choices_for(self, context):
        return choices.Choices("key_figures", lambda: labels_of_measures(kind__in=Measure.NUMERIC))

    def same(self, old, new):
        return is_same_row(old, new)


class KeyFigures:
    """Reads the column of a sheet, and judges when all its rows have been read."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.chosen = []
        self._words = None

    def resolve(self, row, action):
        """Replace the word of a row by the measure that it means for the type of the action.

        Whether there is one, or the cell is to be emptied.
        """
        word = row.values["key_measure"]
        if word is None:
            return True
        words = self.words_by_type.get(action.action_type_id, {})
        measure = words.get(cells.folded(word))
        if measure is None:
            hint = self.sheet.context.hint(word, lambda: [one.key for one in words.values()])
            message = sentence(_("The type of this action has no such figure."), hint)
            self.sheet.add_problem(row, "key_measure", message, expected_for(words))
            return False
        if action.key_measure is None:
            self.chosen.append((row, action))
        row.values["key_measure"] = measure
        return True

    @property
    def words_by_type(self):
        if self._words is None:
            self._words = defaultdict(dict)
            for measure in Measure.objects.filter(kind__in=Measure.NUMERIC):
                for word in (measure.name, measure.code, measure.key):
                    self._words[measure.action_type_id][cells.folded(word)] = measure
        return self._words

    def refuse_surplus(self):
        """Refuse the rows that give a city more key figures than it may have.

        What the sheet takes out of other rows, before or after, counts.
        """
        of_city = defaultdict(list)
        for row, action in reversed(self.chosen):
            if row.outcome in (NEW, CHANGED) and not self.sheet.is_wrong(row):
                of_city[action.city.slug].append((row, action))
        for slug, rows in of_city.items():
            all_chosen = [
                action
                for (city, _number), action in self.sheet.context.actions.items()
                if city == slug and action.key_measure
            ]
            for row, action in rows:
                if words := why_too_many(action, all_chosen):
                    self.sheet.add_problem(row, "key_measure", words, expected="")
                    all_chosen.remove(action)


def expected_for(words):
    keys = list(dict.fromkeys(measure.key for measure in words.values()))
    return _("one of: %s") % ", ".join(keys) if keys else _("nothing: this type has no figures")
