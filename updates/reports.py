"""The progress report into which an answer goes."""

import datetime

from actions.models import Statement
from profiles.dates import today


def date_of(year):
    """The last day of a year that is over, today in the present one; a year that has begun only in
    the east gives its first day."""
    on = today()
    if year < on.year:
        return datetime.date(year, 12, 31)
    return on if year == on.year else datetime.date(year, 1, 1)


def place_in_reports(rows):
    """Set `report` of the rows of one action that say something new: a stored or a new statement.

    That is the report of the answer's year which this update has written already, else the one of
    the same day, else a new one.
    """
    written = {row.answer.statement_id for row in rows if row.answer}
    made = {}
    for row in rows:
        row.report = None
        if row.is_new:
            day = date_of(row.year)
            row.report = stored_report(row, written, day) or made.setdefault(
                day, Statement(action=row.action, kind=Statement.Kind.PROGRESS, date=day)
            )


def stored_report(row, written, day):
    reports = [one for one, _own in row.statements if one.kind == Statement.Kind.PROGRESS]

    def rank(statement):
        is_own = statement.pk == row.answer.statement_id
        return not is_own, statement.pk not in written, statement.pk

    fitting = [
        one
        for one in reports
        if one.date == day or (one.pk in written and one.date.year == row.year)
    ]
    return min(fitting, key=rank, default=None)
