"""Differences between the assessments of two records, in words."""

from dataclasses import replace
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue import units
from catalogue.models import Origin
from profiles.comparison import (
    Spot,
    Wording,
    as_json,
    changed_rows,
    compare,
    labelled,
    plain_text,
    resource_of,
)
from profiles.record import text_of

from .assessed import Assessed, AssessedResult, indicators_by_edition, is_first
from .chapter import basis_of, input_text, value_text
from .lists import FrozenIndicator
from .models import Assessment, IndicatorResult
from .record import AssessmentRecord, ResultRecord

CHAPTER = "cbi"


def _points(result, comparison):
    """The points, and how the city came to them."""
    texts = comparison.texts
    basis = texts(f"cbi.basis.{basis_of(result)}")
    if not result.counts:
        return basis if result.is_first_count else None
    points, most = result.points, result.indicator.max_points
    words = texts("cbi.points.of", points=points, most=most) if most else points
    return comparison.own(_("%(points)s (%(basis)s)") % {"points": words, "basis": basis})


def _bands(result, comparison):
    if not result.bands:
        return None if result.bands is None else comparison.texts("cbi.bands.unknown")
    bands = (labelled(band.get("label", ""), band.get("points", "")) for band in result.bands)
    return comparison.own("; ".join(bands))


ASSESSMENT = Wording(
    AssessmentRecord,
    Assessment,
    labels={"note": "cbi.label.about", "updated_on": "actions.updated"},
    apart=("edition", "year", "results"),
)
RESULT = Wording(
    ResultRecord,
    IndicatorResult,
    names={
        "computed_points": gettext_lazy("computed points"),
        "is_unclear": gettext_lazy("between two rows of the handbook’s table of points"),
        "bands": gettext_lazy("table of points"),
    },
    labels={
        "value": "cbi.label.value",
        "own_points": "cbi.label.points",
        "reason": "cbi.label.reason",
        "evidence": "cbi.label.evidence",
        "updated_on": "actions.updated",
    },
    words={
        "value": lambda result, comparison: value_text(result),
        "own_points": _points,
        "evidence_resource": resource_of("evidence_resource"),
        "bands": _bands,
    },
    together={"own_points": ("computed_points", "takes_lower", "is_unclear")},
    first=("value", "own_points", "reason", "evidence", "evidence_url", "evidence_resource"),
    apart=("indicator", "inputs", "unit"),
    last=("language", "bands", "updated_on"),
)


def differences(before, after, comparison):
    """The differences between two tuples of `AssessmentRecord`s, by edition, year and indicator."""
    found = []
    rows = changed_rows(before, after, attrgetter("edition", "year"))
    for _key, then, now in sorted(rows, key=lambda row: _place(row[0], comparison.catalogue)):
        found += _assessment(then, now, before, after, comparison)
    return found


def counts(assessments, comparison):
    """(path, label, number in words) of the assessments."""
    number = len(assessments)
    words = ngettext("%(number)d assessment", "%(number)d assessments", number)
    yield "cbi", _("assessments"), number and words % {"number": number}


def _place(key, catalogue):
    """Sorts assessments; those by an edition that the catalogue does not know come last."""
    code, year = key
    edition = catalogue.editions.get(code)
    if edition is None:
        return 2, 0, code, year
    return int(edition.retired), edition.position, code, year


