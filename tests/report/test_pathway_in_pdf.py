"""Chapter 3 in the PDF and in the data: the same as on the page."""

import datetime

import pytest

from hub.models import Resource
from report import pdf
from report.document import build
from report.plain import plain
from tests.factories import make_city, make_item, make_progress, make_resource, make_upload

from .reading import Reading
from .samples import DAY, printed

pytestmark = pytest.mark.usefixtures("catalogue")

SITE = "https://nature.example/"
END_OF_DIRECTION = "\N{POP DIRECTIONAL FORMATTING}"
"""The typesetter puts it after words that run the other way than their line."""


@pytest.fixture
def city():
    city = make_city("Port Trial", content_language="zh-Hans")
    make_progress(city, 1, "done", started_on=datetime.date(2023, 5, 1), done_on=DAY)
    make_progress(city, 2, "under-way")
    upload = make_upload(city, "plan.pdf", b"x" * 2048)
    make_item(city, 1, "Nature plan", language="en", version_set="plan", upload=upload)
    make_item(city, 1, "自然规划", version_set="plan", url="https://example.org/plan")
    make_item(city, 1, "خطة الطبيعة", language="ar", version_set="plan")
    make_item(city, 4, "Guide", language="en", resource=make_resource(city))
    make_item(city, 5, "رسالة من المدينة", language="ar")
    draft = make_resource(city, state=Resource.State.DRAFT)
    make_item(city, 6, "Hidden", language="en", resource=draft)
    return city


def test_states_versions_and_kinds_are_printed(city):
    reading = printed(city)
    lines = [" ".join(line.replace(END_OF_DIRECTION, "").split()) for line in reading.lines]
    for line in (
        "1 of 9 steps done, 3 under way",
        "Done · started on 01 May 2023 · finished on 06 June 2026",
        "Nature plan",
        "English PDF, 2.0 KB · 简体中文 example.org · العربية example.org",
        "Under way (assumed)",
        "Guide guide in the Tools & resources hub",
        "Not started (assumed)",
    ):
        assert line in lines, "\n".join(lines[lines.index("I. Analyze") :][:12])
    assert any("رسالة من المدينة" in line for line in lines)
    assert "Hidden" not in " ".join(lines)


def test_what_is_on_the_platform_is_linked_whole(city):
    document = build(city, on=DAY)
    found = Reading(pdf.render(document, SITE)).addresses
    steps = plain(document, SITE)["pathway"]["phases"][0]["steps"]
    [entry] = steps[0]["items"]
    urls = [version["url"] for version in entry["versions"]]
    assert urls[0].startswith(f"{SITE}files/") and urls[1] == "https://example.org/plan"
    assert found.count(urls[0]) == 2  # the title, and its language
    assert found.count(urls[1]) == found.count(urls[2]) == 1
    assert steps[0]["url"] == f"{SITE}pathway/commit-mobilize/"


def test_the_data_say_what_is_printed(city):
    data = plain(build(city, on=DAY))["pathway"]
    assert (data["step_count"], data["done_count"], data["under_way_count"]) == (9, 1, 3)
    steps = [step for phase in data["phases"] for step in phase["steps"]]
    assert [step["state"] for step in steps[:4]] == [
        "done",
        "under-way",
        "not-started",
        "under-way",
    ]
    assert [step["is_said"] for step in steps[:4]] == [True, True, False, False]
    assert steps[0]["done"] == {"date": "2026-06-06", "text": "06 June 2026"}
    tags = [version["language"]["language"] for version in steps[0]["items"][0]["versions"]]
    assert tags == ["en", "zh-Hans", "ar"]
    assert "Hidden" not in str(data)


def test_the_wheel_is_for_the_eye_and_shows_the_states(city):
    document = build(city, on=DAY)
    wheel = pdf.drawings(document)["wheel"]
    assert wheel.count('class="wheel-step wheel-done"') == 1
    assert wheel.count('class="wheel-fill-under-way"') == 3
    assert "<a " not in wheel and "1/9" in wheel
    reading = Reading(pdf.render(document))
    assert not [piece for piece in reading.pieces if "wheel" in piece.alt]
    assert "1/9" not in reading.text  # the words beside it say the same


def test_a_city_without_anything_is_printed_as_before():
    reading = printed(make_city("Bare"))
    start, end = reading.lines.index("Chapter 3"), reading.lines.index("Chapter 4")
    empty = "No uploads or resources have been linked"
    chapter = reading.lines[start:end]
    assert chapter.count(empty) == 9
    assert len(chapter) == 3 + 3 + 9 * 2  # head, phases, steps


def test_many_items_and_long_titles_go_on_over_pages():
    city = make_city("Port Trial")
    for number in range(120):
        make_item(city, 3, f"Item {number:03} " + "of a very long title " * 10)
    make_item(city, 4, "x" * 300)
    reading = printed(city)
    assert sum(f"Item {number:03}" in reading.text for number in range(120)) == 120
