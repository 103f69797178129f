"""What a column of a list can become: the fields of each target."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from ...models.mapping import Target


class Kind(Enum):
    """How the cells of a field are read."""

    TEXT = "text"
    LINE = "line"
    NUMBER = "number"
    YEAR = "year"
    DAY = "day"
    WORD = "word"
    """One of our words: see `words.py`."""

    PLACE = "place"
    COUNTRY = "country"
    COORDINATES = "coordinates"
    ADDRESS = "address"
    """A web or mail address."""

    KEY = "key"
    YEARS_VALUE = "years-value"
    """The value of one year, which `years.py` knows from the header."""


class Shown(Enum):
    """Who sees what a field takes."""

    PUBLIC = _("Shown in public")
    INTERNAL = _("Never shown in public")
    FINDS = _("To find the city and the row, not shown")


@dataclass(frozen=True, slots=True)
class Field:
    """`header`: of the column in our sheet that takes it, where it is one alone. `joins`: several
    columns may go into it, one below the other, each with its header as title. `choices`: which
    list of our words it takes (`words.CHOICES`). `several`: several columns may go into it, each of
    a year of its own. `unit`: in which our column has its numbers."""

    code: str
    label: str
    kind: Kind
    header: str = ""
    joins: bool = False
    is_needed: bool = False
    choices: str = ""
    several: bool = False
    shown: Shown = Shown.PUBLIC
    unit: str = ""

    @property
    def is_single(self):
        """Whether one column alone may go into it."""
        return not (self.joins or self.several)


CITY = Field("city", _("City (to find it)"), Kind.PLACE, shown=Shown.FINDS)
COUNTRY = Field("country", _("Country (to find the city)"), Kind.COUNTRY, shown=Shown.FINDS)
STATE = Field(
    "state",
    _("State or province (tells cities of one name apart)"),
    Kind.LINE,
    shown=Shown.FINDS,
)
KEY_OF_CITY = Field(
    "key",
    _("Key in your list (tells cities of one name apart)"),
    Kind.KEY,
    shown=Shown.FINDS,
)
KEY = Field("key", _("Key of the row in your list"), Kind.KEY, shown=Shown.FINDS)
SOURCE = Field("source", _("Source of the figures"), Kind.LINE, joins=True)
SOURCE_URL = Field("source_url", _("Link to the source"), Kind.ADDRESS)
TEXT = Field("text", _("Text beside the figures"), Kind.TEXT, joins=True)

FIELDS = {
    Target.CITIES: (
        Field("name", _("Name"), Kind.PLACE, "Name", is_needed=True),
        Field("country", _("Country"), Kind.COUNTRY, "Country", is_needed=True),
        STATE,
        KEY_OF_CITY,
        Field("local_name", _("Local name"), Kind.LINE, "Local name"),
        Field("latitude", _("Latitude"), Kind.COORDINATES, "Latitude"),
        Field("longitude", _("Longitude"), Kind.COORDINATES, "Longitude"),
        Field("point", _("Latitude and longitude in one"), Kind.COORDINATES),
        Field("population", _("Population"), Kind.NUMBER, "Population"),
        Field("population_year", _("Year of the population"), Kind.YEAR, "Population year"),
        Field("area", _("Area"), Kind.NUMBER, "Area (km²)", unit="km2"),
        Field("area_unit", _("Unit of the area"), Kind.LINE),
        Field("summary", _("Summary"), Kind.LINE, "Summary"),
        Field("about", _("About the city"), Kind.TEXT, "About", joins=True),
        Field("language", _("Language"), Kind.WORD, "Language", choices="language"),
        Field("head_name", _("Head of government"), Kind.LINE, "Head of government"),
        Field(
            "head_title",
            _("Title of the head of government"),
            Kind.LINE,
            "Title of the head of government",
        ),
        Field(
            "head_statement",
            _("Statement of the head of government"),
            Kind.TEXT,
            "Statement of the head of government",
            joins=True,
        ),
        Field("website", _("Website"), Kind.ADDRESS, "Website"),
        Field("contact_email", _("Contact e-mail"), Kind.ADDRESS, "Contact e-mail"),
        Field("commitments", _("Commitments, several in a cell"), Kind.WORD, choices="commitment"),
    ),
    Target.COMMITMENTS: (
        CITY,
        COUNTRY,
        STATE,
        Field(
            "commitment",
            _("Commitment"),
            Kind.WORD,
            "Commitment",
            is_needed=True,
            choices="commitment",
        ),
        Field("made_on", _("Made on"), Kind.DAY, "Made on"),
    ),
    Target.ACTIONS: (
        KEY,
        CITY,
        COUNTRY,
        STATE,
        Field("title", _("Title"), Kind.LINE, "Summary"),
        Field(
            "description", _("Description"), Kind.TEXT, "Description", joins=True, is_needed=True
        ),
        Field("days", _("Begin, end or other day, in the description"), Kind.DAY, joins=True),
        Field("action_type", _("Action type"), Kind.WORD, "Action type", choices="action_type"),
        Field("language", _("Language"), Kind.WORD, "Language", choices="language"),
        Field(
            "department",
            _("Responsible department"),
            Kind.LINE,
            "Department",
            shown=Shown.INTERNAL,
        ),
        Field("updated_on", _("Last update"), Kind.DAY, "Last update"),
        Field("baseline", _("Figure: starting point"), Kind.NUMBER),
        Field("baseline_year", _("Year of the starting point"), Kind.YEAR),
        Field("target", _("Figure: target"), Kind.NUMBER, several=True),
        Field("target_year", _("Due year of the target"), Kind.YEAR),
        Field("target_text", _("Target in words"), Kind.TEXT, joins=True),
        Field("progress", _("Figure: progress"), Kind.NUMBER, several=True),
        Field("progress_day", _("Day of the progress"), Kind.DAY),
        Field("progress_text", _("Progress in words"), Kind.TEXT, joins=True),
        Field("unit", _("Unit of the figures"), Kind.LINE),
        SOURCE,
        SOURCE_URL,
    ),
    Target.STATEMENTS: (
        KEY,
        CITY,
        COUNTRY,
        STATE,
        Field("action", _("Number of the action here"), Kind.NUMBER, shown=Shown.FINDS),
        Field("measure", _("What is measured"), Kind.LINE, joins=True, is_needed=True),
        Field("unit", _("Unit"), Kind.LINE),
        Field("year", _("Year"), Kind.YEAR),
        Field("kind", _("Starting point, target or progress"), Kind.WORD, choices="statement"),
        Field("value", _("Value"), Kind.NUMBER),
        Field(
            "value_of_year",
            _("Value of the year in the header"),
            Kind.YEARS_VALUE,
            several=True,
        ),
        TEXT,
        SOURCE,
        SOURCE_URL,
    ),
}


BY_CODE = {target: {one.code: one for one in some} for target, some in FIELDS.items()}


def field_of(target, code):
    """The `Field` of this code; None for a column that is not imported."""
    return BY_CODE[target].get(code)


def field_of_cities(target):
    """The code of the field that names the city of a row."""
    return "name" if target == Target.CITIES else "city"
