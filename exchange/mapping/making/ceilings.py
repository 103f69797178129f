"""Whether the cities of a list would have more actions than fit, told before anything is made."""

from collections import Counter

from django.db.models import Count

from actions.models import Action
from profiles.models import City

from ...models.mapping import Target
from ...problems import CellError
from ..columns.use import filled_down
from .actions import ActionsMaker
from .numbering import key_of


def beyond_ceilings(draft):
    """A sentence for each city that would have more actions than fit with those of a list."""
    if draft.target != Target.ACTIONS:
        return []
    (ceiling,) = Action.ceilings
    rows = count_rows(draft)
    stored = City.objects.filter(slug__in=rows).order_by().annotate(number=Count("actions"))
    here = {city.slug: city for city in stored.only("slug", "name")}

    def total(slug, added):
        return added + (here[slug].number if slug in here else 0)

    if not any(total(slug, added) > ceiling.most for slug, added in rows.items()):
        return []
    return [
        ceiling.message(here[slug].name if slug in here else slug, total(slug, added))
        for slug, added in count_new(draft).items()
        if added and total(slug, added) > ceiling.most
    ]


def count_rows(draft):
    """Address of a city → how many rows of a list are of it: no more actions can be new."""
    rows = Counter({draft.constants.city: len(draft.rows)})
    for place in draft.places.values():
        rows[draft.constants.city] -= place.count
        rows[place.slug] += place.count
    return rows


def count_new(draft):
    """Address of a city → how many actions the rows of a list would add to it."""
    maker = ActionsMaker(draft)
    maker.prepare()
    known = {slug: set() for slug in maker.numbering.last}
    for (slug, _reference), (number, _stored) in maker.numbering.known.items():
        known[slug].add(number)
    new = Counter()
    for row in filled_down(draft.rows, draft.uses):
        if maker.goes_on(row):
            continue
        maker.above, maker.begun = (row.table, row.number, None), row
        try:
            city, _type = maker.city(row), maker.type_code(row)
            number, _reference, _said = maker.number_of(row, city, key_of(maker, row))
        except CellError:
            continue
        new[city] += number not in known.get(city, ())
    return new
