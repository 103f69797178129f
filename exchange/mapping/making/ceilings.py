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
    new = count_new(draft)
    stored = City.objects.filter(slug__in=new).order_by().annotate(number=Count("actions"))
    here = {city.slug: city for city in stored.only("slug", "name")}
    found = []
    for slug, added in new.items():
        city = here.get(slug)
        total = added + (city.number if city else 0)
        if added and total > ceiling.most:
            found.append(ceiling.message(city.name if city else slug, total))
    return found


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
