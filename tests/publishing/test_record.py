"""The profile record: complete, the same on both databases, and readable for ever."""

import datetime
import hashlib
import re
from decimal import Decimal
from pathlib import Path

import pytest

from actions.models import (
    Action,
    CityCommitment,
    OwnFigure,
    Plan,
    Statement,
    Value,
)
from actions.plan_record import PlanRecord
from actions.record import (
    ActionRecord,
    CommitmentRecord,
    OwnFigureRecord,
    StatementRecord,
    ValueRecord,
)
from cbi.models import Assessment, IndicatorResult
from cbi.record import AssessmentRecord, ResultRecord
from pathway.models import Step, StepItem, StepProgress
from pathway.record import ItemRecord, ProgressRecord
from profiles.models import City
from profiles.record import CityRecord, exact
from publishing import record as records
from publishing.record import UnreadableRecord, collect, decode, digest, encode
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_resource,
    make_statement,
    make_upload,
    writing,
)

STORED = Path(__file__).parent / "records"

NOT_RECORDED = {
    City: {
        # Not public, decided by platform staff, or counted by the platform.
        *("contact_email", "confirmed", "publishing", "is_withdrawn", "withdrawal_note"),
        *("is_sample", "content_version", "last_action_number"),
        *("created_at", "updated_at", "search_text"),
        "second_language",  # the texts in it carry it
    },
    CityCommitment: set(),
    # The answer to a question of the platform, who has the figures, and what a list of the city
    # calls an action, are for its people.
    Action: {"confirmed", "department", "reference", "search_text"},
    Statement: {"confirmed"},
    # The record of an action says which figure is a key figure; the number is within the code.
    OwnFigure: {"is_key_figure", "number"},
    Value: set(),
    Plan: set(),
    # What is not released is not in the record at all.
    Assessment: {"is_released"},
    IndicatorResult: set(),
    StepItem: set(),
    StepProgress: set(),
}
"""Fields of the rows that a record leaves out on purpose."""

RENAMED = {"content_language": "language", "upload": "file", "own_figure": "measure"}
NAMED_BY_PLACE = {"id", "city", "action", "statement", "assessment", "language"}

"""Fields that say where a row belongs, or which language its texts have."""


@pytest.mark.parametrize(
    ("model", "struct"),
    [
        (City, CityRecord),
        (CityCommitment, CommitmentRecord),
        (Action, ActionRecord),
        (Statement, StatementRecord),
        (OwnFigure, OwnFigureRecord),
        (Value, ValueRecord),
        (Plan, PlanRecord),
        (Assessment, AssessmentRecord),
        (IndicatorResult, ResultRecord),
        (StepItem, ItemRecord),
        (StepProgress, ProgressRecord),
    ],
    ids=lambda one: one.__name__,
)
def test_every_field_of_a_row_is_recorded_or_left_out_on_purpose(model, struct):
    fields = {field.name for field in model._meta.concrete_fields}
    known = {RENAMED.get(name, name) for name in fields - NOT_RECORDED[model] - NAMED_BY_PLACE}
    assert known - set(struct.__struct_fields__) == set()
    assert NOT_RECORDED[model] <= fields


@pytest.mark.parametrize(
    ("number", "written"),
    [("300.500000", "300.5"), ("1000.000", "1000"), ("0E-9", "0"), ("1E+3", "1000")],
)
def test_a_number_is_written_in_one_way(number, written):
    assert str(exact(Decimal(number))) == written


STATED = {
    "content_language": "zh-Hans",
    "local_name": "安吉",
    "latitude": Decimal("30.63000"),
    "longitude": Decimal("119.68"),
    "population": 120_000,
    "population_year": 2024,
    "area_km2": Decimal("1886.320"),
    "about": "竹海",
    "head_name": "A. B.",
    "head_title": "县长",
    "head_statement": "欢迎",
    "website": "https://example.org/",
    "contact_email": "nobody@example.org",
}


