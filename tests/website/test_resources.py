"""The hub's list: what is found, in which order, and counts checked by counting by hand."""

import datetime
import re
from html import unescape
from urllib.parse import urlencode

import pytest

from catalogue.models import KMGBFTarget, Topic
from hub.explorer import NO_CITY
from hub.models import Resource
from profiles.models import State
from tests.factories import make_city, make_item, make_resource, make_upload
from tests.published import publish_all
from website.paging import ROWS_PER_PAGE

from .reading import text_of

pytestmark = pytest.mark.usefixtures("catalogue")

LIST = "/resources/"
KINDS, LANGUAGES = ("guide", "plan", "map"), ("en", "en zh-Hans", "fr ar en", "")
CHOICES = ("kind", "topic", "language", "region", "target", "step")


def page(client, **asked):
    response = client.get(LIST, asked)
    assert response.status_code == 200
    return response


def found(response):
    """The titles in the list, in its order."""
    hits = re.findall(r'<h2><a href="/resources/\d+/">(.*?)</a>', response.content.decode())
    return [unescape(re.sub(r"<[^>]+>", "", hit)) for hit in hits]


def offered(response, name):
    """Value → count of the choices of a list."""
    html = response.content.decode()
    options = re.search(rf'<select[^>]* name="{name}"[^>]*>(.*?)</select>', html, re.S)[1]
    pairs = re.findall(r'<option value="([^"]+)"[^>]*>.*? \(([\d,]+)\)</option>', options)
    return {value: int(count.replace(",", "")) for value, count in pairs}


@pytest.fixture
def mixed(catalogue, kept):
    return kept.get("mixed resources", make_mixed)


def make_mixed():
    """36 resources that are public and some that are not, of real, invented and hidden cities."""
    homes = [make_city(f"City {code}", country=code) for code in ("CN", "JP", "FR")]
    topics = list(Topic.objects.values_list("code", flat=True))[:3]
    for number in range(36):
        resource = make_resource(
            [*homes, None][number % 4],
            f"Guide {number:02}",
            kind=KINDS[number % 3],
            languages=LANGUAGES[number % 4 if number % 5 else 0],
            topics=topics[: number % 3],
            targets=[1, 2, 3][number % 3 :],
            summary="湿地保护" if number % 6 == 0 else "Île de verdure",
        )
        for step in (4, 9)[: number % 3]:
            for city in homes[:2]:  # linked twice, to be counted once
                make_item(city, step, resource=resource)
    hidden, sample = make_city(state=State.WITHDRAWN), make_city(is_sample=True)
    partner = Resource.objects.filter(city=None).first()
    for city in (hidden, sample):
        make_item(city, 7, resource=partner)
        make_resource(city, "Elsewhere", topics=topics, targets=[1], languages="en")
    for state in ("draft", "submitted", "returned"):
        make_resource(homes[0], "Hidden", state=state, topics=topics, targets=[1], languages="en")
    publish_all()


def values_by_hand(name, resource):
    """What a reader of the row would tick, without the explorer."""
    if name == "kind":
        return {resource.kind}
    if name == "topic":
        return {topic.code for topic in resource.topics.all()}
    if name == "language":
        return set(resource.languages.split())
    if name == "region":
        return {resource.city.country.region.code if resource.city else NO_CITY}
    if name == "target":
        return {str(target.number) for target in resource.targets.all()}
    items = [item for item in resource.step_items.all() if item.city.state == "published"]
    return {str(item.step.number) for item in items if not item.city.is_sample}


def is_of_real_public(city):
    return city is None or (city.state == "published" and not city.is_sample)


def by_hand(asked):
    """The titles that fit, and for each choice how many would."""
    rows = [
        row for row in Resource.objects.filter(state="published") if is_of_real_public(row.city)
    ]
    held = {row: {name: values_by_hand(name, row) for name in CHOICES} for row in rows}

    def fits(row, asked):
        return all(value in held[row][name] for name, value in asked.items())

    counts = {}
    for name in CHOICES:
        others = {key: value for key, value in asked.items() if key != name}
        values = {value for row in rows for value in held[row][name]}
        all_counts = {v: sum(fits(row, {**others, name: v}) for row in rows) for v in values}
        counts[name] = {v: n for v, n in all_counts.items() if n or v == asked.get(name)}
    return {row.title for row in rows if fits(row, asked)}, counts


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"kind": "plan"},
        {"topic": "business-finance"},
        {"language": "zh-Hans"},
        {"language": "en", "target": "2"},
        {"region": "asia-oceania", "step": "4"},
        {"region": NO_CITY},
        {"step": "9", "kind": "map", "target": "3"},
        {"target": "1", "topic": "biodiversity-built-environment", "language": "fr"},
    ],
)
def test_counts_are_what_one_counts_by_hand(client, mixed, asked):
    titles, counts = by_hand(asked)
    response = page(client, **asked)
    assert {name: offered(response, name) for name in CHOICES} == counts
    assert f"{len(titles)} resource" in text_of(response)
    listed = set(found(response))
    for number in range(2, response.context["paginator"].num_pages + 1):
        listed |= set(found(page(client, **asked, page=number)))
    assert listed == titles
    assert response.context["paginator"].count == len(titles)


