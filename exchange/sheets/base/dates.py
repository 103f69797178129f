"""Telling a corrected date from one that was merely exported before the row changed."""

from ...lookups.context import chunks


def find_former_dates(model, dates):
    """Those of the rows `dates` (pk → date) that had this very date at some time.

    A workbook that is imported again still carries the dates of its export. They are older than
    the change that it made the first time, and no correction of it.
    """
    found = set()
    for some in chunks(dates):
        rows = model.history.filter(id__in=some).order_by().values_list("id", "updated_on")
        found.update(pk for pk, date in rows if dates[pk] == date)
    return found
