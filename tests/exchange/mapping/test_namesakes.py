"""Cities of one name and country in a list are told apart, and found again the next time."""

import pytest

from exchange.mapping.answers import of_places
from exchange.mapping.making.made import make
from exchange.mapping.places.places import KEY, NEW, REST, place_of
from tests.exchange.mapping.drafts import make_draft
from tests.factories import make_city

HEADERS = {"nome": "name", "uf": "state", "ibge": "key", "lat": "latitude", "lon": "longitude"}
JESUS = [
    ["Bom Jesus", "PI", 2201903, "-9.0712345", "-44.359"],
    ["Bom Jesus", "RS", 4302303, "-28.6697", "-50.4295"],
    ["Bom jesus", "RN", 2401701, "-5.98648", "-35.5792"],
]


def draft_of(rows, decided=None, headers=HEADERS, target="cities", **options):
    decisions = {"places": {REST: NEW, **(decided or {})}}
    options.setdefault("cities", [])
    return make_draft(target, headers, rows, decisions=decisions, country="BR", **options)


def cells_of(*wanted):
    """The rows of these cells of `JESUS`, in each "" but in the columns `wanted`."""
    kept_cells = [[h in wanted and v for h, v in zip(HEADERS, row, strict=True)] for row in JESUS]
    return [["Bom Jesus", *(v or "" for v in row[1:])] for row in kept_cells[:2]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "slugs"),
    [
        (JESUS, ["bom-jesus-pi", "bom-jesus-rs", "bom-jesus-rn"]),
        (cells_of("ibge"), ["bom-jesus-2201903", "bom-jesus-4302303"]),
        (cells_of("lat", "lon"), ["bom-jesus", "bom-jesus-br"]),
        ([JESUS[0], JESUS[0]], ["bom-jesus"]),
        ([JESUS[0], ["Bom Jesus", "", "", "", ""]], ["bom-jesus"]),
        ([["Ipê", "", 1, "", ""], ["Ipê", "", 2, "", ""]], ["ipe"]),
        ([["Ipê", "43", 7, "", ""], ["Ipê", "42", 9, "", ""]], ["ipe-7", "ipe-9"]),
        ([["Ipê", "RS", 7, "", ""], ["Ipê", "RS", 9, "", ""]], ["ipe-7", "ipe-9"]),
        ([["Ipê", "RS", 7, "", ""], ["Ibá", "RS", 9, "", ""]], ["ipe", "iba"]),
        ([["市辖区", "11", 1101, "", ""], ["市辖区", "12", 1201, "", ""]], ["br-1101", "br-1201"]),
    ],
)
def test_rows_are_of_different_cities_where_state_key_or_position_differ(rows, slugs):
    draft = draft_of(rows)
    assert [place.slug for place in draft.places.values()] == slugs
    assert len({place.label for place in draft.places.values()}) == len(slugs)
    made = make(draft)
    assert [row["City"] for row in made.sheets["Cities"]] == slugs
    named = [place_of(draft, row).name for row in draft.rows]
    assert named == [row[0] for row in rows]


@pytest.mark.django_db
def test_a_row_that_may_be_of_several_cities_is_asked():
    draft = draft_of([*JESUS, ["Bom Jesus", "", "", "", ""]])
    (vague,) = [place for place in draft.places.values() if place.is_vague]
    assert sum(place.becomes == NEW for place in draft.places.values()) == 3
    assert vague.becomes is None
    assert "does not say which" in vague.why


@pytest.mark.parametrize(
    ("here", "found"),
    [
        (["bom-jesus-rs"], [None, "bom-jesus-rs", None]),
        (["bom-jesus-rs", "bom-jesus-pi"], ["bom-jesus-pi", "bom-jesus-rs", None]),
        (["bom-jesus"], [None, None, None]),
    ],
)
def test_a_city_here_is_the_one_whose_state_its_address_has(here, found):
    cities = [(slug, "Bom Jesus", "BR") for slug in here]
    headers = {"cidade": "city", "uf": "state"}
    rows = [[name, state] for name, state, *_rest in JESUS]
    draft = draft_of(rows, headers=headers, target="statements", cities=cities)
    assert [place.becomes for place in draft.places.values()] == found


@pytest.mark.django_db
def test_a_city_here_lies_where_the_list_has_it():
    make_city("Bom Jesus", country="BR", slug="antiga", latitude="-28.67", longitude="-50.43")
    first, second, third = draft_of(JESUS, cities=None).places.values()
    assert second.becomes == "antiga"
    assert first.becomes is third.becomes is None


@pytest.mark.django_db
def test_a_renamed_city_is_found_by_its_key_in_a_kept_mapping():
    answers = of_places(draft_of(JESUS).places, {"bom jesus (br) · pi": NEW, "other": ""})
    assert answers[f"{KEY}2201903"] == "bom-jesus-pi"
    assert [name for name in answers if not name.startswith(KEY)] == ["other"]
    here = [(slug, "Bom Jesus", "BR") for slug in answers.values()]
    renamed = [["Novo Nome", *JESUS[0][1:]], ["Bom Jesus", *JESUS[1][1:]]]
    draft = draft_of(renamed, answers, cities=here)
    assert [place.becomes for place in draft.places.values()] == ["bom-jesus-pi", "bom-jesus-rs"]


@pytest.mark.django_db
def test_what_is_rounded_is_told_once_for_a_column():
    rows = [*JESUS, ["Ipê", "RS", 4310439, "28°49'13\"S", "-51.1234567"]]
    made = make(draft_of(rows))
    said = [(doubt.column, doubt.message, doubt.row) for doubt in made.doubts]
    assert said == [
        ("lat", "1 value is rounded to 5 decimals.", 0),
        ("lat", "1 value becomes degrees with 5 decimals.", 0),
        ("lon", "1 value is rounded to 5 decimals.", 0),
    ]
