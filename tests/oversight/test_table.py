"""The table of cities: who sees which rows, what it says and costs, and private notes."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from oversight.models import CityCare, CityNote, OverseenCity
from oversight.table import LOOKS, looked_at, with_columns
from profiles.models import Assignment, PublicCity, Region, Role
from tests.clients import client_of, words_of
from tests.factories import make_city, make_user, writing
from tests.published import publish_all

LIST = reverse("admin:oversight_overseencity_changelist")


def page_of(city):
    return reverse("admin:oversight_overseencity_change", args=[city.pk])


@pytest.fixture
def cities(catalogue):
    """Two cities of Asia, one of them a draft without an officer, and one of Africa."""
    port, draft = make_city("Port Trial"), make_city("Quiet Draft", state="draft")
    return {"port": port, "draft": draft, "far": make_city("Far Away", country="ZA")}


@pytest.fixture
def people(cities):
    asia = Region.objects.get(countries__code="CN")
    reviewer = make_user("reviewer@example.org")
    with writing():
        Assignment.objects.create(user=reviewer, role=Role.REVIEWER, country=cities["port"].country)
    found = {
        "staff": make_user("staff@example.org", is_staff=True, full_name="Ana Staff"),
        "coordinator": make_user("coordinator@example.org", coordinator_of=asia),
        "both": make_user("both@example.org", coordinator_of=asia, officer_of=cities["port"]),
        "officer": make_user(
            "officer@example.org", officer_of=cities["port"], last_login=timezone.now()
        ),
        "reviewer": reviewer,
    }
    make_user("gone@example.org", officer_of=cities["draft"], is_active=False)
    publish_all()
    return found


def test_each_sees_the_cities_that_they_look_after(cities, people):
    for name in ("staff", "coordinator", "reviewer"):
        page = words_of(client_of(people[name]).get(LIST))
        assert "Port Trial" in page and "Quiet Draft" in page
        assert ("Far Away" in page) is (name == "staff")
        status = client_of(people[name]).get(page_of(cities["far"])).status_code
        assert status == (200 if name == "staff" else 404)
    officer = client_of(people["officer"])
    for page in (LIST, reverse("admin:oversight_numbers")):
        assert officer.get(page).status_code == 403
    assert officer.get(page_of(cities["port"])).status_code == 404
    assert officer.get(reverse("admin:oversight_overseencity_file")).status_code == 404
    assert LIST not in officer.get(reverse("admin:index")).content.decode()


def test_the_table_orders_filters_and_counts_in_few_queries(cities, people):
    PublicCity.objects.filter(pk=cities["far"].pk).update(
        changed_at=timezone.now() - timedelta(days=400), levels={"profile": "star"}
    )
    CityCare.objects.create(city=cities["far"], owner=people["staff"])
    rows = with_columns(OverseenCity.objects.all())
    assert rows.get(pk=cities["far"].pk).levels_reached == 3
    found = {
        look: {row.name for row in looked_at(rows, look, people["staff"])} for look, _ in LOOKS
    }
    assert found == {
        "mine": {"Far Away"},
        "nobodys": {"Port Trial", "Quiet Draft"},
        "old": {"Far Away", "Quiet Draft"},
        "never-in": set(),
        "no-officer": {"Far Away", "Quiet Draft"},
    }
    client = client_of(people["staff"])
    page = client.get(LIST).content.decode()
    assert all(f'href="?o={column}' in page for column in (2, 3, 4, 6, 7))
    names = [row.name for row in client.get(LIST, {"o": "-2"}).context["cl"].result_list]
    assert names[0] == "Far Away"
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for number in range(6):
        make_user(officer_of=make_city(f"More {number}"))
    publish_all()
    with CaptureQueriesContext(connection) as many:
        client.get(LIST, {"look": ""})
    assert len(many) <= len(few) <= 10  # two of them for the session and who that is


def test_private_notes_are_for_staff_and_coordinators_who_do_not_work_for_the_city(cities, people):
    url, port = page_of(cities["port"]), cities["port"]
    client_of(people["coordinator"]).post(url, {"text": "Rings back in May.", "_note": "x"})
    for name in ("reviewer", "both"):
        client_of(people[name]).post(url, {"text": "Forged.", "_note": "x"})
    assert [note.text for note in CityNote.objects.all()] == ["Rings back in May."]
    readers = {"staff": True, "coordinator": True, "both": False, "reviewer": False}
    for name, reads in readers.items():
        page = words_of(client_of(people[name]).get(url))
        assert ("Rings back in May." in page) is reads
    note = CityNote.objects.get()
    for name, left in (("staff", 1), ("coordinator", 0)):  # only one's own
        client_of(people[name]).post(url, {"_delete": note.pk})
        assert CityNote.objects.filter(city=port).count() == left


def test_an_owner_is_chosen_among_those_who_look_after_the_city(cities, people):
    client, url = client_of(people["coordinator"]), page_of(cities["port"])
    client.post(url, {"owner": people["officer"].pk, "_owner": "x"})
    assert not CityCare.objects.exists()
    client.post(url, {"owner": people["staff"].pk, "_owner": "x"})
    assert CityCare.objects.get().owner == people["staff"]
    assert "Ana Staff" in words_of(client.get(LIST))


def test_the_workbook_has_the_rows_of_the_list_and_no_note(cities, people):
    CityNote.objects.create(city=cities["port"], text="Rings back in May.")
    file = reverse("admin:oversight_overseencity_file")
    response = client_of(people["coordinator"]).get(file, {"q": "port"})
    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["Port Trial"]
    told = dict(zip(head, rows[0], strict=True))
    assert told["State"] == "published" and told["Actions"] == 0
    assert "@" not in told["Officers"]
    assert not any("May" in str(cell) for cell in rows[0])


def test_many_cities_get_who_looks_after_them_at_once(cities, people):
    """Offered are those who may look after each of them; “nobody” is an answer."""
    coordinator, staff = people["coordinator"], people["staff"]
    CityCare.objects.create(city=cities["port"], owner=staff)

    def give(client, *names, **more):
        chosen = {"action": "give_to", "_selected_action": [cities[name].pk for name in names]}
        return client.post(f"{LIST}?o=1", {**chosen, **more})

    def owners():
        return {care.city.name: care.owner for care in CityCare.objects.all()}

    client = client_of(staff)
    page = give(client, "port", "draft", "far")
    assert "3 cities are chosen" in words_of(page)
    assert list(page.context["form"].fields["owner"].queryset) == [staff]
    refused = give(client, "port", "draft", "far", _owner="1", owner=coordinator.pk)
    assert "Select a valid choice" in words_of(refused)
    assert owners() == {"Port Trial": staff}

    given = give(client, "port", "draft", _owner="1", owner=coordinator.pk)
    assert given.url == f"{LIST}?o=1"
    assert owners() == {"Port Trial": coordinator, "Quiet Draft": coordinator}
    give(client_of(coordinator), "port", "far", _owner="1", owner="")
    assert owners() == {"Port Trial": None, "Quiet Draft": coordinator}
