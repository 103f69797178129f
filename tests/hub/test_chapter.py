"""Chapter 5, built from the public resources of a city."""

from uuid import UUID

from django.utils import translation

from catalogue.languages import canonical_tag, language_label, language_name
from catalogue.lists import FrozenTarget
from hub.chapter import build
from hub.models import PublicResource
from tests.records import changed_catalogue, make_context, make_record

TOKEN = UUID(int=7)


def resource(pk, title="Guide", **fields):
    """A public resource of the city whose key is 1."""
    values = {"language": "en", "kind": "guide", "url": f"https://example.org/{pk}", "city_id": 1}
    return PublicResource(id=pk, title=title, **{**values, **fields})


def chapter_of(*resources, referred=None, catalogue=None, **city):
    ids = [row.pk for row in resources] if referred is None else referred
    context = make_context(resources=resources, catalogue=catalogue)
    return build(make_record(city=city, resources=ids), context)


def titles(*resources, **given):
    return [entry.link.title.value for entry in chapter_of(*resources, **given).resources]


def test_a_resource_with_everything_is_told_in_full():
    row = resource(
        5,
        "湿地规划",
        language="zh-Hans",
        kind="plan",
        summary="如何保护湿地。",
        organisation="生态环境厅",
        year=2021,
        languages="zh-hans en",
        licence_code="CC-BY-4.0",
        topic_codes=["governance-management"],
        target_codes=["GBF-TARGET-02", "GBF-TARGET-08"],
        url="",
        file_token=TOKEN,
        file_name="plan.pdf",
        file_media_type="application/pdf",
        file_size=15,
    )
    (entry,) = chapter_of(row).resources
    assert (entry.link.url, str(entry.link.title)) == ("/resources/5/", "湿地规划")
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
    assert entry.thing.url == f"/files/{TOKEN}/"
    assert str(entry.thing.title) == "Open the file (PDF, 15\xa0bytes)"
    assert (entry.file.name, entry.file.size) == ("plan.pdf", 15)


def test_a_link_names_the_host_it_leads_to():
    (entry,) = chapter_of(resource(1, url="https://www.example.org/a/b?c=d")).resources
    assert entry.thing.url == "https://www.example.org/a/b?c=d"
    assert str(entry.thing.title) == "Open the link (example.org)"
    assert entry.file is entry.licence is entry.organisation is entry.summary is None


def test_only_what_is_public_and_the_citys_own_is_listed_newest_first():
    rows = [
        resource(1, "Without a year"),
        resource(2, "Old", year=1999),
        resource(3, "Élan", year=2024),
        resource(4, "fern", year=2024),
        resource(5, "Dunes", year=2024),
        resource(6, "Of another city", city_id=2),
        resource(7, "Of a partner", city_id=None),
        resource(8, "Named on a step only"),
    ]
    referred = [1, 2, 3, 4, 5, 6, 7, 9]
    expected = ["Dunes", "Élan", "fern", "Old", "Without a year"]
    assert titles(*rows, referred=referred) == expected


def test_each_resource_has_its_own_topics_and_targets_in_order():
    french = FrozenTarget(
        code="GBF-TARGET-02",
        name="Restore",
        origin="official",
        number=2,
        translations={"fr": {"name": "Restaurer"}},
    )
    rows = [
        resource(
            1,
            topic_codes=["business-finance", "health-well-being"],
            target_codes=["GBF-TARGET-02", "GBF-TARGET-12"],
        ),
        # A code may have left the catalogue since.
        resource(2, topic_codes=["business-finance", "gone"], target_codes=["GBF-TARGET-03"]),
        resource(3),
    ]
    with translation.override("fr"):
        entries = chapter_of(*rows, catalogue=changed_catalogue(targets=[french])).resources
    assert [[str(topic) for topic in entry.topics] for entry in entries] == [
        ["Business, economics & finances", "Health & social well-being"],
        ["Business, economics & finances"],
        [],
    ]
    numbers = [[target.number for target in entry.targets] for entry in entries]
    assert numbers == [[2, 12], [3], []]
    name = entries[0].targets[0].name
    assert (name.value, name.language) == ("Restaurer", "fr")


def test_an_empty_chapter_says_so():
    chapter = chapter_of(name={"en": "Pond End"})
    assert str(chapter.empty) == "Pond End has not yet posted any tools and resources"
    assert chapter.resources == () and chapter.labels is None


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
