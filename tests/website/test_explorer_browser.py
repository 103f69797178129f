"""The explorer in a real browser: no fault against WCAG, an empty console, keyboard, narrow."""

from itertools import cycle

import pytest

from tests.browser import DESKTOP
from tests.factories import make_action, make_city

TYPE = "/actions/types/natural-areas/"
STATUS = "/actions/types/wild-species-trade/"
PAGES = (
    TYPE,
    "/actions/",
    TYPE + "?country=XX&sort=nonsense&unit=acre",
    STATUS,
    "/actions/types/ecosystem-policies/",
    "/actions/targets/3/",
    "/actions/targets/23/",
    "/search/",
    "/search/?q=湿地",
    "/search/?q=port&kind=actions&area=protect-restore",
    "/search/?q=nothing-of-this-kind",
)
PHONE = {"width": 320, "height": 800}


@pytest.fixture
def explored(transactional_db, catalogue):
    for number in range(1, 22):
        city = make_city(
            f"Trial {number} {'Llanfairpwllgwyngyll' * (number == 3)}",
            country=("FR", "CN", "BR")[number % 3],
            latitude=number,
            longitude=number * 5,
        )
        make_action(city, "natural-areas", baseline={"total_area": number**2})
        status = ("yes", "partly", "no")[number % 3]
        make_action(city, "wild-species-trade", baseline={"status": status})
        make_action(
            city, "ecosystem-policies", description="本市修复河边湿地。", language="zh-Hans"
        )
    make_action(make_city("مدينة", is_sample=True, slug="sample"), "natural-areas")


def test_every_page_is_accessible_and_fits(page, axe, explored):
    faults = []
    looks = cycle([("light", DESKTOP), ("dark", PHONE)])
    for address, (scheme, size) in zip([*PAGES, TYPE, STATUS], looks, strict=False):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.goto(address)
        faults += [(address, scheme, fault) for fault in axe(page)]
        assert page.locator("main h1").count() == page.locator("h1").count() == 1, address
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (address, scheme)
    assert not faults


def test_a_filter_works_by_keyboard_and_stays_in_the_address(page, explored):
    page.goto(TYPE + "?sort=-total_area")
    page.get_by_label("Region").focus()
    page.keyboard.type("Europe")
    page.get_by_role("button", name="Show").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "region=europe" in page.url
    assert "sort=-total_area" in page.url
    assert "7 cities, 7 actions" in page.locator(".result-count").inner_text()
