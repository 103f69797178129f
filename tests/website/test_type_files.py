"""The files of an action type: read in parts, each found by the last row of the one before."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.models import ActionType, PublicAction, PublicStanding
from profiles.models import Country, PublicCity
from website import type_table

TYPE, PER_PART = "natural-areas", 2
SAME = Decimal("1234567.123456789012")
"""It has more digits than a float of SQLite."""

CITIES = [
    ("Oslo", SAME), ("Oslo", SAME), ("Oslo", SAME), ("Ica", SAME), ("Île", SAME), ("Zug", 1),
    ("Basel", None), ("Basel", None), ("Basel", None), ("Ulm", None), ("Ayr", SAME + 1),
]  # fmt: skip


@pytest.fixture
def cities(catalogue, monkeypatch):
    monkeypatch.setattr(type_table, "AT_ONCE", PER_PART)
    country = Country.objects.get(code="NO")
    action_type = ActionType.objects.get(code=TYPE)
    measure = action_type.measures.get(key="total_area")
    day = datetime.date(2024, 1, 1)
    for key, (name, amount) in enumerate(CITIES, 1):
        city = PublicCity(pk=key, name=name, slug=f"c-{key}", country=country, is_sample=False)
        city.changed_at = timezone.now()
        city.save()
        about = {"city": city, "number": 1}
        PublicAction.objects.create(**about, action_type=action_type, type_count=1)
        if amount is not None:
            about |= {"measure": measure, "said": "number", "amount": amount}
            PublicStanding.objects.create(**about, kind="baseline", day=day, is_day_given=True)


NAMES = [11, 7, 8, 9, 4, 5, 1, 2, 3, 10, 6]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", NAMES),
        ("total_area", [6, 4, 5, 1, 2, 3, 11, 7, 8, 9, 10]),
        ("-total_area", [11, 4, 5, 1, 2, 3, 6, 7, 8, 9, 10]),
    ],
)
def test_the_parts_of_a_file_are_the_whole(client, cities, sort, expected):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/actions/types/{TYPE}/data.csv", {"sort": sort})
        text = b"".join(response).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    assert [int(row["address"].removeprefix("c-")) for row in rows] == expected
    table = f'FROM "{PublicAction._meta.db_table}"'
    parts = [query["sql"] for query in queries if f"LIMIT {PER_PART})" in query["sql"]]
    assert len(parts) == len(CITIES) // PER_PART + 2
    assert all(table in part and "OFFSET" not in part for part in parts)
