"""Which city each row of a list means; what is not clear is asked, and no row is lost."""

import pytest

from exchange.mapping.places.known_cities import KnownCities
from exchange.mapping.places.places import COUNTRY, LEFT_OUT, NEW, REST, city_of, why_left_out
from exchange.mapping.table.layout import Layout
from exchange.mapping.table.tables import Table
from exchange.problems import CellError
from profiles.addresses import new_slugs, slug_for
from profiles.models import City
from tests.exchange.mapping.drafts import make_draft
from tests.factories import make_city, make_user, writing

HERE = [
    ("melbourne", "Melbourne", "AU"),
    ("springfield", "Springfield", "US"),
    ("columbia-sc", "Columbia, SC", "US"),
    ("columbia-mo", "Columbia, MO", "US"),
    ("al-waha", "Al-Waha", "JO"),
    ("gandía", "Gandía", "ES"),
    ("goiana", "Goianá", "BR"),
    ("goiana-br", "Goiana", "BR"),
]
HEADERS = {"Ort": "city", "Land": "country", "Wert": "value"}


def becomes(rows, decided=None, **options):
    """(what each place becomes, its candidates) of a list of statements."""
    decisions = {"places": decided or {}}
    draft = make_draft("statements", HEADERS, rows, decisions=decisions, cities=HERE, **options)
    places = draft.places.values()
    return {one.word: (one.becomes, [slug for slug, _label in one.candidates]) for one in places}


@pytest.mark.parametrize(
    ("name", "country", "found"),
    [
        ("Melbourne", "AUS", "melbourne"),
        ("MELBOURNE", "", "melbourne"),
        ("Melbourne, Australia", "", "melbourne"),
        ("City of Melbourne", "Australien", "melbourne"),
        ("Springfield (IL)", "US", "springfield"),
        ("City of Columbia, SC", "US", "columbia-sc"),
        ("gandia", "ES", "gandía"),
        ("GOIANA", "BR", "goiana-br"),
        ("Goianá", "BR", "goiana"),
        ("Gòiana", "BR", None),
        ("Melburne", "", None),
        ("Melbourne", "US", None),
        ("Sample City Al-Waha", "", None),
        ("Columbia", "US", None),
        ("Perth", "AU", None),
    ],
)
def test_a_place_is_a_city_here_only_where_that_is_clear(name, country, found):
    guessed, candidates = becomes([[name, country, 1]])[name]
    assert guessed == found
    assert bool(candidates) == (name != "Perth")


@pytest.mark.parametrize("name", ["Melburne", "Melbuorne", "Selbourne", "Melbourne2"])
def test_a_name_one_letter_off_is_asked_as_it_may_be_another_city(name):
    assert becomes([[name, "AU", 1]]) == {name: (None, ["melbourne"])}
    assert becomes([[name, "AU", 1]], {REST: NEW})[name][0] is None
    kept = {f"{name.lower()} (au)": "melbourne"}
    assert becomes([[name, "AU", 1]], kept)[name][0] == "melbourne"


def test_rows_without_a_city_go_to_none_but_that_of_all_rows():
    rows = [["Melbourne", "AU", 1], ["", "AU", 2], ["n/a", "", 3]]
    draft = make_draft("statements", HEADERS, rows, cities=HERE, city="al-waha")
    assert [city_of(draft, row) for row in draft.rows] == ["melbourne", "al-waha", "al-waha"]
    guessed = {"city": "al-waha", "guessed": frozenset({"city"})}
    draft = make_draft("statements", HEADERS, rows, cities=HERE, **guessed)
    assert [city_of(draft, row) for row in draft.rows] == ["melbourne", "", ""]
    assert all("names no city" in why_left_out(draft, row) for row in draft.rows[1:])
    headers = {"Is this a disaggregation?": "", **HEADERS}
    totals = [["Yes", *rows[0]], ["No", *rows[1]]]
    draft = make_draft("statements", headers, totals, cities=HERE, city="al-waha")
    assert [city_of(draft, row) for row in draft.rows] == ["melbourne", ""]


