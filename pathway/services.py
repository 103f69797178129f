"""Writes that touch several items of a step: their order, and which are versions of one thing.

All run inside `profiles.changes.recording`, with the city locked.
"""

from itertools import count

from django.db.models import Max
from django.utils.text import slugify

from .models import StepItem

LONGEST_WORD = 40


def items_on_step(city, step):
    return StepItem.objects.filter(city=city, step=step).order_by("position", "pk")


def in_sets(items):
    """Lists of items that are versions of one thing, each in the place of its first."""
    sets = {}
    for item in items:
        sets.setdefault(item.version_set or item.pk, []).append(item)
    return list(sets.values())


def last_position(city, step):
    """The position after all others on the step."""
    taken = items_on_step(city, step).aggregate(most=Max("position"))["most"]
    return 0 if taken is None else taken + 1


def move(item, places):
    """Move an item, with its language versions, by so many places; beyond the ends it stays."""
    sets = in_sets(items_on_step(item.city, item.step))
    before = next(place for place, one in enumerate(sets) if item in one)
    after = min(max(before + places, 0), len(sets) - 1)
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


def join(item, other):
    """Make `item` a language version of `other`, an item on the same step."""
    if item.version_set and item.version_set == other.version_set:
        return
    leave(item)
    if not other.version_set:
        other.version_set = new_word(other)
        other.save()
    item.version_set = other.version_set
    item.save()


def leave(item):
    """Take an item out of its set; what is then alone is no set any more."""
    word, item.version_set = item.version_set, ""
    if word:
        item.save()
        dissolve_if_alone(item.city, word)


def dissolve_if_alone(city, word):
    rest = list(StepItem.objects.filter(city=city, version_set=word)[:2])
    if len(rest) == 1:
        rest[0].version_set = ""
        rest[0].save()


def new_word(item):
    """A word for a set, after the title of its first item; no other set of the city has it."""
    stem = slugify(item.title)[:LONGEST_WORD].strip("-") or f"item-{item.pk}"
    taken = set(StepItem.objects.filter(city=item.city).values_list("version_set", flat=True))
    words = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(word for word in words if word not in taken)
