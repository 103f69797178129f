import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actions.models import Statement
from cbi.models import Assessment
from hub.models import Resource
from pathway.models import StepProgress
from profiles.dates import latest_today, today


@pytest.fixture
def evening(monkeypatch):
    """The last day of a year, when it is noon in UTC and the new year has begun in Kiribati."""
    noon = datetime.datetime(2026, 12, 31, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    return noon


def test_a_day_has_begun_once_it_has_begun_anywhere(evening):
    assert (today(), latest_today()) == (datetime.date(2026, 12, 31), datetime.date(2027, 1, 1))


@pytest.mark.parametrize(
    ("row", "name", "begun", "to_come"),
    [
        (Statement(), "date", datetime.date(2027, 1, 1), datetime.date(2027, 1, 2)),
        (Statement(), "year", 2027, 2028),
        (StepProgress(state="under-way"), "started_on", datetime.date(2027, 1, 1), None),
        (StepProgress(state="done"), "done_on", None, datetime.date(2027, 1, 2)),
        (Assessment(), "year", 2027, 2028),
        (Resource(organisation="x"), "year", 2027, 2028),
    ],
)
def test_only_a_day_that_has_begun_nowhere_is_still_to_come(evening, row, name, begun, to_come):
    setattr(row, name, begun)
    row.clean()
    if to_come:
        setattr(row, name, to_come)
        with pytest.raises(ValidationError, match="still to come"):
            row.clean()
