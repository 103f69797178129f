"""Chapter 4: the City Biodiversity Index as plain data.

Indicators without points are left out of the total and of its maximum, and are listed as missing.
"""

from dataclasses import fields
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from catalogue import units
from catalogue.atoms import Figure, Link, Text
from catalogue.translated import OFFICIAL_LANGUAGE
from profiles.record import text_of
from profiles.writing_systems import platform_text

from .assessed import assessed_indicators, assessments_of, indicators_by_edition
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
from .models import AREA_UNIT, VALUE_PLACES, InputKind
from .totals import change, total

SHOWN_PLACES = 2
UNVERIFIED = ("unverified", "adapted", "heading")
"""How `name_provenance` begins where the name of an indicator could not be verified."""


def build(record, context):
    """The chapter of a `ProfileRecord`; `context`: as in `hub.context.Context`. No query."""
    texts = context.texts
    editions = indicators_by_edition(context.catalogue)
    assessments = assessments_of(record, editions)
    shown = [code for code in editions if code in assessments] or [*editions][:1]
    writer = Writer(record, context)
    return CBIChapter(
        head=texts.chapter(4, "cbi"),
        editions=tuple(
            writer.edition(code, editions[code], assessments.get(code, ())) for code in shown
        ),
        labels=Labels(**{f.name: texts(f"cbi.label.{f.name}") for f in fields(Labels)}),
        note=texts("cbi.note") if assessments else None,
        bars_note=texts("cbi.bars") if assessments else None,
    )


class Writer:
    """Builds the entries of the chapter."""

    def __init__(self, record, context):
        self.city = record.city
        self.catalogue = context.catalogue
        self.texts = context.texts
        self.resources = context.resources

    def edition(self, code, indicators, assessments):
        """The `EditionEntry` of an edition; `assessments`: those by it, the oldest first."""
        edition = self.catalogue.editions[code]
        newest = assessments[-1] if assessments else None
        results = newest.results if newest else []
        by_indicator = {result.indicator.code: result for result in results}
        entries = list(self.components(indicators, by_indicator))
        listed = [result for entry in entries for result in entry.results]
        scored = total(results, len(assessed_indicators(indicators, results))) if newest else None
        first = assessments[0].results if len(assessments) > 1 else []
        changed = list(self.changed_results(first, results))
        return EditionEntry(
            code=edition.code,
            name=edition.text(),
            max_points=edition.max_points,
            year=newest and newest.record.year,
            year_text=newest and self.texts("cbi.year", year=newest.record.year),
            total=scored,
            state=self.state(scored, edition.max_points),
            about=newest and text_of(newest.record.note),
            components=tuple(entries),
            strengths=tuple(e.name for e in listed if e.points == e.max_points),
            gaps=tuple(e.name for e in listed if e.points is not None and e.points <= 1),
            better=tuple(entry for entry in changed if entry.after > entry.before),
            worse=tuple(entry for entry in changed if entry.after < entry.before),
            course=tuple(self.course(assessments, indicators)),
        )

    def components(self, indicators, by_indicator):
        """A `ComponentEntry` for each component; for a retired one only if it has a result."""
        for code, own in groupby(indicators, key=attrgetter("component")):
            component, rows = self.catalogue.components[code], list(own)
            if not component.retired or any(row.code in by_indicator for row in rows):
                yield self.component(component, rows, by_indicator)

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
        results = [by_indicator[row.code] for row in rows if row.code in by_indicator]
        scored = total(results, len(rows)) if results else None
        without = [
            row for row in rows if row.code not in by_indicator or not by_indicator[row.code].counts
        ]
        names = ranges(row.number for row in without)
        empty = self.texts("cbi.component.empty", city=text_of(self.city.name))
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
            exact=exact_value(result),
            points=points,
            max_points=indicator.max_points,
            points_text=self.points(points, indicator.max_points),
            basis=basis_of(result),
            basis_label=self.texts(f"cbi.basis.{basis_of(result)}"),
            marks=tuple(self.marks(result)),
            reason=text_of(result.reason),
            evidence=text_of(result.evidence),
            evidence_link=self.link(result),
            evidence_resource=self.resources.link(result.evidence_resource),
        )

    def points(self, points, most):
        if points is None:
            return self.texts("cbi.points.none")
        return self.texts("cbi.points.of", points=points, most=most)

    def changed_results(self, first, results):
        """A `ChangedEntry` for each indicator with different points in the first assessment."""
        then = {result.indicator.code: result.points for result in first if result.counts}
        for result in results:
            before = then.get(result.indicator.code)
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
            if text := input_text(one, result, self.city.language, self.texts):
                yield InputEntry(one.label, text)

    def marks(self, result):
        indicator = result.indicator
        if indicator.name_provenance.startswith(UNVERIFIED):
            yield self.texts("cbi.name.unverified")
        if result.points is not None and not result.bands:
            yield self.texts("cbi.bands.unknown")
        if result.is_unclear:
            banded = band_points(result.value, result.bands)
            yield self.texts("cbi.edge", upper=banded.points, lower=banded.lower)

    def course(self, assessments, indicators):
        """A `CourseEntry` for each assessment, the oldest first, compared with the first one."""
        for index, assessment in enumerate(assessments):
            results = assessment.results
            scored = total(results, len(assessed_indicators(indicators, results)))
            changed = change(assessments[0].results, results)
            difference = changed.difference if index and changed.shared else None
            yield CourseEntry(
                year=assessment.record.year,
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


def input_text(one, result, city_language, texts):
    """What a result has for the `Input` `one`; None if nothing."""
    given = result.inputs.get(one.name)
    if given in (None, "", []):
        return None
    several = given if isinstance(given, list) else [given]
    if one.kind == InputKind.WORDS:
        return Text("; ".join(several), result.language or city_language)
    unit = units.symbol(result.unit or AREA_UNIT) if one.is_area else one.unit
    shown = "; ".join(number_text(number) for number in several)
    return platform_text(f"{shown}\u00a0{unit}".strip(), texts.language)


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


def exact_value(result):
    """The value with all its decimals, as it was computed; None if there is no value."""
    if result.value is None:
        return None
    return result.value.quantize(Decimal(1).scaleb(-VALUE_PLACES))


def value_text(result):
    """The value with its unit in the format of the active language; None if there is no value."""
    if result.value is None:
        return None
    unit = result.indicator.value_unit
    value = round_half_up(result.value, SHOWN_PLACES).normalize()
    joint = "" if unit == "%" else "\u00a0"
    return Text(f"{Figure.of(value)}{joint}{unit}", OFFICIAL_LANGUAGE)