def test_a_choice_narrows_the_counts_of_the_words_too(client, mixed):
    assert sum(offered(page(client, q="湿地"), "kind").values()) == 6
    assert sum(offered(page(client, q="湿地 guide 06"), "kind").values()) == 1


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("湿地", "安吉县湿地规划"),
        ("规划 安吉", "安吉县湿地规划"),
        ("شجرة", "دليل كل شَجَرة"),
        ("ile FRAICHE", "Île fraîche"),
        ("ＴＲＥＥ", "Street trees"),
        ("friends", "Toolbox"),
        ("planned pond", "Ponds"),
    ],
)
def test_every_word_is_found_in_any_script_case_and_accent(client, words, title):
    city = make_city()
    for name in ("安吉县湿地规划", "دليل كل شَجَرة", "Île fraîche", "Street trees"):
        make_resource(city, name)
    make_resource(city, "Ponds", summary="How they are planned.")
    make_resource(None, "Toolbox", organisation="Friends of Rivers")
    assert found(page(client, q=words)) == [title]
    assert found(page(client, q=f"{words} nowhere")) == []


def test_hits_are_marked_in_the_summary_and_the_summary_in_its_language(client):
    city = make_city(content_language="zh-Hans")
    make_resource(city, "规划", summary="如何保护湿地。")
    make_resource(city, "Plan", summary="湿地 <b>first</b>", language="en")
    html = page(client, q="湿地").content.decode()
    assert 'lang="zh-Hans" dir="ltr">如何保护<mark>湿地</mark>。' in html
    assert '<p class="hit-text"><mark>湿地</mark> &lt;b&gt;first&lt;/b&gt;' in html


def test_title_and_summary_stand_on_the_side_where_their_language_begins(client):
    city = make_city(content_language="ar")
    resource = make_resource(city, "دليل", summary="كيف تختار الأشجار.")
    make_resource(city, "Similar", language="en", topics=["business-finance"])
    for address in (LIST, resource.get_absolute_url(), city.get_absolute_url()):
        html = client.get(address).content.decode()
        assert re.search(r'<h[123] lang="ar" dir="rtl">(<a [^>]*>)?دليل', html), address
        assert re.search(r'<p[^>]* lang="ar" dir="rtl">كيف', html), address
    assert '<h2><a href="' in page(client, q="Similar").content.decode()


def test_a_language_is_not_taken_for_another_whose_tag_begins_alike(client):
    make_resource(None, "规划", languages="en zh-Hans")
    make_resource(None, "計劃", languages="zh")
    assert found(page(client, language="zh")) == ["計劃"]
    assert found(page(client, language="zh-Hans")) == ["规划"]
    assert offered(page(client), "language") == {"en": 1, "zh": 1, "zh-Hans": 1}


@pytest.mark.parametrize("words", ["port", "端口", "guide PORT", "port 2031"])
def test_the_name_of_its_city_finds_a_resource(client, words):
    city = make_city("Port Trial", local_name="端口城")
    make_resource(city, "Guide", summary="Until 2031.")
    make_resource(make_city("Pond End"), "Guide to elsewhere", summary="Until 2031.")
    make_resource(None, "Toolbox")
    assert found(page(client, q=words)) == ["Guide"]
    assert offered(page(client, q=words), "kind") == {"guide": 1}


def test_the_button_comes_after_all_that_can_be_chosen(client):
    form = re.search(r'<form class="city-filter".*?</form>', page(client).content.decode(), re.S)[0]
    fields = re.findall(r"<(?:input|select|button)[^>]*>", form)
    assert 'name="q"' in fields[0] and 'type="submit"' in fields[-1]
    assert len(fields) == 1 + len(CHOICES) + 1 + 1  # words, choices, order, button


