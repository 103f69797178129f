"""`Profile`s → rows of our sheets, by header."""

from dataclasses import dataclass, field

CITIES, COMMITMENTS, ACTIONS = "Cities", "Commitments", "Actions"
STATEMENTS = {"Baselines": "Year", "Targets": "Due year", "Progress": "Date"}
"""Sheet → the column of the year or day."""

PATHWAY, RESOURCES = "Pathway", "Resources"


@dataclass(slots=True)
class Rows:
    """`sheets`: name → rows, each a dictionary by header. `numbers`: (sheet, id of the thing) →
    its first row in the workbook."""

    sheets: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)

    def add(self, sheet, row, *things):
        """Add the row of `things`."""
        rows = self.sheets.setdefault(sheet, [])
        rows.append(row)
        for thing in things:
            self.numbers.setdefault((sheet, id(thing)), len(rows) + 1)


def rows_of(profiles):
    """The `Rows` of profiles that have their places."""
    rows = Rows()
    for profile in profiles:
        add_profile(rows, profile)
    return rows


def add_profile(rows, profile):
    rows.add(CITIES, city_row(profile), profile)
    for commitment in profile.commitments:
        rows.add(COMMITMENTS, {"City": profile.slug, "Commitment": commitment.code}, commitment)
    for action in profile.actions:
        row = {
            "City": profile.slug,
            "Number": action.number,
            "Action type": action.type_code or action.type_name,
            "Description": action.description,
        }
        rows.add(ACTIONS, row, action)
    for sheet in STATEMENTS:
        for action, statement in profile.statements(sheet):
            add_statement(rows, profile, action, statement)
    for item in profile.items:
        add_item(rows, profile, item)


def city_row(profile):
    return {
        "City": profile.slug,
        "Name": profile.name,
        "Local name": profile.local_name,
        "Country": profile.country,
        "Latitude": profile.latitude,
        "Longitude": profile.longitude,
        "Population": profile.population,
        "Population year": profile.population_year,
        "Area (km²)": profile.area,
        "Website": profile.website,
        "About": profile.about,
        "Language": profile.language,
        "Head of government": profile.head_name,
        "Title of the head of government": profile.head_title,
        "Statement of the head of government": profile.head_statement,
    }


def add_statement(rows, profile, action, statement):
    """One row for each value; a statement in words alone is a row without a measure."""
    shared = {
        "City": profile.slug,
        "Action number": action.number,
        STATEMENTS[statement.kind]: statement.day or statement.year,
        "Text": statement.text,
        "Source": statement.source,
        "Last update": statement.updated_on,
    }
    for value in statement.values:
        entered = value.words if value.number is None else value.number
        own = {"Measure": value.key, "Value": entered, "Unit": value.unit}
        own["Precision"] = value.precision
        rows.add(statement.kind, {**shared, **own}, statement, value)
    if not statement.values:
        rows.add(statement.kind, shared, statement)


def add_item(rows, profile, item):
    row = {"City": profile.slug, "Title": item.title, "Link": item.url}
    if item.step:
        rows.add(PATHWAY, {**row, "Step": item.step}, item)
        return
    rows.add(RESOURCES, {**row, "Summary": item.summary}, item)
