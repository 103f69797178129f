"""The doubts about the answers of an update: those of forms and sheets, and slips of the point."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Statement, Value
from actions.plausibility import doubts_about_statement, value_before
from actions.quantities import bounds_of
from catalogue import units
from intake import numbers

from .last import text_of_value

NEARLY = Decimal("1.25")
"""A meant figure is at most so many times the last one, or the last one so many times it."""

SLIPS = {
    10: (
        gettext_lazy("A tenth of the last value."),
        gettext_lazy("Ten times the last value."),
    ),
    100: (
        gettext_lazy("A hundredth of the last value."),
        gettext_lazy("A hundred times the last value."),
    ),
    1000: (
        gettext_lazy("A thousandth of the last value."),
        gettext_lazy("A thousand times the last value."),
    ),
}
"""Factor → what is said of a figure that is so many times too small, or too large."""


@dataclass(frozen=True, slots=True)
class RowDoubt:
    """A question about an answer; `meant` is the text that may have been meant, if one can tell."""

    message: str
    meant: str = ""


def ask_about(rows):
    """Set `doubts` of the rows of one action. A reason that was given answers them all."""
    by_report = {}
    for row in rows:
        row.doubts = []
        if row.report is not None:
            by_report.setdefault(id(row.report), []).append(row)
    for own in by_report.values():
        ask_about_report(own)


def ask_about_report(rows):
    """The doubts about the answers that go into one progress report."""
    first = rows[0]
    stored = next((own for one, own in first.statements if one is first.report), [])
    given = {row.code: row.content for row in rows if row.figure}
    told = [*given.values(), *(value for value in stored if value.figure.code not in given)]
    text = next((row.content for row in rows if row.figure is None), "")
    kind, day = Statement.Kind.PROGRESS, first.report.date
    report = Statement(action=first.action, kind=kind, date=day, text=text)
    others = [pair for pair in first.statements if pair[0] is not first.report]
    measures = list(first.action.action_type.measures.all())
    found = doubts_about_statement(report, told, measures, others, new_fields=("date", "text"))
    for row in rows:
        if not row.answer.reason:
            row.doubts = [*doubts_of(row, report, others, found), *replaced_by(row, stored)]


def doubts_of(row, report, others, found):
    """The doubts about one answer, of those `found` about its report."""
    if slip := slip_of(row, report, others):
        return [slip]
    subject = ("", row.figure.key) if row.figure else ("text", "")
    return [RowDoubt(one.message) for one in found if (one.field, one.measure) == subject]


def slip_of(row, report, others):
    """The doubt about a figure whose point stands in another place than in the last one."""
    if row.kind != "number":
        return None
    before = value_before(report, row.content, others)
    old, new = before and before.amount, row.content.amount
    if not old or not new:
        return None
    for factor, (below, above) in SLIPS.items():
        for times, words in ((Decimal(factor), below), (1 / Decimal(factor), above)):
            meant = new * times
            if max(old, meant) <= NEARLY * min(old, meant):
                return slip(row, row.content.number * times, words)
    return None


def slip(row, number, words):
    """None where the figure takes no such number, as a count takes no half."""
    bounds = bounds_of(row.figure)
    if not bounds.admit(number):
        return None
    meant = as_typed(row, numbers.write(number, bounds))
    question = _("Is it %(meant)s?") % {"meant": meant}
    return RowDoubt(f"{words} {question}", meant)


def as_typed(row, number):
    """`number` with the words before it, and with its unit where that is not the usual one."""
    content = row.content
    is_exact = content.precision == Value.Precision.EXACTLY
    before = "" if is_exact else content.precision.replace("-", " ")
    is_usual = content.unit == (row.answer.unit or row.unit)
    return " ".join(filter(None, (before, number, "" if is_usual else units.symbol(content.unit))))


def replaced_by(row, stored):
    """Asks before what a report says is replaced, unless the update wrote it or it is the last."""
    report = row.report
    if report.pk in (None, row.answer.statement_id, row.last and row.last.statement.pk):
        return
    old = [text_of_value(value) for value in stored if value.figure.code == row.code]
    old = report.text if row.figure is None else "".join(old)
    if old:
        words = _("The report of %(day)s says %(old)s. Is this to replace it?")
        yield RowDoubt(words % {"day": date_format(report.date), "old": old})
