"""What only a browser shows of the update: it is kept while one types, whatever happens."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import make_action, make_city, make_user
from tests.updates.answering import YEAR, row_of
from updates.rows import rows_for

LAND, GREEN = "1.natural-areas.total_area", "1.natural-areas.natural_area"
PHONE = {"width": 360, "height": 740}
PLACE = """() => {
    const {top, left} = document.activeElement.getBoundingClientRect();
    return [Math.round(top + scrollY), Math.round(left)];
}"""


@pytest.fixture
def city(transactional_db, catalogue):
    city = make_city("Our City")
    make_action(city, "natural-areas", baseline={"total_area": 1886, "natural_area": 1000})
    make_action(city, "water-pollution", baseline={"share_good_quality": 90})
    return city


def field(page, key, name="text"):
    return page.locator(f'[name="{key}-{name}"]')


def is_read_as_it_is_tabbed(page, first):
    """Whether the four fields of a row take the focus line by line, as they stand."""
    first.focus()
    places = []
    for _field in range(4):
        places.append(page.evaluate(PLACE))
        page.keyboard.press("Tab")
    return places == sorted(places)


def test_it_is_kept_while_one_types_and_over_the_end_of_a_session(
    page, page_problems, sign_in, city, axe
):
    officer = make_user("officer@example.org", officer_of=city)
    kept = page.locator(".update-kept")
    sign_in(page, officer)
    page.set_viewport_size(PHONE)
    page.goto(reverse("admin:updates_city", args=[city.slug]))
    field(page, LAND).fill("189")
    expect(kept).to_contain_text("Kept")
    assert row_of(city, LAND).answer.text == "189"
    assert axe(page) == []
    page.get_by_role("button", name="Yes, 1890").click()
    assert is_read_as_it_is_tabbed(page, field(page, GREEN))
    expect(page.locator(".update-doubt")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    # The line is cut …
    page.context.set_offline(True)
    field(page, GREEN).fill("1001")
    expect(kept).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(kept).to_contain_text("Kept", timeout=8000)
    assert row_of(city, GREEN).answer.text == "1001"

    # … and the session ends: somebody signs in elsewhere, and the page goes on by itself.
    page.context.clear_cookies(name="sessionid")
    field(page, GREEN).fill("1002")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out")
    assert row_of(city, GREEN).answer.text == "1001"
    page.reload()
    sign_in(page, officer)
    page.goto(reverse("admin:updates_city", args=[city.slug]))
    expect(kept).to_contain_text("Kept")
    expect(field(page, GREEN)).to_have_value("1002")
    assert row_of(city, GREEN).answer.text == "1002"

    expect(page.get_by_text("Action 2 of 2")).to_be_visible()
    expect(field(page, GREEN)).to_be_hidden()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_text("Action 1 of 2")).to_be_visible()
    expect(field(page, GREEN)).to_be_visible()
    page_problems.clear()  # of the cut line, and of what the platform refused


def test_a_column_from_a_spreadsheet_is_spread_over_the_rows_below(page, sign_in, city):
    sign_in(page, make_user("officer@example.org", officer_of=city))
    page.goto(reverse("admin:updates_city", args=[city.slug]))
    field(page, LAND).evaluate(
        """(field) => {
            const data = new DataTransfer();
            data.setData("text/plain", "1890\\t2025\\r\\nunchanged\\r\\n91,5\\r\\n7\\r\\n");
            const event = {clipboardData: data, bubbles: true, cancelable: true};
            field.dispatchEvent(new ClipboardEvent("paste", event));
        }"""
    )
    expect(page.locator(".update-done")).to_have_text("2 of 2 done")
    expect(page.get_by_text("Lines left over: 1.")).to_be_visible()
    answers = [
        (row.answer.choice, row.answer.text, row.answer.year) for row in rows_for(city, YEAR)
    ]
    assert answers == [("new", "1890", "2025"), ("unchanged", "", ""), ("new", "91,5", "2026")]
