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
        refused = set()
        for row, action in reversed(self.chosen):
            if row.outcome not in (NEW, CHANGED) or self.sheet.is_wrong(row):
                continue
            if words := why_no_key_figure(self.sheet.context, action, refused):
                self.sheet.add_problem(row, "key_measure", words, expected="")
                refused.add(id(action))


def why_no_key_figure(context, action, refused):
    """Why a key figure of `action` is too many; "" where it is not.

    `refused`: the ids of actions and own figures that were told so already and do not count.
    """
    others, own = [], []
    for one, name in chosen_in_city(context, action.city, refused):
        (own if one is action else others).append((one.number, name))
    if len(own) > 1:
        return _("An action has one key figure, and another is chosen: leave one out.")
    return why_too_many(others)


def chosen_in_city(context, city, refused):
    """(action, name of its key figure) of a city, as stored and planned."""
    for (slug, _number), action in context.actions.items():
        if slug == city.slug and action.key_measure and id(action) not in refused:
            yield action, str(action.key_measure.text())
    for (slug, *_numbers), figure in context.own_figures.items():
        if slug == city.slug and figure.is_key_figure and id(figure) not in refused:
            yield figure.action, figure.name


def expected_for(words):
    keys = list(dict.fromkeys(measure.key for measure in words.values()))
    return _("one of: %s") % ", ".join(keys) if keys else _("nothing: this type has no figures")