def test_the_order_can_be_chosen(client):
    day = datetime.date
    make_resource(None, "Zebra", year=2020, published_on=day(2026, 3, 1))
    make_resource(None, "Île", year=2024, published_on=day(2026, 1, 1))
    make_resource(None, "Aster", published_on=day(2026, 2, 1))
    make_resource(None, "jay", year=2024)
    assert found(page(client)) == ["Zebra", "Aster", "Île", "jay"]
    assert found(page(client, sort="year")) == ["Île", "jay", "Zebra", "Aster"]
    assert found(page(client, sort="title")) == ["Aster", "Île", "jay", "Zebra"]


def test_pages_go_on_with_the_choices(client):
    for number in range(2 * ROWS_PER_PAGE + 1):
        make_resource(None, f"Guide {number:02}", kind="map" if number == 3 else "guide")
    response = page(client, kind="guide", sort="title", page=2)
    assert found(response) == [f"Guide {number:02}" for number in range(21, 41)]
    assert "?kind=guide&amp;sort=title&amp;page=1" in response.content.decode()
    assert client.get(LIST, {"page": 4}).status_code == 404


def test_chosen_filters_are_shown_and_go_away_one_by_one(client):
    make_resource(None, "Guide", languages="ar", topics=["business-finance"])
    response = page(client, q="guide", language="AR", topic="business-finance", page="1")
    chips = re.search(r'<ul class="chosen".*?</ul>', response.content.decode(), re.S)[0]
    addresses = [unescape(address) for address in re.findall(r'href="([^"]+)"', chips)]
    assert addresses == [
        f"{LIST}?{urlencode({'language': 'AR', 'topic': 'business-finance'})}",
        f"{LIST}?{urlencode({'q': 'guide', 'language': 'AR'})}",
        f"{LIST}?{urlencode({'q': 'guide', 'topic': 'business-finance'})}",
        LIST,
    ]
    assert "Language: Arabic (ar)" in text_of(response)
    assert 'class="chosen"' not in page(client).content.decode()


def test_nothing_found_gets_advice_and_an_empty_hub_too(client):
    assert "No resource yet" in text_of(page(client))
    make_resource(None)
    response = page(client, q="nothing-like-this")
    assert "No resource found" in text_of(response)
    assert "try the word in another one" in text_of(response)


@pytest.mark.parametrize(
    "asked",
    [
        "q=%00",
        "q=" + "x" * 300,
        "q=%25_%5C%27%22",
        "kind=nothing&topic=nothing&region=nothing&step=nothing&target=nothing&sort=nothing",
        "target=99999999999999999999999999&step=-1",
        "language=%00&kind=%00",
        "language=not+a+tag",
        "language=xx-Xxxx",
        "kind=guide&kind=plan&q=a&q=b&topic[]=x",
        "other=%00&sort[]=title",
        "%ff=%fe",
        "page=1",
    ],
)
def test_no_question_breaks_the_page(client, asked):
    make_resource(None)
    assert client.get(f"{LIST}?{asked}").status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "9" * 5000, "%00", "1.5", "٢"])
def test_a_page_that_there_is_not_is_not_found(client, number):
    make_resource(None)
    assert client.get(f"{LIST}?page={number}").status_code == 404


def test_a_choice_that_there_is_not_is_named_and_leaves_the_list_alone(client):
    make_resource(None, "Guide")
    response = page(client, kind="nothing")
    assert "Nothing here matches this choice." in text_of(response)
    assert found(response) == ["Guide"]
    assert found(page(client, q="%")) == found(page(client, q="_")) == []


def test_what_is_not_public_is_nowhere_in_the_list(client, mixed):
    html = "".join(page(client, page=n).content.decode() for n in (1, 2))
    assert "Hidden" not in html and "Elsewhere" not in html
    assert "7 " not in offered(page(client), "step")


def test_queries_stay_few_whatever_the_number(client, django_assert_num_queries):
    city = make_city()

    def add(count):
        for number in range(count):
            resource = make_resource(
                city,
                topics=["business-finance"],
                targets=[1],
                languages="en",
                file=make_upload(city, f"{number} {count}.pdf"),
            )
            make_item(city, 1, resource=resource)

    for count in (1, 25):
        add(count)
        publish_all()
        for asked in ({}, {"q": "guide", "kind": "guide", "step": "1", "language": "en"}):
            with django_assert_num_queries(9):
                page(client, **asked)


def test_targets_are_named_in_the_list_of_choices(client):
    make_resource(None, targets=[2])
    name = KMGBFTarget.objects.get(number=2).name
    assert f"2 {name} (1)" in unescape(page(client).content.decode())
