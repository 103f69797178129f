"""The admin's list of actions: grouped as the official lists are, with what each one lacks."""

import pytest
from django.contrib.admin.sites import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action
from tests.factories import make_action, make_city, make_statement, make_user, writing

LIST = reverse("admin:actions_action_changelist")


def shown(client, **query):
    return client.get(LIST, query)


def numbers(response):
    return [action.number for action in response.context["cl"].result_list]


def cells(response, action, column):
    """The words of one cell, without its tags."""
    field = f'class="field-{column}'
    rows = response.content.decode().split("<tr>")
    (row,) = [row for row in rows if f'value="{action.pk}" class="action-select"' in row]
    return row.partition(field)[2].partition(">")[2].partition("</td>")[0]


@pytest.fixture
def one_of_each(ours):
    """After `ours.action` (1: baseline only) a full one (2), one without due year (3), none (4)."""
    full = make_action(ours.city, "urban-heat", baseline={"green_cover": 30})
    make_statement(full, "target", {"green_cover": 40}, due_year=2030)
    make_statement(full, "progress", {"green_cover": 33}, date="2026-03-01")
    undated = make_action(ours.city, "carbon", baseline={"tree_cover": 30})
    make_statement(undated, "target", {"tree_cover": 40})
    bare = make_action(ours.city, "restoration")
    return [ours.action, full, undated, bare]


def test_actions_stand_under_area_and_commitment(officer, one_of_each):
    response = shown(officer)
    assert numbers(response) == [1, 4, 2, 3]
    page = response.content.decode()
    headings = [part.partition("</th>")[0] for part in page.split('<tr class="group">')[1:]]
    assert len(headings) == 2
    assert "Protect and restore nature" in headings[0]
    assert "Protect, connect and restore ecosystems" in headings[0]
    assert "Climate change adaptation and mitigation" in headings[1]


def test_who_sorts_gets_one_list(officer, one_of_each):
    response = shown(officer, o="-1")
    assert '<tr class="group">' not in response.content.decode()
    assert numbers(response) == [4, 3, 2, 1]


def test_each_line_says_what_lacks(officer, one_of_each):
    _ours, full, undated, bare = one_of_each
    response = shown(officer)
    assert [cells(response, full, column) for column in ("baseline", "target", "progress")] == [
        "yes",
        "2030",
        "01 March 2026",
    ]
    assert "no due year" in cells(response, undated, "target")
    assert "missing" in cells(response, undated, "progress")
    for column in ("baseline", "target", "progress"):
        assert "missing" in cells(response, bare, column)
    assert "Lacks: due year, progress" in cells(response, undated, "title")
    assert "Lacks: starting point, target, progress" in cells(response, bare, "title")
    assert "Lacks" not in cells(response, full, "title")


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        ("no-baseline", [4]),
        ("no-target", [1, 4]),
        ("no-due-year", [3]),
        ("no-progress", [1, 4, 3]),
        ("unheard-of", [1, 4, 2, 3]),
    ],
)
def test_what_lacks_can_be_filtered(officer, one_of_each, look, expected):
    assert numbers(shown(officer, look=look)) == expected


def test_filters_of_area_and_commitment_narrow_the_list(officer, one_of_each):
    commitment = one_of_each[1].action_type.commitment
    by_commitment = {"action_type__commitment__id__exact": commitment.pk}
    assert numbers(shown(officer, **by_commitment)) == [2, 3]
    area = {"action_type__commitment__area__id__exact": commitment.area_id}
    assert numbers(shown(officer, **area, look="no-baseline")) == [4]


def test_the_overview_counts_what_lacks_and_leads_to_it(officer, one_of_each):
    page = shown(officer).content.decode()
    overview = page.partition('class="lacking"')[2].partition("</section>")[0]
    for words in (
        "<strong>4</strong> actions",
        "<strong>1</strong> without a starting point",
        "<strong>2</strong> without a target",
        "<strong>1</strong> with a target without a due year",
        "<strong>3</strong> without progress",
    ):
        assert words in overview
    assert 'href="?look=no-baseline"' in overview


def test_the_overview_counts_within_the_other_filters(officer, one_of_each):
    commitment = one_of_each[1].action_type.commitment_id
    lacking = (
        shown(officer, action_type__commitment__id__exact=commitment, look="no-due-year")
        .context["cl"]
        .lacking
    )
    assert lacking["actions"] == 2
    assert {lack.query.partition("look=")[2]: lack.count for lack in lacking["kinds"]} == {
        "no-baseline": 0,
        "no-target": 0,
        "no-due-year": 1,
        "no-progress": 1,
    }


