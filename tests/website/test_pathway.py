"""The Nature Pathway for readers: its pages, its steps, who is on them."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.models import Resource
from pathway.models import Step
from profiles.models import State
from tests.factories import (
    make_city,
    make_item,
    make_progress,
    make_resource,
    make_upload,
    make_user,
    writing,
)

from .reading import page_of, text_of, words_of

pytestmark = pytest.mark.usefixtures("catalogue")

HOME, STEP = "/pathway/", "/pathway/develop-strategy/"
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3


def shown_cities(response):
    """The cities of the page of a step, in its order."""
    listed = response.content.decode().partition('class="step-cities"')[2]
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', listed)


def counts(response):
    """Number of a step → what is said of how many cities."""
    rows = response.content.decode().partition("framework-list")[2]
    found = re.findall(
        r'<span class="step-number"[^>]*>(\d)</span>.*?<span class="count">(.*?)</span>\s*</li>',
        rows,
        re.S,
    )
    return {int(number): words_of(f"<main>{said}</main>").lstrip(">") for number, said in found}


@pytest.fixture
def cities():
    """Three public cities on step 4, and those that must not be there."""
    zeta, alpha, milo = make_city("Zeta"), make_city("Alpha", country="BR"), make_city("Milo")
    make_progress(zeta, 4, "done", done_on=datetime.date(2024, 6, 6))
    make_progress(alpha, 4, "under-way", started_on=datetime.date(2025, 1, 2))
    make_item(milo, 4, "Strategy of Milo")
    make_progress(zeta, 5, "not-started")
    make_item(zeta, 5, "Not yet begun")
    for name, fields in (
        ("Sample", {"is_sample": True}),
        ("Gone", {"state": State.WITHDRAWN}),
        ("Draft", {"state": State.DRAFT}),
    ):
        city = make_city(name, **fields)
        make_progress(city, 4, "done")
        make_item(city, 4, f"Strategy of {name}")
    make_progress(make_city("Idle"), 4, "not-started")
    make_city("Bare")


@pytest.fixture
def full():
    """A city with everything that a step can hold."""
    city = make_city("Port Trial", content_language="ar")
    make_progress(city, 1, "done", started_on=datetime.date(2023, 5, 1))
    make_progress(city, 2, "under-way")
    upload = make_upload(city, "plan.pdf")
    make_item(city, 1, "خطة الطبيعة", version_set="plan", upload=upload)
    make_item(city, 1, "自然规划", version_set="plan", language="zh-Hans")
    make_item(city, 1, "Guide of others", language="en", resource=make_resource(make_city("Other")))
    make_item(city, 4, LONG, language="en", url="https://example.org/" + "long/" * 150)
    draft = make_resource(city, state=Resource.State.DRAFT)
    make_item(city, 6, "Hidden one", resource=draft)
    return city


# The framework


def test_the_framework_lists_phases_and_steps_with_their_cities(client, cities):
    response = client.get(HOME)
    found = counts(response)
    assert found[4] == "2 cities under way · 1 done"
    assert found[5] == found[9] == "No city yet"
    assert sorted(found) == list(range(1, 10))
    page = text_of(response)
    for phase in ("I. Analyze", "II. Act", "III. Accelerate"):
        assert page.count(phase) == 2  # in the wheel, and over its steps
    assert ">3</text>" in response.content.decode()
    assert "no ranking" in page


def test_the_wheel_of_the_framework_is_as_deep_as_there_are_cities(client, cities):
    page = client.get(HOME).content.decode()
    wheel = re.search(r'<svg [^>]*class="wheel".*?</svg>', page, re.S).group()
    segments = re.findall(r'<a class="wheel-step" href="([^"]+)".*?</a>', wheel, re.S)
    assert segments == [step.get_absolute_url() for step in Step.objects.order_by("number")]
    assert wheel.count("wheel-fill-done") == wheel.count("wheel-fill-under-way") == 1
    assert "<title>Develop strategy: under way in 2, done in 1</title>" in wheel


def test_a_state_that_nobody_said_counts_once_a_city(client):
    city = make_city()
    for number in range(5):
        make_item(city, 1, f"Item {number}")
    make_item(city, 2)
    make_progress(city, 2, "done")
    found = counts(client.get(HOME))
    assert (found[1], found[2]) == ("1 city under way · 0 done", "0 cities under way · 1 done")


def test_nobody_yet(client):
    assert "A city counts here once its profile says" in text_of(client.get(HOME))
    assert "wheel-fill" not in client.get(HOME).content.decode()
    assert "Cities appear here once they publish that they have begun" in text_of(client.get(STEP))


# A step


def test_a_step_asks_its_questions_and_says_whose_they_are(client):
    page = text_of(client.get(STEP))
    assert "Nature Pathway › II. Act 4. Develop strategy" in page
    for question in Step.objects.get(number=4).questions:
        assert question.replace("'", "&#x27;") in page
    assert "These questions are our own; they are not official." in page
    Step.objects.filter(number=4).update(questions_origin="official")
    assert "of this platform; they" not in text_of(client.get(STEP))
    Step.objects.filter(number=4).update(questions=[])
    assert "Guiding questions" not in text_of(client.get(STEP))


def test_cities_stand_by_name_with_their_state_and_items(client, cities):
    response = client.get(STEP)
    assert shown_cities(response) == ["Alpha", "Milo", "Zeta"]
    page = text_of(response)
    assert "Alpha Brazil Under way · started on 02 January 2025" in page
    assert "Milo China Under way (assumed) Strategy of Milo example.org" in page
    assert "Zeta China Done · finished on 06 June 2024" in page
    assert "2 cities under way · 1 done" in page
    for hidden in ("Gone", "Draft", "Sample ", "Idle", "Bare"):
        assert hidden not in page.partition("Cities on this step")[2].partition("Counted are")[0]


def test_a_city_that_says_not_started_stands_there_with_what_it_has_put_on(client, cities):
    page = text_of(client.get("/pathway/detail-finance-projects/"))
    assert "Zeta China Not started Not yet begun" in page
    assert "No city yet Zeta" not in page


@pytest.mark.parametrize("state", [s for s in Resource.State if s != Resource.State.PUBLISHED])
def test_a_resource_that_is_not_published_is_nowhere(client, state):
    city, other = make_city("Port Trial"), make_city("Elsewhere")
    make_item(city, 4, "Own secret", resource=make_resource(city, "Own thing", state=state))
    make_item(other, 4, "Far secret", resource=make_resource(city, "Own other", state=state))
    make_item(make_city("Third"), 4, "Of a draft", resource=make_resource(make_city(state="draft")))
    client.force_login(make_user(officer_of=city))
    for address in (HOME, STEP, city.get_absolute_url()):
        page = client.get(address).content.decode()
        for words in ("secret", "Own thing", "Own other", "Of a draft"):
            assert words not in page, address
    assert shown_cities(client.get(STEP)) == []
    assert counts(client.get(HOME))[4] == "No city yet"


def test_of_many_items_the_first_are_shown_and_where_the_others_are(client):
    city, few = make_city("Port Trial"), make_city("Small")
    for number in range(40):
        make_item(city, 4, f"Item {number:02}", position=40 - number)
    for number in range(12):
        make_item(few, 4, f"Few {number:02}")
    page = text_of(client.get(STEP))
    assert re.findall(r"Item (\d\d)", page) == [f"{number:02}" for number in range(39, 27, -1)]
    assert "Everything that Port Trial has added to this step" in page
    assert "Few 11" in page and "Everything that Small" not in page


def test_each_step_leads_to_the_next(client):
    address, seen = "/pathway/commit-mobilize/", []
    while address:
        seen.append(address)
        following = re.search(r'rel="next" href="([^"]+)"', client.get(address).content.decode())
        address = following and following.group(1)
    assert len(seen) == 9


def test_a_retired_step_is_there_as_long_as_a_public_city_uses_it(client, cities):
    Step.objects.filter(number__in=(4, 8)).update(retired=True)
    assert client.get("/pathway/review-upscale/").status_code == 404
    assert "no longer part of the pathway" in text_of(client.get(STEP))
    assert sorted(counts(client.get(HOME))) == [1, 2, 3, 4, 5, 6, 7, 9]


def test_a_translated_step_is_read_in_the_readers_language(client):
    Step.objects.filter(number=4).update(
        translations={"zh-hans": {"name": "制定战略", "questions": ["愿景是什么?"]}}
    )
    page = client.get(STEP, headers={"accept-language": "zh-hans"}).content.decode()
    if 'lang="zh-hans"' in page:
        assert "制定战略" in page and "愿景是什么?" in page
    else:  # the pages themselves are in English as yet
        assert "Develop strategy" in page


@pytest.mark.parametrize(
    "address",
    ["/pathway/nowhere/", "/pathway/4/", "/pathway/%00/", f"{STEP}?page=9", f"{STEP}?page=x"],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["?samples=1", "?other=\0", "?page=1&page=", "?%FF=%00", "?x"])
def test_odd_addresses_do_no_harm(client, cities, query):
    for address in (HOME, STEP):
        assert client.get(f"{address}{query}").status_code == 200


def test_a_second_page_goes_on(client):
    for number in range(27):
        make_progress(make_city(f"City {number:02}"), 4, "done")
    assert len(shown_cities(client.get(STEP))) == 25
    assert shown_cities(client.get(STEP, {"page": 2})) == ["City 25", "City 26"]


# A city's page


def chapter_of(page):
    return page.partition('id="pathway"')[2].partition('id="cbi"')[0]


def test_the_wheel_of_a_city_leads_to_its_steps(client, full):
    chapter = chapter_of(page_of(client, full))
    wheel = re.search(r'<svg [^>]*class="wheel".*?</svg>', chapter, re.S).group()
    segments = re.findall(r'<a class="wheel-step wheel-([\w-]+)" href="([^"]+)"', wheel)
    states = ["done", "under-way", *["not-started"] * 7]
    states[3] = "under-way"
    assert segments == [(state, f"#step-{n}") for n, state in enumerate(states, 1)]
    for _state, address in segments:
        assert f'id="{address[1:]}"' in chapter
    assert 'aria-hidden="true"' in wheel.partition(">")[0]
    assert wheel.count('tabindex="-1"') == 9  # the list below has the same for the keyboard
    assert wheel.count("wheel-check") == wheel.count("wheel-fill-done") == 1
    assert wheel.count("wheel-fill-under-way") == 2
    assert "1/9" in wheel


def test_the_list_says_what_the_wheel_shows(client, full):
    chapter = chapter_of(page_of(client, full))
    shown = words_of("<main>" + re.sub(r"</(a|li|p|h4)>", " ", chapter) + "</main>")
    assert "1 of 9 steps done, 2 under way" in shown
    assert "1. Commit &amp; mobilize Done · started on 01 May 2023" in shown
    assert "2. Research &amp; assess Under way No uploads or resources" in shown
    assert "9. Advocate &amp; inspire Not started (assumed)" in shown
    assert 'href="/pathway/commit-mobilize/"' in chapter


def test_versions_stand_together_each_with_its_language(client, full):
    chapter = chapter_of(page_of(client, full))
    versions = chapter.partition('class="item-versions"')[2].partition("</ul>")[0]
    assert '<span lang="ar" dir="rtl">العربية</span>' in versions
    assert '<span lang="zh-Hans" dir="ltr">简体中文</span>' in versions
    assert versions.count("<a ") == versions.count("hreflang=") == 2
    assert '<span lang="ar" dir="rtl">خطة الطبيعة</span>' in versions  # says where it leads


def test_links_that_leave_the_platform_lend_it_no_weight(client, full):
    chapter = chapter_of(page_of(client, full))
    links = re.findall(r'<a href="(http[^"]+|/files/[^"]+|/resources/[^"]+)"([^>]*)>', chapter)
    assert len(links) == 5
    for address, attributes in links:
        assert ("nofollow" in attributes) == address.startswith("http")


def test_words_of_a_city_are_words_and_never_markup(client):
    city = make_city()
    make_item(city, 4, '<script>alert("1")</script>')
    for address in (city.get_absolute_url(), STEP):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page


# For all


def queries(client, address):
    client.get("/")
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return len(context)


@pytest.mark.parametrize(("address", "number"), [(HOME, 4), (STEP, 7)])
def test_the_queries_are_few_and_do_not_grow(client, cities, address, number):
    resource = make_resource(make_city())
    make_item(make_city(), 4, resource=resource)
    assert queries(client, address) == number
    for n in range(6):
        city = make_city(country=("FR", "BR")[n % 2])
        make_progress(city, 4, ("done", "under-way")[n % 2])
        make_item(city, 4, resource=make_resource(make_city()))
        make_item(city, 4, upload=make_upload(city, "plan.pdf"))
    assert queries(client, address) == number


def test_the_queries_of_a_city_do_not_grow_with_its_items(client, full):
    officer = make_user(officer_of=full)
    before = queries(client, full.get_absolute_url())
    client.force_login(officer)
    before_as_officer = queries(client, full.get_absolute_url())
    with writing():
        for number in range(300):
            make_item(full, 1 + number % 9, f"Item {number}")
    for number in range(5):
        make_item(full, 9, resource=make_resource(make_city()))
        make_item(full, 9, upload=make_upload(full, f"plan-{number}.pdf"))
    assert queries(client, full.get_absolute_url()) == before_as_officer <= 20
    client.logout()
    assert queries(client, full.get_absolute_url()) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_can_be_read_by_all(page, axe, cities, full, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for address in (HOME, STEP, full.get_absolute_url()):
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_segment_leads_to_its_step_without_scripts(browser, live_server, full):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(full.get_absolute_url())
    page.locator(".wheel a").nth(3).locator(".wheel-outline").click(position={"x": 60, "y": 60})
    assert page.url.endswith("#step-4")
    page.locator("#step-4 h4 a").click()
    assert page.url.endswith(STEP)
    page.get_by_role("link", name="Nature Pathway").first.click()
    assert page.url.endswith(HOME)
    context.close()