def full_city():
    """A city with a row of each kind that a record tells of."""
    city = make_city("Anji", **STATED)
    day = datetime.date(2026, 4, 8)
    resource = make_resource(city, url="https://example.org/guide")
    draft = make_resource(city, "Draft", url="https://example.org/draft", state="draft")
    numbers = {"total_area": Decimal("300.500"), "natural_area": 12}
    action = make_action(city, "natural-areas", language="en", updated_on=day)
    source = {"source": "Report", "source_url": "https://example.org/r", "language": "fr"}
    baseline = Statement.Kind.BASELINE
    make_statement(
        action, baseline, numbers, year=2024, source_resource=draft, updated_on=day, **source
    )
    make_statement(
        action, Statement.Kind.TARGET, due_year=2030, text="More", confirmed="Yes.", updated_on=day
    )
    make_assessment(city, 2024, natural_areas={"natural_area": "9.50", "city_area": "100"})
    with writing():
        CityCommitment.objects.update(made_on=day)
        Assessment.objects.update(note="两所大学", updated_on=day)
        IndicatorResult.objects.update(evidence_resource=resource, updated_on=day)
        step = Step.objects.order_by("number").first()
        StepProgress.objects.create(city=city, step=step, state="under-way", started_on=day)
        StepItem.objects.create(city=city, step=step, title="Guide", resource=resource)
        StepItem.objects.create(city=city, step=step, title="图", upload=make_upload(city, "a.pdf"))
    return City.objects.select_related("country").get(pk=city.pk)


KEYS = re.compile(r'("(?:id|\w*resource)":|"resources":\[)\d+')
TOKEN = re.compile(r'("token":)"[^"]+"')


def with_fixed_keys(encoded):
    """The JSON with the same keys for whatever keys the database gave."""
    return TOKEN.sub(r'\1"token"', KEYS.sub(r"\g<1>1", encoded.decode()))


@pytest.mark.sql
def test_equal_rows_give_equal_json_on_both_databases(catalogue):
    city = full_city()
    encoded = encode(collect([city])[city.pk])
    newest = STORED / f"schema-{records.SCHEMA}.json"
    assert with_fixed_keys(encoded) == newest.read_text().strip()
    assert encode(decode(encoded)) == encoded


@pytest.mark.sql
def test_no_city_adds_a_query_and_what_one_lacks_is_not_asked(catalogue, django_assert_num_queries):
    first = full_city()
    others = [make_city(), make_city()]
    cities = list(City.objects.select_related("country"))
    with django_assert_num_queries(10):
        alone = collect([first])
    with django_assert_num_queries(3):  # What a city has, its commitments, its actions.
        collect([city for city in cities if city == others[0]])
    with django_assert_num_queries(11):
        together = collect(cities)
    assert together[first.pk] == alone[first.pk]
    assert {len(encode(together[city.pk])) < 200 for city in others} == {True}


@pytest.mark.parametrize("path", sorted(STORED.glob("schema-*.json")), ids=lambda path: path.stem)
def test_a_record_that_was_ever_stored_can_be_read(path):
    record = decode(path.read_bytes())
    assert record.city.name == {"en": "Anji"}
    assert record.actions.actions[0].statements[0].values[1].number == Decimal("300.5")


@pytest.mark.parametrize(
    "encoded",
    [
        b"",
        b"[]",
        b'{"schema":1}',
        b'{"schema":99,"record":{}}',
        b'{"schema":1,"record":{"city":1}}',
    ],
)
def test_what_is_no_record_is_refused(encoded):
    with pytest.raises(UnreadableRecord):
        decode(encoded)


def test_an_older_record_is_upgraded_step_by_step(monkeypatch):
    monkeypatch.setattr(records, "SCHEMA", 3)
    monkeypatch.setattr(
        records, "UPGRADES", {1: lambda plain: [*plain, 2], 2: lambda plain: [*plain, 3]}
    )
    assert records.upgrade([1], 1) == [1, 2, 3]
    assert records.upgrade([1], 3) == [1]


def test_the_hash_is_that_of_the_json():
    assert digest(b"{}") == hashlib.sha256(b"{}").hexdigest()
