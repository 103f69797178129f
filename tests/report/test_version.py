"""What a document says of its own age."""

import datetime
from types import SimpleNamespace

import pytest

from cbi.record import AssessmentRecord
from report.version import Version, earlier_line, newest_update, published_line
from tests.records import make_action_record, make_record, make_statement_record

MARCH, JUNE = datetime.date(2026, 3, 9), datetime.date(2026, 6, 6)
MOMENT = datetime.datetime(2026, 11, 26, 23, 30, tzinfo=datetime.UTC)


def make_version(*, is_current=True):
    publication = SimpleNamespace(number=3, published_at=MOMENT)
    return Version.of(publication, "port-trial", is_current=is_current)


@pytest.mark.parametrize("where", ["statement", "confirmation", "assessment"])
def test_figures_are_as_new_as_the_newest_row_that_has_some(where):
    def day(of):
        return JUNE if of == where else MARCH

    dates = {"updated_on": day("statement"), "unchanged_on": day("confirmation")}
    statement = make_statement_record("baseline", text={"en": "Few."}, **dates)
    # The words of an action may be newer than all figures.
    action = make_action_record("natural-areas", statement, updated_on=MOMENT.date())
    assessment = AssessmentRecord(edition="2021", year=2024, updated_on=day("assessment"))
    record = make_record(actions=[action], assessments=[assessment])
    newest = newest_update(record)
    assert newest.date == JUNE
    said = published_line(make_version(), newest)
    assert said.value == "Published 26 November 2026, figures up to 06 June 2026"


def test_actions_in_words_alone_are_as_new_as_their_words():
    action = make_action_record("natural-areas", updated_on=JUNE)
    assert newest_update(make_record(actions=[action])).date == JUNE


def test_a_city_without_figures_says_when_it_was_published():
    newest = newest_update(make_record())
    assert published_line(make_version(), newest).value == "Published 26 November 2026"


def test_only_an_earlier_version_says_that_it_is_one():
    assert earlier_line(None) is earlier_line(make_version()) is None
    said = earlier_line(make_version(is_current=False)).value
    assert said.startswith("An earlier version: version 3, published 26 November 2026.")
