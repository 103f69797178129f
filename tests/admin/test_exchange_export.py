"""The way out: cities, rows of a list, templates; nobody takes out what they may not edit."""

import csv
import io
import json
from urllib.parse import quote

import openpyxl
import pytest
from django.contrib.admin.sites import site
from django.urls import reverse

from actions.models import Action, Value
from exchange.applying import apply
from exchange.models import Job
from exchange.planning import make_plan
from exchange.reading import read
from exchange.sheets import SHEETS
from profiles.admin_base import CityRowAdmin
from profiles.models import Assignment, City, Country, Role
from tests.admin.sending import downloaded, sent
from tests.clients import client_of
from tests.factories import make_action, make_city, make_user, writing

EXPORT = reverse("admin:exchange_job_export")
TEMPLATE = reverse("admin:exchange_job_template")
ACTION_LIST = reverse("admin:actions_action_changelist")


def as_json(client, **query):
    """Sheet name → rows."""
    _name, content = downloaded(client, EXPORT, {"format": "json", **query})
    return json.loads(content)["sheets"]


def numbers(sheets):
    return [(row["City"], row["Number"]) for row in sheets["Actions"]]


@pytest.fixture
def three(ours):
    """Three actions, one of them about water."""
    make_action(ours.city, "carbon", description="Clear water.")
    make_action(ours.city, "carbon", description="Hedges.")
    return ours.city.slug


@pytest.mark.parametrize("who", ["officer", "coordinator"])
def test_the_own_cities_and_no_others(as_, ours, theirs, who):
    sheets = as_json(as_(who))
    assert [row["City"] for row in sheets["Cities"]] == [ours.city.slug]
    assert numbers(sheets) == [(ours.city.slug, 1)]
    assert "Officers" not in sheets
    assert theirs.city.slug not in json.dumps(sheets)


def test_staff_choose_cities(as_, ours, theirs):
    client = as_("staff")
    assert len(as_json(client)["Cities"]) == 2
    sheets = as_json(client, cities=theirs.city.pk)
    assert numbers(sheets) == [(theirs.city.slug, 1)]
    assert "Officers" in sheets


def test_an_officer_chooses_no_foreign_city(as_, ours, theirs):
    second = make_city("Our Second City")
    with writing():
        officer = ours.city.assignments.get(user__email="officer@example.org").user
        Assignment.objects.create(user=officer, role=Role.OFFICER, city=second)
    client = client_of(officer)
    page = client.get(EXPORT).content.decode()
    assert "Our Second City" in page
    assert "Their City" not in page
    query = {"format": "json", "cities": theirs.city.pk}
    assert "cities" in client.get(EXPORT, query).context["form"].errors


def test_each_kind_of_file_holds_the_same(as_, ours):
    client = as_("officer")
    name, content = downloaded(client, EXPORT, {"format": "xlsx"})
    assert name == f"{ours.city.slug}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book["Cities"]["A2"].value == ours.city.slug
    name, content = downloaded(client, EXPORT, {"format": "csv", "sheets": "Actions"})
    assert name == f"{ours.city.slug}-actions.csv"
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["Description"] == ours.action.description
    assert list(as_json(client, sheets="Actions")) == ["Actions"]


def test_a_csv_of_several_sheets_is_asked_back(as_):
    response = as_("officer").get(EXPORT, {"format": "csv"})
    assert response.context["form"].errors == {
        "sheets": ["A file of this kind holds one sheet: choose one."]
    }
    assert "Content-Disposition" not in response


def test_what_is_exported_imports_as_unchanged(as_, ours):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_("officer")
    name, content = downloaded(client, EXPORT, {"format": "xlsx"})
    job = sent(client, SimpleUploadedFile(name, content))
    assert job.state == Job.State.READY
    assert job.totals == {"new": 0, "changed": 0, "unchanged": job.rows_total, "wrong": 0}


