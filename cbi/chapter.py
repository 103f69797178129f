"""Chapter 4: the City Biodiversity Index as plain data, in a fixed number of queries.

Indicators without points are left out of the total and of its maximum, and are listed as missing.
"""

from dataclasses import fields
from itertools import groupby
from operator import attrgetter

from catalogue import units
from catalogue.atoms import Figure, Link, Text
from catalogue.translated import OFFICIAL_LANGUAGE
from hub.chapter import link_for

from .bands import band_points, round_half_up
from .completeness import ranges
from .entries import (
    CBIChapter,
    ChangedEntry,
    ComponentEntry,
    CourseEntry,
    EditionEntry,
    InputEntry,
    Labels,
    ResultEntry,
    signed,
)
from .models import AREA_UNIT, Indicator, IndicatorResult, InputKind
from .totals import change, total

SHOWN_PLACES = 2
UNVERIFIED = ("unverified", "adapted", "heading")
"""How `name_provenance` begins where the name of an indicator could not be verified."""


def build(city, texts):
    """The chapter of `city`; `texts` are the fixed texts in the reader's language. Two queries."""
    indicators = list(
        Indicator.objects.select_related("component__edition").order_by(
            "component__edition__retired",
            "component__edition__position",
            "component__edition__code",
            "component__position",
            "component__code",
            "number",
        )
    )
    assessments = assessments_of(city, indicators)
    writer = Writer(city, texts)
    groups = [
        (edition, list(own))
        for edition, own in groupby(indicators, key=attrgetter("component.edition"))
    ]
    shown = [group for group in groups if group[0].pk in assessments] or groups[:1]
    return CBIChapter(
        head=texts.chapter(4, "cbi"),
        editions=tuple(
            writer.edition(edition, own, assessments.get(edition.pk, ())) for edition, own in shown
        ),
        labels=Labels(**{f.name: texts(f"cbi.label.{f.name}") for f in fields(Labels)}),
        note=texts("cbi.note") if assessments else None,
        bars_note=texts("cbi.bars") if assessments else None,
    )


def assessments_of(city, indicators):
    """Edition id → pairs (assessment, its results), the oldest first; one query.

    Assessments without results are left out.
    """
    by_id = {row.pk: row for row in indicators}
    results = IndicatorResult.objects.filter(assessment__city=city).select_related(
        "assessment", "evidence_resource__city"
    )
    pairs = {}
    for result in results.order_by("assessment__year", "assessment", "pk"):
        result.indicator = by_id[result.indicator_id]
        own = pairs.setdefault(result.assessment.edition_id, [])
        if not own or own[-1][0] != result.assessment:
            result.assessment.city = city
            result.assessment.is_first = not own
            own.append((result.assessment, []))
        assessment, own_results = own[-1]
        result.assessment = assessment
        own_results.append(result)
    return pairs


