"""What the rows of a list are likely to become, by its headers and its cells."""

import re
from collections import Counter

from django.utils.translation import gettext as _

from ...models.mapping import Target
from .content import contents_of
from .synonyms import leaves_of, matches, without_year, words_of, year_in

SURE = 60
"""The score from which a header is taken to say what it seems to say."""

NEARLY_ALL = 0.9
LONGEST_AROUND = 80
LEAST_YEARS = 2
MANY_YEARS = 4
OF_PLACES = (
    *("latitude", "longitude", "point", "population", "area", "local_name"),
    *("head_name", "city_code"),
)
OF_PLANS = ("description", "title", "department")
OF_ACTIONS = ("title", "description", "department", "subtitle", "status", "money", "action_type")
OF_WORK = ("department", "status", "money", "period")
"""What a plan says of each of its actions, and no list of figures of a measure."""


CITIES = re.compile(
    r"(?:\b(?:cities|towns|municip\w*|communes|villes|ciudades|cidades|concelhos|gemeinden|städte"
    r"|stadte|kommunen|comuni|città|gemeenten|steden|gminy|miasta|kommuner|belediyeler|kota)\b)"
    r"|города|городов|муниципал|城市|市区町村|市町村|自治体|시군구|도시|البلديات|مدن"
)
"""Words for cities in the name of a list, or above it."""


def guess_target(columns, rows, around=()):
    """(the code of a `Target`, why in words) of what the rows are likely to be.

    `around`: texts that stand above the list, and the names of its sheet and of its file.
    """
    signs = Signs(columns, contents_of(columns, rows), around)
    found = signs.statements() or signs.cities() or signs.commitments()
    return found or signs.named_cities() or signs.actions()