@pytest.mark.parametrize(
    ("name", "country", "words"),
    [
        ("Australia", "AU", "leave it out if it is a total"),
        ("Italia", "", "leave it out if it is a total"),
        ("Mexico", "US", "make it, or leave it out"),
        ("Perth", "", "a new city needs a country"),
        ("Melbourne", "US", "in another country"),
        ("Milano", "", "a new city needs a country"),
    ],
)
def test_a_city_that_is_not_here_says_what_can_be_done(name, country, words):
    cities = [*HERE, ("illano", "Illano", "ES")]
    draft = make_draft("statements", HEADERS, [[name, country, 1]], cities=cities)
    (place,) = draft.places.values()
    assert (place.becomes, words in place.why) == (None, True)


def test_a_total_of_a_country_becomes_no_city_with_all_the_new_ones():
    found = becomes([["Australia", "AU", 2]], {REST: NEW}, adds_cities=True)
    assert found == {"Australia": (None, [])}


def test_the_mark_of_a_note_is_no_part_of_a_name():
    lines = [["Ort", "Land", "Wert"], ["Gandía (a)", "ES", 1], ["Perth (W)", "AU", 2]]
    lines += [["Al-Waha *", "JO", 3], *([note, "", ""] for note in ("(a) estimated", "* by hand"))]
    draft = make_draft("statements", HEADERS, lines[1:4], cities=HERE)
    table = Table("Sheet", list(enumerate(lines, start=1)))
    notes = dict.fromkeys((5, 6), "a note below the table")
    draft.__dict__["layouts"] = [Layout(table, header_rows=(1,), left_out=notes)]
    assert [place.word for place in draft.places.values()] == ["Gandía", "Perth (W)", "Al-Waha"]
    assert draft.places.columns.note_of(draft.rows[0]) == "(a) estimated"


def test_two_stars_lead_to_another_note_than_one():
    lines = [["Ort", "Land", "Wert"], ["Gandía**", "ES", 1], ["* by hand"], ["** of 2019"]]
    draft = make_draft("statements", HEADERS, lines[1:2], cities=HERE)
    notes = dict.fromkeys((3, 4), "a note below the table")
    table = Table("Sheet", list(enumerate(lines, start=1)))
    draft.__dict__["layouts"] = [Layout(table, header_rows=(1,), left_out=notes)]
    assert [place.word for place in draft.places.values()] == ["Gandía"]
    assert draft.places.columns.note_of(draft.rows[0]) == "** of 2019"


def test_cells_that_mean_what_is_above_them_have_its_city():
    headers = {"Ort": {"field": "city", "fills_down": True}, "Land": "country"}
    rows = [["Melbourne", "AU"], ["", ""], ["Al-Waha", "JO"], ["", "JO"]]
    draft = make_draft("statements", headers, rows, cities=HERE)
    found = [city_of(draft, row) for row in draft.rows]
    assert found == ["melbourne", "melbourne", "al-waha", "al-waha"]


def test_countries_that_are_not_clear_are_asked():
    rows = [["Kongo Ville", "Congo", 1], ["Windhoek", "NA", 1]]
    draft = make_draft("statements", HEADERS, rows, cities=HERE)
    place, other = draft.places.values()
    assert (place.country, place.becomes) == ("", None)
    assert "CD (Democratic Republic of the Congo), CG" in place.why
    assert other.country == ""
    decisions = {"places": {f"{COUNTRY}congo": "CD"}}
    draft = make_draft("statements", HEADERS, rows, cities=HERE, decisions=decisions)
    assert [place.country for place in draft.places.values()] == ["CD", ""]
    codes = [["Windhoek", "NA", 1], ["Melbourne", "AU", 1], ["Gandía", "ES", 1]]
    draft = make_draft("statements", HEADERS, codes, cities=HERE)
    assert [place.country for place in draft.places.values()] == ["NA", "AU", "ES"]


def test_numbers_that_a_list_gives_to_countries_are_asked():
    rows = [["Bath", "132", 1], ["Perth", "36", 1]]
    draft = make_draft("statements", HEADERS, rows, cities=HERE)
    assert [place.country for place in draft.places.values()] == ["CV", "AU"]
    rows += [["Ryde", "211", 1]]
    decisions = {"places": {f"{COUNTRY}132": "GB"}}
    draft = make_draft("statements", HEADERS, rows, cities=HERE, decisions=decisions)
    assert [place.country for place in draft.places.values()] == ["GB", "", ""]
    assert all("a number of the list" in one.country_why for one in list(draft.places.values())[1:])


