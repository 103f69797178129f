"""Tells cities of one name and country in a list apart, by what else the list says of them."""

from collections import Counter
from dataclasses import dataclass

from ... import cells

FAR = 0.3
"""Degrees between two places of one name that are surely not one city."""


@dataclass(slots=True)
class Group:
    """The rows of one city. `state`, `key`, `point` (latitude, longitude): as the list says them.
    `apart`: what tells it from the others of its name, "" where it is the only one. `is_vague`:
    whether the rows may be of several of the others.
    """

    state: str
    key: str
    rows: list
    point: tuple | None = None
    apart: str = ""
    is_vague: bool = False


def groups_of(columns, rows):
    """The `Group`s of the (row, state) of one name and country. `columns`: a `PlaceColumns`."""
    found = {}
    for row, state in rows:
        key = columns.key_in(row)
        same = (cells.folded(state), cells.folded(key)) if len(rows) > 1 else ()
        found.setdefault(same, Group(state, key, [])).rows.append(row)
    if len(found) > 1:
        join_blank(found)
    groups = [part for group in found.values() for part in far_apart(columns, group)]
    if len(groups) > 1:
        name_apart(groups)
    return groups


def join_blank(found):
    """Put rows without a state or a key to the only city that they can be of."""
    has = [any(same[at] for same in found) for at in (0, 1)]
    for same, group in list(found.items()):
        blank = [at for at in (0, 1) if has[at] and not same[at]]
        if not blank:
            continue
        rest = [at for at in (0, 1) if at not in blank]
        fitting = [
            one
            for key, one in found.items()
            if any(key[at] for at in blank) and all(key[at] == same[at] for at in rest)
        ]
        if len(fitting) == 1:
            other = fitting[0]
            other.rows += group.rows
            other.key, other.state = other.key or group.key, other.state or group.state
            del found[same]
        group.is_vague = len(fitting) > 1


def far_apart(columns, group):
    """The parts of a group without a key that lie far from each other."""
    if group.key or len(group.rows) == 1 or not columns.has_points:
        return [group]
    parts, without = [], []
    for row in group.rows:
        point = columns.point_in(row)
        if point is None:
            without.append(row)
            continue
        near = (part for part in parts if not are_far(part.point, point))
        part = next(near, None)
        if part is None:
            parts.append(part := Group(group.state, "", [], point, is_vague=group.is_vague))
        part.rows.append(row)
    if len(parts) < 2:
        return [group]
    return parts + ([Group(group.state, "", without, is_vague=True)] if without else [])


def are_far(one, other):
    """Whether two points are surely not in one city."""
    around = abs(one[1] - other[1])
    return abs(one[0] - other[0]) > FAR or min(around, 360 - around) > FAR


def name_apart(groups):
    """Give each group the first of these words that no other one has."""
    forms = [forms_of(group) for group in groups]
    counts = [Counter(map(cells.folded, column)) for column in zip(*forms, strict=True)]
    for group, own in zip(groups, forms, strict=True):
        words = (
            word
            for word, count in zip(own, counts, strict=True)
            if word and count[cells.folded(word)] == 1
        )
        group.apart = next(words, "")


def forms_of(group):
    point = "{:.2f} {:.2f}".format(*group.point) if group.point else ""
    both = f"{group.state} {group.key}" if group.state and group.key else ""
    return group.state, group.key, both, point


def count_rows(rows, uses):
    """Whether a column only counts the rows of the list, and so names nothing."""
    last = None
    for row in rows:
        word = cells.as_text(row.values[uses[0].column.at]).strip()
        if not word.isdecimal() or (last is not None and int(word) != last + 1):
            return False
        last = int(word)
    return last is not None
