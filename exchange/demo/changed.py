"""A workbook to upload: what a city holds now, with three cells changed."""

import datetime
from typing import NamedTuple

from profiles.models import City

from ..writing.book import write_book
from ..writing.selection import Selection


class Change(NamedTuple):
    """Adds `by` to the cell under `header` of the row of `sheet` that has the cells of `row`."""

    sheet: str
    row: dict
    header: str
    by: int

    def fits(self, sheet, cells):
        return sheet.sheet_name == self.sheet and self.row.items() <= cells.items()


CHANGES = {
    "al-waha": (
        Change("Cities", {}, "Population", 1_250),
        Change("Targets", {"Action number": 11, "Due year": 2026}, "Value", 2),
        Change("Progress", {"Action number": 7, "Date": datetime.date(2025, 10, 15)}, "Value", 1),
    )
}
"""Address of the city → what differs. Relative to the present: the file shows it each time."""


class Changed(Selection):
    """The rows of a city as they would be after `changes`."""

    changes = ()

    def rows_of(self, sheet):
        headers = [column.header for column in sheet.fields.values()]
        for values in super().rows_of(sheet):
            cells = dict(zip(headers, values, strict=True))
            for change in self.changes:
                if change.fits(sheet, cells) and cells[change.header] is not None:
                    cells[change.header] += change.by
            yield list(cells.values())


def write_changed(user, slug, file):
    selection = Changed.of_cities(user, City.objects.filter(slug=slug))
    selection.changes = CHANGES[slug]
    write_book(selection, file)
