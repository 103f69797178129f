"""The import workspace in a real browser, wide and on a phone: no error, no fault, no wide page."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from exchange.models import Job
from tests.admin.furnishing import furnish
from tests.admin.sending import ACTIONS, address
from tests.exchange.workbooks import write_workbook
from tests.factories import make_city, make_user

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def ours(transactional_db, catalogue):
    return furnish(make_city("Our City", about="Wetlands. " * 40))


@pytest.fixture
def officer(ours):
    return make_user("officer@example.org", officer_of=ours.city, full_name="Lin Our")


@pytest.fixture
def sound(page, axe):
    """`sound()`: the page has no faults and fits a phone; `dark` asks the same in the dark."""

    def check(*, dark=False):
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            too_wide = "document.documentElement.scrollWidth > window.innerWidth"
            assert not page.evaluate(too_wide), page.url
        assert axe(page) == [], page.url
        if dark:
            page.emulate_media(color_scheme="dark")
            assert axe(page) == [], page.url
            page.emulate_media(color_scheme="light")
        expect(page.locator("h1")).to_have_count(1)

    return check


@pytest.fixture
def send(page, tmp_path):
    """`send(sheet=rows)`: choose a workbook on the upload page and send it."""

    def send(**sheets):
        path = write_workbook(tmp_path / "my cities.xlsx", sheets)
        page.goto(reverse("admin:exchange_job_add"))
        page.get_by_label("File", exact=True).set_input_files(path)
        press(page, "Send and check")

    return send


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{name}")).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(f"^{name}")).click()


def test_upload_write_and_take_back(page, sign_in, sound, send, officer, ours):
    sign_in(page, officer)
    page.goto(reverse("admin:index"))
    follow(page, "Import or export a workbook")
    sound()
    follow(page, "Import a file")
    sound()
    about = "Wetlands. " * 20 + "مروج جديدة " + "Wetlands. " * 20
    rows = [
        ACTIONS,
        *([ours.city.slug, n, "natural-areas", "新しい草原" * 9] for n in range(20, 26)),
    ]
    send(Cities=[["City", "About"], [ours.city.slug, about]], Actions=rows)
    page.get_by_text("More of the text").click()
    page.get_by_text("Row 2 our-city · 20").click()
    sound(dark=True)
    press(page, "Write 6 new and 1 changed rows")
    expect(page.get_by_role("heading", name="Written: 6 new and 1 changed rows")).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_contain_text("Written")
    sound()
    follow(page, "Take it back")
    sound()
    press(page, "Yes, take it back")
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    sound()
    assert ours.city.actions.count() == 1


def test_a_workbook_with_wrong_cells_comes_back_marked(page, sign_in, sound, send, officer, ours):
    sign_in(page, officer)
    long = "A very long value without a space ".replace(" ", "-") * 20
    send(Actions=[ACTIONS, *([ours.city.slug, n, long, "نص" * 60] for n in range(20, 28))])
    expect(page.get_by_role("heading", name="8 things to mend")).to_be_visible()
    sound(dark=True)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the workbook").click()
    assert download.value.suggested_filename == "my cities, to mend.xlsx"
    page.goto(reverse("admin:exchange_job_changelist"))
    sound()


def test_every_other_state_is_sound(page, sign_in, sound, send, officer, ours):
    sign_in(page, officer)
    send(Cities=[["City", "Population"], [ours.city.slug, 4711]])
    job, now = Job.objects.get(), timezone.now()
    at_work = {"started_at": now, "heartbeat": now}
    waiting = {"started_at": None, "heartbeat": None}
    for state, fields in (
        ("checking", at_work),
        ("checking", waiting),
        ("applying", at_work),
        ("undoing", waiting),
        ("applied", {"message": "Not taken back:\nAction 1"}),
        ("outdated", {"message": "Our City was changed."}),
        ("failed", {}),
        ("cancelled", {}),
    ):
        Job.objects.update(state=state, **fields)
        page.goto(f"{address(job)}?still")
        sound()


def test_export_and_help_are_sound(page, sign_in, sound, officer, ours):
    sign_in(page, officer)
    page.goto(reverse("admin:actions_action_changelist"))
    follow(page, "Export")
    sound()
    page.get_by_label("One sheet as text").check()
    press(page, "Download")
    sound()
    page.get_by_label("Actions").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == "our-city-actions.csv"
    page.goto(reverse("admin:exchange_job_guide"))
    page.get_by_text("State", exact=True).last.click()
    sound()


def test_the_workspace_works_without_scripts(
    browser, live_server, sign_in, officer, ours, tmp_path
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, officer)
    rows = [["City", "Population"], [ours.city.slug, 4711]]
    page.goto(reverse("admin:exchange_job_add"))
    path = write_workbook(tmp_path / "my cities.xlsx", {"Cities": rows})
    page.get_by_label("File", exact=True).set_input_files(path)
    press(page, "Send and check")
    press(page, "Write 1 changed row")
    ours.city.refresh_from_db()
    assert ours.city.population == 4711
    context.close()
