"""Cities that refer to a withdrawn resource of another city do not see its new title."""

from html import unescape

import pytest
from django.urls import reverse

from cbi.models import Indicator
from hub.choices import may_refer_to
from profiles.models import Assignment, Role
from publishing.publish import publish
from tests.admin.assessing import NATURE, part
from tests.admin.forms import save
from tests.clients import client_of, url_of
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_resource,
    make_result,
    make_statement,
    make_user,
    writing,
)

NEW_TITLE = "Mayor under suspicion"
ITEMS = "admin:pathway_stepitem_changelist"


@pytest.fixture
def other_city(catalogue):
    city = make_city("Their City", country="FR")
    publish(city.pk)
    return city


@pytest.fixture
def withdrawn(city, other_city):
    """Theirs, used by us in three places while it was public, then taken back and renamed."""
    made = make_resource(other_city, "Their guide")
    make_item(city, 1, "Ponds", resource=made)
    action = make_action(city, "natural-areas")
    statement = make_statement(action, "baseline", {"total_area": 12})
    assessment = make_assessment(city)
    indicator = Indicator.objects.filter(component__code=NATURE).first()
    result = make_result(assessment, indicator.code, points=1, reason="Counted by us.")
    with writing():
        statement.source_resource = result.evidence_resource = made
        statement.save()
        result.save()
        made.title, made.state = NEW_TITLE, "draft"
        made.save()
    return made


def words_of(response):
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def pages(city):
    item, action, assessment = city.step_items.get(), city.actions.get(), city.assessments.get()
    return {
        "list": reverse(ITEMS),
        "item": url_of(item),
        "item's history": url_of(item, "history"),
        "action": url_of(action),
        "action's history": url_of(action, "history"),
        "assessment": part(assessment, NATURE),
        "assessment's history": url_of(assessment, "history"),
    }


WHERE = [
    "list",
    "item",
    "action",
    "action's history",
    "assessment",
    "assessment's history",
]


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("who", ["officer", "reviewer"])
def test_its_title_is_not_told_to_others(request, who, where, city, withdrawn):
    page = words_of(request.getfixturevalue(who).get(pages(city)[where]))
    assert NEW_TITLE not in page
    assert f"resource {withdrawn.pk}, which is no longer public" in page


def test_a_version_of_an_item_does_not_tell_it_either(officer, city, withdrawn):
    item = city.step_items.get()
    with writing():
        item.resource, item.url = None, "https://example.org/ponds"
        item.save()
    for address in (
        url_of(item, "history"),
        reverse(
            "admin:pathway_stepitem_version", args=[item.pk, item.history.earliest().history_id]
        ),
    ):
        page = words_of(officer.get(address))
        assert NEW_TITLE not in page
        assert f"resource {withdrawn.pk}, which is no longer public" in page


@pytest.fixture
def waiting(withdrawn):
    """The same, public as it was approved, while the new title waits for review."""
    for title, state in (("Their guide", "published"), (NEW_TITLE, "submitted")):
        with writing():
            withdrawn.title, withdrawn.state = title, state
            withdrawn.save()
    return withdrawn


@pytest.mark.parametrize("where", WHERE)
def test_while_an_edit_waits_others_read_what_was_approved(officer, where, city, waiting):
    page = words_of(officer.get(pages(city)[where]))
    assert "Their guide" in page
    assert NEW_TITLE not in page and "submitted" not in page


@pytest.mark.parametrize("where", WHERE)
def test_its_own_city_and_staff_read_it(where, city, other_city, withdrawn):
    user = make_user(officer_of=city)
    with writing():
        Assignment.objects.create(user=user, role=Role.OFFICER, city=other_city)
    for one in (user, make_user(is_staff=True)):
        assert NEW_TITLE in words_of(client_of(one).get(pages(city)[where]))


def test_what_was_chosen_stays_chosen(officer, city, withdrawn):
    action = city.actions.get()
    save(officer, url_of(action), **{"baseline-0-source": "Page 3"})
    statement = action.statements.get()
    assert (statement.source, statement.source_resource) == ("Page 3", withdrawn)


def test_the_list_of_items_does_not_ask_for_each(
    officer, city, other_city, django_assert_max_num_queries
):
    for number in range(15):
        hidden = make_resource(other_city, f"Hidden {number}", state="draft")
        make_item(city, 1, f"Item {number}", resource=hidden)
    officer.get(reverse(ITEMS))
    with django_assert_max_num_queries(20):
        assert "Hidden" not in words_of(officer.get(reverse(ITEMS)))


def test_real_and_invented_cities_do_not_point_to_each_other(officer, city):
    invented = make_city("Sample City", is_sample=True)
    guide = make_resource(invented, "Invented guide")
    assert may_refer_to(invented, guide)
    assert not may_refer_to(city, guide)
    assert not may_refer_to(invented, make_resource(city))
    assert may_refer_to(invented, make_resource(None))
    action = make_action(city, "natural-areas")
    make_statement(action, "baseline", {"total_area": 12})
    response = save(officer, url_of(action), **{"baseline-0-source_url": guide.get_absolute_url()})
    assert "No public resource has this address." in words_of(response)
    assert action.statements.get().source_resource is None
