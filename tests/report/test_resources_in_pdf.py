"""Chapter 5, sources and evidence in page, PDF and JSON; what leaves has whole addresses."""

import io

import pytest
from django.core.management import CommandError, call_command

from actions.models import Statement
from hub.models import Licence
from report.plain import absolute_url, plain
from report.sources import working_document
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_plan,
    make_resource,
    make_statement,
    make_upload,
    writing,
)
from tests.records import DAY

from .reading import Reading
from .samples import printed

SITE = "https://platform.example.org/"


@pytest.fixture
def city(catalogue):
    """Names a resource in chapters 2, 4 and 5, and one that nobody may see in 2 and 4."""
    city = make_city("Pond End", content_language="zh-Hans")
    shown = make_resource(
        city,
        "湿地规划",
        kind="plan",
        summary="如何保护湿地。",
        organisation="生态环境厅",
        year=2021,
        languages="zh-Hans en",
        licence=Licence.objects.get(code="CC-BY-4.0"),
        topics=["governance-management"],
        targets=[2, 8],
        file=make_upload(city, "plan.pdf"),
    )
    hidden = make_resource(city, "Hidden plan", state="submitted")
    action = make_action(city, "natural-areas")
    make_statement(action, Statement.Kind.BASELINE, source="Survey", source_resource=shown)
    plan = make_plan(city, "行动计划", year=2021, resource=hidden, language="zh-Hans")
    target = {"due_year": 2030, "source_resource": hidden, "plan": plan}
    make_statement(action, Statement.Kind.TARGET, **target)
    results = {"points": 2, "reason": "Counted."}
    assessment = make_assessment(city, connectivity=results, budget=results)
    with writing():
        for result, resource in zip(
            assessment.results.order_by("pk"), (shown, hidden), strict=True
        ):
            result.evidence_resource = resource
            result.save()
    return city


def test_the_pdf_tells_all_of_a_resource(city):
    shown = city.resources.get(title="湿地规划")
    lines = printed(working_document(city, DAY), SITE).lines
    at = len(lines) - lines[::-1].index("湿地规划") - 1
    assert lines[at - 1 : at + 5] == [
        "2021",
        "湿地规划",
        "如何保护湿地。",
        f"Open the file (PDF, 15 bytes) · platform.example.org/resources/{shown.pk}",
        "Plan or strategy · Made by: 生态环境厅 · Languages: Simplified Chinese, English · "
        "Licence: Creative Commons Attribution 4.0 International (CC BY)",
        "Governance & management · KMGBF Target 2 · KMGBF Target 8",
    ]
    assert any(line.startswith("Set in: 行动计划 (2021) · ") for line in lines)


def test_a_title_begins_on_the_side_of_its_summary(city):
    make_resource(city, "دليل", summary="ملخص", language="ar")
    make_resource(city, "Trees", summary="Shade", language="en")
    reader = printed(working_document(city, DAY), SITE).reader
    left, right = (starts_of(reader, words) for words in (("Trees", "Shade"), ("دليل", "ملخص")))
    assert max(left) < 200 and min(right) > 450


def starts_of(reader, words):
    """How far from the left edge of the page (595 points) pieces of text begin."""
    found = {}

    def note(text, cm, tm, *_):
        found[text.strip()] = tm[4] + cm[4]

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    return [next(x for text, x in found.items() if word in text) for word in words]


def test_long_words_of_wide_letters_stay_on_the_page(city):
    make_resource(city, "W" * 300, language="en")
    make_item(city, 3, "M" * 200, language="en")
    pages = printed(working_document(city, DAY), SITE).reader.pages
    lines = [line for page in pages for line in page.extract_text().split("\n")]
    for letter, width, most in (("W", 300, 40), ("M", 200, 30)):  # as many as the column holds
        counts = [line.count(letter) for line in lines if letter * 5 in line]
        assert sum(counts) == width and max(counts) <= most, counts


