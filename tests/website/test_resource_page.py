"""The page of a resource: who sees it, its content, its uses, and similar resources."""

import re

import pytest

from actions.models import Statement
from hub.explorer import MOST_SIMILAR, similar
from hub.models import Licence, PublicResource
from profiles.models import State
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_resource,
    make_statement,
    make_upload,
    make_user,
    writing,
)
from tests.published import publish_all

from .reading import page_of, words_of

pytestmark = pytest.mark.usefixtures("catalogue")


def source_of(city, resource, **fields):
    action = make_action(city, "natural-areas", **fields)
    return make_statement(action, Statement.Kind.BASELINE, source_resource=resource)


def evidence_of(city, resource):
    assessment = make_assessment(city, connectivity={"points": 2, "reason": "Counted."})
    with writing():
        result = assessment.results.get()
        result.evidence_resource = resource
        result.save()


def approved(resource):
    return PublicResource.objects.get(pk=resource.pk)


def test_all_that_is_known_is_told(client):
    city = make_city("Anji", content_language="zh-Hans")
    cover = make_upload(city, "cover.png", media_type="image/png", width=40, height=30)
    resource = make_resource(
        city,
        "湿地规划",
        kind="plan",
        summary="如何保护湿地。\n有地图。",
        organisation="生态环境厅",
        year=2021,
        languages="zh-Hans en",
        topics=["governance-management"],
        targets=[2],
        licence=Licence.objects.get(code="CC-BY-4.0"),
        file=make_upload(city, "plan.pdf"),
        cover=cover,
    )
    html = page_of(client, resource)
    assert "<title>湿地规划 · CitiesNature</title>" in html
    assert f'<link rel="canonical" href="http://testserver/resources/{resource.pk}/">' in html
    assert '<meta name="description" content="如何保护湿地。' in html
    assert '<h1 lang="zh-Hans" dir="ltr">湿地规划</h1>' in html
    assert f'src="{cover.get_absolute_url()}" alt="" width="40" height="30"' in html
    assert f'href="{city.get_absolute_url()}#resources">Anji</a>' in html
    assert 'href="https://creativecommons.org/licenses/by/4.0/"' in html
    assert 'href="/actions/targets/2/"' in html
    assert 'href="/resources/?topic=governance-management"' in html
    assert f'href="{resource.file.get_absolute_url()}"' in html
    shown = words_of(html, " ")
    for words in (
        "Plan or strategy",
        "2021",
        "Simplified Chinese (zh-Hans)",
        "English (en)",
        "生态环境厅",
        "Open the file (PDF, 15\xa0bytes)".replace("\xa0", " "),
        "plan.pdf",
    ):
        assert words in shown


def test_a_link_says_where_it_leads(client):
    resource = make_resource(None, url="https://www.example.org/path", organisation="Rivers & co")
    html = page_of(client, resource)
    assert 'href="https://www.example.org/path" rel="nofollow noopener"' in html
    assert "Open the link (example.org)" in html
    assert "Rivers &amp; co" in html


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_what_is_not_published_is_for_who_edits_its_city(client, state):
    city = make_city()
    resource = make_resource(city, "Secret", state=state, state_note="Name the year.")
    address = resource.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(make_user(officer_of=make_city()))
    assert client.get(address).status_code == 404
    for person in (make_user(officer_of=city), make_user(is_staff=True)):
        client.force_login(person)
        response = client.get(address)
        shown = words_of(response.content.decode(), " ")
        assert f"Not public ({resource.get_state_display()})." in shown
        assert "Name the year." in shown
        assert f'href="{address}edit/"' in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


def test_a_published_one_of_a_hidden_city_is_for_its_people(client):
    city = make_city(state=State.DRAFT)
    resource = make_resource(city)
    assert client.get(resource.get_absolute_url()).status_code == 404
    client.force_login(make_user(officer_of=city))
    assert "the city’s profile is not published" in page_of(client, resource)


def test_the_note_to_the_city_is_never_public(client):
    city = make_city()
    resource = make_resource(city, state_note="Between us.")
    assert "Between us." not in page_of(client, resource)
    client.force_login(make_user(officer_of=make_city()))
    assert "Between us." not in page_of(client, resource)
    assert "edit-link" not in page_of(client, resource)


