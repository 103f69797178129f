"""The page on which the place of a city is picked on a map, without a script.

A button of the city's form posts here all that was typed, which the page carries along, signed. A
click on the map is the click on an image button: its coordinates come with the POST. Then the form
is shown again, with the place filled in and not saved.
"""

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import Typed, is_shown_again, shows_typed
from intake.coordinates import LATITUDE, LONGITUDE, MOST
from intake.numbers import Unclear
from profiles.models import City, Country
from profiles.numbers import bounds_of, coordinate_in
from report.drawings.land import land_in
from report.drawings.world import HEIGHT, WIDTH, on_plane, unproject

from .map_grid import grid_of
from .map_window import STEPS, WORLD, Window, window_of

SIZES = {"small": (320, 139), "large": (640, 278)}
"""The map on a phone and on wider screens, in pixels: a click is told in these. As in place.css."""

KM_AROUND, KM_PER_DEGREE = 40_075, 111
SLACK = 3
"""Pixels by which a finger or a mouse misses."""

EXACT = (2, 5, 10, 20, 50, 100, 200)
"""How exact a pick may be, in km: the borders themselves are no finer than the first."""

NUDGE = 0.05
"""The share of the map's width by which a button moves the mark."""

NUDGES = {"north": (0, -1), "west": (-1, 0), "east": (1, 0), "south": (0, 1)}
BOX = re.compile(r"(\d{1,3}(?:\.\d{1,6})?),(\d{1,3}(?:\.\d{1,6})?),(\d{1,4}(?:\.\d{1,6})?)")
DIGITS = re.compile(r"-?\d{1,5}")

PICKED = gettext_lazy("The place from the map is filled in below. Nothing is saved yet: save it.")


def urls(site):
    """The address of the page, for the admin site."""
    pages = PlacePages(site)
    return [path("place/", site.admin_view(pages.page), name="place")]


@dataclass(frozen=True, slots=True)
class Picked:
    """A place as it is filled in, and the part of the world that the map shows.

    `at`: (latitude, longitude) as `Decimal`s, or None.
    """

    window: Window
    at: tuple | None = None

    @property
    def point(self):
        return self.at and on_plane(*map(float, self.at))

    @property
    def mark(self):
        """Where it stands on the map, as two percentages; None if it does not."""
        return self.window.share(self.point) if self.at and self.window.holds(self.point) else None

    def moved_to(self, point, pixels, step):
        """At this point of the plane, as exactly as a map of so many pixels tells, on a map of this
        `step`; None where the point is beyond the world."""
        latitude, longitude = unproject(*point)
        if abs(latitude) > MOST[LATITUDE] or abs(longitude) > MOST[LONGITUDE]:
            return None
        places = decimals(kilometres(self.window, pixels))
        at = tuple(round(Decimal(number), places) for number in (latitude, longitude))
        is_seen = step == self.window.step and self.window.holds(point)
        return Picked(self.window if is_seen else Window.around(*point, STEPS[step]), at)

    def clicked(self, point, pixels):
        """The same after a click: a step nearer, or as near as it is."""
        return self.moved_to(point, pixels, min(self.window.step + 1, len(STEPS) - 1))

    def nudged(self, across, down):
        """The mark, or the middle of the map, a little further; around the world where it ends."""
        window = self.window
        middle = unproject(window.x + window.width / 2, window.y + window.height / 2)
        latitude, longitude = map(float, self.at or middle)
        way = NUDGE * 360 * window.width / WIDTH
        latitude = max(-MOST[LATITUDE], min(MOST[LATITUDE], latitude - down * way))
        point = on_plane(latitude, (longitude + across * way + 180) % 360 - 180)
        return self.moved_to(point, max(SIZES.values())[0], window.step) or self

    def zoomed(self, more):
        """So many steps nearer, around the mark if it is in view."""
        step = min(max(self.window.step + more, 0), len(STEPS) - 1)
        x, y, width, height = self.window.box
        middle = self.point if self.mark else (x + width / 2, y + height / 2)
        return replace(self, window=Window.around(*middle, STEPS[step]))


def kilometres(window, pixels):
    """How exact a click on a map of so many pixels is, in km."""
    missed = KM_AROUND * window.width / WIDTH / pixels * SLACK
    return next((one for one in EXACT if one >= missed), EXACT[-1])


def decimals(exact):
    """Of degrees: as few as add no error that is larger than so many km."""
    return max(0, math.ceil(math.log10(KM_PER_DEGREE / 2 / exact)))


def clicked(post, window):
    """(the point of the plane that was clicked, the pixels of the map); None where nothing was.

    A key pressed on an image button is told as a click at 0, 0.
    """
    for name, (width, height) in SIZES.items():
        x, y = post.get(f"{name}.x", ""), post.get(f"{name}.y", "")
        if not (DIGITS.fullmatch(x) and DIGITS.fullmatch(y)) or (int(x), int(y)) == (0, 0):
            continue
        across, down = min(max(int(x), 0), width), min(max(int(y), 0), height)
        point = (
            window.x + across / width * window.width,
            window.y + down / height * window.height,
        )
        return point, width
    return None


