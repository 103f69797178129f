"""What an update writes into the profile: one progress report for each action and day."""

import datetime

import pytest

from actions.models import Statement
from profiles.dates import today
from profiles.models import ChangeSet
from tests.factories import (
    make_action,
    make_city,
    make_own_figure,
    make_statement,
    make_user,
    writing,
)
from tests.updates.answering import YEAR, answer, row_of
from updates.keeping import keep, seen
from updates.models import YearlyUpdate
from updates.rows import RowState, overview_of
from updates.writing import write

pytestmark = pytest.mark.usefixtures("catalogue")

PROGRESS = Statement.Kind.PROGRESS
LAND, GREEN = "1.natural-areas.total_area", "1.natural-areas.natural_area"


@pytest.fixture
def city():
    city = make_city("Yearly")
    make_action(city, "natural-areas", baseline={"total_area": 1886, "natural_area": 1000})
    return city


@pytest.fixture
def finish(city):
    """`finish()`: write what is ready, as an officer of the city."""
    officer = make_user("officer@example.org", officer_of=city)

    def finish():
        update = YearlyUpdate.objects.select_related("city").get(city=city)
        return write(update, officer)

    return finish


def told(city):
    """What the progress reports say: day → (values by key, source, reason, words)."""
    found = {}
    for report in Statement.objects.filter(action__city=city, kind=PROGRESS).order_by("date", "pk"):
        values = {
            value.figure.key: f"{value.number.normalize():f} {value.unit}"
            for value in report.values.all()
        }
        found[report.date] = (values, report.source, report.confirmed, report.text)
    return found


def test_answers_become_reports_of_their_year_in_one_change_set(city, finish):
    words = make_action(city, "restoration")
    make_statement(words, Statement.Kind.BASELINE, text="Some meadows.")
    answer(city, LAND, text="1890", year="2025", source="Land office")
    answer(city, GREEN, text="101000 ha", year="2025", source="Forest office")
    answer(city, f"{words.number}.words", text="Ten more meadows.")
    city.refresh_from_db()
    version = city.content_version
    written = finish()
    assert (written.count, written.refused) == (3, {})
    assert told(city) == {
        datetime.date(2025, 12, 31): (
            {"total_area": "1890 km2", "natural_area": "101000 ha"},
            "Land office; Forest office", "", "",
        ),
        today(): ({}, "", "", "Ten more meadows."),
    }  # fmt: skip
    newest = ChangeSet.objects.latest("pk")
    assert (newest.reason, newest.user.email) == (f"Update {YEAR}", "officer@example.org")
    city.refresh_from_db()
    assert city.content_version == version + 1
    assert row_of(city, LAND).state == RowState.WRITTEN


def test_a_half_finished_update_is_written_in_part_and_goes_on(city, finish):
    answer(city, LAND, text="1890")
    answer(city, GREEN, text="a lot")
    assert finish().count == 1
    answer(city, GREEN, text="1001")
    assert finish().count == 1
    assert told(city) == {today(): ({"total_area": "1890 km2", "natural_area": "1001 km2"},
                                    "", "", "")}  # fmt: skip


def test_a_corrected_year_takes_the_value_out_of_the_report_of_the_other(city, finish):
    stored = answer(city, LAND, text="1890", year="2025")
    finish()
    stored.refresh_from_db()
    answer(city, LAND, text="1891", year="2024", statement=stored.statement)
    finish()
    assert told(city) == {datetime.date(2024, 12, 31): ({"total_area": "1891 km2"}, "", "", "")}


def test_unchanged_is_noted_at_the_value_that_was_said_last(city, finish):
    answer(city, LAND, choice="unchanged")
    answer(city, GREEN, choice="no-data")
    assert finish().count == 1
    assert told(city) == {}
    days = {value.figure.key: value.unchanged_on for value in
            city.actions.get().statements.get().values.all()}  # fmt: skip
    assert days == {"total_area": today(), "natural_area": None}


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(city, finish):
    answer(city, LAND, text="1890")
    value = city.actions.get().statements.get().values.get(measure__key="total_area")
    value.number = 1900
    with writing():
        value.save()
    assert row_of(city, LAND).state == RowState.OVERTAKEN
    assert finish().count == 0
    assert told(city) == {}


@pytest.mark.parametrize(
    ("typed", "message", "meant"),
    [
        ({"text": "189"}, "A tenth of the last value. Is it 1890?", "1890"),
        (
            {"text": "about 1870000 ha"},
            "Ten times the last value. Is it about 187000 ha?",
            "about 187000 ha",
        ),
        ({"text": "40"}, "Is the unit right?", ""),
        ({"text": "900", "year": "2024"}, "says 1,880\u00a0km². Is this to replace it?", ""),
        ({"text": "189", "reason": "A part has left the county."}, None, ""),
    ],
)
def test_what_looks_like_a_slip_is_asked_about_and_waits(city, finish, typed, message, meant):
    for year in (2024, 2025):
        day = datetime.date(year, 12, 31)
        make_statement(city.actions.get(), PROGRESS, {"total_area": 1880}, date=day)
    answer(city, LAND, **typed)
    row = row_of(city, LAND)
    assert [doubt.meant for doubt in row.doubts] == ([meant] if message else [])
    assert all(message in doubt.message for doubt in row.doubts)
    assert finish().count == (0 if message else 1)
    if not message:
        assert told(city)[today()][2] == typed["reason"]


def test_reports_beyond_the_ceiling_are_refused_at_their_rows(city, finish, settings):
    settings.ACTION_MAX_STATEMENTS = 1
    answer(city, LAND, text="1890")
    written = finish()
    assert written.count == 0
    assert "at most 1 fit" in written.refused[LAND][0]
    assert row_of(city, LAND).state == RowState.READY


def test_what_is_answered_is_ready_until_it_is_written(city, finish):
    answer(city, LAND, text="1890")
    answer(city, GREEN, choice="no-data")
    before = overview_of(city)
    assert (before.done, before.total, before.ready) == (1, 1, 1)
    finish()
    assert overview_of(city).ready == 0


def test_an_answer_about_a_deleted_figure_is_not_written_to_the_next_of_its_number(city, finish):
    trees = make_own_figure(city.actions.get(), "Trees planted")
    answer(city, "1.own-1", text="500")
    assert row_of(city, "1.own-1").state == RowState.READY
    with writing():
        trees.delete()
    make_own_figure(city.actions.get(), "Fish released")
    assert row_of(city, "1.own-1").state == RowState.OVERTAKEN
    assert finish().count == 0


def test_a_written_answer_is_not_that_of_another_figure_with_its_number(city, finish):
    action = city.actions.get()
    litter = make_own_figure(action, "Litter", "area", "ha")
    answer(city, "1.own-1", text="12")
    finish()
    with writing():
        litter.unit = "km2"
        litter.save()
    assert row_of(city, "1.own-1").state == RowState.WRITTEN
    with writing():
        litter.delete()
    make_own_figure(action, "Meadows", "area", "ha")
    row = row_of(city, "1.own-1")
    assert (row.last, row.state) == (None, RowState.OVERTAKEN)
    officer = make_user("second@example.org", officer_of=city)
    typed = {f"{row.key}-choice": "new", f"{row.key}-text": "12", f"{row.key}-seen": seen(row)}
    keep(row.answer.update, {**typed, "confirm": row.key}, officer)
    assert row_of(city, "1.own-1").state == RowState.READY
    finish()
    row = row_of(city, "1.own-1")
    assert (row.last.value.number, row.state) == (12, RowState.WRITTEN)