def test_links_in_the_pdf_are_whole(city):
    shown = city.resources.get(title="湿地规划")
    found = printed(working_document(city, DAY), SITE).addresses
    assert found.count(f"{SITE}resources/{shown.pk}/") == 4  # a source, evidence, chapter 5 twice
    assert found.count(f"{SITE}files/{shown.file.token}/") == 1
    assert "https://creativecommons.org/licenses/by/4.0/" in found


def test_without_a_site_the_words_stand_without_a_link(city):
    reading = printed(working_document(city, DAY))
    assert reading.text.count("湿地规划") == 3
    assert not [address for address in reading.addresses if address and "/resources/" in address]


def test_what_nobody_may_see_is_in_no_form(city, client):
    assert "Hidden" not in printed(working_document(city, DAY), SITE).text
    for name in ("", "profile.json"):
        content = client.get(city.get_absolute_url() + name).content.decode()
        assert "Hidden" not in content and "湿地规划" in content


def test_the_page_links_to_the_resource_in_three_chapters(city, client):
    html = client.get(city.get_absolute_url()).content.decode()
    shown = city.resources.get(title="湿地规划")
    assert html.count(f'href="/resources/{shown.pk}/"') == 3
    assert "Survey" in html


def test_a_source_has_its_label_only_where_it_may_be_named(city):
    action = working_document(city, DAY).actions.actions[0]
    assert str(action.baseline.source_label) == "Source:"
    assert action.targets[0].source_label is action.targets[0].source_resource is None


def test_json_has_whole_addresses(city, client):
    data = client.get(f"{city.get_absolute_url()}profile.json").json()
    (resource,) = data["resources"]["resources"]
    shown = city.resources.get(title="湿地规划")
    assert resource["link"]["url"] == f"http://testserver/resources/{shown.pk}/"
    assert resource["thing"]["url"] == f"http://testserver/files/{shown.file.token}/"
    assert resource["file"] == {"name": "plan.pdf", "media_type": "application/pdf", "size": 15}
    assert [one["tag"] for one in resource["languages"]] == ["zh-Hans", "en"]
    assert [target["number"] for target in resource["targets"]] == [2, 8]
    (statistic,) = data["overview"]["statistics"]["facts"]
    assert statistic["link"] == "#actions"


def test_only_paths_of_this_platform_are_made_whole(city):
    assert absolute_url("/files/a/", SITE) == "https://platform.example.org/files/a/"
    assert absolute_url("/files/a/", "") == "/files/a/"
    for address in ("https://example.org/", "#actions", "", None):
        assert absolute_url(address, SITE) == address
    assert plain(working_document(city, DAY))["resources"]["resources"][0]["link"][
        "url"
    ].startswith("/")


def test_the_command_takes_the_address_of_the_site(city, tmp_path):
    file = tmp_path / "a.pdf"
    call_command("profile_pdf", city.slug, output=file, site=SITE, stdout=io.StringIO())
    assert any((link or "").startswith(SITE) for link in Reading(file.read_bytes()).addresses)
    with pytest.raises(CommandError, match="is not an address"):
        call_command("profile_pdf", city.slug, output=file, site="platform.example.org")


def test_more_sources_and_evidence_take_no_more_queries(
    catalogue, django_assert_max_num_queries, django_assert_num_queries
):
    few, many = make_city("Few"), make_city("Many")
    for city, count in ((few, 1), (many, 20)):
        for number in range(count):
            resource = make_resource(
                make_city(content_language="ar") if number % 2 else None,
                file=make_upload(None, f"{city} {number}.pdf"),
            )
            action = make_action(city, "natural-areas")
            make_statement(action, Statement.Kind.BASELINE, source_resource=resource)
            make_resource(city, topics=["business-finance"], targets=[1])
    with django_assert_max_num_queries(20) as counted:
        working_document(few, DAY)
    with django_assert_num_queries(len(counted)):
        working_document(many, DAY)
