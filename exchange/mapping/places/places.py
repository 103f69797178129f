"""Which city and country the rows of a list mean."""

from collections import defaultdict
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _
from django_countries import countries

from intake.numbers import Unclear
from profiles.country_names import close_name

from ... import cells
from ...models.mapping import Target
from ...problems import CellError, sentence
from ..words import words
from . import points
from .namesakes import groups_of
from .new_addresses import give_slugs
from .place import COUNTRY, KEY, LEFT_OUT, NEW, REST, Place, PlaceColumns, Places, is_blank_code
from .place_guess import guess, name_twins, take_decided
from .place_names import countries_in, read_name

__all__ = [
    "COUNTRY",
    "KEY",
    "LEFT_OUT",
    "NEW",
    "REST",
    "Place",
    "city_of",
    "guess_places",
    "new_places",
    "place_key",
    "place_of",
    "point_in",
    "read_country",
    "why_left_out",
]

NOT_SAID = ("no", "non", "nein", "não", "nao", "нет", "لا", "否", "false", "0")
"""How a list says that a row is a total of a country, not of one of its parts."""


def place_key(name, country, apart=""):
    """What names a place in decisions: its folded name, its country where that is known, and what
    tells it from others of its name in the list."""
    key = f"{cells.folded(name)} ({country.lower()})" if country else cells.folded(name)
    return f"{key} · {cells.folded(apart)}" if apart else key


def guess_places(draft, decided):
    """Key of a place (`place_key`) → its `Place`. `decided`: {key of a place: becomes}, and
    {`COUNTRY` with a folded word behind it: two letters}, {`KEY` with the folded key of a row
    behind it: becomes}, {`REST`: becomes}."""
    columns = PlaceColumns(draft)
    places = Places(columns)
    if not columns.names:
        return places
    rows_of = defaultdict(list)
    for row, name, country, state, is_filled_down in columns.with_fills(draft.rows):
        pair = name, country
        if is_filled_down:
            places.filled[row.table, row.number] = pair
        rows_of[pair].append((row, state))
    namesakes = {}
    for (name, country_word), rows in rows_of.items():
        if name:
            place = place_named(draft, name, country_word, decided, columns)
            key = places.keys_of[name, country_word] = place_key(name, place.country)
            namesakes.setdefault(key, (place, []))[1].extend(rows)
    for key, (place, rows) in namesakes.items():
        add_places(places, key, place, groups_of(columns, rows))
    for key, place in places.items():
        guess(draft, place, decided.get(REST))
        if (said := decided_of(key, place, decided)) is not None:
            take_decided(draft, place, said)
    give_slugs(places.values())
    name_twins(places.values())
    return places


def decided_of(key, place, decided):
    """What was decided of a place, or of the key that it has in the list; None for nothing."""
    if key in decided:
        return decided[key]
    said = {decided.get(KEY + cells.folded(one)) for one in place.keys} - {None}
    return said.pop() if len(said) == 1 else None


def add_places(places, key, place, groups):
    """Add the cities that have the name and country of a `place`, one for each group of rows."""
    for group in groups:
        own = key
        one = place
        if len(groups) > 1:
            own = place_key(place.word, place.country, group.apart)
            one = replace(place, word=places.columns.in_row(group.rows[0])[0] or place.word)
            places.of_rows.update(((row.table, row.number), own) for row in group.rows)
        one.count, one.state = len(group.rows), group.state
        one.keys = (group.key,) if group.key else ()
        one.find_point = partial(places.columns.point_in, group.rows[0])
        one.apart, one.is_vague = group.apart, group.is_vague
        places[own] = one


def place_named(draft, name, country_word, decided, columns):
    """A `Place` of a name and a country as they stand in the list."""
    why = ""
    try:
        country = country_of(country_word, decided, columns)
    except CellError as error:
        country, why = "", str(error)
    country = country or read_name(name).country
    if not country_word:
        country = country or draft.constants.country
    return Place(name, country, 0, country_word=country_word, country_why=why)


def country_of(word, decided, columns):
    """The two letters of a country, as they were decided or as the word says. Raises CellError."""
    if code := decided.get(COUNTRY + cells.folded(word)):
        return code
    if columns.has_own_numbers and word.strip().isdecimal():
        raise CellError(_("“%s” is a number of the list: say which country it is.") % word)
    return country_in_word(word)


def new_places(draft):
    """The cities of the list that are made."""
    return [place for place in draft.places.values() if place.becomes == NEW]


# Of one row


def place_of(draft, row):
    """The `Place` of a row; None where it names none."""
    places, at = draft.places, (row.table, row.number)
    key = places.of_rows.get(at)
    if key is None:
        key = places.keys_of.get(places.filled.get(at) or places.columns.in_row(row))
    return places[key] if key else None


def city_of(draft, row):
    """The address of the city of a row; "" where the row is left out. Raises CellError."""
    place = place_of(draft, row)
    if place is None:
        return "" if why_without_city(draft, row) else draft.constants.city
    if place.becomes is None:
        unknown = _("It is not decided which city “%s” is.") % place.word
        raise CellError(sentence(unknown, place.why))
    return place.slug


def why_left_out(draft, row):
    """Why `city_of` gives "" for a row, in words; else ""."""
    place = place_of(draft, row)
    if place is None:
        return why_without_city(draft, row)
    if place.becomes == LEFT_OUT:
        return sentence(_("“%s” is left out.") % place.word, place.why if place.is_guess else "")
    return ""


def why_without_city(draft, row):
    """Why a row that names no city has none; "" where it has that of all rows. Raises CellError."""
    city, columns = draft.constants.city, draft.places.columns
    if draft.target == Target.CITIES:
        return _("It names no city.")
    if is_total(draft, row):
        return _("It is a total, not of one city.")
    if columns.names and (not city or "city" in draft.constants.guessed):
        return _("It names no city: its cell is empty.")
    if not city:
        raise CellError(_("No column names the city: choose one for all rows."))
    return ""


def is_total(draft, row):
    """Whether a column of the list says that a row is no part of a whole."""
    return any(
        "disaggregation" in column.key and cells.folded(cells.as_text(value)) in NOT_SAID
        for column, value in zip(draft.columns, row.values, strict=False)
    )


# Countries and points


def read_country(draft, value):
    """The two letters of a country in a cell; "" for an empty one. Raises CellError."""
    columns = draft.places.columns
    is_empty = is_blank_code if columns.has_codes else words.is_blank
    if is_empty(value):
        return ""
    return country_of(cells.as_text(value), draft.decided("places"), columns)


def country_in_word(word):
    """As `read_country`, without what was decided."""
    if not word:
        return ""
    codes = sorted(countries_in(word))
    if len(codes) == 1:
        return codes[0]
    if codes:
        named = ", ".join(f"{code} ({countries.name(code)})" for code in codes)
        raise CellError(_("“%(word)s” may be: %(countries)s.") % {"word": word, "countries": named})
    close = close_name(word, [name for _code, name in countries])
    hint = _("Did you mean “%s”?") % close if close else ""
    raise CellError(sentence(_("“%s” is no country.") % word, hint))


def point_in(value, axis, longitude_first=False):
    """({"latitude": …, "longitude": …} as far as the cell says them, notes on how it was read).

    The cell may be `POINT (lon lat)`, degrees, a link. `axis`: "latitude", "longitude" or "" where
    it has both. `longitude_first`: of the pairs of its column. Raises CellError.
    """
    if words.is_blank(value):
        return {}, ()
    try:
        return points.read_point(cells.as_text(value), axis, longitude_first)
    except Unclear as error:
        raise CellError(str(error)) from error
