"""Chapter 3 in the PDF and in the data: the same as on the page."""

import datetime
from itertools import count
from uuid import UUID

import pytest

from hub.models import PublicResource
from hub.record import FileRecord
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import PublicCity
from report import pdf
from report.plain import plain
from tests.records import DAY, make_record, shipped_catalogue

from .records import OWN
from .samples import make_document, printed

SITE = "https://nature.example/"
END_OF_DIRECTION = "\N{POP DIRECTIONAL FORMATTING}"
"""The typesetter puts it after words that run the other way than their line."""


_ids = count(1)

STEPS = {step.number: step.code for step in shipped_catalogue().steps.values()}


def progress(number, state, **fields):
    return ProgressRecord(step=STEPS[number], state=state, **fields)


def item(number, title, language="en", **fields):
    """An item on the step of this number; without a target it gets a link of its own."""
    key = next(_ids)
    if "file" not in fields and "resource" not in fields:
        fields.setdefault("url", f"https://example.org/item-{key}")
    return ItemRecord(id=key, step=STEPS[number], title={language: title}, **fields)


@pytest.fixture
def document():
    file = FileRecord(
        token=str(UUID(int=1)),
        name="plan.pdf",
        media_type="application/pdf",
        size=2048,
        sha256="0",
    )
    own = PublicCity(city_id=OWN, slug="port-trial", name="Port Trial")
    guide = PublicResource(id=1, title="Guide", language="en", kind="guide", city=own)
    plan = {"version_set": "plan"}
    record = make_record(
        city={"language": "zh-Hans"},
        progress=[
            progress(1, "done", started_on=datetime.date(2023, 5, 1), done_on=DAY),
            progress(2, "under-way"),
        ],
        items=[
            item(1, "Nature plan", file=file, **plan),
            item(1, "自然规划", "zh-Hans", url="https://example.org/plan", **plan),
            item(1, "خطة الطبيعة", "ar", **plan),
            item(4, "Guide", resource=guide.pk),
            item(5, "رسالة من المدينة", "ar"),
            item(6, "Hidden", resource=2),
        ],
    )
    return make_document(record, resources=[guide])


def test_states_versions_and_kinds_are_printed(reading):
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


def test_what_is_on_the_platform_is_linked_whole(document):
    found = printed(document, SITE).addresses
    steps = plain(document, SITE)["pathway"]["phases"][0]["steps"]
    [entry] = steps[0]["items"]
    urls = [version["url"] for version in entry["versions"]]
    assert urls[0].startswith(f"{SITE}files/") and urls[1] == "https://example.org/plan"
    assert found.count(urls[0]) == 2  # the title, and its language
    assert found.count(urls[1]) == found.count(urls[2]) == 1
    assert steps[0]["url"] == f"{SITE}pathway/commit-mobilize/"


def test_the_data_say_what_is_printed(document):
    data = plain(document)["pathway"]
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


def test_the_wheel_is_for_the_eye_and_shows_the_states(document):
    wheel = pdf.drawings(document)["wheel"]
    assert wheel.count('class="wheel-step wheel-done"') == 1
    assert wheel.count('class="wheel-fill-under-way"') == 3
    assert "<a " not in wheel and "1/9" in wheel
    reading = printed(document)
    assert not [piece for piece in reading.pieces if "wheel" in piece.alt]
    assert "1/9" not in reading.text  # the words beside it say the same


def test_a_city_without_anything_has_one_sentence_and_the_steps():
    lines = printed(make_document(make_record())).lines
    start, end = lines.index("Chapter 3"), lines.index("Chapter 4")
    chapter = lines[start:end]
    assert chapter.count("No uploads or resources have been linked") == 1
    assert len(chapter) == 3 + 1 + 3 + 9  # head, sentence, phases, steps


def test_many_items_and_long_titles_go_on_over_pages():
    titles = [f"Item {number:03} " + "of a very long title " * 10 for number in range(120)]
    record = make_record(items=[*(item(3, title) for title in titles), item(4, "x" * 300)])
    reading = printed(make_document(record))
    assert sum(f"Item {number:03}" in reading.text for number in range(120)) == 120
