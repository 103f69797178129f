"""The sample cities as they stand in demo/: one file a city, with what it published in turn.

A `.json` has the rows of the sheets of a workbook as header → value, without the column City. A
`.zip` of the same name has the files that the rows name.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .. import cells
from ..lookups.sent_files import zip_beside
from ..reading import Workbook
from ..reading.workbook import sheet_data

FOLDER = settings.BASE_DIR / "demo"
ANJI = FOLDER / "anji-county.xlsx"
"""The one real city, as a workbook: what its published profile prints."""

CITY = "City"
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Stage:
    """What a city has written by one day. `sheets`: name of a sheet → rows as header → value.

    `published`: the day on which it was published, with the `note`; "" for today. `is_sent`: it is
    sent for review instead.
    """

    sheets: dict
    published: str = ""
    note: str = ""
    is_sent: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """`former`: the address that the city had in demos of before."""

    slug: str
    former: str
    path: Path
    stages: tuple[Stage, ...]

    @property
    def is_light(self):
        """Whether it can be loaded with others in one workbook."""
        return len(self.stages) == 1 and not self.path.with_suffix(".zip").exists()

    def workbook(self, stage):
        return workbook_of([(self.slug, stage.sheets)])

    def enclosed(self):
        return zip_beside(self.path)


def sources():
    """The `Source` of each invented city, by address."""
    return [read_source(path) for path in sorted(FOLDER.glob("*.json"))]


def read_source(path):
    stored = json.loads(path.read_text(encoding="utf-8"))
    stages = tuple(
        Stage(
            stage["sheets"],
            stage.get("published", ""),
            stage.get("note", ""),
            stage.get("sent", False),
        )
        for stage in stored["stages"]
    )
    return Source(path.stem, stored.get("former", ""), path, stages)


def workbook_of(cities):
    """One `Workbook` of several cities, given as (address, sheets)."""
    rows = {}
    for slug, sheets in cities:
        for name, own in sheets.items():
            rows.setdefault(name, []).extend({CITY: slug, **row} for row in own)
    data = {cells.folded(name): sheet_of(name, own) for name, own in rows.items()}
    return Workbook(data, unknown=[], found=list(rows))


def sheet_of(name, rows):
    headers = list(dict.fromkeys(header for row in rows for header in row))
    table = [headers, *([row.get(header, "") for header in headers] for row in rows)]
    return sheet_data(name, enumerate(table, start=1), MOST_ROWS)
