"""Which number an action of a list gets: that of the stored action with its reference, or the next
free one of its city."""

import hashlib

from actions.models import Action, OwnFigure
from actions.models.own_figures import folded_name

from ... import cells

LONGEST = Action._meta.get_field("reference").max_length
DIGEST = 10
"""Letters of the digest that tells long keys apart which begin alike."""

BETWEEN = " · "


def reference_of(list_name, key):
    """What is stored of a row: the list that it stands in, and its key there."""
    return stored_form(f"{list_name}: {key}" if list_name else key)


def stored_form(words):
    """A reference as the field takes it; of one that is too long the start, and a digest."""
    words = Action._meta.get_field("reference").tidy(words)
    if len(words) <= LONGEST:
        return words
    digest = hashlib.sha256(words.encode()).hexdigest()[:DIGEST]
    return f"{words[: LONGEST - DIGEST - 1]}~{digest}"


def key_of(maker, row):
    """What the key columns say of a row; "" where one of them is empty."""
    parts = [
        maker.word(use, row)
        for key in maker.draft.constants.key_columns
        if (use := maker.by_key.get(key))
    ]
    return BETWEEN.join(parts) if parts and all(parts) else ""


class Numbering:
    """`cities`: a queryset of those that the list may name. Keys are compared as people read them,
    without case and repeated blanks. `new_from`: address of a city → its first number that was free
    and is given to an action of the list."""

    def __init__(self, cities):
        self.known, self.last, self.figures, self.new_from = {}, {}, {}, {}
        self.seen = set()
        for slug, last in cities.values_list("slug", "last_action_number"):
            self.last[slug] = last
        actions = Action.objects.filter(city__in=cities.values("pk")).order_by()
        for slug, number, reference in actions.values_list("city__slug", "number", "reference"):
            self.last[slug] = max(self.last.get(slug, 0), number)
            if reference:
                self.known[slug, cells.folded(reference)] = number, reference
        self.load_figures(cities)

    def see(self, reference):
        """Note that the list has a row of this reference, of whatever city."""
        self.seen.add(cells.folded(reference))

    def unseen_of(self, list_name):
        """What names the rows of a list that stand here, and that nobody has seen."""
        start = stored_form(f"{list_name}:") + " "
        return [
            reference[len(start) :]
            for (_slug, folded), (_number, reference) in self.known.items()
            if cells.folded(reference[: len(start)]) == cells.folded(start)
            and folded not in self.seen
        ]

    def load_figures(self, cities):
        """The own figures of the actions: (address, number) → folded name → figure."""
        own = OwnFigure.objects.filter(action__city__in=cities.values("pk")).order_by()
        for figure in own.select_related("action__city"):
            key = figure.action.city.slug, figure.action.number
            self.figures.setdefault(key, {})[folded_name(figure.name)] = figure

    def number(self, slug, reference):
        """(number, reference) of an action: as it is stored, or the next free number of its city.

        Each call without a reference is another action.
        """
        key = slug, cells.folded(reference)
        if reference and key in self.known:
            return self.known[key]
        self.last[slug] = number = self.last.get(slug, 0) + 1
        self.new_from.setdefault(slug, number)
        if reference:
            self.known[key] = number, reference
        return number, reference