def test_the_edit_link_leads_those_who_may_to_the_form(client):
    city = make_city()
    for resource in (make_resource(city), make_resource(None)):
        edit = f"{resource.get_absolute_url()}edit/"
        form = f"/admin/hub/resource/{resource.pk}/change/"
        client.logout()
        assert client.get(edit).url.startswith("/sign-in/")
        staff, officer = make_user(is_staff=True), make_user(officer_of=city)
        for person in (staff, officer, make_user(officer_of=make_city())):
            client.force_login(person)
            may = person == staff or (person == officer and resource.city is not None)
            assert (edit in page_of(client, resource)) == may
            response = client.get(edit)
            assert response.status_code == (302 if may else 404)
            assert not may or response.url.endswith(form)


@pytest.mark.parametrize("pk", [0, 10**9, 2**63, 10**30])
def test_an_unknown_one_is_not_found(client, pk):
    assert client.get(f"/resources/{pk}/").status_code == 404


def test_it_says_where_it_is_used(client):
    home, other = make_city("Home"), make_city("Other")
    resource = make_resource(home)
    make_item(home, 4, resource=resource)
    statement = source_of(other, resource)
    make_statement(statement.action, Statement.Kind.TARGET, source_resource=resource, due_year=2030)
    evidence_of(other, resource)
    html = page_of(client, resource)
    main = html.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'<li><a href="(/cities/[^"]+)"', main)
    assert links == ["/cities/home/#step-4", "/cities/other/#action-1", "/cities/other/#cbi"]
    assert "Home · Develop strategy" in words_of(html, " ")
    for link in links:
        path, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in client.get(path).content.decode()


def test_only_public_uses_of_real_cities_are_named(client):
    resource = make_resource(None)
    for city in (make_city(state=State.DRAFT), make_city(is_sample=True)):
        make_item(city, 4, resource=resource)
        source_of(city, resource)
        evidence_of(city, resource)
    assert "Where it is used" not in page_of(client, resource)
    assert 'class="guide"' not in page_of(client, resource)


def test_what_shares_most_comes_first(client):
    city = make_city()
    topics, targets = ["business-finance", "governance-management"], [1, 2]
    resource = make_resource(city, "This", kind="map", topics=topics, targets=targets)
    make_resource(None, "Kind alone", kind="map")
    make_resource(None, "Nothing", kind="guide")
    make_resource(city, "City", kind="guide")
    make_resource(None, "Target and kind", kind="map", targets=[2])
    make_resource(None, "Both topics", kind="guide", topics=topics)
    make_resource(city, "All", kind="map", topics=topics, targets=targets)
    make_resource(city, "Hidden", kind="map", topics=topics, targets=targets, state="submitted")
    sample = make_city(is_sample=True)
    make_resource(sample, "Invented", kind="map", topics=topics, targets=targets)
    publish_all()
    assert [one.title for one in similar(approved(resource))] == [
        "All",
        "Both topics",
        "Target and kind",
        "City",
    ]
    shown = words_of(page_of(client, resource), " ").partition("Similar resources")[2]
    assert "Both topics" in shown and "Hidden" not in shown and "This" not in shown


def test_no_more_than_a_few_are_called_similar():
    rows = [make_resource(None, topics=["business-finance"]) for _ in range(9)]
    assert len(similar(approved(rows[0]))) == MOST_SIMILAR


def test_queries_stay_few(client, django_assert_num_queries):
    city = make_city()
    resource = make_resource(city, topics=["business-finance"], targets=[1])
    counts = []
    for number in range(2):
        for _ in range(1 + 7 * number):
            other = make_city()
            make_resource(other, topics=["business-finance"], targets=[1])
            make_item(other, 1, resource=resource)
            source_of(other, resource)
            evidence_of(other, resource)
        publish_all()
        with django_assert_num_queries(6):
            counts.append(page_of(client, resource).count("#action-"))
    assert counts == [1, 9]


def test_a_sample_is_marked_and_kept_out_of_search_engines(client):
    resource = make_resource(make_city(is_sample=True))
    response = client.get(resource.get_absolute_url())
    assert response["X-Robots-Tag"] == "noindex"
    assert "Invented" in words_of(response.content.decode(), " ")
    assert PublicResource.objects.public().filter(pk=resource.pk).exists()
