"""The rosette: its petals say what the words say, and none covers another."""

import math
import re
from decimal import Decimal

import pytest

from actions.petals import Petal
from report.drawings.rosette import SMALL, draw_rosette, words_of
from report.drawings.rosette_layout import (
    HUB,
    LONG,
    MIDDLE,
    MOST_PETALS,
    SHORT,
    SLIMNESS,
    lay_out_rosette,
)

DESCRIBED, START = Petal(1, False, False), Petal(1, True, False)
TARGET = Petal(2, True, True)
HALF, REACHED = (Petal(3, True, True, Decimal(share)) for share in ("0.5", "1"))
NUMBER = re.compile(r"-?\d*\.?\d+")


def shapes(petals):
    """(area, kind) → the points of each of its petals, as the path gives them."""
    found = {}
    for part in lay_out_rosette(petals).parts:
        for path in filter(None, part.path.split("M")):
            numbers = [float(one) for one in NUMBER.findall(path)]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            found.setdefault((part.area, part.kind), []).append(points)
    return found


def tips(petals):
    """(area, kind) → how far its petals reach."""
    return {
        key: [round(max(math.hypot(x, y) for x, y in points[2:3])) for points in found]
        for key, found in shapes(petals).items()
    }


@pytest.mark.parametrize(
    ("petal", "expected"),
    [
        (DESCRIBED, {(1, "short"): [SHORT]}),
        (START, {(1, "full"): [MIDDLE]}),
        (TARGET, {(2, "long"): [LONG], (2, "full"): [MIDDLE]}),
        (HALF, {(3, "long"): [LONG], (3, "full"): [(MIDDLE + LONG) // 2]}),
        (REACHED, {(3, "full"): [LONG]}),
        (Petal(1, False, True), {(1, "long"): [LONG]}),
    ],
)
def test_a_petal_reaches_as_far_as_its_action(petal, expected):
    assert tips([petal]) == expected
    several = tips([petal] * 7)
    assert several == {key: found * 7 for key, found in expected.items()}


@pytest.mark.parametrize("count", [1, 2, 3, 5, 30, MOST_PETALS])
def test_petals_have_a_greatest_width_and_cover_no_neighbour(count):
    for points in shapes([TARGET] * count)[2, "long"]:
        foot, _control, (x, y), _other, end = points
        for start, control in zip((foot, end), points[1::2], strict=True):
            middle = (
                start[0] / 4 + control[0] / 2 + x / 4,
                start[1] / 4 + control[1] / 2 + y / 4,
            )
            along = (middle[0] * x + middle[1] * y) / LONG
            across = abs(middle[0] * y - middle[1] * x) / LONG
            assert across <= SLIMNESS * LONG
            assert count < 3 or math.atan2(across, along) < math.pi / count


def test_many_actions_have_a_petal_for_each_commitment():
    petals = [Petal(1, number < 50, False, commitment=1) for number in range(100)]
    petals += [Petal(2, True, True, Decimal("0.5"), commitment=2)] * 50
    found = tips(petals)
    # Half of the first hundred have a starting point.
    assert found[1, "full"] == [round((HUB + MIDDLE) / 2)]
    assert (len(found[1, "short"]), len(found[2, "long"])) == (1, 1)
    assert lay_out_rosette(petals).count == 150
    assert words_of(petals).endswith("One petal for each commitment")


@pytest.mark.parametrize(
    ("petals", "words"),
    [
        ([], "No actions yet"),
        ([DESCRIBED], "1 action"),
        ([START, DESCRIBED], "2 actions: 1 with a starting point"),
        (
            [START] * 17 + [TARGET] + [DESCRIBED] * 12,
            "30 actions: 18 with a starting point, 1 with a target",
        ),
    ],
)
def test_the_rosette_says_itself_in_words(petals, words):
    svg = draw_rosette(petals, "Port & Trial")
    assert words_of(petals) == words
    assert f'role="img"><title>Rosette of Port &amp; Trial. {words}.</title>' in svg
    assert f">{len(petals)}</text>" in svg
    assert 'aria-hidden="true"' in draw_rosette(petals)


def test_a_rosette_is_small_in_bytes_and_carries_no_style_of_its_own():
    svg = draw_rosette([START] * 17 + [HALF] + [DESCRIBED] * 12, "Anji County")
    assert len(svg) < 5000
    assert "style" not in svg
    assert "<text" not in draw_rosette([START], "Anji County", SMALL - 1)