class TestRowsOfAList:
    def test_the_button_carries_the_filter(self, as_, three):
        page = as_("officer").get(ACTION_LIST, {"q": "water & sea"}).content.decode()
        query = quote("q=water+%26+sea", safe="")
        assert f"{EXPORT}?model=actions.action&amp;filter={query}" in page
        assert f"{reverse('admin:exchange_job_add')}?model=actions.action" in page

    def test_the_filter_chooses_the_rows(self, as_, three):
        client, model = as_("officer"), "actions.action"
        assert len(numbers(as_json(client, model=model))) == 3
        sheets = as_json(client, model=model, filter="q=water")
        assert numbers(sheets) == [(three, 2)]
        assert set(sheets) == {"Actions", "Own figures", "Baselines", "Targets", "Progress"}
        sheets = as_json(client, model=model, filter="look=no-baseline")
        assert numbers(sheets) == [(three, 2), (three, 3)]

    def test_all_pages_of_the_list_go_whichever_is_shown(self, as_, three, monkeypatch):
        monkeypatch.setattr(site.get_model_admin(Action), "list_per_page", 1)
        for page in ("p=2", "p=7"):
            sheets = as_json(as_("officer"), model="actions.action", filter=page)
            assert len(numbers(sheets)) == 3

    def test_the_filter_reaches_no_other_city(self, as_, ours, theirs):
        query = f"city__id__exact={theirs.city.pk}"
        sheets = as_json(as_("officer"), model="actions.action", filter=query)
        assert theirs.city.slug not in json.dumps(sheets)
        sheets = as_json(as_("officer"), model="actions.action", ids=theirs.action.pk)
        assert numbers(sheets) == []
        assert numbers(as_json(as_("staff"), model="actions.action", filter=query)) == [
            (theirs.city.slug, 1)
        ]

    def test_rows_that_one_only_reads_stay_out(self, people, ours, theirs):
        """An officer here who is a reviewer there sees both lists and takes out the own rows."""
        country = Country.objects.get(code="ZA")
        with writing():
            Assignment.objects.create(user=people["officer"], role=Role.REVIEWER, country=country)
        client = client_of(people["officer"])
        assert "Their City" in client.get(ACTION_LIST).content.decode()
        assert numbers(as_json(client, model="actions.action")) == [(ours.city.slug, 1)]
        page = client.get(EXPORT, {"model": "actions.action"}).content.decode()
        assert "The list “Actions”: 1 row." in page

    def test_chosen_rows_go_to_the_export(self, as_, three, ours):
        client = as_("officer")
        chosen = [action.pk for action in ours.city.actions.filter(number__gt=1)]
        data = {"action": "export_chosen", "_selected_action": chosen}
        response = client.post(ACTION_LIST, data, follow=True)
        assert "2 rows ticked in the list “Actions”" in response.content.decode()
        address = response.redirect_chain[-1][0]
        _name, content = downloaded(client, f"{address}&format=json&sheets=Actions")
        assert numbers(json.loads(content)["sheets"]) == [(three, 2), (three, 3)]

    def test_all_rows_of_a_filtered_list_go_by_its_filter(self, as_, three, ours):
        client = as_("officer")
        data = {"action": "export_chosen", "select_across": "1"}
        data["_selected_action"] = [ours.city.actions.get(number=2).pk]
        response = client.post(f"{ACTION_LIST}?q=Hedges", data)
        _name, content = downloaded(client, f"{response.url}&format=json&sheets=Actions")
        assert numbers(json.loads(content)["sheets"]) == [(three, 1), (three, 3)]

    def test_a_reviewer_has_neither_buttons_nor_the_action(self, as_, ours):
        client = as_("reviewer")
        page = client.get(ACTION_LIST).content.decode()
        assert "exchange/job" not in page
        assert "export_chosen" not in page
        data = {"action": "export_chosen", "_selected_action": [ours.action.pk]}
        assert "export" not in client.post(ACTION_LIST, data).get("Location", "")
        assert client.get(EXPORT, {"model": "actions.action", "format": "json"}).status_code == 403

    @pytest.mark.parametrize(
        ("query", "status"),
        [
            ({"model": "no.model"}, 404),
            ({"model": "actions"}, 404),
            ({"model": "profiles.changeset"}, 403),
            ({"model": "profiles.assignment"}, 403),
            ({"model": "accounts.user"}, 403),
            ({"model": "exchange.job"}, 404),
            ({"model": "actions.action", "filter": "city__id__exact=x&nothing=1"}, 404),
            ({"model": "actions.action", "filter": "city__contact_email__startswith=u"}, 400),
            ({"model": "actions.action", "ids": "9" * 40}, 200),
            ({"model": "actions.action", "ids": "x,,"}, 200),
        ],
    )
    def test_other_addresses_lead_nowhere(self, as_, ours, query, status):
        assert as_("officer").get(EXPORT, query).status_code == status

    def test_every_list_of_city_rows_has_both_ways(self, as_, ours):
        on_sheets = {sheet.model for sheet in SHEETS}  # files come with the rows that use them
        lists = [
            model
            for model, its in site._registry.items()
            if isinstance(its, CityRowAdmin) and model in on_sheets
        ]
        assert len(lists) >= 6
        for model in lists:
            label = model._meta.label_lower
            url = reverse(f"admin:{label.replace('.', '_')}_changelist")
            query = {} if model is City else {"city__id__exact": ours.city.pk}
            page = as_("staff").get(url, query, follow=True).content.decode()
            assert f"{reverse('admin:exchange_job_add')}?model={label}" in page
            assert as_("staff").get(EXPORT, {"model": label}).status_code == 200, label


