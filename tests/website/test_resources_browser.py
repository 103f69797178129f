"""The hub in a real browser: no fault against WCAG, keyboard, narrow, from right to left."""

from itertools import cycle

import pytest
from playwright.sync_api import expect

from actions.models import Statement
from tests.browser import DESKTOP
from tests.factories import (
    make_action,
    make_city,
    make_item,
    make_resource,
    make_statement,
    make_upload,
    make_user,
)

PHONE = {"width": 390, "height": 800}
LONG = "Donaudampfschifffahrtsgesellschaft" * 4


@pytest.fixture
def shared(transactional_db, catalogue):
    """A resource of each sort, and enough for a second page."""
    city = make_city("Port Trial", country="FR")
    oasis = make_city("مدينة", content_language="ar", slug="oasis", country="AE")
    cover = make_upload(city, "cover.png", content=PIXEL, media_type="image/png", width=1, height=1)
    full = make_resource(
        city,
        f"Plan {LONG}",
        kind="plan",
        summary=f"Wetlands. {LONG}",
        organisation=LONG,
        year=2021,
        languages="zh-Hans en ar pt-BR",
        topics=["business-finance", "governance-management"],
        targets=[1, 2, 8],
        file=make_upload(city, f"{LONG}.pdf"),
        cover=cover,
    )
    make_item(city, 4, resource=full)
    action = make_action(oasis, "natural-areas")
    make_statement(action, Statement.Kind.BASELINE, source_resource=full)
    arabic = make_resource(oasis, "دليل الأشجار", summary="كيف تختار الأشجار.", languages="ar")
    draft = make_resource(city, "Draft", state="returned", state_note="Name the year.")
    make_resource(make_city("Sample", is_sample=True), "Invented", topics=["business-finance"])
    for number in range(21):
        make_resource(None, f"Toolbox {number}", topics=["business-finance"])
    return {"city": city, "full": full, "arabic": arabic, "draft": draft}


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "606060f80f0001040100ad4e1e5b0000000049454e44ae426082"
)


def test_every_page_is_accessible_and_fits(page, axe, sign_in, shared):
    addresses = [
        "/resources/",
        "/resources/?q=Wetlands&kind=plan&topic=business-finance&language=en&step=4&target=2",
        "/resources/?kind=nothing&q=nothing-of-this-kind",
        "/resources/?page=2",
        shared["full"].get_absolute_url(),
        shared["arabic"].get_absolute_url(),
        shared["city"].get_absolute_url(),
    ]
    screens = cycle([("light", DESKTOP), ("dark", PHONE), ("dark", DESKTOP), ("light", PHONE)])
    faults = []

    def check(address, scheme, size):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        page.goto(address)
        faults.extend((address, scheme, fault) for fault in axe(page))
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (address, scheme, size)

    for address in (*addresses, *reversed(addresses)):
        check(address, *next(screens))
    sign_in(page, make_user(officer_of=shared["city"]))
    check(shared["draft"].get_absolute_url(), "light", PHONE)
    assert not faults


def test_the_list_works_by_keyboard_and_a_choice_goes_away_again(page, shared):
    page.goto("/resources/?sort=title")
    page.get_by_label("Search resources").focus()
    page.keyboard.type("الأشجار")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".result-count").inner_text() == "1 resource"
    assert "sort=title" in page.url
    page.get_by_role("link", name="Words: الأشجار").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".result-count").inner_text() == "23 resources"
    assert "q=" not in page.url


def test_on_paper_there_is_no_form_and_no_row_is_torn(page, shared):
    page.emulate_media(media="print")
    for address, row in (("/pathway/", ".framework-steps > li"), ("/resources/", ".hits > li")):
        page.goto(address)
        style = page.locator(row).last.evaluate("row => getComputedStyle(row).breakInside")
        assert style == "avoid", address
    expect(page.locator("form.city-filter")).to_be_hidden()


def test_from_right_to_left_nothing_leaves_the_page(page, shared):
    for address in ("/resources/?kind=plan", shared["full"].get_absolute_url()):
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            page.goto(address)
            page.evaluate("document.documentElement.dir = 'rtl'")
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, (address, size)
