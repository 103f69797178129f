"""Which city and country the rows of a list mean."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django_countries import countries

from intake.numbers import Unclear
from profiles.access import is_platform_staff
from profiles.addresses import new_slugs, plain_slug
from profiles.country_names import close_name

from .. import cells
from ..models.mapping import Target
from ..problems import CellError, sentence
from . import points, words
from .place_names import LETTERS, countries_in, read_name

NEW = "new"
"""Instead of the address of a city: it is made."""

COUNTRY = "country:"
"""Before the folded word of a country in decisions; what is decided are its two letters."""

MOST_LOOKED_AT = 500
"""Rows that tell how a column writes its countries."""

NOT_SAID = ("no", "non", "nein", "não", "nao", "нет", "لا", "否", "false", "0")
"""How a list says that a row is a total of a country, not of one of its parts."""


@dataclass(slots=True)
class Place:
    """A city of the list, of `count` rows. `country`: two letters, or "". `candidates`: [(address,
    label)], the likeliest first. `becomes`: an address, `NEW`, "" for left out, None while nothing
    is known. `slug`: the address that the city has or will have. `why`: what the guess goes by, or
    why there is none. `country_word`: as it stands in the list. `also`: other words of the list
    that are the same city.
    """

    word: str
    country: str
    count: int
    candidates: list = field(default_factory=list)
    becomes: str | None = None
    slug: str = ""
    is_guess: bool = True
    why: str = ""
    country_word: str = ""
    also: tuple = ()

    @property
    def name(self):
        """The word without a country behind it."""
        return read_name(self.word).shown


class Places(dict):
    """Key of a place → its `Place`. `filled`: (table, row number) → (name, country) of rows whose
    cells mean what the cells above them say. `keys_of`: (name, country) as they stand → key."""

    def __init__(self, columns):
        super().__init__()
        self.columns = columns
        self.filled, self.keys_of = {}, {}


# From cells to places


class PlaceColumns:
    """The columns of a list that name cities and their countries."""

    def __init__(self, draft):
        code = "name" if draft.target == Target.CITIES else "city"
        self.names, self.countries = draft.used_as(code), draft.used_as("country")
        self.fills_down = is_filled(self.names) or is_filled(self.countries)
        self.has_codes = self.has_country_codes(draft.rows) if self.countries else False

    def has_country_codes(self, rows):
        """Whether countries are codes of two letters."""
        seen = [text for row in rows[:MOST_LOOKED_AT] if (text := words_in(row, self.countries))]
        codes = [text for text in seen if len(text.strip()) == LETTERS]
        return len(codes) * 2 > len(seen) and len({code.casefold() for code in codes}) > 1

    def in_row(self, row):
        """(name, country) as they stand in a row."""
        country = words_in(row, self.countries)
        if not country and self.has_codes:
            country = words_in(row, self.countries, is_empty=is_blank_code)
        return words_in(row, self.names), country

    def with_fills(self, rows):
        """(row, name, country, whether the cells above said one of them)."""
        table, above = None, ("", "")
        for row in rows:
            if row.table != table:
                table, above = row.table, ("", "")
            said = own = self.in_row(row)
            if self.fills_down:
                may = (is_filled(self.names), is_filled(self.countries))
                said = tuple(
                    mine or (upper if fills else "")
                    for mine, upper, fills in zip(own, above, may, strict=True)
                )
                above = said
            yield row, *said, said != own


def is_filled(uses):
    return any(use.fills_down for use in uses)


def is_blank_code(value):
    """As `words.is_blank`, among codes of countries: NA is Namibia there."""
    return words.is_blank(value) and cells.folded(cells.as_text(value)) != "na"


def words_in(row, uses, is_empty=words.is_blank):
    """The first of the cells of these columns that says something."""
    for use in uses:
        value = row.values[use.column.at]
        if not is_empty(value):
            return cells.as_text(value)
    return ""


def place_key(name, country):
    """What names a place in decisions: its folded name, and its country where that is known."""
    return f"{cells.folded(name)} ({country.lower()})" if country else cells.folded(name)


def guess_places(draft, decided):
    """Key of a place (`place_key`) → its `Place`. `decided`: {key of a place: becomes}, and
    {`COUNTRY` with a folded word behind it: two letters}."""
    columns = PlaceColumns(draft)
    places = Places(columns)
    if not columns.names:
        return places
    counts = Counter()
    for row, name, country, is_filled_down in columns.with_fills(draft.rows):
        pair = name, country
        if is_filled_down:
            places.filled[row.table, row.number] = pair
        counts[pair] += 1
    for (name, country_word), count in counts.items():
        if name:
            add_place(draft, places, name, country_word, count, decided)
    for key, place in places.items():
        decide(draft, place, decided.get(key), is_decided=key in decided)
    give_slugs(places.values())
    name_twins(places.values())
    return places


def add_place(draft, places, name, country_word, count, decided):
    why = ""
    try:
        country = country_of(country_word, decided)
    except CellError as error:
        country, why = "", str(error)
    country = country or read_name(name).country
    key = place_key(name, country)
    places.keys_of[name, country_word] = key
    if key in places:
        places[key].count += count
    else:
        places[key] = Place(name, country, count, why=why, country_word=country_word)


def country_of(word, decided):
    """The two letters of a country, as they were decided or as the word says. Raises CellError."""
    return decided.get(COUNTRY + cells.folded(word)) or country_in_word(word)


# From places to cities


def decide(draft, place, decided, *, is_decided):
    """Say which city a place is: what was decided, else the guess."""
    read, atlas = read_name(place.word), draft.atlas
    exact = atlas.with_name(read, place.country)
    near = [] if len(exact) == 1 else atlas.near(read, place.country)
    if place.country and not exact:
        near += [(slug, False) for slug in atlas.with_name(read, "")]
    slugs = dict.fromkeys([*exact, *(slug for slug, _is_close in near)])
    place.candidates = [(slug, atlas.cities[slug].label) for slug in slugs]
    if is_decided:
        place.becomes, place.is_guess = decided, False
        return
    close = [slug for slug, is_close in near if is_close]
    if len(exact) == 1:
        place.becomes, place.why = exact[0], why_same(atlas.cities[exact[0]], read)
    elif not exact and place.country and len(close) == 1:
        place.becomes, place.why = close[0], _("One letter differs.")
    else:
        guess_unknown(draft, place, exact)


def why_same(known, read):
    if read.whole in (read_name(known.name).whole, read_name(known.local_name).whole):
        return _("The same name.")
    return _("The same name without the words around it.")


def guess_unknown(draft, place, exact):
    """Say what becomes of a place that is none of the cities here for sure."""
    is_staff = draft.user is None or is_platform_staff(draft.user)
    if exact:
        place.why = _("Several cities here have this name.")
    elif place.candidates:
        place.why = _("It is like a city here: is it this one?")
    elif not is_staff:
        place.becomes = ""
        place.why = _("It is not among the cities that you may edit.")
    elif not draft.constants.adds_cities:
        place.why = _("It is not here yet: make it, or leave it out.")
    elif not place.country:
        place.why = place.why or _("It is not here yet, and a new city needs a country.")
    else:
        place.becomes, place.why = NEW, _("It is not here yet.")


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


# Of one row


def place_of(draft, row):
    """The `Place` of a row; None where it names none."""
    pair = draft.places.filled.get((row.table, row.number))
    pair = pair or draft.places.columns.in_row(row)
    key = draft.places.keys_of.get(pair)
    return draft.places[key] if key else None


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
    if place.becomes == "":
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
        return _("It names no city, as a total of a country does.")
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
    is_empty = is_blank_code if draft.places.columns.has_codes else words.is_blank
    return "" if is_empty(value) else country_of(cells.as_text(value), draft.decided("places"))


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


def read_point(value, axis):
    """(latitude, longitude) of a cell, each may be None: `POINT (lon lat)`, degrees, a link.

    `axis`: "latitude", "longitude" or "" where the cell has both. Raises CellError.
    """
    found, _notes = point_in(value, axis)
    return found.get("latitude"), found.get("longitude")


def point_in(value, axis):
    """({"latitude": …, "longitude": …} as far as the cell says them, notes on how it was read).

    Raises CellError.
    """
    if words.is_blank(value):
        return {}, ()
    try:
        return points.read_point(cells.as_text(value), axis)
    except Unclear as error:
        raise CellError(str(error)) from error
