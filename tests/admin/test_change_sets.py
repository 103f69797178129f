"""The page of a change set: what changed, in which city and row."""

import re

import pytest
from django.contrib.admin.sites import site

from actions.models import Action
from profiles.admin_base import changed_rows
from profiles.models import ChangeSet
from tests.admin.forms import save
from tests.clients import url_of, words_of
from tests.factories import make_city, make_item, writing


def page_of(client, change_set):
    return words_of(client.get(url_of(change_set)))


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def latest():
    return ChangeSet.objects.latest("pk")


def test_it_names_city_row_field_and_both_values(officer, staff, ours):
    save(officer, url_of(ours.city), population="12345", change_reason="Counted anew")
    page = page_of(staff, latest())
    text = text_of(page)
    assert "City: 1" in text
    assert "Our City City Population size before: – → now: 12345" in text
    assert f'href="{url_of(ours.city, "history")}"' in page
    assert staff.get(url_of(ours.city, "history")).status_code == 200


def test_parts_of_an_action_are_told_with_their_action(officer, staff, ours):
    save(officer, url_of(ours.action), **{"baseline-0-value_total_area_1": "13"})
    page = page_of(staff, latest())
    assert "Starting point, Total area of land" in text_of(page)
    assert url_of(ours.action, "history") in page


def test_deleted_rows_keep_their_names_and_lead_nowhere(officer, staff, ours):
    address = url_of(ours.item, "history")
    officer.post(url_of(ours.item, "delete"), {"post": "yes", "seen_version": version(ours.item)})
    page = page_of(staff, latest())
    assert "Our City A plan" in text_of(page)
    assert ": deleted" in text_of(page)
    assert address not in page


def version(row):
    return type(row).history.filter(id=row.pk).latest("history_id").pk


def test_a_deleted_action_takes_its_parts_along(officer, staff, ours):
    with writing("Away with it"):
        Action.objects.get(pk=ours.action.pk).delete()
    text = text_of(page_of(staff, latest()))
    assert "Action: 1" in text
    assert "Value: 2" in text


def test_of_many_rows_the_first_are_shown_and_the_rest_is_counted(staff, monkeypatch):
    monkeypatch.setattr(changed_rows, "MOST_ROWS", 3)
    with writing("Many"):
        city = make_city("Full City")
        for number in range(7):
            make_item(city, 1, title=f"Item {number}")
    page = page_of(staff, latest())
    text = text_of(page)
    assert "Document on a pathway step: 7" in text
    assert "Item 1" in text
    assert "Item 2 " not in text
    assert "and 5 more rows" in text
    assert len(re.findall(r'class="entry"', page)) == 3


def test_it_has_no_history_of_its_own(staff, ours):
    change_set = latest()
    page = page_of(staff, change_set)
    assert "historylink" not in page
    assert "What changed" in words_of(staff.get(url_of(change_set, "history")))


@pytest.mark.parametrize("who", ["officer", "reviewer", "coordinator"])
def test_only_staff_see_it(as_, ours, who):
    assert as_(who).get(url_of(latest())).status_code == 403


@pytest.mark.parametrize("who", ["staff", "reviewer", "officer"])
def test_links_of_rows_lead_somewhere(as_, ours, theirs, who):
    """The links to history and site, of rows of a city that is not public."""
    with writing():
        ours.city.state = ours.resource.state = "draft"
        ours.city.save()
        ours.resource.save()
    client = as_(who)
    for model in site._registry:
        row = model.objects.first()
        if row is None or client.get(url_of(row)).status_code != 200:
            continue
        page = client.get(url_of(row)).content.decode()
        links = re.findall(r'href="([^"]+)" class="(?:historylink|viewsitelink)"', page)
        links += re.findall(r'class="readonly"[^>]*><a href="(/[^"]+)"', page)
        for link in links:
            response = client.get(link, follow=True)
            assert response.status_code == 200, link
            assert "have a change history" not in response.content.decode(), link
