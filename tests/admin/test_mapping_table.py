"""The first pages of a mapping: how a file is read, and which of its rows are data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from exchange.mapping import sent
from exchange.mapping.draft import Draft
from tests.admin.forms import fields_of
from tests.admin.sending import book_of
from tests.clients import words_of

PLAN = [["Plan of Ulm"], ["Action", "Office", "State"], ["Ponds", "Parks", "open"]]
NOTES = [["Fill in the next sheet, one action per row, and send it back to us, please."]]


@pytest.fixture
def mapped(people):
    """A function that keeps a file to be mapped by the staff."""
    return lambda file: sent.receive(people["staff"], file)


def step(mapped, name):
    return reverse("admin:exchange_mappedfile_step", args=[mapped.pk, name])


def draft_of(mapped):
    mapped.refresh_from_db()
    return Draft.of(mapped, mapped.user)


def test_the_rows_of_a_list_are_guessed_and_decided(staff, mapped, tmp_path):
    file = mapped(book_of(tmp_path, Notes=NOTES, Plan=[*PLAN, ["Hedges", "Works", "done"]]))
    page = staff.get(step(file, "table"))
    assert "looks like instructions" in words_of(page)
    fields = fields_of(page.content.decode())
    assert (fields["headers1"], fields["left_out1"]) == ("2", "")
    posted = staff.post(step(file, "table"), {**fields, "left_out1": "3, x"})
    assert "“x” is no number of a row" in words_of(posted)
    assert posted.context["form"]["left_out1"].value() == "3, x"
    staff.post(step(file, "table"), {**fields, "left_out1": "3", "_look": ""})
    assert [row.number for row in draft_of(file).rows] == [4]
    assert "left out by hand" in words_of(staff.get(step(file, "table")))


def test_rows_left_out_are_guessed_anew_below_other_headers(staff, mapped, tmp_path):
    rows = [["Total", 9], ["Wards", 2], ["City", "Trees"], ["[Text]", "[Number]"], ["Ulm", 12]]
    file = mapped(book_of(tmp_path, Trees=rows))
    fields = fields_of(staff.get(step(file, "table")).content.decode()) | {"headers0": "2"}
    staff.post(step(file, "table"), fields)
    fields = fields_of(staff.get(step(file, "table")).content.decode())
    staff.post(step(file, "table"), {**fields, "headers0": "3"})
    assert [row.number for row in draft_of(file).rows] == [5]


def test_letters_are_shown_in_each_encoding_and_chosen(staff, mapped):
    content = "Maßnahme;Fläche\nBäume\tsetzen;2\n".encode("cp1252")
    file = mapped(SimpleUploadedFile("liste.csv", content))
    page = staff.get(step(file, "read"))
    assert "<bdi>Maßnahme</bdi> · <bdi>Fläche</bdi>" in page.content.decode()
    fields = fields_of(page.content.decode())
    assert (fields["encoding"], fields["delimiter"]) == ("cp1252", ";")
    staff.post(step(file, "read"), {"encoding": "mac_roman", "delimiter": "tab"})
    assert draft_of(file).book.tables[0].rows[0][1][0].startswith("Ma\ufb02nahme;Fl‰che")
