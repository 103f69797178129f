"""Assessments in a profile record. Codes are those of the catalogue."""

import datetime
from collections import defaultdict
from decimal import Decimal
from operator import attrgetter
from typing import Any

from msgspec.structs import replace

from profiles.record import Record, Texts, exact, in_language

from .models import Assessment, IndicatorResult

PLAIN_FIELDS = (
    *("updated_on", "inputs", "unit", "takes_lower", "own_points", "evidence_url"),
    *("evidence_resource", "computed_points", "is_unclear", "bands"),
)
"""The fields that a `ResultRecord` takes over from the row as they are."""

NOT_SCORED = {"value": None, "computed_points": None, "own_points": None, "is_unclear": False}
"""What a record says of a first count, whatever is left in its row from when it was compared."""


class ResultRecord(Record):
    """The result of an indicator: `inputs` as entered, by name; `bands` are those by which it was
    scored; `evidence_resource` is the id of a resource. `language` is that of words among the
    inputs, if it is not the city's."""

    indicator: str
    updated_on: datetime.date
    inputs: dict[str, str | list[str] | None] = {}
    language: str = ""
    unit: str = ""
    takes_lower: bool = False
    own_points: int | None = None
    reason: Texts = {}
    evidence: Texts = {}
    evidence_url: str = ""
    evidence_resource: int | None = None
    value: Decimal | None = None
    computed_points: int | None = None
    is_unclear: bool = False
    bands: list[dict[str, Any]] | None = None


class AssessmentRecord(Record):
    """An assessment by one edition, results by code of the indicator."""

    edition: str
    year: int
    updated_on: datetime.date
    note: Texts = {}
    results: tuple[ResultRecord, ...] = ()


def collect(cities):
    """City id → its released assessments, by edition and year. At most two queries."""
    defaults = {city.pk: city.content_language for city in cities}
    rows = Assessment.objects.filter(city__in=cities, is_released=True).with_is_first().order_by()
    columns = ("pk", "city", "edition__code", "year", "updated_on", "note", "language", "is_first")
    rows = list(rows.values_list(*columns, named=True))
    languages = {row.pk: row.language or defaults[row.city] for row in rows}
    firsts = {row.pk for row in rows if row.is_first}
    results = _results(cities, languages, {row.pk: defaults[row.city] for row in rows}, firsts)
    found = {city.pk: [] for city in cities}
    for row in rows:
        assessment = AssessmentRecord(
            edition=row.edition__code,
            year=row.year,
            updated_on=row.updated_on,
            note=in_language(row.note, languages[row.pk]),
            results=tuple(sorted(results[row.pk], key=attrgetter("indicator"))),
        )
        found[row.city].append(assessment)
    by_edition = attrgetter("edition", "year")
    return {city: tuple(sorted(rows, key=by_edition)) for city, rows in found.items()}


def _results(cities, languages, defaults, firsts):
    """Assessment id → its results.

    `languages`, `defaults`: assessment id → the language of the assessment, that of the city.
    `firsts`: the ids of the first assessments, by the city's own order.
    """
    if not languages:
        return {}
    rows = IndicatorResult.objects.filter(
        assessment__city__in=cities, assessment__is_released=True
    ).order_by()
    columns = ("assessment", "indicator__code", "language", "reason", "evidence", "value")
    columns = (*columns, "indicator__needs_earlier")
    found = defaultdict(list)
    for row in rows.values_list(*columns, *PLAIN_FIELDS, named=True):
        language = row.language or languages[row.assessment]
        result = ResultRecord(
            indicator=row.indicator__code,
            reason=in_language(row.reason, language),
            evidence=in_language(row.evidence, language),
            language=language if row.inputs and language != defaults[row.assessment] else "",
            value=exact(row.value),
            **{name: getattr(row, name) for name in PLAIN_FIELDS},
        )
        if row.indicator__needs_earlier and row.assessment in firsts:
            result = replace(result, **NOT_SCORED)
        found[row.assessment].append(result)
    return found
