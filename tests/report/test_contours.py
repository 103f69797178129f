import json

import pytest

from report.drawings.city_mark import TEXTURES, printed_mark
from report.drawings.contours import contours

WORDS = [f"texture {number}" for number in range(TEXTURES)]


@pytest.mark.parametrize("word", WORDS)
def test_a_mark_is_a_few_lines_in_a_unit_box(word):
    lines = contours(word)
    assert 12 <= len(lines) <= 20
    assert all(len(line) > 2 for line in lines)
    assert all(0 <= number <= 1 for line in lines for point in line for number in point)
    assert len(json.dumps(lines)) < 30_000


@pytest.mark.parametrize("word", WORDS)
def test_a_line_is_closed_or_ends_at_the_border(word):
    for line in contours(word):
        ends = (line[0], line[-1])
        assert ends[0] == ends[1] or all({0, 1} & set(end) for end in ends)


def test_a_city_keeps_its_texture_and_shares_it_with_others():
    drawn = {printed_mark(f"city-{number}") for number in range(200)}
    assert len(drawn) == TEXTURES
    assert printed_mark("anji-county") in drawn
