"""Guesses which city each place of a list is."""

from django.utils.translation import gettext as _

from profiles.access import is_platform_staff
from profiles.addresses import new_slugs, plain_slug

from ..models.mapping import Target
from .place import LEFT_OUT, NEW
from .place_names import read_name


def guess(draft, place, rest):
    """Say which city a place is likely to be. `rest`: what was decided for all that is unknown."""
    read, atlas = read_name(place.word), draft.atlas
    exact = atlas.written_so(atlas.with_name(read, place.country), place.name)
    near = [] if len(exact) == 1 else atlas.near(read, place.country)
    if place.country and not exact:
        near += [(slug, False) for slug in atlas.with_name(read, "")]
    slugs = dict.fromkeys([*exact, *(slug for slug, _is_close in near)])
    place.candidates = [(slug, atlas.cities[slug].label) for slug in slugs]
    place.named = tuple(exact)
    close = [slug for slug, is_close in near if is_close]
    if len(exact) == 1:
        place.becomes, place.why = exact[0], why_same(atlas.cities[exact[0]], read)
    elif not exact and place.country and len(close) == 1:
        place.becomes, place.why = close[0], _("One letter differs.")
    else:
        place.is_open = bool(place.candidates) or adds(draft)
        guess_unknown(draft, place, rest)


def take_decided(draft, place, decided):
    """Let a place be what was decided, as far as that can still be.

    A city that was to be new is here by now, if one more has its name than when it was decided
    (`decision`). In a kept mapping, an address may be of a city of somebody else.
    """
    word, _sign, count = decided.partition("/")
    if word == NEW:
        place.is_guess = False
        if not adds(draft):
            place.becomes, place.why = LEFT_OUT, _("Only platform staff make cities.")
        elif len(place.named) <= int(count or 0):
            place.becomes = NEW
        elif len(place.named) == 1:
            place.becomes, place.why = place.named[0], _("It was made before.")
        else:
            place.becomes, place.is_guess = None, True
            place.why = _("Several cities here have this name.")
    elif decided == LEFT_OUT or decided in draft.atlas.cities:
        place.becomes, place.is_guess = decided, False
    if place.becomes == NEW and not place.country:
        place.becomes, place.why = None, _("A new city needs a country.")


def decision(place, becomes):
    """What is kept where a person decides that a place `becomes` this."""
    return f"{NEW}/{len(place.named)}" if becomes == NEW and place.named else becomes


def adds(draft):
    """Whether the user may make cities."""
    return draft.user is None or is_platform_staff(draft.user)


def why_same(known, read):
    if read.whole in (read_name(known.name).whole, read_name(known.local_name).whole):
        return _("The same name.")
    return _("The same name without the words around it.")


def guess_unknown(draft, place, rest):
    """Say what becomes of a place that is none of the cities here for sure."""
    if place.named:
        place.why = _("Several cities here have this name.")
    elif place.candidates:
        place.why = _("It is like a city here: is it this one?")
    elif not adds(draft):
        place.becomes = LEFT_OUT
        place.why = _("It is not among the cities that you may edit.")
    elif rest is None and not draft.constants.adds_cities:
        place.why = place.country_why or _("It is not here yet: make it, or leave it out.")
    elif rest != LEFT_OUT and not place.country:
        place.why = place.country_why or _("It is not here yet, and a new city needs a country.")
    elif rest != LEFT_OUT:
        place.becomes, place.why = NEW, _("It is not here yet.")
        if place.count > 1 and draft.target == Target.CITIES:
            words = _("It is not here yet. %d rows have this name: the first is taken.")
            place.why = words % place.count
    if place.becomes is None and rest == LEFT_OUT:
        place.becomes, place.why = LEFT_OUT, _("All that are not decided are left out.")


def give_slugs(places):
    """Give each place the address of its city; new ones a free one."""
    new = []
    for place in places:
        if place.becomes == NEW:
            new.append(place)
        else:
            place.slug = place.becomes or ""
    for place, slug in zip(new, new_slugs([slug_wanted(place) for place in new]), strict=True):
        place.slug = slug


def slug_wanted(place):
    """(the address that the name gives, country); of a name in other letters one of the country."""
    plain = plain_slug(place.name)
    return plain or f"city-{place.country.lower()}", place.country


def name_twins(places):
    """Note which places of the list are one city."""
    by_slug = {}
    for place in places:
        if place.slug:
            by_slug.setdefault(place.slug, []).append(place)
    for twins in by_slug.values():
        for place in twins if len(twins) > 1 else ():
            place.also = tuple(one.word for one in twins if one is not place)
