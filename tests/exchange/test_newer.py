"""A workbook from before somebody's edits says that it would put old values back."""

import datetime

import openpyxl
import pytest
from django.core.files import File
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import Topic
from exchange import jobs
from exchange.reading import read
from exchange.writing.templates import export
from profiles.models import City
from tests.exchange.workbooks import plan_of, write_workbook
from tests.factories import make_action, make_city, make_resource, make_statement, writing


@pytest.fixture
def action(port):
    return make_action(port, "carbon", baseline={"tree_cover": 30}, description="Old words.")


@pytest.fixture
def exported(action, tmp_path):
    """An export of the city, written before the edits of the test."""
    path = tmp_path / "export.xlsx"
    export(City.objects.all(), path)
    return path


def edit(row, **fields):
    with writing():
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()


def set_cell(path, sheet, cell, value):
    """As a spreadsheet program does it: it keeps the properties of the file."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def newer(path):
    return [(cell.sheet, cell.cell, cell.old, cell.new) for cell in plan_of(path).newer]


def test_cells_that_were_changed_since_are_marked_and_others_are_not(exported, action, port):
    edit(action, description="Better words.")
    value = action.statements.get().values.get()
    edit(value, number=35)
    edit(City.objects.get(pk=port.pk), about="A port.")
    set_cell(exported, "Cities", "B2", "Port of Trial")
    assert newer(exported) == [
        ("Actions", "E2", "Better words.", "Old words."),
        ("Baselines", "D2", 35, 30),
    ]


def test_a_state_is_compared_with_no_history(catalogue, tmp_path):
    make_city("Draft", state="draft")
    path = tmp_path / "export.xlsx"
    export(City.objects.all(), path)
    edit(City.objects.get(), about="A town.")
    book = openpyxl.load_workbook(path)
    head = [cell.value for cell in book["Cities"][1]]
    book["Cities"].cell(2, head.index("State") + 1).value = "published"
    book.save(path)
    assert newer(path) == []


def test_an_edit_to_what_the_file_says_as_well_is_none(exported, action):
    edit(action, description="Better words.")
    set_cell(exported, "Actions", "E2", "Better words.")
    assert newer(exported) == []


def test_rows_that_were_removed_since_would_come_back(exported, action, port):
    commitment = port.commitments.get()
    make_statement(action, "target", text="More trees.", due_year=2030)
    with writing():
        commitment.delete()
        action.statements.get(kind="baseline").values.get().delete()
    cells = plan_of(exported).newer
    assert [(cell.sheet, cell.cell, cell.is_removed) for cell in cells] == [
        ("Commitments", "B2", True),
        ("Baselines", "D2", True),
    ]
    assert "the file would add “30” again" in str(cells[1])


def test_topics_of_a_resource(port, catalogue, tmp_path):
    guide = make_resource(port, topics=[Topic.objects.first().code])
    path = tmp_path / "export.xlsx"
    export(City.objects.all(), path)
    with writing():
        guide.topics.clear()
        guide.save()
    assert [cell.column for cell in plan_of(path).newer] == ["Topics"]


def test_a_file_of_another_program_is_judged_by_when_it_was_saved(action, tmp_path):
    rows = [["City", "Number", "Description"], ["port-trial", 1, "Old words."]]
    path = write_workbook(tmp_path / "foreign.xlsx", {"Actions": rows})
    assert newer(path) == [], "it was saved after the last edit"
    book = openpyxl.load_workbook(path)
    book.properties.modified = timezone.now()
    book.save(path)
    workbook = read(path)
    assert not workbook.written.is_ours
    assert abs(workbook.written.at - timezone.now()) < datetime.timedelta(minutes=1)


def test_nothing_is_asked_of_the_history_where_nothing_happened(exported, action):
    set_cell(exported, "Actions", "E2", "New words.")
    with CaptureQueriesContext(connection) as queries:
        assert newer(exported) == []
    assert not [q for q in queries if "historicalaction" in q["sql"]]


def test_queries_do_not_grow_with_rows(exported, port, tmp_path):
    def count(number):
        made = [make_action(port, "carbon") for _ in range(number)]
        path = tmp_path / "many.xlsx"
        export(City.objects.all(), path)
        for one in made:
            edit(one, description="Better words.")
        with CaptureQueriesContext(connection) as queries:
            assert len(newer(path)) == number
        return len(queries)

    assert count(2) == count(9)


def test_page_and_command_say_so(exported, action, client, staff, answer):
    edit(action, description="Better words.")
    with exported.open("rb") as file:
        job = jobs.receive(staff, File(file, "export.xlsx"))
    client.force_login(staff)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "1 cell is older than what is stored" in page
    assert page.index("older than what is stored") < page.index("Write 1 changed row")
    assert page.count("Better words.") == 2
    (said,) = answer(exported, "--check")["newer"]
    assert (said["cell"], said["stored"], said["value"]) == ("E2", "Better words.", "Old words.")
