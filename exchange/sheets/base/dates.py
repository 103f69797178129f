"""Tells a corrected date from one that a workbook still has from its export."""

from ...lookups.context import chunks


def find_former_dates(model, dates):
    """The keys of `dates` (primary key → date) whose rows had this date at some time.

    A workbook that is imported a second time still has the dates of its export. They are older than
    the change that the first import made, and do not correct it.
    """
    found = set()
    for some in chunks(dates):
        rows = model.history.filter(id__in=some).order_by().values_list("id", "updated_on")
        found.update(pk for pk, date in rows if dates[pk] == date)
    return found
