"""What a reviewer is asked to look at first: the doubts about what a submission says anew.

The rules are those of forms and sheets (`plausibility.py` of the apps). They read rows, so the
records are given to them as unsaved rows. What was doubtful in the published record already, and
stands there unchanged, is not doubted again.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.models import Action, Measure, OwnFigure, Plan, Statement, Value
from actions.plausibility import doubt_about_twin, doubts_about_statement, jump_between
from catalogue import units
from cbi.models import Assessment, Indicator, IndicatorResult
from cbi.plausibility import doubts_about_result
from profiles.models import City
from profiles.plausibility import Doubt, doubts_about_city
from profiles.record import words_of

CHANGING = ("due_year", "text")
"""The fields of a statement about which is asked only where they are entered anew."""


@dataclass(frozen=True, slots=True)
class RecordDoubt:
    """`path`: of the field, as in a `Difference`."""

    path: str
    message: str


def find_doubts(before, after):
    """The `RecordDoubt`s about a `ProfileRecord`, against the published one or None; two queries.

    They come in the order of the document.
    """
    return [*_of_city(before, after), *_of_actions(before, after), *_of_index(before, after)]


def _of_city(before, after):
    then = before and before.city
    known = list(doubts_about_city(then)) if then else []
    for doubt in doubts_about_city(after.city, then):
        if doubt not in known:
            yield RecordDoubt(f"city.{doubt.field}", doubt.message)


def _row_of_city(record):
    return City(area_km2=record.city.area_km2, population=record.city.population)


# Actions


def _of_actions(before, after):
    then = {one.number: one for one in before.actions.actions} if before else {}
    changed = [one for one in after.actions.actions if one != then.get(one.number)]
    measures = _measures([*changed, *then.values()]) if changed else {}
    for action in changed:
        former = then.get(action.number)
        yield from _twins(former, action, after)
        pairs = (former, before), (action, after)
        rows = [_statements(one, of, measures) for one, of in pairs]
        own = [one for one in measures.values() if one.action_type.code == action.action_type]
        for statement in action.statements:
            path = f"actions.{action.number}.{statement.id}"
            for end, message in _of_statement(statement.id, *rows, own):
                yield RecordDoubt(f"{path}.{end}" if end else path, message)


def _measures(actions):
    """Code → `Measure`, of the types of these actions and of their values."""
    types = {action.action_type for action in actions}
    measures = Measure.objects.filter(action_type__code__in=types).select_related("action_type")
    return {measure.code: measure for measure in measures}


def _twins(former, action, after):
    """The doubt about a new or changed action that repeats an earlier one."""
    own = (action.action_type, words_of(action.description))
    if former and own == (former.action_type, words_of(former.description)):
        return
    for other in after.actions.actions:
        is_same_type = other.action_type == own[0]
        if other.number < action.number and (
            is_same_type or words_of(other.description) == own[1] != ""
        ):
            doubt = doubt_about_twin(other.number, is_same_type)
            yield RecordDoubt(f"actions.{action.number}.{doubt.field}", doubt.message)
            return


def _statements(action, record, measures):
    """Id → (record, unsaved row, unsaved values) of the statements of an action; {} for None."""
    if action is None:
        return {}
    row = Action(description=words_of(action.description), city=_row_of_city(record))
    figures = {**measures, **{one.code: _own_figure(one) for one in action.own_figures}}
    plans = {one.id: Plan(year=one.year) for one in record.actions.plans}
    return {one.id: (one, *_statement(one, row, figures, plans)) for one in action.statements}


def _own_figure(record):
    fields = {name: getattr(record, name) for name in ("kind", "unit", "falls")}
    number = record.code.rpartition("-")[2]
    return OwnFigure(number=int(number), name=words_of(record.name), **fields)


def _statement(one, action, figures, plans):
    fields = {name: getattr(one, name) for name in ("kind", "year", "date", "due_year")}
    fields["plan"] = plans.get(one.plan)
    row = Statement(pk=one.id, action=action, text=words_of(one.text), **fields)
    values = [
        Value.of(
            figures[value.measure],
            **{name: getattr(value, name) for name in ("number", "unit", "amount", "status")},
            text=words_of(value.text),
        )
        for value in one.values
        if value.measure in figures
    ]
    return row, values


def _of_statement(key, then, now, measures):
    """(end of the path, message) of the doubts about a statement; `measures`: of the type."""
    record, row, values = now[key]
    former, old_row, old_values = then.get(key, (None, None, []))
    if record == former:
        return
    anew = [
        name
        for name in CHANGING
        if former is None or getattr(record, name) != getattr(former, name)
    ]
    found = doubts_about_statement(row, values, measures, _others(now, key), new_fields=anew)
    if former is not None:
        known = doubts_about_statement(old_row, old_values, measures, _others(then, key))
        found = [doubt for doubt in found if doubt not in known]
    found += _beside_the_published(values, old_values, found)
    codes = {value.figure.key: value.figure.code for value in values}
    for doubt in found:
        yield codes.get(doubt.measure, doubt.field), doubt.message
    if _lacks_source(record, former):
        yield "", _("No source is given for these figures.")


def _others(statements, key):
    return [(row, values) for pk, (_record, row, values) in statements.items() if pk != key]


def _beside_the_published(values, old_values, found):
    """Jumps from the published value of the same statement, and other units than there."""
    doubted = [doubt.measure for doubt in found]
    before = {value.figure.code: value for value in old_values}
    for value in values:
        old = before.get(value.figure.code)
        if old is None or value.figure.key in doubted or value.amount is None:
            continue
        jumps = list(jump_between(old, value))
        yield from jumps
        if not jumps and old.amount is not None and old.unit != value.unit:
            words = _("The unit of “%(measure)s” was %(old)s and is %(new)s now. Is that meant?")
            old_unit, new_unit = (units.symbol(one.unit) or "–" for one in (old, value))
            gaps = {"measure": value.figure, "old": old_unit, "new": new_unit}
            yield Doubt("unit", words % gaps, measure=value.figure.key)


def _lacks_source(record, former):
    """Whether figures that were measured are new, and nothing says where they come from."""
    if record.kind == Statement.Kind.TARGET or record.source or record.source_url:
        return False
    old = former.values if former else ()
    is_new = any(value.amount is not None and value not in old for value in record.values)
    return record.source_resource is None and is_new


# The biodiversity index


def _of_index(before, after):
    then = {(one.edition, one.year): one for one in before.assessments} if before else {}
    changed = [one for one in after.assessments if one != then.get((one.edition, one.year))]
    codes = {result.indicator for one in changed for result in one.results}
    indicators = Indicator.objects.in_bulk(codes, field_name="code") if codes else {}
    for assessment in changed:
        former = then.get((assessment.edition, assessment.year))
        yield from _of_assessment(assessment, former, after, indicators)


def _of_assessment(assessment, former, after, indicators):
    path = f"cbi.{assessment.edition}.{assessment.year}"
    row = Assessment(city=_row_of_city(after), year=assessment.year)
    own = (one for one in after.assessments if one.edition == assessment.edition)
    earlier = [one for one in own if one.year < assessment.year]
    before_it = _results(earlier[-1]) if earlier else {}
    published, bare = _results(former), []
    for result in assessment.results:
        known = indicators.get(result.indicator)
        if known is None or result == published.get(result.indicator):
            continue
        pair = [_result(one.get(known.code), known, row) for one in (published, before_it)]
        for doubt in _of_result(_result(result, known, row), *pair):
            yield RecordDoubt(f"{path}.{known.code}.inputs.{doubt.field}", doubt.message)
        if not (result.evidence or result.evidence_url or result.evidence_resource):
            bare.append(known.number)
    if bare:
        numbers = ", ".join(map(str, sorted(bare)))
        words = _("No evidence is given for the indicators %(numbers)s.")
        yield RecordDoubt(path, words % {"numbers": numbers})


def _results(assessment):
    return {one.indicator: one for one in assessment.results} if assessment else {}


def _result(record, indicator, assessment):
    if record is None:
        return None
    own = {"inputs": record.inputs, "unit": record.unit}
    return IndicatorResult(indicator=indicator, assessment=assessment, **own)


def _of_result(result, published, earlier):
    """One doubt for each input: beside the published result, else beside the assessment before."""
    found = {}
    for doubt in (*doubts_about_result(result, published), *doubts_about_result(result, earlier)):
        found.setdefault((doubt.kind, doubt.field), doubt)
    known = list(doubts_about_result(published, earlier)) if published else []
    return [doubt for doubt in found.values() if doubt not in known]
