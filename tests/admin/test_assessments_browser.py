"""An assessment in a real browser: from nothing to a total, by keyboard, on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cbi.models import Assessment
from tests.admin.assessing import SERVICES, part
from tests.admin.browsing import press
from tests.clients import url_of
from tests.factories import make_assessment, make_city, make_user

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def city(transactional_db, catalogue):
    return make_city("Our City", area_km2=100, population=400_000)


@pytest.fixture
def officer(city):
    return make_user("officer@example.org", officer_of=city, full_name="Lin Our")


def indicator(page, number):
    return page.locator(f"#indicator-{number}")


def total(page):
    return page.locator(".totals .total").first


def begin(page, year):
    """Add an assessment of the present edition, and go to its first component."""
    page.goto(reverse("admin:cbi_assessment_changelist"))
    page.get_by_role("link", name=re.compile("Begin an assessment|Add assessment")).last.click()
    page.get_by_label("Year").fill(str(year))
    press(page, "Save")


def fill_areas(page, number, first, second, unit):
    one = indicator(page, number)
    fields = one.locator("input.number, textarea.numbers")
    fields.nth(0).fill(first)
    fields.nth(1).fill(second)
    one.get_by_label("Unit of the areas").select_option(unit)


def give_own(page, number, points, reason):
    one = indicator(page, number)
    if one.locator("details.own:not([open])").count():
        one.locator("details.own summary").click()
    one.get_by_label("Points that the city gives itself").select_option(str(points))
    one.get_by_label("Reason").fill(reason)
    one.get_by_label("Evidence", exact=True).fill("The survey.")


def test_an_assessment_from_nothing_and_a_second_one(page, sign_in, officer, city):
    sign_in(page, officer)
    begin(page, 2024)
    fill_areas(page, 1, "25", "100", "km2")
    expect(indicator(page, 1).locator(".outcome")).to_contain_text("25%")
    expect(indicator(page, 1).locator(".outcome")).to_contain_text("4 of 4 points")
    expect(total(page)).to_have_text("4 of 4 points · 1 of 28 indicators")
    fill_areas(page, 2, "6; 4", "10", "ha")
    expect(indicator(page, 2).locator(".outcome")).to_contain_text("52%")
    indicator(page, 5).get_by_label("Native species at the baseline survey").fill("120")
    give_own(page, 9, 3, "Counted by the museum.")
    # 4 for 25 %, 2 for 52 %, 3 of the city's own
    expect(total(page)).to_have_text("9 of 12 points · 3 of 28 indicators")
    press(page, "Next")
    fill_areas(page, 10, "60", "100", "ha")
    edge = indicator(page, 10).get_by_label("Take the lower points")
    edge.check()
    expect(indicator(page, 10).locator(".outcome")).to_contain_text("3 of 4 points")
    expect(total(page)).to_have_text("12 of 16 points · 4 of 28 indicators")
    press(page, "Save and close")
    row = page.locator("#result_list tbody tr")
    expect(row).to_contain_text("12 of 16 points, 4 of 28 indicators")

    begin(page, 2026)
    birds = indicator(page, 5)
    expect(birds).to_contain_text("In the first assessment (2024, not public): 120.")
    birds.get_by_role("button", name="Take ").click()
    birds.get_by_label("Increase in species").fill("9")
    birds.get_by_label("Species gone extinct").fill("2")
    expect(birds.locator(".outcome")).to_contain_text("7 species")
    give_own(page, 5, 2, "Seven more.")
    fill_areas(page, 1, "30", "100", "km2")
    give_own(page, 1, 1, "Most of it is fenced.")
    expect(indicator(page, 1).locator(".outcome")).to_contain_text("overruled by the city")
    expect(total(page)).to_have_text("3 of 8 points · 2 of 28 indicators")
    press(page, "Save")
    assert {one.points for one in Assessment.objects.get(year=2026).results.all()} == {1, 2}


def test_the_profiles_area_is_taken_in_the_chosen_unit(page, sign_in, officer, city):
    made = make_assessment(city)
    sign_in(page, officer)
    page.goto(part(made))
    one = indicator(page, 1)
    one.get_by_label("Unit of the areas").select_option("ha")
    one.get_by_role("button", name="Take ").click()
    assert one.get_by_label("Area of city").input_value() == "10000"


def test_by_keyboard_alone(page, sign_in, officer, city):
    made = make_assessment(city)
    sign_in(page, officer)
    page.goto(part(made))
    link = page.get_by_role("link", name="1 Proportion of Natural Areas in the City")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("25")
    page.keyboard.press("Tab")
    page.keyboard.type("100")
    expect(total(page)).to_have_text("4 of 4 points · 1 of 28 indicators")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert made.results.get().points == 4


def test_a_fault_is_told_while_typing_and_when_saving(page, sign_in, officer, city):
    made = make_assessment(city)
    sign_in(page, officer)
    page.goto(part(made))
    fill_areas(page, 1, "125", "100", "ha")
    told = indicator(page, 1).get_by_text("The part cannot be above the whole.")
    expect(told).to_be_visible()
    press(page, "Save")
    expect(told).to_be_visible()
    page.get_by_role("link", name="Indicator 1, Total area of natural").click()
    field = indicator(page, 1).get_by_label("Total area of natural")
    expect(field).to_be_focused()
    field.fill("12.5")
    press(page, "Save")
    assert made.results.get().value == 12.5


def furnished(city):
    """Assessments whose pages show all there is: an edge, a fault-free value, own points."""
    make_assessment(city, 2022, native_birds={"species_baseline": "120"})
    return make_assessment(
        city,
        2024,
        natural_areas={"natural_area": "25", "city_area": "100", "points": 2, "reason": "Fenced."},
        connectivity={"patch_group_areas": ["6", "4"]},
        urban_agriculture={"points": 0, "reason": "None yet."},
        water_quantity={"permeable_area": "60", "terrestrial_area": "100"},
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_sound_and_fits_a_phone(page, sign_in, axe, officer, city, scheme):
    made = furnished(city)
    sign_in(page, officer)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    listed, add = (reverse(f"admin:cbi_assessment_{name}") for name in ("changelist", "add"))
    faults = []
    for address in (listed, add, url_of(made), part(made), part(made, SERVICES)):
        page.goto(address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        faults += [f"{address}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{address}: wider than the screen")
        if page.locator("h1").count() != 1:
            faults.append(f"{address}: not one h1")
    assert not faults


def test_a_page_with_faults_is_sound(page, sign_in, axe, officer, city):
    made = furnished(city)
    sign_in(page, officer)
    page.goto(part(made))
    fill_areas(page, 8, "125", "100", "ha")
    press(page, "Save")
    assert axe(page) == []


def test_without_scripts(browser, live_server, sign_in, officer, city):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, officer)
    begin(page, 2024)
    assert not page.get_by_role("button", name="Take ").count()
    fill_areas(page, 1, "25", "100", "km2")
    press(page, "Save")
    expect(indicator(page, 1).locator(".outcome")).to_contain_text("4 of 4 points")
    give_own(page, 1, 2, "Half of it is fenced.")
    press(page, "Save")
    expect(indicator(page, 1).locator(".outcome")).to_contain_text("overruled by the city")
    expect(total(page)).to_have_text("2 of 4 points · 1 of 28 indicators")
    context.close()
