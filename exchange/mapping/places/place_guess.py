"""Guesses which city each place of a list is."""

from django.utils.translation import gettext as _

from profiles.access import is_platform_staff
from profiles.addresses import plain_slug
from profiles.country_names import countries_named

from ...models.mapping import Target
from .namesakes import are_far
from .new_addresses import ends_of, wanted_slug
from .place import LEFT_OUT, NEW
from .place_names import joined, read_name


def guess(draft, place, rest):
    """Say which city a place is likely to be. `rest`: what was decided for all that is unknown."""
    read, known = read_name(place.word), draft.known_cities
    named = known.with_name(read, place.country)
    exact, is_sure = those_of(place, [known.cities[slug] for slug in named])
    exact = known.written_so(exact, place.name)
    near = list(named)
    near += [] if len(exact) == 1 else known.near(read, place.country)
    if place.country and not exact:
        near += known.with_name(read, "")
    slugs = dict.fromkeys([*exact, *near])
    place.candidates = [(slug, known.cities[slug].label) for slug in slugs]
    place.named = tuple(exact)
    if len(exact) == 1 and (is_sure or not place.apart):
        place.becomes, place.why = exact[0], why_same(known.cities[exact[0]], read)
    else:
        place.is_open = bool(place.candidates) or adds(draft)
        guess_unknown(draft, place, rest)


def those_of(place, known):
    """(the addresses of those of the `KnownCity`s of its name that a place can be, whether more
    than the name says that it is the first)."""
    if not known:
        return [], False
    ends, point = ends_of(place), place.find_point()
    wanted = {wanted_slug(place, end) for end in ends}
    for one in known:
        if one.slug in wanted:
            return [one.slug], True
    left = [one for one in known if not is_elsewhere(place, point, one, ends)]
    near = [one for one in left if point and one.point]
    if len(near) == 1:
        return [near[0].slug], True
    same = [one for one in left if place.state and state_behind(one) == joined(place.state)]
    if len(same) == 1:
        return [same[0].slug], True
    return [one.slug for one in left], False


def state_behind(known):
    """What stands behind the name of a city, as the state that it lies in."""
    return read_name(known.name).behind


def is_elsewhere(place, point, known, ends):
    """Whether a city of the name of a place lies far from it, or in another state, as its name or
    its address says."""
    if point and known.point:
        return are_far(point, known.point)
    behind = state_behind(known)
    if place.state and behind:
        return behind != joined(place.state)
    plain = plain_slug(place.name)
    end = known.slug.removeprefix(f"{plain}-") if known.slug.startswith(f"{plain}-") else ""
    is_other = end and not end.isdecimal() and end != known.country.lower()
    return bool(is_other and (place.state or (place.apart and ends)))


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
    elif decided == LEFT_OUT or decided in draft.known_cities.cities:
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
    if len(place.named) == 1:
        place.why = _("Several cities of the list have this name: is it this one here?")
    elif place.named:
        place.why = _("Several cities here have this name.")
    elif place.is_vague and adds(draft):
        place.why = _("The list has several cities of this name: it does not say which this is.")
    elif place.candidates and is_abroad(draft, place):
        place.why = _("A city here has this name, in another country: is it this one?")
    elif place.candidates:
        place.why = _("A city here is called nearly so: is it this one?")
    elif not adds(draft):
        place.becomes = LEFT_OUT
        place.why = _("It is not among the cities that you may edit.")
    elif rest != LEFT_OUT and is_country(place):
        place.why = _("It has the name of a country: leave it out if it is a total.")
    elif rest != LEFT_OUT and not place.country:
        place.why = place.country_why or why_no_country(draft)
    elif rest is None and not draft.constants.adds_cities:
        place.why = _("It is not here yet: make it, or leave it out.")
    elif rest != LEFT_OUT:
        place.becomes, place.why = NEW, _("It is not here yet.")
        if place.count > 1 and draft.target == Target.CITIES:
            words = _("It is not here yet. %d rows have this name: the first is taken.")
            place.why = words % place.count
    if place.becomes is None and rest == LEFT_OUT:
        place.becomes, place.why = LEFT_OUT, _("All that are not decided are left out.")


def is_abroad(draft, place):
    """Whether all cities here that a place may be lie in another country than it."""
    known = draft.known_cities.cities
    return bool(place.country) and all(
        known[slug].country != place.country for slug, _label in place.candidates
    )


def is_country(place):
    """Whether a place is called like its country, as in the row of a total."""
    codes = countries_named(place.name)
    return place.country in codes if place.country else bool(codes)


def why_no_country(draft):
    """Why a city that is not here cannot be made, and what helps."""
    if draft.used_as("country"):
        return _("It is not here yet, and a new city needs a country: its cell is empty.")
    return _(
        "It is not here yet. To make it, choose the country of the cities under “The same for all "
        "rows”."
    )


def name_twins(places):
    """Note which places of the list are one city."""
    by_slug = {}
    for place in places:
        if place.slug:
            by_slug.setdefault(place.slug, []).append(place)
    for twins in by_slug.values():
        for place in twins if len(twins) > 1 else ():
            place.also = tuple(one.word for one in twins if one is not place)
