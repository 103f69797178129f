"""The pages in a real browser: accessible, on all screen sizes, in print and without scripts."""

import pytest
from playwright.sync_api import expect

from actions.models import Statement
from pathway.models import Step, StepItem
from tests.factories import make_action, make_city, make_statement, make_user, writing

PHONE = {"width": 375, "height": 800}
DESKTOP = {"width": 1280, "height": 900}
LONG_NAME = "Municipality of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and Sands"
PAGES = [
    "/",
    "/cities/",
    "/cities/?q=nothing-of-this-name",
    "/cities/?country=nowhere&language=en",
    "/cities/?view=map",
    "/countries/GB/",
    "/cities/full/",
    "/cities/full/actions/1/",
    "/cities/empty/",
    "/sign-in/",
    "/password/",
    "/password/sent/",
    "/password/new/MQ/set-password/",
    "/password/changed/",
    "/about/",
    "/nowhere/",
]


@pytest.fixture
def cities(catalogue, page_problems):
    """A city that fills every part of its page, in Arabic and English, and one with a name only."""
    full = make_city(
        "Wadi al-Mithal",
        slug="full",
        country="EG",
        is_sample=True,
        local_name="وادي المثال",
        content_language="ar",
        about="مدينة مخترعة.",
        population=412_000,
        head_name="Nobody",
        head_statement="نزرع الأشجار.",
        website=f"https://example.org/{'long' * 40}",
    )
    action = make_action(full, "natural-areas", baseline={"total_area": "318.5"})
    target = {"natural_area": "120"}
    make_statement(action, Statement.Kind.TARGET, target, due_year=2030, source="خطة", text="نعم")
    make_action(full, "water-pollution", baseline={"share_good_quality": "74.43"})
    with writing():
        step = Step.objects.get(number=1)
        StepItem.objects.create(city=full, step=step, title="رسالة", url="https://example.org/")
    make_city(LONG_NAME, slug="empty", country="GB")
    yield full
    # A page that is not there says so in the console too.
    page_problems[:] = [problem for problem in page_problems if "404 (Not Found)" not in problem]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_every_page_can_be_read_by_all(page, axe, cities, scheme, size):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for address in PAGES:
        page.goto(address)
        assert axe(page) == [], address
        assert page.locator("h1").count() == 1, address
        assert page.locator("html").get_attribute("lang") == "en", address


def test_nothing_sticks_out(page, cities):
    for address in PAGES:
        page.goto(address)
        for width in (320, 375, 768, 992, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (address, width)


def test_an_officer_reads_the_same_page_with_links_to_edit(page, axe, cities, sign_in):
    sign_in(page, make_user(officer_of=cities))
    page.goto("/cities/full/")
    assert page.get_by_role("link", name="Edit", exact=False).count() >= 4
    assert axe(page) == []
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_everything_works_without_scripts(browser, live_server, cities, settings):
    settings.SAMPLES_ARE_LISTED = True
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("وادي")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Wadi al-Mithal")).to_be_visible()
    page.goto("/cities/")
    page.get_by_label("City, country or region").fill("وادي")
    page.get_by_label("Country", exact=True).select_option("EG")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("status")).to_have_text("1 city found")
    page.get_by_role("link", name="Wadi al-Mithal").click()
    page.get_by_role("link", name="The Action Platform").click()
    assert page.url.endswith("/cities/full/#actions")
    context.close()


def test_the_head_of_a_phone_is_one_line_and_its_menu_needs_no_script(browser, live_server):
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    page.goto("/about/")
    assert page.locator(".site-header").bounding_box()["height"] == 56
    cities = page.get_by_role("navigation", name="Main").get_by_role("link", name="Cities")
    expect(cities).to_be_hidden()
    page.get_by_role("button", name="Menu").press("Enter")
    expect(cities).to_be_visible()
    page.keyboard.press("Escape")
    expect(cities).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    cities.click()
    assert page.url.endswith("/cities/")
    context.close()


def test_a_figure_is_copied_with_its_source_by_one_button(page, cities):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/cities/full/actions/1/")
    figure = page.locator("#baseline-total_area")
    figure.get_by_text("Copy this figure with its source").click()
    figure.get_by_role("button", name="Copy").click()
    expect(figure.get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == figure.get_by_role("textbox").input_value()
    assert copied.endswith("/cities/full/actions/1/#baseline-total_area")


def test_the_keyboard_reaches_the_content_first_and_the_focus_is_seen(page, cities):
    page.goto("/cities/full/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.evaluate("link => getComputedStyle(link).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "What this means"


def test_a_print_has_the_whole_profile_and_no_buttons(page, cities):
    page.goto("/cities/full/")
    page.emulate_media(media="print")
    expect(page.get_by_text("City profile downloaded from CitiesWithNature")).to_be_visible()
    for hidden in (".site-header", ".contents", ".city-forms", ".foot-bar"):
        expect(page.locator(hidden)).to_be_hidden()
    for section in page.locator(".chapter").all():
        expect(section).to_be_visible()