def window_in(text):
    """The part of the world that the page had shown; None if that is none."""
    found = BOX.fullmatch(text)
    if not found:
        return None
    x, y, width = map(float, found.groups())
    if not WIDTH / STEPS[-1] - 1 <= width <= WIDTH:
        return None
    step = max(n for n, factor in enumerate(STEPS) if factor * width <= WIDTH + 1)
    height = width * HEIGHT / WIDTH
    return Window(min(x, WIDTH - width), min(y, HEIGHT - height), width, height, step)


def country_code(typed):
    """That of the country which was chosen in the form; "" without one."""
    key = (typed.texts.get("country") or [""])[-1]
    country = Country.objects.filter(pk=key).first() if DIGITS.fullmatch(key) else None
    return country.code if country else ""


def place_in(texts):
    """(latitude, longitude) of what was typed; None where it does not say both."""
    found = {}
    for axis, other in ((LATITUDE, LONGITUDE), (LONGITUDE, LATITUDE)):
        text = texts.get(axis, "")
        if not text.strip():
            continue
        try:
            number, _notes, second = coordinate_in(
                text, axis, bounds_of(City._meta.get_field(axis))
            )
        except Unclear:
            return None
        found[axis] = number
        if second is not None:
            found.setdefault(other, second)
    return (found[LATITUDE], found[LONGITUDE]) if len(found) == 2 else None


class PlacePages:
    def __init__(self, site):
        self.site = site

    @shows_typed
    def page(self, request):
        typed = self.typed_in(request)
        if typed is None:
            return redirect("admin:index")
        code = request.GET.get("country") or country_code(typed)
        picked, said = self.picked(request.POST, typed, code)
        if "take" in request.POST and picked.at:
            return self.take(request, typed, picked)
        if "back" in request.POST:
            return self.take(request, typed, None)
        return self.show(request, typed, picked, code, said)

    def typed_in(self, request):
        """What the city's form had: signed by this page, or posted by the form this moment."""
        if "typed" in request.POST:
            return Typed.read(request.POST["typed"])
        address = request.GET.get("form", "")
        if request.method != "POST" or not is_shown_again(address):
            return None
        return replace(Typed.in_post(request), address=address)

    def picked(self, post, typed, code):
        """(`Picked` after the button that was pressed, what went wrong)."""
        texts = {axis: (typed.texts.get(axis) or [""])[-1] for axis in (LATITUDE, LONGITUDE)}
        if "typed" in post:
            texts = {axis: post.get(axis, "") for axis in texts}
        before = Picked(WORLD, place_in(texts))
        window = window_in(post.get("box", ""))
        if window is None:
            country = window_of([code], []) if code else WORLD
            return replace(before, window=country), ""
        before = replace(before, window=window)
        if found := clicked(post, window):
            moved = before.clicked(*found)
            return (moved, "") if moved else (before, _("There is no place here: click the map."))
        if post.get("nudge") in NUDGES:
            return before.nudged(*NUDGES[post["nudge"]]), ""
        if post.get("step") in ("1", "-1"):
            return before.zoomed(int(post["step"])), ""
        return before, ""

    def take(self, request, typed, picked):
        """Back to the form with what was typed there; with the place, if one is given."""
        texts = dict(typed.texts)
        if picked:
            texts |= dict(zip((LATITUDE, LONGITUDE), ([f"{n:f}"] for n in picked.at), strict=True))
        reason = str(PICKED if picked else _("The map is closed. Nothing is saved yet."))
        replace(typed, texts=texts, reason=reason).keep(request.session)
        return redirect(typed.address)

    def show(self, request, typed, picked, code, said):
        window, post = picked.window, request.POST
        pressed = post.get("nudge") or post.get("step", "")
        exact = {name: kilometres(window, pixels) for name, (pixels, _h) in SIZES.items()}
        context = {
            **self.site.each_context(request),
            "title": _("Pick the place on a map"),
            "typed": typed.sign(),
            "picked": picked,
            "places": picked.at and [f"{number:f}" for number in picked.at],
            "box": f"{window.x:.4f},{window.y:.4f},{window.width:.4f}",
            "pressed": pressed,
            "land": land_in(*window.box),
            "own_land": land_in(*window.box, (code,)) if code else "",
            "grid": grid_of(window),
            "exact": exact,
            "is_world": window.step == 0,
            "is_nearest": window.step == len(STEPS) - 1,
            "said": said,
        }
        request.current_app = self.site.name
        return TemplateResponse(request, "admin/place.html", context)