@pytest.mark.django_db
def test_staff_make_cities_where_they_say_so_and_others_leave_them_out():
    make_city("Łódka", country="PL", slug="lodka")
    with writing():
        city = City.objects.get(slug="lodka")
        city.slug = "lodka-old"
        city.save()
    staff = make_user("staff@example.org", is_staff=True)
    headers = {"Name": "name", "Country": "country"}
    rows = [["Perth", "AU"], ["Perth", "GB"], ["安吉县", "CN"], ["Lodka, Poland", ""], ["X", ""]]
    rows += [["Perth City", "AU"], ["", "AU"]]

    def places_for(user, decided):
        decisions = {"places": decided}
        draft = make_draft("cities", headers, rows, user=user, decisions=decisions)
        return draft, list(draft.places.values())

    draft, places = places_for(staff, {})
    assert [one.becomes for one in places] == [None, None, None, "lodka-old", None, None]
    draft, places = places_for(staff, {REST: NEW})
    slugs = ["perth", "perth-gb", "city-cn", "lodka-old", "", "perth-city"]
    assert [one.slug for one in places] == slugs
    assert [one.is_open for one in places] == [True, True, True, False, True, True]
    named = []
    for row in draft.rows:
        try:
            named.append(city_of(draft, row) or why_left_out(draft, row))
        except CellError as error:
            named.append(str(error))
    assert all(named)
    assert named[4].endswith("a new city needs a country: its cell is empty.")
    officer = make_user("officer@example.org", officer_of=make_city("Port Trial"))
    draft, places = places_for(officer, {REST: NEW, "perth (au)": NEW})
    assert {one.becomes for one in places} == {LEFT_OUT}


@pytest.mark.django_db
def test_a_city_that_was_made_is_found_the_next_time():
    decided = {"perth (au)": NEW}
    rows = [["Perth", "AU", 1]]
    options = {"decisions": {"places": decided}}
    (place,) = make_draft("statements", HEADERS, rows, **options).places.values()
    assert (place.becomes, place.slug) == (NEW, "perth")
    make_city("Perth", country="AU")
    (place,) = make_draft("statements", HEADERS, rows, **options).places.values()
    assert place.becomes == "perth"
    decided["perth (au)"] = f"{NEW}/1"
    (place,) = make_draft("statements", HEADERS, rows, **options).places.values()
    assert (place.becomes, place.slug) == (NEW, "perth-au")


@pytest.mark.django_db
def test_many_places_take_few_queries(django_assert_num_queries):
    make_city("Perth", country="AU")
    rows = [[f"Town {number}", "AU", 1] for number in range(500)]
    draft = make_draft("statements", HEADERS, rows, adds_cities=True)
    with django_assert_num_queries(5):
        assert len({place.slug for place in draft.places.values()}) == 500


@pytest.mark.django_db
def test_addresses_are_made_of_letters_with_strokes_too():
    assert slug_for("Łódź") == "lodz"
    make_city("Lodz", country="PL", slug="lodz")
    assert list(new_slugs([("lodz", "PL"), ("lodz", "PL"), ("lodz", "")])) == [
        "lodz-pl",
        "lodz-pl-2",
        "lodz-2",
    ]
    assert list(new_slugs([("city-jp", "JP"), ("city-jp", "JP")])) == ["city-jp", "city-jp-2"]
    assert KnownCities(None).former == {}


@pytest.mark.parametrize(
    ("word", "slugs"),
    [
        ("anji-county", ["anji-county"]),
        ("Anji County", ["anji-county"]),
        ("Córdoba", ["cordoba-ar", "cordoba-es"]),
        ("cordoba, Spain", ["cordoba-es"]),
        ("Córdoba, AR (cordoba-ar)", ["cordoba-ar"]),
        ("Nowhere", []),
    ],
)
def test_a_city_is_chosen_by_its_name_too(word, slugs):
    cities = [("anji-county", "Anji County", "CN")]
    cities += [("cordoba-ar", "Córdoba", "AR"), ("cordoba-es", "Córdoba", "ES")]
    draft = make_draft("cities", {"Name": "name"}, [], cities=cities)
    assert [one.slug for one in draft.known_cities.called(word)] == slugs
