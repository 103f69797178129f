"""Numbers for the report of a funder: what they count, and what they say of their coverage."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from actions.models import Statement
from oversight.numbers import numbers_for
from profiles.dates import today
from profiles.models import Publication
from tests.clients import client_of, words_of
from tests.factories import make_action, make_city, make_statement, make_user
from tests.published import publish_all

THIS_YEAR = date(2026, 1, 1), today() + timedelta(days=1)
AREA = "natural-areas.total_area"


@pytest.fixture
def staff(catalogue):
    return make_user("staff@example.org", is_staff=True)


@pytest.fixture
def cities(staff):
    """Two cities of Asia, one of which gives an area, one of Africa, and an invented one."""
    port = make_city("Port Trial")
    action = make_action(port, "natural-areas", baseline={"total_area": Decimal(12)})
    make_statement(action, Statement.Kind.TARGET, {"total_area": Decimal(20)}, due_year=2030)
    far = make_city("Far Away", country="ZA")
    make_action(far, "natural-areas", baseline={"total_area": Decimal(3)})
    made_up = make_city("Made Up", is_sample=True)
    make_action(made_up, "natural-areas", baseline={"total_area": Decimal(1000)})
    make_city("Without Actions")
    publish_all()
    return {"port": port, "far": far}


def test_regions_have_their_sums_and_say_how_many_cities_give_a_figure(cities, staff, settings):
    found = numbers_for(staff, *THIS_YEAR)
    assert [place.name for place in found.places] == ["Africa", "Asia & Oceania"]
    whole, asia = found.whole, found.places[1]
    assert (whole.public, whole.cities, whole.acting) == (3, 3, 2)
    assert (whole.action_count, whole.start_count, whole.full_target_count) == (2, 2, 1)
    assert (whole.areas[AREA].amount, whole.areas[AREA].cities) == (15, 2)
    assert (asia.areas[AREA].amount, asia.areas[AREA].cities, asia.cities) == (12, 1, 2)
    for are_listed, total in ((False, 15), (True, 1015)):
        settings.SAMPLES_ARE_LISTED = are_listed
        tried = numbers_for(staff, *THIS_YEAR, with_samples=True)
        assert tried.whole.areas[AREA].amount == total
    assert numbers_for(staff, date(2019, 1, 1), date(2019, 12, 31)).whole.cities == 0


def test_a_period_that_is_over_has_the_version_of_then(cities, staff):
    then = datetime(2024, 5, 1, tzinfo=UTC)
    Publication.objects.filter(city=cities["port"].pk).update(published_at=then)
    make_action(cities["port"], "natural-areas")
    publish_all()
    found = numbers_for(staff, date(2024, 1, 1), date(2024, 12, 31)).whole
    assert (found.public, found.cities, found.action_count) == (3, 1, 1)
    assert (found.full_target_count, found.areas[AREA].amount) == (1, 12)
    now = numbers_for(staff, *THIS_YEAR).whole
    assert (now.cities, now.action_count, now.areas[AREA].amount) == (3, 3, 15)


def test_page_and_workbook_say_the_same(cities, staff):
    client = client_of(staff)
    page = words_of(client.get(reverse("admin:oversight_numbers")))
    assert "2 of 3 cities" in page and "Without invented cities." in page
    wrong = client.get(reverse("admin:oversight_numbers"), {"first": "2026-02-30"})
    assert "errorlist" in wrong.content.decode() and "2 of 3 cities" not in words_of(wrong)
    response = client.get(reverse("admin:oversight_numbers_file"))
    book = load_workbook(io.BytesIO(b"".join(response)))
    rows = list(book["Areas"].iter_rows(values_only=True))
    assert rows[-1][1:6] == ("all regions", 15, "km²", 2, 3)
    assert list(book["Cities and actions"].iter_rows(values_only=True))[-1][:3] == (
        "all regions",
        3,
        3,
    )
