"""What only a browser shows: leaving a changed form asks, and what was typed survives a sign-in."""

import pytest

from tests.admin.browsing import press
from tests.clients import url_of
from tests.factories import PASSWORD, make_city, make_user

ASKS = "!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
"""Whether the browser would ask before it leaves the page."""


@pytest.fixture
def city(transactional_db, catalogue):
    return make_city("Our City")


def test_typing_is_not_lost_by_leaving_or_by_the_end_of_a_session(page, sign_in, city, axe):
    officer = make_user("officer@example.org", officer_of=city)
    about = page.get_by_role("textbox", name="About")
    sign_in(page, officer)
    page.goto(url_of(city))
    assert not page.evaluate(ASKS)
    about.fill("An hour of typing.")
    assert page.evaluate(ASKS)

    page.context.clear_cookies(name="sessionid")
    press(page, "Save")
    assert page.evaluate("document.activeElement.textContent").startswith("You are not signed in")
    assert axe(page) == []
    page.get_by_label("E-mail address").fill(officer.email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in")
    assert page.url.endswith(url_of(city))
    assert about.input_value() == "An hour of typing."
    assert "You had been signed out" in page.locator(".error-summary:focus").inner_text()
    assert axe(page) == []
    assert page.evaluate(ASKS)

    press(page, "Save")
    city.refresh_from_db()
    assert city.about == "An hour of typing."
    assert page.url.endswith(url_of(city))
    assert not page.evaluate(ASKS)
