"""From a difference to the page of the admin where one edits it."""

from types import SimpleNamespace

import pytest
from django.urls import resolve

from hub.models import Resource
from publishing.differences import differences, edit_address, find_titles
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_plan,
    make_resource,
    make_user,
)
from tests.records import make_record, shipped_catalogue

PAGES = {
    "city.population": "profiles_city_change",
    "commitments.climate.made_on": "actions_citycommitment_changelist",
    "actions.1.12.protected-areas.protected_area": "actions_action_change",
    "actions.99": "actions_action_changelist",
    f"actions.{'9' * 40}": "actions_action_changelist",
    "pathway.commit-mobilize.state": "pathway_city",
    "pathway.commit-mobilize.{item}.title": "pathway_stepitem_change",
    "pathway.commit-mobilize.0": "pathway_city",
    "pathway.gone": "pathway_city",
    "items": "pathway_city",
    "cbi.2021.2024.2021-connectivity.inputs.natural area": "cbi_assessment_part",
    "cbi.2021.2024.note": "cbi_assessment_change",
    "cbi.2021.2024": "cbi_assessment_change",
    "cbi.2021.1999": "cbi_assessment_changelist",
    "plans.{plan}.title": "actions_plan_change",
    "plans.0": "actions_plan_changelist",
    "resources.{resource}": "hub_resource_change",
    "resources": "hub_resource_changelist",
    "weather": None,
}
"""The path of a difference → the page of the admin; None: 404."""


@pytest.fixture
def city(catalogue):
    return make_city()


def test_each_path_leads_to_the_page_where_it_is_edited(client, city):
    make_action(city)
    make_assessment(city)
    gaps = {"item": make_item(city, 1).pk, "resource": make_resource(city).pk}
    gaps["plan"] = make_plan(city).pk
    client.force_login(make_user(officer_of=city))
    for path, page in PAGES.items():
        named = SimpleNamespace(path=path.format(**gaps))
        response = client.get(edit_address(city.slug, named))
        if page is None:
            assert response.status_code == 404
            continue
        place = response["Location"].partition("#")[0]
        assert resolve(place.partition("?")[0]).view_name == f"admin:{page}", path
        assert client.get(response["Location"]).status_code == 200, path


def test_titles_of_resources_are_found_in_one_query(city, django_assert_num_queries):
    shown, hidden = make_resource(city), make_resource(city, state=Resource.State.DRAFT)
    before, after = make_record(), make_record(resources=[shown.pk, hidden.pk])
    with django_assert_num_queries(1):
        titles = find_titles(city.pk, None, before, after)
        found = differences(before, after, shipped_catalogue(), titles)
        assert [str(one.after) for one in found] == ["Guide", f"resource {hidden.pk}"]
