"""The line of a target and the bar of a scale: their marks stand where the share says."""

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest

from report.drawings.scale_bar import draw_scale_bar
from report.drawings.target_line import LEFT, RIGHT, draw_target_line, places


def line(share, start="8", now="9", state="on-track"):
    share = share and Decimal(share)
    return draw_target_line(SimpleNamespace(share=share, start=start, now=now, state=state))


@pytest.mark.parametrize(
    ("share", "x"), [("0", LEFT), ("0.25", LEFT + (RIGHT - LEFT) / 4), ("1", RIGHT)]
)
def test_now_stands_at_its_share_of_the_way(share, x):
    (found,) = re.findall(r'target-now" cx="([\d.]+)"', line(share))
    assert float(found) == pytest.approx(x, abs=0.1)


@pytest.mark.parametrize(
    ("given", "marks"),
    [
        ({"share": "0.5"}, {"whole", "way", "goal", "start", "now"}),
        ({"share": "0"}, {"whole", "goal", "start", "now"}),
        ({"share": None, "now": None}, {"whole", "goal", "start"}),
        ({"share": None, "start": None, "now": None}, {"whole", "goal"}),
    ],
)
def test_what_is_not_known_has_no_mark(given, marks):
    svg = line(**given, state="overdue")
    assert set(re.findall(r'="target-(\w+)"', svg)) == marks
    assert 'class="target-line target-overdue"' in svg


@pytest.mark.parametrize(("share", "width"), [("0", 0), ("0.7443", 148.9), ("1.2", 200)])
def test_a_bar_is_as_long_as_its_share(share, width):
    (found,) = re.findall(r'scale-share" width="([\d.]+)"', draw_scale_bar(share))
    assert float(found) == width


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ((10, 25, 40), [0, 0.5, 1]),
        ((40, 25, 10), [0, 0.5, 1]),  # it is to fall
        ((10, 5, 40), [0, 0, 1]),  # worse than at the start
        ((10, 50, 40), [0, 1, 1]),
        ((10, 30, 10), [0, 0.5, 1]),  # the target is the start
    ],
)
def test_marks_stand_by_their_amounts_between_the_first_and_the_last(amounts, found):
    course = SimpleNamespace(marks=[SimpleNamespace(amount=Decimal(one)) for one in amounts])
    assert places(course) == found
