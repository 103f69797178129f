"""The admin in a real browser: an officer's edit, and nothing that the policy forbids."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import CityCommitment
from profiles.models import City
from tests.admin.browsing import PHONE, press
from tests.admin.forms import filled
from tests.admin.furnishing import furnish
from tests.clients import url_of
from tests.factories import make_action, make_city, make_user


@pytest.fixture
def ours(transactional_db, catalogue):
    return furnish(make_city("Our City"))


@pytest.fixture
def officer(ours):
    return make_user("officer@example.org", officer_of=ours.city, full_name="Lin Our")


@pytest.fixture
def root(ours):
    return make_user("root@example.org", is_staff=True, is_superuser=True)


def unfolded(page, city, anchor):
    """What the city's page says of an action to which a link leads."""
    page.goto(f"{city.get_absolute_url()}#{anchor}")
    action = page.locator("details.action", has=page.locator(f"#{anchor}"))
    expect(page.locator(f"#{anchor}")).to_be_visible()
    return action.inner_text()


def test_an_officer_edits_and_the_page_shows_it(page, sign_in, officer, ours):
    sign_in(page, officer)
    page.goto("/admin/")
    page.get_by_role("link", name="Actions", exact=True).click()
    page.get_by_role("link", name=ours.action.action_type.name).click()
    page.get_by_label("Description").fill("Nature is mapped.")
    number = page.locator("#baseline-0").get_by_role("textbox", name="Total area of land")
    number.fill("many")
    press(page, "Save")
    error = page.locator("#baseline-0").get_by_text("“many” is no number.")
    expect(error).to_be_visible()
    assert page.get_by_label("Description").input_value() == "Nature is mapped."
    number.fill("1 886.5")
    press(page, "Save")
    words = unfolded(page, ours.city, "action-1")
    assert "Nature is mapped." in words
    assert "1,886.5\u00a0square km" in words


def test_the_baseline_is_a_sentence_with_gaps_and_a_preview(page, sign_in, officer, ours):
    sign_in(page, officer)
    page.goto(url_of(ours.action))
    baseline = page.locator("#baseline-0")
    assert baseline.locator(".sentence-gaps").inner_text().startswith("The total area of land")
    baseline.get_by_role("textbox", name="Total area of land").fill("18865.25")
    preview = baseline.locator("output")
    expect(preview).to_contain_text("is currently 18,865.25 square km. The total area of converted")
    expect(preview).to_contain_text("land is currently ….")
    baseline.get_by_label("Unit: Total area of land").select_option("ha")
    baseline.get_by_label("Precision: Total area of land").select_option("about")
    expect(preview).to_contain_text("is currently about 18,865.25 hectares. The total")


def test_a_status_previews_the_sentence_of_its_answer(page, sign_in, officer, ours):
    action = make_action(ours.city, "monitoring-learning")
    sign_in(page, officer)
    page.goto(url_of(action))
    baseline = page.locator("#baseline-0")
    for status, words in (("no", "the city has no Monitoring"), ("yes", "the city has a Monit")):
        baseline.get_by_label("Plan for monitoring and learning in place").select_option(status)
        expect(baseline.locator("output")).to_contain_text(words)


