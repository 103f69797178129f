"""`Profile`s → rows of our sheets, by header."""

from dataclasses import dataclass, field
from pathlib import PurePath

from django.utils.text import slugify
from django.utils.translation import gettext as _

from actions.models import Action
from profiles.models import City

from .profile import Doubt
from .stream import Place, key_of

CITIES, COMMITMENTS, ACTIONS = "Cities", "Commitments", "Actions"
STATEMENTS = {"Baselines": "Year", "Targets": "Due year", "Progress": "Date"}
"""Sheet → the column of the year or day."""

PATHWAY, RESOURCES = "Pathway", "Resources"
START = Place(1, 0)
LONGEST_ADDRESS = City._meta.get_field("slug").max_length


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


def place_all(profiles):
    """Give profiles their addresses and numbers, once, before their rows are made.

    A city that stands in two files is taken from the first in the workbook of all.
    """
    first = {}
    for profile in profiles:
        place(profile)
        other = first.setdefault(profile.slug, profile)
        if other is not profile:
            profile.is_second = True
            message = _("This city stands in the file %s too: only that is in the workbook of all.")
            words = message % other.file_name
            profile.doubts.append(Doubt(START, profile.name, words, needs_person=True))


def rows_of(profiles):
    """The `Rows` of profiles that have their places."""
    rows = Rows()
    for profile in profiles:
        add_profile(rows, profile)
    return rows


def place(profile):
    """Give a profile its address and its actions their numbers, as the stored city has them."""
    city = stored_city(profile)
    if city is None:
        stem = PurePath(profile.file_name).stem
        slug = slugify(profile.name) or slugify(stem) or "city"
        profile.slug = slug[:LONGEST_ADDRESS].strip("-")
        if not slugify(profile.name):
            message = _("The address is made of the name of the file; choose another one.")
            about = {"sheet": CITIES, "thing": profile, "header": "City"}
            profile.doubt(START, profile.name, message, needs_person=True, **about)
        for number, action in enumerate(profile.actions, start=1):
            action.number = number
        return
    profile.slug = city.slug
    same = number_like_stored(profile, city)
    words = {"same": same, "new": len(profile.actions) - same}
    message = _(
        "This city is on the platform already. Rows of the same name change it: %(same)d actions "
        "are there with their type and words, %(new)d get new numbers."
    )
    about = {"sheet": CITIES, "thing": profile, "header": "City"}
    needs_person = not same and city.last_action_number > 0
    profile.doubt(START, profile.name, message % words, needs_person=needs_person, **about)


def stored_city(profile):
    """The one city that has the name of the profile or its address."""
    found = list(City.objects.filter(name=profile.name)[:2]) if profile.name else []
    if len(found) == 1:
        return found[0]
    return City.objects.filter(slug=slugify(profile.name)).first()


def number_like_stored(profile, city):
    """Number the actions: those that are stored as they are there. Returns how many are."""
    stored = {}
    for action in Action.objects.filter(city=city).select_related("action_type").order_by("number"):
        key = action.action_type.code, key_of(action.description)
        stored.setdefault(key, []).append(action.number)
    highest = max([city.last_action_number, *(n for numbers in stored.values() for n in numbers)])
    same = 0
    for action in profile.actions:
        numbers = stored.get((action.type_code, key_of(action.description)))
        if numbers:
            action.number = numbers.pop(0)
            same += 1
        else:
            highest += 1
            action.number = highest
    return same


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
        rows.add(statement.kind, {**shared, **own}, statement, value)
    if not statement.values:
        rows.add(statement.kind, shared, statement)


def add_item(rows, profile, item):
    row = {"City": profile.slug, "Title": item.title, "Link": item.url}
    if item.step:
        rows.add(PATHWAY, {**row, "Step": item.step}, item)
        return
    rows.add(RESOURCES, {**row, "Summary": item.summary}, item)
