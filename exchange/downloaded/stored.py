"""Finds the cities and actions of downloaded profiles among those that are stored."""

from collections import defaultdict
from pathlib import PurePath

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from actions.models import Action
from profiles.addresses import new_slugs, plain_slug
from profiles.models import City

from .stream import key_of

ALIKE = 75
"""How alike, of 100, the words of an action must be to those of a stored one to be the same."""


def place_all(profiles):
    """Give profiles their addresses and numbers, once, before their rows are made.

    Of a city that stands in several files, only the best one comes into the workbook of all.
    """
    cities = [stored_city(profile) for profile in profiles]
    first, new = {}, []
    pairs = sorted(zip(profiles, cities, strict=True), key=lambda pair: order_of(pair[0]))
    for profile, city in pairs:
        other = first.setdefault(key_of_city(profile, city), profile)
        if other is not profile:
            profile.is_second = True
            message = _("This city stands in the file %s too: only that is in the workbook of all.")
            words = message % other.file_name
            profile.doubt(profile.start, profile.name, words, needs_person=True)
        if city:
            place_in(city, profile)
        elif other is profile:
            new.append(profile)
    place_new(new)
    for profile, city in pairs:
        profile.slug = profile.slug or first[key_of_city(profile, city)].slug


def order_of(profile):
    """Sorts the best file of a city before others: one of the former platform, downloaded last,
    with the fewest doubts."""
    day = profile.day.toordinal() if profile.day else 0
    to_decide = sum(doubt.needs_person for doubt in profile.doubts)
    return profile.is_ours, -day, to_decide, len(profile.doubts)


def key_of_city(profile, city):
    """What files of one city have in common. A file without a name has it for itself."""
    if city:
        return "stored", city.pk
    return ("new", key_of(profile.name)) if profile.name else ("nameless", id(profile))


def stored_city(profile):
    """The one city that has the name of the profile or its address; else one that may be it."""
    for names in ([profile.name], profile.perhaps):
        found = {city.pk: city for city in map(city_named, names) if city}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def city_named(name):
    found = list(City.objects.filter(name=name)[:2]) if name else []
    if len(found) == 1:
        return found[0]
    slug = plain_slug(name)
    return City.objects.filter(slug=slug).first() if slug else None


def place_new(profiles):
    """Give the profiles of cities that are not stored their addresses, and number their actions."""
    about = {"sheet": "Cities", "header": "City", "needs_person": True}
    wanted = []
    for profile in profiles:
        slug = plain_slug(profile.name)
        if not slug:
            message = _("The address is made of the name of the file; choose another one.")
            profile.doubt(profile.start, profile.name, message, thing=profile, **about)
            slug = plain_slug(PurePath(profile.file_name).stem) or "city"
        wanted.append((slug, ""))
    for profile, slug in zip(profiles, new_slugs(wanted), strict=True):
        profile.slug = slug


def place_in(city, profile):
    """Give a profile the address of a stored city, and its actions the numbers that they have."""
    profile.slug = city.slug
    about = {"sheet": "Cities", "thing": profile}
    if city_named(profile.name) != city:
        message = _("It is taken for the city “%s”, which is on the platform.") % city.name
        profile.doubt(
            profile.start, profile.name, message, header="Name", needs_person=True, **about
        )
        profile.name = city.name
    same = number_like_stored(profile, city)
    words = {"same": same, "new": len(profile.actions) - same}
    message = _(
        "This city is on the platform already. Rows of the same name change it: %(same)d actions "
        "are there and keep their numbers, %(new)d get new numbers."
    )
    needs_person = not same and city.last_action_number > 0
    about |= {"header": "City", "needs_person": needs_person}
    profile.doubt(profile.start, profile.name, message % words, **about)


def number_like_stored(profile, city):
    """Number the actions: those that are stored as they are there. Returns how many are.

    One is stored if its type and words are, or if it is the only one left of its type, here and
    there, and its words are alike.
    """
    stored = stored_actions(city)
    highest = max([city.last_action_number, *(n for own in stored.values() for n in own)])
    rest = defaultdict(list)
    for action in profile.actions:
        own, key = stored[action.type_code], key_of(action.description)
        number = next((number for number, words in own.items() if words == key), None)
        if number is None:
            rest[action.type_code].append(action)
        else:
            action.number = number
            del own[number]
    new = set()
    for code, actions in rest.items():
        if is_plainly_one(actions, stored[code]):
            keep_number(profile, actions[0], *stored[code])
        else:
            new.update(map(id, actions))
            ask_which(profile, actions, stored[code])
    for action in profile.actions:
        if id(action) in new:
            highest += 1
            action.number = highest
    return len(profile.actions) - len(new)


def stored_actions(city):
    """Code of a type → number of each action → its words as they are compared."""
    found = defaultdict(dict)
    actions = Action.objects.filter(city=city).order_by("number")
    for code, number, words in actions.values_list("action_type__code", "number", "description"):
        found[code][number] = key_of(words)
    return found


def is_plainly_one(actions, stored):
    """Whether these are one action each, in words that are alike."""
    if len(actions) != 1 or len(stored) != 1:
        return False
    (words,) = stored.values()
    return fuzz.ratio(key_of(actions[0].description), words) >= ALIKE


def keep_number(profile, action, number):
    action.number = number
    message = _(
        "The words differ from those of action %d on the platform, the only one left of its type: "
        "it is taken for the same action, and keeps that number."
    )
    about = {"sheet": "Actions", "thing": action, "header": "Description"}
    profile.doubt(action.place, action.type_name, message % number, **about)


def ask_which(profile, actions, stored):
    """Doubt new actions that may be stored ones of their type, in other words."""
    if not stored:
        return
    numbers = ", ".join(map(str, stored))
    message = _(
        "On the platform these actions of the same type have other words: %s. If this is one of "
        "them, write its number here and on the rows of its baseline, targets and progress."
    )
    for action in actions:
        about = {"sheet": "Actions", "thing": action, "header": "Number", "needs_person": True}
        profile.doubt(action.place, action.type_name, message % numbers, **about)
