"""A profile as the former platform printed it, made of the sample workbook of Anji County."""

import functools

from catalogue import frozen
from exchange.demo.sources import ANJI
from exchange.reading import read

OFFICIALS = "超过356位"
"""What the document prints where the sentence wants a number."""

DAY = "Last update: {:%d %B %Y}"


@functools.cache
def sheets():
    """Name of a sheet → its rows by header."""
    return {
        data.name: [dict(zip(data.headers, row, strict=True)) for _number, row in data.rows]
        for data in read(ANJI).sheets.values()
    }


def values_of(number):
    """Key of a measure → value and unit of the baseline of an action."""
    return {
        row["Measure"]: row for row in sheets()["Baselines"] if int(row["Action number"]) == number
    }


def words_of(row, measure):
    value = row["Value"]
    if isinstance(value, float):
        value = f"{value:g}" if value == int(value) else str(value)
    if row["Precision"] == "more-than":
        return OFFICIALS
    return f"{value} {measure.unit_in_sentence}".strip().replace(" %", "%")


def baseline(number, action_type, catalogue):
    rows = values_of(number)
    if not rows:
        return []
    measures = {
        one.key: one for one in catalogue.measures.values() if one.action_type == action_type.code
    }
    gaps = {key: words_of(row, measures[key]) for key, row in rows.items()}
    day = next(iter(rows.values()))["Last update"]
    return ["Baseline:", action_type.baseline_template.format_map(gaps), DAY.format(day)]


def target(number):
    for row in sheets()["Targets"]:
        if int(row["Action number"]) == number:
            return ["Target:", row["Text"], DAY.format(row["Last update"])]
    return []


def actions():
    """The blocks of the chapter of the actions."""
    catalogue = frozen.current()
    area = commitment = None
    for row in sheets()["Actions"]:
        action_type = catalogue.action_types[row["Action type"]]
        made = catalogue.commitments[action_type.commitment]
        if made.area != area:
            area = made.area
            yield f"Action area {catalogue.areas[area].number}"
            yield catalogue.areas[area].name
        if made is not commitment:
            commitment = made
            yield "Commitment Made:"
            yield made.name
        yield action_type.name
        yield "Description of how city is taking action"
        yield row["Description"]
        number = int(row["Number"])
        yield from baseline(number, action_type, catalogue)
        yield from target(number)


def document(blocks=None):
    """All blocks of the document, one paragraph each."""
    texts = frozen.current().texts
    city = sheets()["Cities"][0]
    yield from ("Anji County", "City profile downloaded from CitiesWithNature", "06 June 2026")
    yield from ("Chapter 1", "Profile overview", "About", city["About"], "Overview", "600000")
    yield from ("Population size", "China", "Country", "Asia & Oceania", "Region")
    yield from ("Yun Lin, Mayor of Anji County", "Head of government")
    yield from ("Platform engagement statistics", "33", "Actions made on the Action Platform")
    yield from ("Achievements", "Starter profile", "67% complete")
    yield from ("Chapter 2", "The Action Platform", "The Action Platform")
    yield texts["actions.intro"].name
    yield from actions() if blocks is None else blocks
    yield from ("Chapter 3", "Nature Pathway", "Nature Pathway", texts["pathway.intro"].name)
    yield from ("1. Commit & mobilize", "No uploads or resources have been linked")
    yield from ("Chapter 4", "City Biodiversity Index", "0 Points")
    yield from ("Chapter 5", "Tools & resources")
    yield "Anji County has not yet posted any tools and resources"
    yield texts["disclaimer"].name


def text(blocks=None):
    return "\n\n".join(document(blocks))
