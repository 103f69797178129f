"""What the overview of a mapping says in a sentence is what happens."""

import pytest

from exchange.admin.mapping.making import outlook
from exchange.admin.mapping.steps.columns import Columns
from exchange.admin.mapping.steps.constants import ConstantsStep
from exchange.admin.mapping.steps.formats import Formats
from exchange.mapping.making.made import MAKERS
from tests.exchange.mapping.drafts import make_draft
from tests.exchange.mapping.lists import column_of


def test_columns_that_only_find_cities_are_not_counted_as_imported():
    uses = {"Nome": "name", "Codigo": "key", "UF": "state", "Nota": ""}
    draft = make_draft("cities", uses, [["Mossby", "17", "XY", ""]])
    words = "1 of 4 columns are imported. 2 more help to find cities and rows."
    assert Columns(draft).sentence == words


def test_a_column_that_tells_the_type_stands_for_one_that_is_it():
    uses = {"Titre": "title", "Axe": "description"}
    draft = make_draft("actions", uses, [["Semer", "Eau"]], city="mossby")
    (words,) = Columns(draft).instead()
    assert words.startswith("Action type: no column has it.")
    draft.constants.type_column = "axe"
    assert list(Columns(draft).instead()) == []


def test_numbers_that_are_days_are_not_said_to_be_read_as_they_stand():
    draft = column_of("days", [46388, "2024-02-03"], header="Stand")
    assert Formats(draft).sentence == "“Stand”: bare numbers are days, as spreadsheets count them"
    draft = column_of("days", ["3 mars 2027"], header="Stand")
    assert Formats(draft).sentence == "1 column is read as each of its cells says"


def test_a_part_of_an_action_is_told_by_its_title_or_by_none():
    uses = {"Titre de l'action": "title", "Descriptif": "description"}
    draft = make_draft("actions", uses, [["Semer", ""]], city="x", continues="titre de l'action")
    words = "a row without “Titre de l'action” goes on with the row above"
    assert ConstantsStep(draft).sentence_of_parts() == words
    uses["Titre de la sous-action"] = "description"
    draft = make_draft("actions", uses, [["Semer", "", ""]], continues="titre de l'action")
    words += ", and so does one with the same and a subtitle"
    assert ConstantsStep(draft).sentence_of_parts() == words


def test_columns_of_one_name_are_told_apart_by_their_letters():
    uses = {"Titre": "title", "Montant": "", "Coût": ""}
    draft = make_draft("actions", uses, [["Semer", "1", "2"]])
    draft.columns[2] = type(draft.columns[2])(2, "Montant", "montant #2")
    draft.uses[2].column = draft.columns[2]
    draft.__dict__["layouts"] = []
    maker = MAKERS[draft.target](draft)
    maker.name_unused()
    assert [one[2] for one in maker.made.left_out] == ["Montant (B)", "Montant (C)"]


@pytest.mark.django_db
def test_the_overview_counts_the_doubts_of_all_rows():
    uses = {"Title": "title", "Text": "description", "Begin": "days"}
    rows = [[f"Hedges {at}", "They are planted.", f"03/04/20{at}"] for at in range(10, 30)]
    constants = {"city": "mossby", "action_type": "carbon", "key_columns": ("title",)}
    draft = make_draft("actions", uses, rows, cities=[("mossby", "Mossby", "DE")], **constants)
    draft.__dict__["layouts"] = []
    (kind,) = outlook(draft)["doubts"]
    assert (kind.count, kind.rows) == (20, "2–21")  # noqa: RUF001 (the dash of ranges)
