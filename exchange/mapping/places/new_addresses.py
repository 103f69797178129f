"""The addresses of the new cities of a list."""

from collections import Counter
from functools import lru_cache

from profiles.addresses import LONGEST, new_slugs, plain_slug

from .place import NEW

MOST_ENDS = 2


def give_slugs(places):
    """Give each place the address of its city; new ones a free one."""
    new = []
    for place in places:
        if place.becomes == NEW:
            new.append(place)
        else:
            place.slug = place.becomes or ""
    pairs = zip(wanted_of(new), (place.country for place in new), strict=True)
    for place, slug in zip(new, new_slugs(list(pairs)), strict=True):
        place.slug = slug


def wanted_of(new):
    """The addresses that new cities should have: their names, those of namesakes with the state or
    the key of the list behind, of which the first counts that none other has."""
    wanted = [wanted_slug(place) for place in new]
    for at in range(MOST_ENDS):
        counts = Counter(zip(wanted, (place.country for place in new), strict=True))
        for row, place in enumerate(new):
            is_alike = counts[wanted[row], place.country] > 1
            has_namesakes = at == 0 and (place.apart or place.named)
            ends = ends_of(place) if is_alike or has_namesakes else []
            if len(ends) > at:
                wanted[row] = wanted_slug(place, ends[at])
    return wanted


def ends_of(place):
    """What may stand behind the name in an address, the best first: a state in letters, the key, a
    state in digits."""
    state = slug_of(place.state) if place.state else ""
    keys = slug_of(place.keys[0]) if place.keys else ""
    ends = (keys, state) if state.isdecimal() else (state, keys)
    return [end for end in ends if end]


def wanted_slug(place, end=""):
    """The address that a name gives, with `end` behind it; of a name in other letters the country
    and the key of the list, and "city" where there is none."""
    if tells_nothing(place):
        key = slug_of(place.keys[0]) if place.keys else ""
        start, end = (place.country.lower(), key) if key else ("city", place.country.lower())
    else:
        start = slug_of(place.name)
    return f"{start[: LONGEST - len(end) - 1].strip('-')}-{end}" if end else start


@lru_cache(maxsize=16_384)
def slug_of(word):
    return plain_slug(word)


def tells_nothing(place):
    """Whether the name of a place has no letter for an address."""
    return not slug_of(place.name)
