"""Chapter 2 of a city's page: summary, contents, targets with their states, charts and tables."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from actions.models import Statement
from report.sources import working_document
from tests.factories import make_action, make_city, make_statement

from .reading import page_of, words_of

SVG = "{http://www.w3.org/2000/svg}"
STATES = {
    "reached": ("Reached", 30, 2099),
    "on-track": ("On track", 25, 2099),
    "behind": ("Behind", 11, 2027),
    "overdue": ("Overdue", 11, 2024),
    "no-data": ("No data yet", None, 2099),
}


@pytest.fixture
def city(catalogue):
    return make_city("Port Trial")


def with_target(city, now=25, due=2030, **target):
    action = make_action(city, "urban-heat")
    make_statement(action, Statement.Kind.BASELINE, {"green_cover": 10}, year=2020)
    make_statement(action, Statement.Kind.TARGET, {"green_cover": 30}, due_year=due, **target)
    if now is not None:
        day = datetime.date(2025, 6, 30)
        make_statement(action, Statement.Kind.PROGRESS, {"green_cover": now}, date=day)
    return action


def svg_of(page):
    drawn = re.search(r'<svg [^>]*class="chart".*?</svg>', page, re.S)[0]
    return ElementTree.fromstring(drawn)  # noqa: S314 (our own page)


@pytest.mark.parametrize("state", STATES)
def test_a_target_says_its_state_in_a_word_with_a_mark(client, city, state):
    word, now, due = STATES[state]
    with_target(city, now, due)
    label = re.search(r'<span class="state state-([a-z-]+)">(.*?)</span>', page_of(client, city))
    assert label[1] == state
    assert 'class="state-mark"' in label[2]
    assert re.sub(r"<[^>]+>", "", label[2]).strip() == word


def test_each_state_has_a_mark_of_its_own():
    from report.drawings.target_states import STATES as marks

    assert marks.keys() == STATES.keys()
    assert len(set(marks.values())) == len(marks)


def test_the_counts_stand_above_all_else(client, city):
    with_target(city)
    page = page_of(client, city)
    counts = re.findall(r"<li><strong>(\d+)</strong> (.*?)</li>", page[: page.index("<h2")])
    assert counts == [
        ("1", "action"),
        ("1", "commitment made"),
        ("1", "with a starting point"),
        ("1", "with a target"),
        ("1", "with progress"),
    ]


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ({}, "Start 10% Now 25% Target 30% by 2030 On track"),
        ({"now": None, "due": None}, "Start 10% – Target 30% No data yet"),
    ],
)
def test_the_board_of_targets_says_start_now_target_and_state(client, city, target, shown):
    with_target(city, **target)
    board = re.search(r'<table class="target-board".*?</table>', page_of(client, city), re.S)[0]
    assert shown in " ".join(re.sub(r"<[^>]+>", " ", board).split())
    assert "target-line" in board


def test_a_target_in_words_is_words_and_no_target_is_one_line(client, city):
    action = make_action(city, "urban-heat")
    page = page_of(client, city)
    assert "target-board" not in page and "No target yet." in words_of(page)
    make_statement(action, Statement.Kind.TARGET, text="Shade for all.")
    board = re.search(r'<table class="target-board".*?</table>', page_of(client, city), re.S)[0]
    assert "Shade for all." in board
    assert "<thead" not in board and "target-line" not in board


def test_a_commitment_has_dots_and_the_same_in_one_sentence(client, city):
    with_target(city)
    make_action(city, "urban-heat")
    line = re.search(r'<ul class="commitment-lines">(.*?)</ul>', page_of(client, city), re.S)[1]
    assert line.count('<i class="on">') == 3 and line.count("<i></i>") == 3
    said = "2 actions, 1 with a starting point, 1 with a target, 1 with progress"
    assert said in re.sub(r"<[^>]+>", "", line)


def test_badges_carry_the_whole_name_and_the_note_says_whose_they_are(client, city):
    make_action(city, "natural-areas")
    page = page_of(client, city)
    chapter = working_document(city).actions
    (action,) = chapter.actions
    assert [goal.number for goal in action.kmgbf]
    for goal in action.kmgbf:
        assert f"{goal.label}: {goal.name}" in words_of(page)
    assert page.count(str(chapter.kmgbf_note)) == 1
    assert "inferred" in str(chapter.kmgbf_note)


def test_the_chart_has_an_open_baseline_a_filled_progress_and_a_line_for_the_target(client, city):
    action = with_target(city)
    svg = svg_of(page_of(client, city))
    circles = [node.get("class") for node in svg.iter(f"{SVG}circle")]
    lines = [node.get("class") for node in svg.iter(f"{SVG}line")]
    assert circles == ["chart-baseline", "chart-progress"]
    assert lines.count("chart-level") == 1
    assert svg.find(f"{SVG}title").text == "Total green cover, share of the city"
    assert svg.find(f"{SVG}desc").text == (
        "2 values, from 10% (baseline, 2020) to 25% (30 June 2025). The target for 2030 is 30%."
    )
    ids = {node.get("id") for node in svg.iter() if node.get("id")}
    assert svg.get("aria-labelledby") in ids and svg.get("aria-describedby") in ids
    assert f"course-{action.number}-green_cover" in svg.get("aria-labelledby")


def test_the_table_beside_the_chart_has_all_values(client, city):
    with_target(city)
    page = page_of(client, city)
    page = page[page.index('class="course-table"') :]
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.S)[1]
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]
    assert rows == ["Baseline 2020 10%", "Progress 30 June 2025 25%", "Target 2030 30%"]
    heads = re.findall(r'<th scope="col">(.*?)</th>', page[: page.index("</table>")])
    assert heads == ["Kind", "Year or day", "Value"]


def test_without_a_course_there_is_neither_chart_nor_table(client, city):
    make_action(city, "urban-heat", baseline={"green_cover": 10})
    page = page_of(client, city)
    assert 'class="chart"' not in page
    assert "course-table" not in page


def test_every_id_is_there_once(client, city):
    for _ in range(3):
        with_target(city)
    ids = re.findall(r'\sid="([^"]+)"', page_of(client, city))
    assert len(ids) == len(set(ids))


def test_a_source_can_be_a_link_with_or_without_a_name(client, city):
    with_target(city, source="Plan", source_url="https://example.org/plan")
    bare = make_action(city, "natural-areas")
    make_statement(bare, Statement.Kind.BASELINE, source_url="https://example.org/data")
    page = page_of(client, city)
    assert '<a href="https://example.org/plan" rel="nofollow noopener">Plan</a>' in page
    link = '<a href="https://example.org/data" rel="nofollow noopener">https://example.org/data</a>'
    assert link in page


def test_each_commitment_and_all_parts_are_led_to(client, city):
    for action_type in ("urban-heat", "urban-heat", "natural-areas"):
        make_action(city, action_type)
    page = page_of(client, city)
    counts = re.findall(r'href="#(commitment-[^"]+)">.*?class="count">(\d+)<', page)
    assert [count for _anchor, count in counts] == ["1", "2"]
    places = re.findall(r'href="#([a-z][^"]+)"', page)
    assert {"area-1", "actions", "figures", "targets", "overview"} <= {*places, "figures"}
    missing = [place for place in places if f'id="{place}"' not in page]
    assert set(missing) == {"closed"}  # it closes the sheets of a phone, by being nowhere


def test_an_action_is_one_line_that_a_key_a_link_and_a_print_unfold(page, city):
    make_action(city, "urban-heat", description="Rows of trees.", baseline={"green_cover": 10})
    page.goto(city.get_absolute_url())
    words, line = page.get_by_text("Rows of trees."), page.locator(".action > summary")
    expect(words).to_be_hidden()
    assert line.inner_text().split("\n")[-2:] == ["10%", "no target yet"]
    page.emulate_media(media="print")
    expect(words).to_be_visible()
    page.emulate_media(media="screen")
    line.press("Enter")
    expect(words).to_be_visible()
    line.press("Enter")
    page.locator(".figures a").click()
    assert page.url.endswith("#action-1")
    expect(words).to_be_visible()
    assert page.locator(".contents [aria-current]").inner_text() != ""


def test_on_a_phone_the_bar_opens_the_contents_without_scripts(browser, live_server, city):
    make_action(city, "urban-heat")
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    page.goto(city.get_absolute_url())
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents).to_be_hidden()
    page.get_by_role("navigation", name="This profile").get_by_text("Contents").click()
    expect(contents).to_be_visible()
    contents.get_by_role("link", name="The Action Platform").click()
    expect(contents).to_be_hidden()
    context.close()


def test_a_page_of_very_many_actions_has_their_lines_alone(client, catalogue, monkeypatch):
    monkeypatch.setattr("actions.chapter.MOST_UNFOLDED", 1)
    city = make_city("Many Trial")
    for words in ("Dunes of the west", "Dunes of the east"):
        make_action(city, "natural-areas", description=words)
    page = client.get("/cities/many-trial/").content.decode()
    assert "Dunes of the west" not in page
    assert '<p class="action" id="action-2"><a href="/cities/many-trial/actions/2/">' in page
    assert "These are 2 actions" in page
    assert "Dunes of the east" in client.get("/cities/many-trial/actions/2/").content.decode()
