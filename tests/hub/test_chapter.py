"""Chapter 5, and the links from other chapters into the hub."""

import pytest
from django.utils import translation

from catalogue.languages import canonical_tag, language_label, language_name
from catalogue.models import KMGBFTarget
from catalogue.texts import Texts
from hub.chapter import build, link_for
from hub.models import Licence, Resource
from profiles.models import State
from tests.factories import make_city, make_resource, make_upload

pytestmark = pytest.mark.usefixtures("catalogue")


def chapter_of(city):
    return build(city, Texts())


def titles(city):
    return [entry.link.title.value for entry in chapter_of(city).resources]


def test_a_resource_with_everything_is_told_in_full():
    city = make_city(content_language="zh-Hans")
    resource = make_resource(
        city,
        "湿地规划",
        kind="plan",
        summary="如何保护湿地。",
        organisation="生态环境厅",
        year=2021,
        languages="zh-hans en",
        licence=Licence.objects.get(code="CC-BY-4.0"),
        topics=["governance-management"],
        targets=[2, 8],
        file=make_upload(city, "plan.pdf"),
    )
    (entry,) = chapter_of(city).resources
    assert (entry.link.url, str(entry.link.title)) == (f"/resources/{resource.pk}/", "湿地规划")
    assert entry.link.title.language == entry.organisation.language == "zh-Hans"
    assert (entry.kind, str(entry.kind_label), entry.year) == ("plan", "Plan or strategy", 2021)
    assert [(one.tag, str(one.name)) for one in entry.languages] == [
        ("zh-Hans", "Simplified Chinese"),
        ("en", "English"),
    ]
    assert entry.licence.url == "https://creativecommons.org/licenses/by/4.0/"
    assert [target.number for target in entry.targets] == [2, 8]
    assert str(entry.targets[0].label) == "KMGBF Target 2"
    assert [str(topic) for topic in entry.topics] == ["Governance & management"]
    assert entry.thing.url == resource.file.get_absolute_url()
    assert str(entry.thing.title) == "Open the file (PDF, 15\xa0bytes)"
    assert (entry.file.name, entry.file.size) == ("plan.pdf", 15)


def test_a_link_names_the_host_it_leads_to():
    city = make_city()
    make_resource(city, url="https://www.example.org/a/b?c=d")
    (entry,) = chapter_of(city).resources
    assert entry.thing.url == "https://www.example.org/a/b?c=d"
    assert str(entry.thing.title) == "Open the link (example.org)"
    assert entry.file is entry.licence is entry.organisation is entry.summary is None


def test_only_what_is_published_and_the_citys_own_is_listed_newest_first():
    city = make_city()
    make_resource(city, "Without a year")
    make_resource(city, "Old", year=1999)
    make_resource(city, "New", year=2024)
    make_resource(make_city(), "Of another city")
    make_resource(None, "Of a partner")
    for state in (Resource.State.DRAFT, Resource.State.SUBMITTED, Resource.State.RETURNED):
        make_resource(city, f"Hidden {state}", state=state)
    assert titles(city) == ["New", "Old", "Without a year"]


def test_each_resource_has_its_own_topics_and_targets_in_order():
    city = make_city()
    make_resource(city, "A", topics=["health-well-being", "business-finance"], targets=[12, 2])
    make_resource(city, "B", topics=["business-finance"], targets=[3])
    make_resource(city, "C")
    KMGBFTarget.objects.filter(number=2).update(translations={"fr": {"name": "Restaurer"}})
    with translation.override("fr"):
        entries = chapter_of(city).resources
    assert [[str(topic) for topic in entry.topics] for entry in entries] == [
        ["Business, economics & finances", "Health & social well-being"],
        ["Business, economics & finances"],
        [],
    ]
    numbers = [[target.number for target in entry.targets] for entry in entries]
    assert numbers == [[2, 12], [3], []]
    assert (entries[0].targets[0].name.value, entries[0].targets[0].name.language) == (
        "Restaurer",
        "fr",
    )


def test_an_empty_chapter_says_so():
    chapter = chapter_of(make_city("Pond End"))
    assert str(chapter.empty) == "Pond End has not yet posted any tools and resources"
    assert chapter.resources == () and chapter.labels is None


def test_many_resources_take_as_many_queries_as_few(django_assert_num_queries):
    city, texts = make_city(), Texts()

    def add(count):
        for number in range(count):
            make_resource(
                city,
                topics=["governance-management"],
                targets=[1, 2],
                file=make_upload(city, f"{number}-{count}.pdf"),
            )

    for count in (2, 20):
        add(count)
        with django_assert_num_queries(2):
            build(city, texts)


def test_a_profile_links_to_what_may_be_shown_and_to_nothing_else():
    city, hidden = make_city(), make_city(state=State.DRAFT)
    partner = make_resource(None, "Toolbox")
    assert link_for(None, city) is None
    assert link_for(partner, city).url == partner.get_absolute_url()
    assert link_for(make_resource(city), city) is not None
    assert link_for(make_resource(city, state="submitted"), city) is None
    assert link_for(make_resource(None, state="returned"), city) is None
    # A profile that is not public yet reads as it will: with its own, without that of others.
    own = make_resource(hidden)
    assert link_for(own, hidden) is not None
    assert link_for(own, city) is None


def test_languages_have_their_names_in_the_readers_language():
    assert language_name("zh-Hans") == "Simplified Chinese"
    assert language_name("zh") == "Chinese"
    assert language_label("es-MX") == "Mexican Spanish (es-MX)"
    assert language_label("es-EC") == "Spanish (es-EC)"
    assert language_label("zu") == "zu"
    with translation.override("de"):
        assert language_name("fr") == "Französisch"
    assert [canonical_tag(tag) for tag in ("ZH-HANS-cn", "PT-br", "es-419", "")] == [
        "zh-Hans-CN",
        "pt-BR",
        "es-419",
        "",
    ]