class Writer:
    """Builds the entries of the chapter with the fixed `texts`."""

    def __init__(self, city, texts):
        self.city = city
        self.texts = texts

    def edition(self, edition, indicators, pairs):
        """The `EditionEntry` of an edition; `pairs`: its pairs from `assessments_of`, if any."""
        assessment, results = pairs[-1] if pairs else (None, [])
        by_indicator = {result.indicator_id: result for result in results}
        groups = [(c, list(own)) for c, own in groupby(indicators, key=attrgetter("component"))]
        entries = [
            self.component(component, rows, by_indicator)
            for component, rows in groups
            if not component.retired or any(row.pk in by_indicator for row in rows)
        ]
        listed = [result for entry in entries for result in entry.results]
        scored = (
            total(results, len(assessed_indicators(indicators, results))) if assessment else None
        )
        changed = list(self.changed_results(pairs[0][1], results)) if len(pairs) > 1 else []
        return EditionEntry(
            code=edition.code,
            name=edition.text(),
            max_points=edition.max_points,
            year=assessment and assessment.year,
            year_text=assessment and self.texts("cbi.year", year=assessment.year),
            total=scored,
            state=self.state(scored, edition.max_points),
            about=assessment.text("note") if assessment and assessment.note else None,
            components=tuple(entries),
            strengths=tuple(e.name for e in listed if e.points == e.max_points),
            gaps=tuple(e.name for e in listed if e.points is not None and e.points <= 1),
            better=tuple(entry for entry in changed if entry.after > entry.before),
            worse=tuple(entry for entry in changed if entry.after < entry.before),
            course=tuple(self.course(pairs, indicators)),
        )

    def state(self, scored, max_points):
        if scored is None or not scored.is_started:
            return self.texts("cbi.not_started", points=max_points)
        return self.texts(
            "cbi.points",
            points=scored.points,
            most=scored.max_points,
            scored=scored.scored,
            of=scored.of,
        )

    def component(self, component, rows, by_indicator):
        """A component with its results, or with the text that the city has not started on it."""
        rows = assessed_indicators(rows, by_indicator.values())
        results = [by_indicator[row.pk] for row in rows if row.pk in by_indicator]
        scored = total(results, len(rows)) if results else None
        without = [
            row for row in rows if row.pk not in by_indicator or not by_indicator[row.pk].counts
        ]
        names = ranges(row.number for row in without)
        empty = self.texts("cbi.component.empty", city=self.city.name)
        return ComponentEntry(
            code=component.code,
            name=component.text(),
            max_points=component.max_points,
            state=self.state(scored, component.max_points),
            total=scored,
            results=tuple(self.result(result) for result in results),
            missing=self.texts("cbi.missing", indicators=names) if results and without else None,
            empty=None if results else empty,
        )

    def result(self, result):
        indicator = result.indicator
        points = result.points if result.counts else None
        return ResultEntry(
            code=indicator.code,
            number=indicator.number,
            name=indicator.text(),
            inputs=tuple(self.inputs(result)),
            value=value_text(result),
            exact=result.value,
            points=points,
            max_points=indicator.max_points,
            points_text=self.points(points, indicator.max_points),
            basis=basis_of(result),
            basis_label=self.texts(f"cbi.basis.{basis_of(result)}"),
            marks=tuple(self.marks(result)),
            reason=result.text("reason") if result.reason else None,
            evidence=result.text("evidence") if result.evidence else None,
            evidence_link=self.link(result),
            evidence_resource=link_for(result.evidence_resource, self.city),
        )

    def points(self, points, most):
        if points is None:
            return self.texts("cbi.points.none")
        return self.texts("cbi.points.of", points=points, most=most)

    def changed_results(self, first, results):
        """A `ChangedEntry` for each indicator with different points in the first assessment."""
        then = {result.indicator_id: result.points for result in first if result.counts}
        for result in results:
            before = then.get(result.indicator_id)
            if before is None or not result.counts or before == result.points:
                continue
            words = self.texts("cbi.moved", before=before, after=result.points)
            yield ChangedEntry(result.indicator.text(), before, result.points, words)

    def link(self, result):
        if not result.evidence_url:
            return None
        address = Text(result.evidence_url, OFFICIAL_LANGUAGE)
        return Link(result.evidence_url, address)

    def inputs(self, result):
        for one in result.indicator.input_rows():
            given = result.inputs.get(one.name)
            if given in (None, "", []):
                continue
            if one.kind == InputKind.WORDS:
                yield InputEntry(one.label, Text(given, result.text("reason").language))
                continue
            unit = units.symbol(result.unit or AREA_UNIT) if one.is_area else one.unit
            numbers = given if one.kind == InputKind.AREAS else [given]
            shown = "; ".join(number_text(number) for number in numbers)
            words = f"{shown}\u00a0{unit}".strip()
            yield InputEntry(one.label, Text(words, self.texts.language))

    def marks(self, result):
        indicator = result.indicator
        if indicator.name_provenance.startswith(UNVERIFIED):
            yield self.texts("cbi.name.unverified")
        if result.points is not None and not result.bands:
            yield self.texts("cbi.bands.unknown")
        if result.is_unclear:
            banded = band_points(result.value, result.bands)
            yield self.texts("cbi.edge", upper=banded.points, lower=banded.lower)

    def course(self, pairs, indicators):
        """A `CourseEntry` for each assessment, the oldest first, compared with the first one."""
        for index, (assessment, results) in enumerate(pairs):
            scored = total(results, len(assessed_indicators(indicators, results)))
            changed = change(pairs[0][1], results)
            difference = changed.difference if index and changed.shared else None
            yield CourseEntry(
                year=assessment.year,
                total=scored,
                state=self.state(scored, scored.max_points),
                difference=difference,
                change=self.change(index, changed),
            )

    def change(self, index, changed):
        if not index:
            return self.texts("cbi.course.first")
        if not changed.shared:
            return self.texts("cbi.course.nothing")
        difference = signed(changed.difference)
        return self.texts("cbi.course.shared", difference=difference, shared=changed.shared)


def assessed_indicators(indicators, results):
    """The indicators of an assessment: the current ones, and retired ones with a result."""
    with_result = {result.indicator_id for result in results}
    return [row for row in indicators if not row.retired or row.pk in with_result]


def number_text(number):
    """A number in the format of the active language; text that is no number stays unchanged."""
    try:
        return Figure.of(number).text
    except (ArithmeticError, TypeError, ValueError):
        return str(number)


def basis_of(result):
    """Where the points come from: the last part of the code of a fixed text `cbi.basis.…`."""
    if result.is_first_count:
        return "start"
    return result.basis or "none"


def value_text(result):
    """The value with its unit in the format of the active language; None if there is no value."""
    if result.value is None:
        return None
    unit = result.indicator.value_unit
    value = round_half_up(result.value, SHOWN_PLACES).normalize()
    joint = "" if unit == "%" else "\u00a0"
    return Text(f"{Figure.of(value)}{joint}{unit}", OFFICIAL_LANGUAGE)