class Signs:
    """`said`: meaning → the names of the columns whose header says it most surely."""

    def __init__(self, columns, contents, around=()):
        self.around = [text for text in around if CITIES.search(text.casefold().replace("_", " "))]
        self.contents = contents
        self.said = {}
        self.years, self.numbers = [], []
        leaves = leaves_of([column.header for column in columns])
        for column, leaf in zip(columns, leaves, strict=True):
            content = contents[column.key]
            if year_in(column.header) and is_of_year(column.header, content):
                self.years.append(column.header)
                continue
            self.read(column, leaf, content)

    def read(self, column, leaf, content):
        found = [match for match in matches(column.header, leaf) if match.score >= SURE]
        if found:
            for match in found:
                if match.score == found[0].score and may_be(match.meaning, content):
                    self.said.setdefault(match.meaning, []).append(column.name)
        elif content.are_country_names:
            self.said.setdefault("country", []).append(column.name)
        elif content.is_numeric and not content.are_years:
            self.numbers.append(column.name)
        elif content.share("point") >= SURE / 100:
            self.said.setdefault("point", []).append(column.name)

    def has(self, *meanings):
        return any(meaning in self.said for meaning in meanings)

    def names(self, *meanings):
        """Their columns that mean one of these, for a sentence."""
        names = [name for meaning in meanings for name in self.said.get(meaning, ())[:1]]
        return ", ".join(f"“{name}”" for name in dict.fromkeys(names))

    def is_plan(self):
        """Whether the rows say what is done, by whom, when, for how much or how far it is."""
        return self.has("title", "name") and sum(map(self.has, OF_WORK)) > 1

    def statements(self):
        if self.is_plan():
            return None
        describes = self.has("description") or sum(map(self.has, OF_PLACES)) > 1
        if self.longest_series() >= (MANY_YEARS if describes else LEAST_YEARS):
            years = ", ".join(f"“{name}”" for name in self.years[:3])
            return Target.STATEMENTS, _("There is a column for each of several years: %s.") % years
        if self.has("measure") and len(self.years) > LEAST_YEARS and not self.has("description"):
            years = ", ".join(f"“{name}”" for name in self.years[:3])
            return Target.STATEMENTS, _("There is a column for each of several years: %s.") % years
        if self.has("measure") and self.has("value", "unit") and not self.has(*OF_PLANS):
            names = self.names("measure", "year", "unit", "value")
            return Target.STATEMENTS, _("There is a measure with its value: %s.") % names
        if self.has("value") and self.has("year") and self.has("unit"):
            names = self.names("year", "unit", "value")
            return Target.STATEMENTS, _("There is a value with its year and unit: %s.") % names
        if self.has("year") and (self.has("value") or self.numbers) and not self.of_rows():
            names = ", ".join([self.names("year", "value"), *self.numbers[:2]])
            return Target.STATEMENTS, _("There are years and numbers: %s.") % names
        return None

    def longest_series(self):
        """How many columns say the same of different years."""
        series = Counter(words_of(without_year(header)) for header in self.years)
        return max(series.values(), default=0)

    def of_rows(self):
        """Whether something says that a row is more than a number of one year."""
        return self.has("title", "description", "name", "city", *OF_PLACES)

    def cities(self):
        places = [meaning for meaning in OF_PLACES if self.has(meaning)]
        is_of_cities = self.has("city", "place") or (self.has("name") and self.has("country"))
        is_of_cities = is_of_cities or (self.has("name") and self.has("population", "city_code"))
        is_of_cities = is_of_cities or (self.has("country") and len(places) > 1)
        if self.has("commitment") and places in (["head_name"], ["local_name"]):
            return None
        of_actions = [meaning for meaning in OF_ACTIONS if self.has(meaning)]
        if is_of_cities and places and len(places) + self.has("country") > len(of_actions):
            names = self.names("city", "name", "country", *places)
            return Target.CITIES, _("The rows have facts about cities: %s.") % names
        return None

    def commitments(self):
        if self.has("commitment") and self.has("city", "name", "country"):
            if not self.has("description", "department", "money"):
                names = self.names("city", "name", "commitment")
                return Target.COMMITMENTS, _("There are cities and commitments: %s.") % names
        where = self.has("country", "city_code", "admin_area", "state")
        if self.has("city") and where and not self.has("title", "description"):
            names = self.names("city", "country", "city_code", "admin_area", "state")
            return Target.CITIES, _("The rows say which cities there are: %s.") % names
        return None

    def named_cities(self):
        """Cities of which a list has the names, codes and nothing else of actions."""
        if self.has(*OF_PLANS, "money", "status", "measure", "commitment"):
            return None
        if self.around and self.has("name", "city", "place"):
            words = {"text": self.around[0][:LONGEST_AROUND], "names": self.names("city", "name")}
            return Target.CITIES, _("“%(text)s” says that these are cities: %(names)s.") % words
        if self.has("name") and self.has("key", "city_code") and self.are_names_and_codes():
            names = self.names("name", "key", "city_code")
            return Target.CITIES, _("There are names and codes, and nothing else: %s.") % names
        return None

    def are_names_and_codes(self):
        """Whether one column has names, and all others codes."""
        texts = [one for one in self.contents.values() if not (one.is_empty or one.are_codes)]
        return len(texts) == 1 and len(texts[0].words) >= NEARLY_ALL * len(texts[0].values)

    def actions(self):
        names = self.names(*OF_ACTIONS[:5])
        if names:
            return Target.ACTIONS, _("The rows say what is done: %s.") % names
        return Target.ACTIONS, _("Nothing in the headers says more: most lists are of actions.")


def may_be(meaning, content):
    """Whether cells can be what a header seems to say, as far as it matters for the target."""
    if content.is_empty:
        return True
    if meaning in ("city", "place", "name", "title", "description", "measure", "commitment"):
        return not content.is_numeric and not content.are_days
    if meaning in ("population", "area", "value"):
        return content.share("number", "whole", "year") >= 0.3
    if meaning == "country":
        return content.are_countries
    return True


def is_of_year(header, content):
    """Whether a column with a year in its header has the values of that year, and no money."""
    rest = matches(without_year(header))
    if rest and rest[0].score >= SURE and rest[0].meaning in ("money", "population", "period"):
        return False
    return content.is_empty or content.share("number", "whole", "year") >= 0.4
