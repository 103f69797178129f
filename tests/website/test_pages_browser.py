"""Every kind of public page that other browser tests leave out, and a walk by keyboard alone."""

from itertools import cycle

import pytest
from playwright.sync_api import expect

from actions.models import Statement
from tests.browser import DESKTOP
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_resource,
    make_statement,
    withdraw,
)

ZOOMED = {"width": 320, "height": 640}
"""What a window of 1280 pixels has left at 400 %."""
PHONE = {"width": 390, "height": 800}
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 9
PAGES = (
    "/cities/full/actions/",
    "/cities/full/cbi/",
    "/cities/full/versions/",
    "/cities/full/versions/1/",
    "/cities/full/ask/",
    "/cities/long/",
    "/cities/long/actions/1/",
    "/cities/withdrawn/",
    "/regions/europe/",
    "/figures/",
    "/cbi/2021/",
    "/pathway/set-baseline/",
    "/accessibility/",
    "/demo/",
)
IN_FOCUS = """() => {
    const now = document.activeElement, box = now.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 9)];
    const there = document.elementFromPoint(x, y), ring = now.querySelector(".map-touch");
    const style = getComputedStyle(ring ?? now);
    return {
        words: (now.ariaLabel || now.labels?.[0]?.textContent || now.textContent).trim(),
        is_marked: ring ? style.stroke !== "none" : style.outlineStyle === "solid",
        is_seen: now === there || now.contains(there) || Boolean(there?.contains(now)),
    };
}"""


@pytest.fixture
def cities(transactional_db, catalogue, settings, page_problems):
    """A city with something in every chapter, one of long words, and one that is withdrawn."""
    settings.ALLOW_DEMO = True
    full = make_city("Port Trial", slug="full", country="FR", latitude=44, longitude=5)
    action = make_action(full, "natural-areas", baseline={"total_area": "300"})
    make_statement(action, Statement.Kind.TARGET, {"natural_area": "1234567"}, due_year=2030)
    make_assessment(full)
    make_item(full, 3, resource=make_resource(full, "River guide", summary="A river."))
    long = make_city(
        f"{'Llanfair ' * 12}{LONG_WORD[:90]}",
        slug="long",
        local_name=LONG_WORD[:200],
        head_name=LONG_WORD[:200],
    )
    make_action(long, "natural-areas", baseline={"total_area": "1"}, description=LONG_WORD)
    withdraw(make_city("Once There", slug="withdrawn"))
    yield full
    # A page that is gone says so in the console too.
    page_problems[:] = [problem for problem in page_problems if "410 (Gone)" not in problem]


def test_every_kind_of_page_is_accessible_and_fits(page, axe, cities):
    faults = []
    looks = cycle([("light", ZOOMED), ("dark", DESKTOP), ("dark", ZOOMED)])
    for address, (scheme, size) in zip(PAGES, looks, strict=False):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.goto(address)
        faults += [(address, scheme, fault) for fault in axe(page)]
        assert page.locator("main h1").count() == page.locator("h1").count() == 1, address
        page.set_viewport_size(ZOOMED)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => document.documentElement.dir = direction", direction)
            wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            assert wide <= 0, (address, direction, wide)
    assert not faults


def tab_to(page, words, where="*"):
    """Press Tab until what has the focus says `words` and is such an element.

    On the way, the focus is always seen.
    """
    for _ in range(80):
        page.keyboard.press("Tab")
        now = page.evaluate(IN_FOCUS)
        assert now["is_marked"] and now["is_seen"], now
        if words in now["words"] and page.locator(f":focus:is({where})").count():
            return
    pytest.fail(f"{words} is not reached; the last is {now['words']}")


def test_from_home_to_a_copied_figure_by_keyboard(page, cities):
    page.goto("/")
    tab_to(page, "Search", "input")
    page.keyboard.type("trial")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    tab_to(page, "Port Trial", "main a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/full/")
    tab_to(page, "Decrease conversion of natural areas", ".action > summary")
    page.keyboard.press("Enter")
    tab_to(page, "Copy this figure with its source")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cities/full/actions/1/**")
    tab_to(page, "300", ".copy-figure > summary")
    page.keyboard.press("Enter")
    tab_to(page, "Total area", "textarea")
    assert "300" in page.locator(":focus").input_value()


def test_sheets_of_a_phone_work_by_keyboard_and_hide_nothing(page, cities):
    page.set_viewport_size(PHONE)
    page.goto("/cities/full/")
    menu, contents = page.locator("#menu"), page.locator("#contents")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    tab_to(page, "Sign in")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "Profile as PDF")
    expect(menu).to_be_hidden()
    opener = page.get_by_role("link", name="Contents")
    opener.focus()
    page.keyboard.press("Enter")
    expect(contents).to_be_visible()
    expect(opener).not_to_be_focused()
    tab_to(page, "Targets", "#contents a")
    tab_to(page, "Close")
    tab_to(page, "", ".chapters a")
    expect(contents).to_be_hidden()


def test_marks_of_the_map_follow_each_other_from_west_to_east(page, cities):
    for name, longitude in (("Eastern", 140), ("Western", -100)):
        make_city(name, latitude=40, longitude=longitude)
    page.goto("/cities/?view=map")
    for name in ("Western", "Port Trial", "Eastern"):
        tab_to(page, name)