def test_an_action_is_led_from_baseline_to_target_and_progress(page, sign_in, officer, ours):
    sign_in(page, officer)
    page.goto(reverse("admin:actions_action_changelist"))
    page.get_by_role("link", name="Add action").click()
    press(page, "Increase protected areas")
    page.get_by_label("Description").fill("Three valleys are protected.")
    baseline = page.locator("#baseline-0")
    baseline.get_by_label("Protected area", exact=True).fill("100")
    baseline.get_by_label("Year of the data").fill("2020")
    target = page.locator("#target-0")
    assert target.get_by_label("Due year").input_value() == "2030"
    number = target.get_by_label("Protected area", exact=True)
    expect(number).to_be_hidden()
    target.get_by_label("A figure by a year").check()
    number.fill("160")
    target.get_by_label("its title").fill("Plan of the valleys")
    press(page, "Save and continue editing")
    page.get_by_text("Add another progress report").click()
    for row, (day, hectares) in enumerate((("2022-06-30", "11000"), ("2024-06-30", "13000"))):
        progress = page.locator(f"#progress-{row}")
        if progress.locator("details.fill:not([open])").count():
            progress.get_by_text("Fill in").click()
        progress.get_by_label("Date of the data").fill(day)
        progress.get_by_label("Protected area", exact=True).fill(hectares)
        progress.get_by_label("Unit: Protected area").select_option("ha")
    press(page, "Save")
    row = page.locator("tr", has=page.get_by_role("link", name="Increase protected areas"))
    assert row.locator(".missing").count() == 0
    words = unfolded(page, ours.city, "action-2")
    assert "on track" in words.lower()
    plan = "Plan of the valleys"
    for said in ("100\u00a0square km", "160\u00a0square km", "13,000\u00a0hectares", "2030", plan):
        assert said in words


def test_a_second_target_is_added_by_script(page, sign_in, officer, ours, axe):
    sign_in(page, officer)
    page.goto(url_of(ours.action))
    page.get_by_text("Add another target").click()
    page.locator("#id_target-1-due_year").fill("2035")
    page.locator("#target-1").get_by_label("A sentence with a year").check()
    page.locator("#id_target-1-text").fill("More of it.")
    assert axe(page) == []
    press(page, "Save")
    assert ours.action.statements.targets().get().due_year == 2035


def main_addresses(ours):
    """The pages that are looked at most, and in the dark as well."""
    yield reverse("admin:index")
    yield reverse("admin:actions_action_changelist")
    yield url_of(ours.action)
    yield url_of(ours.city)
    yield url_of(ours.action, "history")


def addresses(ours, root):
    """One address of every kind of page."""
    yield from main_addresses(ours)
    version = ours.city.history.earliest("history_id").pk
    yield url_of(ours.city, "version", version)
    yield url_of(ours.action, "delete")
    yield url_of(ours.plan)
    yield url_of(ours.action.action_type)
    yield url_of(root)
    yield url_of(root, "history")
    yield reverse("admin:auth_user_password_change", args=[root.pk])
    yield reverse("admin:app_list", args=["actions"])
    for name in ("password_change", "accounts_user_add", "hub_resource_add", "profiles_city_add"):
        yield reverse(f"admin:{name}")
    for name in ("profiles_city", "accounts_user", "catalogue_fixedtext"):
        yield reverse(f"admin:{name}_changelist")


def faults_of(page, axe, address):
    page.goto(address)
    found = axe(page)
    if page.locator("h1").count() != 1:
        found.append("not exactly one h1")
    return [f"{address}: {fault}" for fault in found]


def test_every_kind_of_page_is_sound(page, sign_in, axe, root, ours):
    sign_in(page, root)
    faults = [faults_of(page, axe, address) for address in addresses(ours, root)]
    page.emulate_media(color_scheme="dark")
    faults += [faults_of(page, axe, address) for address in main_addresses(ours)]
    assert not sum(faults, [])


def test_pages_fit_a_phone(page, sign_in, root, ours):
    sign_in(page, root)
    page.set_viewport_size(PHONE)
    wide = []
    for address in addresses(ours, root):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(address)
    assert not wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_with_doubts_is_sound(page, sign_in, axe, officer, ours, scheme):
    sign_in(page, officer)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    page.goto(url_of(ours.action))
    page.locator("#baseline-0").get_by_role("textbox", name="Total area of land").fill("4")
    press(page, "Save")
    expect(page.locator(".error-summary")).to_be_focused()
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_the_officers_pages_and_a_conflict_are_sound(page, sign_in, axe, officer, ours, client):
    sign_in(page, officer)
    page.goto("/admin/")
    assert axe(page) == []
    page.goto(url_of(ours.city))
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    client.post(url_of(ours.city), filled(client, url_of(ours.city), about="Meanwhile."))
    page.get_by_role("textbox", name="About").fill("Mine.")
    press(page, "Save")
    expect(page.get_by_role("heading", name="Somebody else changed this")).to_be_visible()
    assert axe(page) == []
    press(page, "Save")
    assert City.objects.get(pk=ours.city.pk).about == "Mine."


