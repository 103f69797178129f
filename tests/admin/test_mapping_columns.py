"""The pages of a mapping on which is decided what rows are, and what their columns become."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.admin.mapping.steps.columns import ColumnsForm
from exchange.mapping import sent
from exchange.mapping.columns.use import Use
from exchange.mapping.draft import Draft
from exchange.mapping.table.layout import columns_of
from exchange.models.mapping import Target
from tests.admin.forms import fields_of
from tests.clients import words_of

LIST = """Maßnahme;Beschreibung;Thema;Ort;Ansprechpartner
Teich anlegen;Ein Teich im Park, mit Schilf am Ufer;Wasser;Park;Ana Sol
Bäume setzen;Zwölf Linden an der Straße;Bäume, Wege;Nordstraße;Jo Lac
Wege entsiegeln;Schotter statt Asphalt;Bäume, Wege;Wald;Jo Lac
"""


@pytest.fixture
def mapped(people):
    return sent.receive(people["staff"], SimpleUploadedFile("liste.csv", LIST.encode()))


def step(mapped, name):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, name])


def draft_of(mapped):
    mapped.refresh_from_db()
    return Draft.of(mapped, mapped.user)


def test_columns_are_guessed_with_their_reasons_and_decided(staff, mapped):
    page = staff.get(step(mapped, "columns"))
    assert "Names and contacts of people do not become public." in words_of(page)
    assert "City: no column has it." in words_of(page)
    # By its id the script that asks before a changed form is left finds it.
    assert 'id="step_form"' in page.content.decode()
    assert "To the buttons" in words_of(page)
    fields = fields_of(page.content.decode())
    assert [fields[f"field{at}"] for at in range(5)] == [
        *("title", "description", "action_type", "description", "")
    ]
    twice = {**fields, "field3": "title", "down3": "on"}
    posted = staff.post(step(mapped, "columns"), twice)
    assert "“Maßnahme” is the Title already: only one column can be." in words_of(posted)
    assert fields_of(posted.content.decode()) == twice
    assert mapped.decisions == {}
    staff.post(step(mapped, "columns"), {**fields, "field3": ""})
    uses = draft_of(mapped).uses
    assert [use.field for use in uses] == ["title", "description", "action_type", "", ""]
    assert not any(use.is_guess for use in uses)
    assert uses[2].separator == ", "


def test_without_a_column_for_what_a_row_needs_it_is_said_what_to_do(staff, mapped):
    fields = fields_of(staff.get(step(mapped, "columns")).content.decode())
    nothing = {name: "" for name in fields if name.startswith("field")}
    staff.post(step(mapped, "columns"), {**fields, **nothing})
    said = "Description: no column is it yet. Choose the column that has it."
    assert said in words_of(staff.get(step(mapped, "columns")))


def test_columns_of_another_target_are_guessed_anew(staff, mapped):
    columns = fields_of(staff.get(step(mapped, "columns")).content.decode())
    staff.post(step(mapped, "columns"), columns)
    page = staff.get(step(mapped, "target"))
    fields = fields_of(page.content.decode())
    assert fields["target"] == "actions"
    assert "The rows say what is done: “Maßnahme”" in words_of(page)
    staff.post(step(mapped, "target"), {**fields, "target": "cities"})
    uses = draft_of(mapped).uses
    assert uses[3].field == "name"
    assert all(use.is_guess for use in uses)


def test_a_column_that_is_put_to_the_others_brings_its_header():
    costs, text = columns_of(["Kosten", "Text"])
    form = ColumnsForm(target=Target.ACTIONS, uses=[Use(costs), Use(text, "description")])
    assert (form["title0"].initial, form["title1"].initial) == (True, False)
