"""How many rows a city, or one of its rows, may have: a page or a PDF prints all of them.

A model names its ceilings; forms and sheets ask `beyond_ceilings` before they add rows.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from catalogue.atoms import Figure

CHUNK = 5000
"""Values in one query: a database takes only so many."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`setting` holds the number; `parent` leads from a row to what may have so many of them.

    `words`: a sentence with the gaps `owner`, `total` and `most`, which also says what to do.
    """

    setting: str
    parent: str
    words: str

    @property
    def most(self):
        return getattr(settings, self.setting)

    def parent_of(self, row):
        for name in self.parent.split("__"):
            row = getattr(row, name)
        return row

    def message(self, owner, total):
        figures = {"total": Figure.of(total).text, "most": Figure.of(self.most).text}
        return self.words % {"owner": owner, **figures}


def beyond_ceilings(model, rows, removed=0):
    """(row, message) for each parent of the new `rows` that would have too many of them.

    `row` is the first one beyond the ceiling. `removed`: how many stored rows of a single parent go
    at the same time. Rows without a parent, those of partner organisations, have no ceiling.
    """
    for ceiling in model.ceilings if rows else ():
        of_parent, parents = defaultdict(list), {}
        for row in rows:
            parent = ceiling.parent_of(row)
            if parent is None:
                continue
            key = parent.pk or id(parent)
            parents[key] = parent
            of_parent[key].append(row)
        stored = count_stored(model, ceiling, [p.pk for p in parents.values() if p.pk is not None])
        for key, new in of_parent.items():
            before = max(stored[key] - removed, 0)
            total = before + len(new)
            if total > ceiling.most:
                first = new[max(ceiling.most - before, 0)]
                yield first, ceiling.message(parents[key], total)


def refuse_in_form(form, row):
    """Add an error to `form` where the new `row`, of which the parent is set, would be too many."""
    for _row, message in beyond_ceilings(type(row), [row]):
        form.add_error(None, message)


def count_stored(model, ceiling, parents):
    """Primary key of a parent → how many rows of it are stored."""
    found = Counter()
    for start in range(0, len(parents), CHUNK):
        some = model.objects.filter(**{f"{ceiling.parent}__in": parents[start : start + CHUNK]})
        counts = some.order_by().values_list(ceiling.parent).annotate(Count("pk"))
        found.update(dict(counts))
    return found
