import json

import pytest

from report.drawings.contours import contours

SLUGS = ["anji-county", "x", "al-waha", *(f"city-{number}" for number in range(20))]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_mark_is_a_few_lines_in_a_unit_box(slug):
    lines = contours(slug)
    assert 12 <= len(lines) <= 20
    assert all(len(line) > 2 for line in lines)
    assert all(0 <= number <= 1 for line in lines for point in line for number in point)
    assert len(json.dumps(lines)) < 30_000


@pytest.mark.parametrize("slug", SLUGS)
def test_a_line_is_closed_or_ends_at_the_border(slug):
    for line in contours(slug):
        ends = (line[0], line[-1])
        assert ends[0] == ends[1] or all({0, 1} & set(end) for end in ends)


def test_each_city_has_its_own_and_keeps_it():
    first = contours("anji-county")
    contours.cache_clear()
    assert contours("anji-county") == first
    assert len({contours(slug) for slug in SLUGS}) == len(SLUGS)
