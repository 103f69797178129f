"""Writes the answers of an update into progress reports of its city, as one change set."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.models import Statement
from profiles.ceilings import beyond_ceilings
from profiles.changes import lock, recording
from profiles.dates import today
from profiles.models import ChangeSet, City

from .models import Answer, YearlyUpdate
from .rows import RowState, rows_for

NOT_CHECKED = ["action", "source_resource", "plan"]


@dataclass(slots=True)
class Written:
    """`count`: the answers that are in the profile now; `refused`: key of a row → messages."""

    count: int = 0
    refused: dict = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """A progress report with the `rows` that go into it; `there`: its stored values by code."""

    statement: Statement
    rows: list
    there: dict

    @property
    def is_new(self):
        return self.statement.pk is None


def write(update, user):
    """Write what is ready. What needs somebody's look stays in the update, and so does the rest."""
    written = Written()
    with recording(user, ChangeSet.Kind.ADMIN, _("Update %(year)d") % {"year": update.year}):
        lock(City.objects.filter(pk=update.city.pk))
        # Answers that are being kept now are written next time: not marked as written unread.
        YearlyUpdate.objects.select_for_update().filter(pk=update.pk).first()
        rows = [row for row in rows_for(update.city, update.year) if row.state == RowState.READY]
        for row in rows:
            if row.answer.choice == Answer.Choice.UNCHANGED:
                _confirm(row)
                _done(row, None, written)
        for report in _fitting(_reports(rows), written):
            _save(report)
            for row in report.rows:
                _done(row, report.statement, written)
    return written


def _confirm(row):
    """Say in the profile that the last value, or the last words, hold today."""
    told = row.last.value or row.last.statement
    told.unchanged_on = today()
    told.save()


def _done(row, statement, written):
    row.answer.statement, row.answer.written_at = statement, timezone.now()
    row.answer.last = row.figure_fingerprint
    row.answer.save(update_fields=["statement", "written_at", "last"])
    written.count += 1


def _reports(rows):
    """The `Report`s into which the new answers go."""
    found = {}
    for row in rows:
        if row.report is not None:
            stored = next((own for one, own in row.statements if one is row.report), [])
            there = {value.figure.code: value for value in stored}
            found.setdefault(id(row.report), Report(row.report, [], there)).rows.append(row)
    for report in found.values():
        _fill(report)
    return list(found.values())


def _fill(report):
    """Set words, source and reason of the report; those of several rows stand side by side."""
    statement = report.statement
    for row in report.rows:
        if row.figure is None:
            statement.text = row.content
        statement.source = joined(statement.source, row.answer.source)
        statement.confirmed = joined(statement.confirmed, row.answer.reason)
    statement.updated_on = today()


def joined(text, more):
    return text if not more or more in text else "; ".join(filter(None, (text, more)))


def _fitting(reports, written):
    """The reports that a city may still have and whose texts fit; the others are refused."""
    kept = []
    for report in reports:
        try:
            report.statement.clean_fields(exclude=NOT_CHECKED)
        except ValidationError as error:
            _refuse(report, error.messages, written)
        else:
            kept.append(report)
    return _below_ceilings(kept, written)


def _below_ceilings(reports, written):
    while True:
        new = [report.statement for report in reports if report.is_new]
        beyond = {id(row): message for row, message in beyond_ceilings(Statement, new)}
        if not beyond:
            return reports
        for report in reports:
            if id(report.statement) in beyond:
                _refuse(report, [beyond[id(report.statement)]], written)
        reports = [report for report in reports if id(report.statement) not in beyond]


def _refuse(report, messages, written):
    for row in report.rows:
        written.refused[row.key] = messages


def _save(report):
    statement = report.statement
    for row in report.rows:
        if row.figure is None:
            statement.unchanged_on = None
    statement.save()
    for row in report.rows:
        if row.figure is not None:
            _save_value(row, report)
        _take_back(row, statement)


def _save_value(row, report):
    value, content = report.there.get(row.code), row.content
    if value is None:
        value = content
    else:
        for name in ("number", "unit", "precision", "text", "status"):
            setattr(value, name, getattr(content, name))
        value.unchanged_on = None
    value.statement = report.statement
    value.save()


def _take_back(row, statement):
    """Delete what an earlier answer to the row said in the report of another year."""
    key = row.answer.statement_id
    stored = {one.pk: (one, own) for one, own in row.statements if one.pk != statement.pk}
    if key not in stored:
        return
    earlier, own = stored[key]
    own = {value.figure.code: value for value in own if value.pk}
    if row.figure is None:
        earlier.text = ""
        earlier.save()
    elif row.code in own:
        own.pop(row.code).delete()
    if not own and not earlier.text:
        earlier.delete()
