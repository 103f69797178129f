"""Which state a workbook may give a city."""

import pytest

from profiles.models import State
from profiles.states import may_follow


@pytest.mark.parametrize(
    ("before", "may"),
    [
        (State.DRAFT, {State.DRAFT, State.PUBLISHED}),
        (State.IN_REVIEW, {State.IN_REVIEW, State.PUBLISHED}),
        (State.RETURNED, {State.RETURNED, State.PUBLISHED}),
        (State.PUBLISHED, {State.PUBLISHED}),
        (State.WITHDRAWN, {State.WITHDRAWN}),
    ],
)
def test_a_workbook_publishes_for_the_first_time_and_nothing_else(before, may):
    assert {after for after in State if may_follow(before, after)} == may