def test_an_officer_sees_and_counts_the_own_city_alone(officer, ours, theirs):
    response = shown(officer)
    assert {action.city for action in response.context["cl"].result_list} == {ours.city}
    assert response.context["cl"].lacking["actions"] == 1
    assert "column-city" not in response.content.decode()


def test_the_list_takes_the_same_few_queries_however_many_there_are(officer, ours):
    with CaptureQueriesContext(connection) as few:
        shown(officer)
    for _number in range(12):
        action = make_action(ours.city)
        make_statement(action, "target")
    with CaptureQueriesContext(connection) as many:
        shown(officer)
    assert len(many) == len(few) <= 21


def test_an_empty_list_says_what_to_do(as_, officer, ours):
    with writing():
        Action.objects.all().delete()
    page = shown(officer).content.decode()
    assert "No actions yet." in page
    assert f'href="{reverse("admin:actions_action_add")}"' in page.partition("No actions yet.")[2]
    way_in = f"{reverse('admin:exchange_job_add')}?model=actions.action"
    assert f'href="{way_in}"' in page.partition("No actions yet.")[2]
    assert "Add the first action" not in shown(as_("reviewer")).content.decode()


def test_a_search_that_finds_nothing_leads_back(officer, ours):
    page = shown(officer, q="unicorns").content.decode()
    assert "No action found." in page
    assert "No actions yet." not in page


def test_counts_beside_the_filters_work_for_somebody_with_two_cities(client, ours):
    other = make_city("Second City")
    make_action(other)
    make_action(other)
    user = make_user("both@example.org", is_staff=True, is_superuser=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(LIST, {"_facets": "True"}).content.decode()
    assert "Second City (2)" in page
    assert "Our City (1)" in page


@pytest.fixture
def of_many(client, ours, monkeypatch):
    """A client of platform staff for whom two cities are many; with one action in the second."""
    monkeypatch.setattr("profiles.admin_base.city_filter.FEW_CITIES", 1)
    make_action(make_city("Second City"), "carbon")
    user = make_user("many@example.org", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_actions_of_many_cities_come_newest_first_and_uncounted(of_many, ours, monkeypatch):
    monkeypatch.setattr("profiles.admin_base.row_list.MOST_COUNTED", 1)
    monkeypatch.setattr(site.get_model_admin(Action), "list_per_page", 1)
    with CaptureQueriesContext(connection) as queries:
        response = shown(of_many)
    page = response.content.decode()
    assert [str(action.city) for action in response.context["cl"].result_list] == ["Second City"]
    assert "Choose a city" in page and 'class="lacking"' not in page and 'class="group"' not in page
    assert "more than 1 actions" in page and "Select all 2" not in page
    assert "Show counts" not in page and "Second City</a></li>" not in page
    asked = [query["sql"] for query in queries if 'FROM "actions_action"' in query["sql"]]
    counted = [sql for sql in asked if "COUNT(" in sql]
    assert len(counted) == 1 and "LIMIT 2" in counted[0] and "JOIN" not in counted[0]
    ordered = [sql.rpartition("ORDER BY")[2] for sql in asked if "description" in sql]
    assert ordered[0].strip() == '"actions_action"."id" DESC'


def test_a_city_is_found_by_its_name_and_then_has_its_list(of_many, ours):
    found = shown(of_many, city_name="second", look="no-target")
    page = found.content.decode()
    assert numbers(found) == [1] and "Second City" in page
    assert '<input type="hidden" name="look" value="no-target">' in page
    assert 'class="lacking"' in page and 'class="group"' in page
    chosen = shown(of_many, city__id__exact=ours.city.pk)
    assert {action.city for action in chosen.context["cl"].result_list} == {ours.city}
    assert 'aria-current="true">Our City</a>' in chosen.content.decode()
    both = shown(of_many, city_name="city")
    assert "More cities have such a name" in both.content.decode()
    assert {str(a.city) for a in both.context["cl"].result_list} == {"Our City", "Second City"}
    nothing = shown(of_many, city_name="nowhere").content.decode()
    assert "No city has such a name" in nothing and "No action found." in nothing
