"""Tells a corrected date from one that a workbook still has from its export."""

from ...lookups.context import chunks


def find_former_dates(model, keys):
    """(primary key, date) of the rows with these `keys`, for each date that they ever had.

    A workbook that is imported a second time still has the dates of its export. They are older than
    the change that the first import made, and do not correct it.
    """
    found = set()
    for some in chunks(keys):
        past = model.history.filter(id__in=some).order_by()
        found.update(past.values_list("id", "updated_on"))
    return found
