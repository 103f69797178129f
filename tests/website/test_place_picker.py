"""The place of a city, picked on a map without a script."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from report.drawings.world import on_plane
from tests.admin.forms import filled
from tests.clients import client_of, url_of, words_of
from tests.factories import make_city, make_user
from website.map_grid import grid_of
from website.map_window import STEPS, WORLD, Window
from website.place_picker import Picked, clicked, decimals, kilometres, place_in, window_in

HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def near(latitude, longitude, step=4):
    return Window.around(*on_plane(latitude, longitude), STEPS[step])


@pytest.mark.parametrize(
    ("step", "pixels", "exact", "places"),
    [(0, 640, 200, 0), (2, 640, 50, 1), (4, 640, 5, 2), (4, 320, 5, 2), (0, 320, 200, 0)],
)
def test_a_pick_is_as_exact_as_the_map_is_near(step, pixels, exact, places):
    window = near(30, 119, step)
    assert kilometres(window, pixels) == exact
    assert decimals(exact) == places
    at = Picked(window).clicked(on_plane(30.12345, 119.54321), pixels).at
    assert at == (round(Decimal("30.12345"), places), round(Decimal("119.54321"), places))


@pytest.mark.parametrize(
    ("latitude", "longitude", "way", "east"),
    [
        (-17.8, 179.99, (1, 0), "-17"),  # Fiji, over the antimeridian
        (-17.8, -179.99, (-1, 0), "17"),
        (89.9, 10, (0, -1), ""),
        (-89.9, 10, (0, 1), ""),
    ],
)
def test_a_mark_is_moved_around_the_world_and_not_beyond_the_poles(latitude, longitude, way, east):
    picked = Picked(near(latitude, longitude, 2), (Decimal(latitude), Decimal(longitude)))
    moved = picked.nudged(*way)
    assert abs(moved.at[0]) <= 90
    assert str(moved.at[1]).startswith(east)


def test_a_click_beside_the_world_and_a_key_on_the_map_pick_nothing():
    assert Picked(WORLD).clicked((999, 1), 640) is None
    assert clicked({"large.x": "0", "large.y": "0"}, WORLD) is None
    assert clicked({"large.x": "320", "large.y": "139"}, WORLD) == ((500, 217.5), 640)
    assert clicked({"small.x": "9" * 9, "small.y": "1"}, WORLD) is None
    for box in ("", "nan,0,0", "0,0,0", "0,0,1001", "1,2", "0,0,5"):
        assert window_in(box) is None


def test_lines_of_degrees_stand_on_a_map_that_shows_nothing_else():
    words = [words for _x, _y, words in grid_of(near(-17.8, 179.99)).labels]
    assert words == ["178°E", "178.5°E", "179°E", "179.5°E", "180°", "18°S", "17.5°S"]
    top = [words for _x, y, words in grid_of(WORLD).labels if y == "0%"]
    assert top == ["180°", "90°W", "0°", "90°E", "180°"]


@pytest.mark.parametrize(
    ("texts", "at"),
    [
        ({"latitude": "30.5", "longitude": "119,25"}, (Decimal("30.5"), Decimal("119.25"))),
        ({"latitude": "geo:30.5,119.25"}, (Decimal("30.5"), Decimal("119.25"))),
        ({"latitude": "30.5"}, None),
        ({"latitude": "x", "longitude": "y"}, None),
    ],
)
def test_the_mark_stands_where_the_form_says(texts, at):
    assert place_in(texts) == at


def test_a_place_is_picked_in_steps_and_nothing_that_was_typed_is_lost(catalogue):
    city = make_city("Port Trial", country="CN")
    client = client_of(make_user(officer_of=city))
    form = url_of(city)
    [target] = re.findall(r'formaction="([^"]+)"', client.get(form).content.decode())
    target = target.replace("&amp;", "&")
    typed = {**filled(client, form), "about": "Typed <b>and</b> kept.", "latitude": "abc"}
    page = client.post(target, {**typed, "_place": ""})
    assert "Nothing is picked yet" in words_of(page)
    for _step in range(4):
        hidden = dict(HIDDEN.findall(page.content.decode()))
        page = client.post(target, {**hidden, "large.x": "320", "large.y": "139"})
    assert "exact to about 5 km" in words_of(page)
    hidden = dict(HIDDEN.findall(page.content.decode()))
    assert re.fullmatch(r"\d\d(\.\d{1,2})?", hidden["latitude"])

    page = client.post(target, {**hidden, "take": "1"}, follow=True)
    assert page.redirect_chain == [(form, 302)]
    shown = page.context["adminform"].form
    assert shown["about"].value() == "Typed <b>and</b> kept."
    assert shown["latitude"].value() == hidden["latitude"]
    assert "Nothing is saved yet" in words_of(page)
    city.refresh_from_db()
    assert (city.latitude, "Typed" in city.about) == (None, False)

    for address in ("", "/search/", "//elsewhere.example/admin/"):
        answer = client.post(reverse("admin:place"), query_params={"form": address})
        assert answer.url == reverse("admin:index")
    assert client.get(target).url == reverse("admin:index")
