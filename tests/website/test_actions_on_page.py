"""Chapter 2 of a city's page: summary, contents, targets with their states, charts and tables."""

import datetime
import re
from xml.etree import ElementTree

import pytest

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


def test_the_summary_stands_above_the_areas(client, city):
    with_target(city)
    page = page_of(client, city)
    summary = page[page.index('<dl class="summary">') : page.index('<section class="area ')]
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", summary)
    assert facts == [
        ("Actions", "1"),
        ("Commitments made", "1"),
        ("Actions with a baseline", "1"),
        ("Actions with a target", "1"),
        ("Targets reached or on track", "1"),
    ]


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
        "Baseline 2020: 10%; Progress 30 June 2025: 25%; Target 2030: 30%"
    )
    ids = {node.get("id") for node in svg.iter() if node.get("id")}
    assert svg.get("aria-labelledby") in ids and svg.get("aria-describedby") in ids
    assert f"course-{action.number}-green_cover" in svg.get("aria-labelledby")


def test_the_table_says_the_same_as_the_chart(client, city):
    with_target(city)
    page = page_of(client, city)
    table = re.search(r"<tbody>(.*?)</tbody>", page, re.S)[1]
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
    ]
    described = svg_of(page).find(f"{SVG}desc").text.replace(":", "").split("; ")
    assert rows == described
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["Kind", "Year or day", "Value"]


def test_without_a_course_there_is_neither_chart_nor_table(client, city):
    make_action(city, "urban-heat", baseline={"green_cover": 10})
    page = page_of(client, city)
    assert 'class="chart"' not in page
    assert "<table" not in page


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


def test_contents_lead_to_every_commitment_with_its_count(client, city):
    for action_type in ("urban-heat", "urban-heat", "natural-areas"):
        make_action(city, action_type)
    page = page_of(client, city)
    contents = re.search(r'<nav class="chapter-contents".*?</nav>', page, re.S)[0]
    counts = re.findall(r'href="#(commitment-[^"]+)">.*?class="count">(.*?)</span>', contents)
    assert [count for _anchor, count in counts] == ["Actions: 1", "Actions: 2"]
    for anchor, _count in counts:
        assert f'id="{anchor}"' in page


def test_actions_fold_open_by_default_and_are_printed_when_folded(page, city):
    make_action(city, "urban-heat", description="Rows of trees.")
    page.goto(city.get_absolute_url())
    words = page.get_by_text("Rows of trees.")
    fold = page.locator(".commitment .fold > summary")
    assert words.is_visible()
    fold.focus()
    page.keyboard.press("Enter")
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.is_visible()
    page.emulate_media(media="screen")
    page.goto(f"{city.get_absolute_url()}#action-1")
    page.evaluate("document.querySelector('.commitment .fold').open = false")
    page.evaluate("location.hash = '#top'")
    page.evaluate("location.hash = '#action-1'")
    assert words.is_visible()