def _assessment(then, now, before, after, comparison):
    row = now or then
    gaps = {"edition": row.edition, "year": row.year}
    path = f"cbi.{row.edition}.{row.year}"
    place = _("Biodiversity index %(edition)s, assessment of %(year)s") % gaps
    if then is None or now is None:
        spot = Spot(path, CHAPTER, comparison.texts("cbi.title").value)
        scored = sum(_points_of(result) is not None for result in row.results)
        words = ngettext(
            "%(edition)s, %(year)s: points for %(number)d indicator",
            "%(edition)s, %(year)s: points for %(number)d indicators",
            scored,
        )
        edition = comparison.catalogue.editions.get(row.edition)
        gaps.update(number=scored, edition=edition.text() if edition else row.edition)
        return [spot.whole(_("assessment"), comparison.own(words % gaps), is_added=then is None)]
    spot, found = Spot(path, CHAPTER, place), []
    within = comparison.following(then.note, now.note)
    editions, sides = indicators_by_edition(comparison.catalogue), ((then, before), (now, after))
    assessed = [Assessed(one, is_first(one, rows, editions)) for one, rows in sides]
    rows = changed_rows(then.results, now.results, attrgetter("indicator"))
    for code, was, is_now in sorted(rows, key=lambda row: _place_of_result(row[0], comparison)):
        indicator = _indicator(code, comparison)
        results = [
            one and AssessedResult(assessment, one, indicator)
            for assessment, one in zip(assessed, (was, is_now), strict=True)
        ]
        found += _result(*results, spot, within)
    return compare(then, now, ASSESSMENT, spot, comparison, is_changed=bool(found)) + found


def _points_of(result):
    return result.computed_points if result.own_points is None else result.own_points


def _place_of_result(code, comparison):
    """Sorts results by component and number."""
    indicator = comparison.catalogue.indicators.get(code)
    component = indicator and comparison.catalogue.components.get(indicator.component)
    if component is None:
        return 1, 0, "", 0, code
    return 0, component.position, component.code, indicator.number, code


def _indicator(code, comparison):
    """The indicator; one that the catalogue does not know goes by its code."""
    known = comparison.catalogue.indicators.get(code)
    unknown = {"number": 0, "max_points": 0, "component": "", "origin": Origin.OURS}
    return known or FrozenIndicator(code=code, name=code, **unknown)


def _result(then, now, assessment, comparison):
    indicator = (now or then).indicator
    gaps = {"number": indicator.number, "name": indicator.text()}
    name = _("Indicator %(number)d: %(name)s") % gaps if indicator.number else indicator.code
    path = f"{assessment.path}.{indicator.code}"
    if then is None or now is None:
        spot, row = Spot(path, CHAPTER, assessment.place, row=assessment.path), now or then
        line = _points(row, comparison) or value_text(row) or text_of(row.evidence)
        return [spot.whole(name, line, is_added=then is None)]
    place = _("%(assessment)s – %(indicator)s")
    place %= {"assessment": assessment.place, "indicator": name}
    spot = Spot(path, CHAPTER, place, row=assessment.path)
    found = _inputs(then, now, spot, comparison)
    return found + compare(then, now, RESULT, spot, comparison, is_changed=bool(found))


def _inputs(then, now, result, comparison):
    """The differences between what was counted or measured; another unit changes all areas."""
    spot = Spot(f"{result.path}.inputs", CHAPTER, result.place, row=result.row)
    known = {one.name: one for one in now.indicator.input_rows()}
    sides = [*zip((then, now), comparison.languages, strict=True)]
    found = []
    for name in {**known, **then.inputs, **now.inputs}:
        texts = [_input(known.get(name), name, *side, comparison) for side in sides]
        given = [as_json(row.inputs[name]) if name in row.inputs else "" for row in (then, now)]
        if str(texts[0] or "") == str(texts[1] or ""):
            if given[0] == given[1]:
                continue
            texts = map(comparison.own, given)
        label = known[name].label if name in known else name
        found.append(spot.difference(label, *texts, name))
    if then.unit != now.unit and not found:
        label = RESULT.label("unit", comparison.texts)
        units_of = (row.unit and comparison.own(units.symbol(row.unit)) for row in (then, now))
        found.append(replace(spot, path=result.path).difference(label, *units_of, "unit"))
    return found


def _input(one, name, result, language, comparison):
    """An input in words; one that the indicator does not know as it was entered."""
    if one is None:
        return plain_text(result.inputs.get(name), comparison)
    return input_text(one, result, language, comparison.texts)