class TestTemplates:
    def test_a_blank_one(self, as_, ours):
        name, content = downloaded(as_("officer"), TEMPLATE)
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert name == "template-blank.xlsx"
        assert book["Actions"].max_row == 1
        assert "Officers" not in book.sheetnames

    def test_one_with_what_the_city_has(self, as_, ours, theirs):
        name, content = downloaded(as_("officer"), TEMPLATE, {"filled": "1"})
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert name == f"template-{ours.city.slug}.xlsx"
        assert [cell.value for cell in book["Cities"]["A"]] == ["City", ours.city.slug]

    def test_the_officers_sheet_is_for_staff(self, as_, ours):
        _name, content = downloaded(as_("staff"), TEMPLATE)
        assert "Officers" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
        guide = reverse("admin:exchange_job_guide")
        assert "Officers" in as_("staff").get(guide).content.decode()
        assert "Officers" not in as_("officer").get(guide).content.decode()


def test_the_guide_tells_of_every_sheet_and_its_words(as_):
    page = as_("officer").get(reverse("admin:exchange_job_guide")).content.decode()
    for word in ("Commitments", "Action type", "natural-areas", "names the row"):
        assert word in page


@pytest.mark.parametrize("key", ["9" * 20, "-1", "x", "²"])
def test_a_crafted_city_is_no_choice(as_, ours, key):
    response = as_("staff").get(EXPORT, {"format": "json", "cities": key})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")


def test_workbooks_of_departments_come_back_one_after_the_other(catalogue, tmp_path):
    city = make_city("Offices")
    for department, area in (("Water bureau", 12), ("公园", 34)):
        own = {"total_area": area, "natural_area": area}
        make_action(city, "natural-areas", department=department, baseline=own)
    make_action(city, "natural-areas", baseline={"total_area": 56})
    officer = client_of(make_user("offices@example.org", officer_of=city))
    path = tmp_path / "back.xlsx"
    for department, was, new in (("Water bureau", 12, 13), ("公园", 34, 35)):
        _name, content = downloaded(officer, EXPORT, {"format": "xlsx", "department": department})
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert "Cities" not in book.sheetnames
        assert book["Actions"].max_row == 2
        cells = [cell for row in book["Baselines"].iter_rows() for cell in row]
        next(cell for cell in cells if cell.value == was).value = new
        book.save(path)
        assert apply(make_plan(read(path))) is not None
    numbers = Value.objects.values_list("number", flat=True)
    assert sorted(map(int, numbers)) == [12, 13, 34, 35, 56]
    assert city.actions.count() == 3
