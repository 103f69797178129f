"""Chapter 4: what is printed of an index that nobody has started."""

import pytest

from catalogue.texts import Texts
from cbi.chapter import build
from cbi.models import Component, Edition, Indicator
from tests.factories import make_city

pytestmark = pytest.mark.usefixtures("catalogue")


def test_a_retired_edition_is_printed_where_there_is_no_other():
    city = make_city("Pond End")
    before = build(city, Texts()).editions
    Edition.objects.update(retired=True)
    assert build(city, Texts()).editions == before


def test_a_retired_edition_makes_way_for_a_newer_one():
    Edition.objects.update(retired=True)
    newer = Edition.objects.create(
        code="next", name="The next edition", max_points=100, position=99
    )
    everything = Component.objects.create(
        code="next-all", name="All", edition=newer, max_points=100
    )
    Indicator.objects.create(
        code="next-1", name="One", component=everything, number=1, max_points=100
    )
    [edition] = build(make_city("Pond End"), Texts()).editions
    assert (edition.name.value, edition.max_points) == ("The next edition", 100)


def test_an_edition_waits_until_it_has_an_indicator():
    Edition.objects.create(code="early", name="An early entry", max_points=1, position=0)
    assert build(make_city("Pond End"), Texts()).editions[0].max_points == 112
