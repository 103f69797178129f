"""Answers to rows of an update, for the tests."""

from profiles.dates import today
from updates.models import Answer, YearlyUpdate
from updates.rows import rows_for

YEAR = today().year


def row_of(city, key, year=YEAR):
    return next(row for row in rows_for(city, year) if row.key == key)


def answer(city, key, choice="new", text="", year="", **fields):
    """The answer to the row `key`, as the page stores it."""
    number, _point, code = key.partition(".")
    row = row_of(city, key)
    fields.setdefault("last", row.fingerprint)
    own = {"update": YearlyUpdate.objects.get_or_create(city=city, year=YEAR)[0], "code": code}
    own["action"] = city.actions.get(number=number)
    given = {"choice": choice, "text": text, "year": year, "unit": row.unit, **fields}
    return Answer.objects.update_or_create(**own, defaults={"written_at": None, **given})[0]
