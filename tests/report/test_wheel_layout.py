"""The geometry of the wheel: parts are where they belong and do not overlap."""

import math
import re
from itertools import pairwise

import pytest

from report.drawings.wheel_layout import (
    CENTRE,
    FILLS,
    GAP,
    HEIGHT,
    HUB,
    RIM,
    WIDTH,
    Fill,
    lay_out_wheel,
)

EMPTY, HALF, FULL = FILLS["not-started"], FILLS["under-way"], FILLS["done"]
NUMBER = r"-?\d+(?:\.\d+)?"


def corners(path):
    """The points of a path that is made of lines and arcs, each as (distance, angle)."""
    found = re.findall(rf"(?:M|L|A{NUMBER} {NUMBER} 0 [01] [01] )({NUMBER}) ({NUMBER})", path)
    return [polar(float(x), float(y)) for x, y in found]


def polar(x, y):
    across, up = x - CENTRE[0], CENTRE[1] - y
    return math.hypot(across, up), math.degrees(math.atan2(across, up)) % 360


def extent(path):
    """(nearest, farthest, first angle, last angle) of a piece of a ring."""
    points = corners(path)
    distances, angles = zip(*points, strict=True)
    start, end = points[1][1], points[2][1]
    return min(distances), max(distances), start, end if end > start else end + 360, angles


@pytest.mark.parametrize("sizes", [(3, 3, 3), (3, 3, 2), (1, 1), (4, 6, 2, 1)])
def test_the_segments_cover_the_circle_without_lying_on_each_other(sizes):
    drawn = lay_out_wheel([[EMPTY] * size for size in sizes])
    assert len(drawn.segments) == sum(sizes)
    assert drawn.segments[0].start == 0
    assert drawn.segments[-1].end == pytest.approx(360)
    for one, other in pairwise(drawn.segments):
        assert one.end == pytest.approx(other.start)
    room = math.degrees(GAP / 2 / RIM)
    for segment in drawn.segments:
        near, far, first, last, _angles = extent(segment.outline)
        assert (near, far) == (pytest.approx(HUB, abs=0.1), pytest.approx(RIM, abs=0.1))
        assert first == pytest.approx(segment.start + room, abs=0.1)
        assert last == pytest.approx(segment.end - room, abs=0.1)


def test_the_gap_between_two_segments_is_as_wide_at_the_hub_as_at_the_rim():
    one, other = lay_out_wheel([[EMPTY] * 9]).segments[:2]
    for inside, outside in ((3, 0), (2, 1)):
        (near, before), (_near, after) = (
            corners(one.outline)[inside],
            corners(other.outline)[outside],
        )
        assert 2 * near * math.sin(math.radians(after - before) / 2) == pytest.approx(GAP, abs=0.2)


def test_each_phase_has_a_line_outside_its_own_steps():
    drawn = lay_out_wheel([[EMPTY] * 3, [EMPTY] * 3, [EMPTY] * 3])
    assert [(arc.start, arc.end) for arc in drawn.arcs] == [(0, 120), (120, 240), (240, 360)]
    for arc in drawn.arcs:
        (near, first), (far, last) = corners(arc.path)
        assert near > RIM and far > RIM
        assert arc.start < first < last < arc.end


def test_a_state_fills_nothing_half_or_all():
    empty, half, full = lay_out_wheel([[EMPTY, HALF, FULL]]).segments
    assert empty.bands == ()
    assert [band.state for band in half.bands] == ["under-way"]
    near, far, *_angles = extent(half.bands[0].path)
    assert (near, far) == (pytest.approx(HUB, abs=0.1), pytest.approx((HUB + RIM) / 2, abs=0.1))
    assert [(band.state, band.path) for band in full.bands] == [("done", full.outline)]


def test_fills_lie_on_top_of_each_other_from_the_hub_outwards():
    [segment] = lay_out_wheel(
        [[(Fill("done", 0.25), Fill("under-way", 0), Fill("rest", 0.5))]]
    ).segments
    assert [band.state for band in segment.bands] == ["done", "rest"]
    (near, middle, *_), (start, far, *_) = (extent(band.path) for band in segment.bands)
    assert near == pytest.approx(HUB, abs=0.1)
    assert middle == pytest.approx(start, abs=0.1)
    assert far == pytest.approx(HUB + 0.75 * (RIM - HUB), abs=0.1)


def test_numbers_and_checks_stand_in_the_middle_of_their_segment():
    for segment in lay_out_wheel([[FULL] * 9]).segments:
        for x, y in ((segment.x, segment.y), check_of(segment)):
            distance, angle = polar(x, y)
            assert HUB + 15 < distance < RIM - 15
            assert angle == pytest.approx((segment.start + segment.end) / 2, abs=6)


def check_of(segment):
    x, y = re.match(rf"M({NUMBER}) ({NUMBER})", segment.check).groups()
    return float(x) + 9, float(y)


def test_everything_lies_within_the_drawing():
    drawn = lay_out_wheel([[FULL] * 9])
    for path in (*(s.outline for s in drawn.segments), *(arc.path for arc in drawn.arcs)):
        for distance, angle in corners(path):
            turn = math.radians(angle)
            assert 0 < CENTRE[0] + distance * math.sin(turn) < WIDTH
            assert 0 < CENTRE[1] - distance * math.cos(turn) < HEIGHT


def test_a_wheel_without_steps_is_empty():
    assert lay_out_wheel([]).segments == () == lay_out_wheel([[]]).arcs
