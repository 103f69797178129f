"""A resource from a city's draft to its step, in the browser; and the pages on the way."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from hub.models import Resource
from pathway.models import StepProgress
from tests.admin.browsing import PHONE, press
from tests.clients import url_of
from tests.factories import (
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_upload,
    make_user,
)
from tests.intake.sendable import image, pdf


@pytest.fixture
def city(transactional_db, catalogue):
    return make_city("Our City")


@pytest.fixture
def officer(city):
    return make_user("officer@example.org", officer_of=city, full_name="Lin Our")


@pytest.fixture
def staff(city):
    return make_user("staff@example.org", is_staff=True)


def test_from_a_draft_to_a_step(page, sign_in, officer, staff, city):
    draft(page, sign_in, officer)
    made = Resource.objects.get()
    # Back with a note
    sign_in(page, staff)
    page.goto("/admin/")
    page.get_by_role("link", name="1 resource is waiting for review").click()
    page.get_by_role("link", name="Plan for ponds").click()
    page.get_by_label("Return", exact=True).check()
    page.get_by_label("Note to the city").fill("Which year?")
    press(page, "Save")
    # Mended
    sign_in(page, officer)
    page.goto("/admin/")
    page.get_by_role("link", name="Plan for ponds").click()
    expect(page.get_by_role("heading", name="Returned: please look at this note")).to_be_visible()
    page.get_by_label("Year", exact=True).fill("2024")
    page.get_by_label("Submit again").check()
    press(page, "Save")
    # Out to the public
    sign_in(page, staff)
    page.goto(url_of(made))
    page.get_by_label("Publish", exact=True).check()
    press(page, "Save")
    # On a step
    sign_in(page, officer)
    on_a_step(page)
    progress = StepProgress.objects.get()
    assert (progress.step.number, progress.state) == (3, "under-way")
    assert city.step_items.get().resource == made
    made.refresh_from_db()
    assert (made.state, made.file.name, made.year) == ("published", "plan.pdf", 2024)


def draft(page, sign_in, officer):
    sign_in(page, officer)
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile("^Add ?: Tools & resources")).click()
    page.get_by_label("Title", exact=True).fill("Plan for ponds")
    page.get_by_label("Kind").select_option("plan")
    file = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.get_by_label("File").set_input_files(file)
    press(page, "Save and continue editing")
    expect(page.get_by_role("link", name="plan.pdf")).to_be_visible()
    page.get_by_label("Submit for review").check()
    press(page, "Save")


def on_a_step(page):
    page.goto("/admin/")
    page.get_by_role("link", name="Nature Pathway").first.click()
    page.get_by_role("link", name=re.compile("^Add a document or a link ?: Set Baseline")).click()
    page.get_by_label("Title").fill("Our plan")
    page.get_by_label("Resource of the hub").select_option(label="Plan for ponds (Our City)")
    press(page, "Save")
    step = page.locator("#step-3")
    expect(step.get_by_role("link", name="Our plan")).to_be_visible()
    step.get_by_label("State").select_option("under-way")
    step.get_by_label("Started on").fill("2024-05-06")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the states").first.click()


@pytest.fixture
def furnished(city):
    upload = make_upload(city, content=pdf())
    cover = make_upload(city, "cover.png", image(), width=40, height=30)
    make_upload(city, "a rather long name that nothing uses.pdf", pdf(b"other"))
    resource = make_resource(
        city, "Plan", file=upload, cover=cover, state="returned", state_note="Which year?"
    )
    make_item(city, 2, "Plan", resource=resource)
    make_item(city, 2, "Survey", position=1, upload=upload)
    make_progress(city, 2, "under-way")
    make_progress(city, 1, "done")
    return resource


def addresses(city, resource):
    yield url_of(resource)
    yield url_of(resource, "delete")
    yield reverse("admin:hub_resource_changelist")
    yield reverse("admin:hub_upload_changelist")
    yield reverse("admin:pathway_city", args=[city.pk])
    yield reverse("admin:pathway_city_history", args=[city.pk])
    yield url_of(city.step_items.last())
    yield reverse("admin:pathway_stepitem_add")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_sound_and_fit_a_phone(page, sign_in, axe, officer, city, furnished, scheme):
    sign_in(page, officer)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(PHONE)
    faults = []
    for address in addresses(city, furnished):
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in axe(page)]
        if page.locator("h1").count() != 1:
            faults.append(f"{address}: not exactly one h1")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{address}: too wide")
    assert not faults


def test_states_and_order_work_without_scripts(browser, live_server, sign_in, officer, furnished):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, officer)
    page.goto(reverse("admin:pathway_city", args=[furnished.city_id]))
    page.locator("#step-4").get_by_label("State").select_option("done")
    page.get_by_role("button", name="Move up: Survey").click()
    expect(page.locator("#step-2 .step-item").first).to_contain_text("Survey")
    assert StepProgress.objects.get(step__number=4).state == "done"
    context.close()