def test_a_list_deletes_what_is_ticked(page, sign_in, axe, officer, ours):
    sign_in(page, officer)
    page.goto(reverse("admin:actions_citycommitment_changelist"))
    page.locator("input.action-select").check()
    page.get_by_label("Action:").select_option("delete_selected")
    press(page, "Go")
    assert axe(page) == []
    press(page, "Yes")
    assert not CityCommitment.objects.exists()


def test_the_form_works_without_scripts(browser, live_server, sign_in, officer, ours):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, officer)
    page.goto(url_of(ours.action))
    page.locator("#target-0 .fill > summary").click()
    page.locator("#id_target-0-due_year").fill("2031")
    page.locator("#target-0").get_by_label("A figure by a year").check()
    page.locator("#target-0").get_by_role("textbox", name="Area of natural").fill("8")
    page.locator("#baseline-0").get_by_role("textbox", name="Total area of land").fill("4")
    press(page, "Save")
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Why it is right").click()
    reason = page.locator("#baseline-0").get_by_label("Why it is right")
    assert reason.evaluate("field => field === document.activeElement")
    reason.fill("Measured in other years.")
    press(page, "Save")
    assert ours.action.statements.targets().get().due_year == 2031
    assert ours.action.statements.baselines().get().confirmed == "Measured in other years."
    context.close()


def test_a_figure_of_the_text_is_filled_in_when_somebody_asks(page, sign_in, officer, ours, axe):
    action = make_action(ours.city, "protected-areas", description="全县修复8万余亩。")
    sign_in(page, officer)
    page.goto(url_of(action))
    baseline = page.locator("#baseline-0")
    number = baseline.get_by_label("Protected area", exact=True)
    assert number.input_value() == ""
    baseline.locator(".offer", has_text="8万余亩").last.get_by_role("button").click()
    assert number.input_value() == "80000"
    expect(baseline.locator("output")).to_contain_text("more than 80,000 mu (53.3 km²)")
    assert axe(page) == []
    press(page, "Save")
    assert "more than 80,000\u00a0mu (53.3\u00a0km²)" in unfolded(page, ours.city, "action-2")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_new_action_is_added_by_keyboard_on_a_phone(page, sign_in, officer, ours, axe, scheme):
    sign_in(page, officer)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(reverse("admin:actions_action_add"))
    assert axe(page) == []
    button = page.get_by_role("button", name="Increase protected areas")
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    page.get_by_label("Summary", exact=True).fill("Valleys")
    expect(page.get_by_text("7 of 160 characters")).to_be_visible()
    is_clear = """() => {
      const bar = document.querySelector(".submit-row.stays").getBoundingClientRect();
      const own = document.activeElement.getBoundingClientRect();
      return document.activeElement.closest(".submit-row") || own.top >= bar.bottom
        || Math.min(own.bottom, own.top + 40) <= bar.top;
    }"""
    for _step in range(40):
        page.keyboard.press("Tab")
        page.wait_for_function(is_clear, timeout=5_000)
    page.get_by_label("Description").fill("Three valleys.")
    page.get_by_label("Language").first.fill("no such language")
    press(page, "Save")
    expect(page.locator(".error-summary")).to_be_focused()
    assert axe(page) == []


def test_a_folded_section_opens_for_what_the_address_names(page, sign_in, officer, ours):
    sign_in(page, officer)
    page.goto(url_of(ours.city))
    page.get_by_text("Overview").click()
    population = page.get_by_label("Population size")
    expect(population).to_be_hidden()
    page.reload()
    expect(population).to_be_hidden()
    page.goto(f"{url_of(ours.city)}#id_population")
    expect(population).to_be_visible()
