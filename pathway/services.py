"""Writes that touch several items of a step: their order and their sets of language versions.

All run inside `profiles.changes.recording`, with the city locked.
"""

from itertools import count

from django.db.models import Max
from django.utils.text import slugify

from .models import StepItem

LONGEST_WORD = 40


def items_on_step(city, step):
    return StepItem.objects.filter(city=city, step=step).order_by("position", "pk")


def group_versions(items):
    """Lists of items that are versions of one thing, in the order of their first items."""
    sets = {}
    for item in items:
        sets.setdefault(item.version_set or item.pk, []).append(item)
    return list(sets.values())


def next_position(city, step):
    """The position after all items on the step."""
    taken = items_on_step(city, step).aggregate(most=Max("position"))["most"]
    return 0 if taken is None else taken + 1


def move(item, offset):
    """Move an item and its language versions by `offset` places, at most to an end of the list."""
    sets = group_versions(items_on_step(item.city, item.step))
    before = next(place for place, one in enumerate(sets) if item in one)
    after = min(max(before + offset, 0), len(sets) - 1)
    sets.insert(after, sets.pop(before))
    for position, one in enumerate(item for versions in sets for item in versions):
        if one.position != position:
            one.position = position
            one.save()


def versions_of(item):
    """The other language versions of an item."""
    if not item.version_set:
        return StepItem.objects.none()
    same = items_on_step(item.city, item.step).filter(version_set=item.version_set)
    return same.exclude(pk=item.pk)


def join_versions(item, other):
    """Make `item` a language version of `other`, an item on the same step."""
    if item.version_set and item.version_set == other.version_set:
        return
    leave_versions(item)
    if not other.version_set:
        other.version_set = new_version_set(other)
        other.save()
    item.version_set = other.version_set
    item.save()


def leave_versions(item):
    """Take an item out of its set, and dissolve the set if one item is left in it."""
    version_set, item.version_set = item.version_set, ""
    if version_set:
        item.save()
        dissolve_if_alone(item.city, version_set)


def dissolve_if_alone(city, version_set):
    rest = list(StepItem.objects.filter(city=city, version_set=version_set)[:2])
    if len(rest) == 1:
        rest[0].version_set = ""
        rest[0].save()


def new_version_set(item):
    """A value of `version_set` that is new in the city, made from the title of the first item.

    It can be read, because people write it in sheets.
    """
    stem = slugify(item.title)[:LONGEST_WORD].strip("-") or f"item-{item.pk}"
    taken = set(StepItem.objects.filter(city=item.city).values_list("version_set", flat=True))
    words = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(word for word in words if word not in taken)
