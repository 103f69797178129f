"""What each column of a list becomes: as a person decided, else as it is guessed."""

from .column_guess import Guess
from .fields import field_of, field_of_cities
from .use import Use


def guess_uses(target, columns, rows, decided, cities=frozenset()):
    """The `Use` of each column.

    `decided`: {"target": …, "columns": {key of the column: {"field": …, "has_title": …,
    "fills_down": …, "separator": …}}}; nothing of it holds for another target. `rows`: a list of
    `SourceRow`. `cities`: folded names of those that were decided already.
    """
    by_key = decided.get("columns", {}) if decided.get("target", target) == target else {}
    uses = [decided_use(target, column, by_key) for column in columns]
    if all(use is not None for use in uses):
        return uses
    gone = gone_of_cities(target, columns, by_key)
    guess = Guess(target, columns, rows, [use for use in uses if use is not None], gone, cities)
    return [use or guess.use_of(column) for use, column in zip(uses, columns, strict=True)]


def gone_of_cities(target, columns, by_key):
    """The key of the column that named the cities of a kept mapping and is not here; else ""."""
    code, present = field_of_cities(target), {column.key for column in columns}
    gone = (key for key, said in by_key.items() if said["field"] == code and key not in present)
    return next(gone, "")


def decided_use(target, column, by_key):
    """What a person said of a column; None where nobody did, or for another target."""
    said = by_key.get(column.key)
    if said is None or (said["field"] and field_of(target, said["field"]) is None):
        return None
    names = ("has_title", "fills_down", "separator", "kept_title")
    options = {name: said[name] for name in names if name in said}
    return Use(column, said["field"], is_guess=False, **options)
