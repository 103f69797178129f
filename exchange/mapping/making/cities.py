"""Cities of a list, and the commitments that stand beside them."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake import numbers
from profiles.dates import latest_today
from profiles.models import City

from ... import cells
from ...problems import CellError
from ..places import places, points
from ..places.country_languages import language_of
from ..places.places import NEW
from ..years.header_years import year_in_header
from .commitments import CITIES, add_commitment
from .maker import Maker, left_empty
from .of_cities import NO_LANGUAGE
from .result import Doubt

TEXTS = {
    "local_name": "Local name",
    "summary": "Summary",
    "about": "About",
    "head_name": "Head of government",
    "head_title": "Title of the head of government",
    "website": "Website",
    "contact_email": "Contact e-mail",
}
"""Field → the column that takes its text as it stands."""


class CitiesMaker(Maker):
    sheet = CITIES

    def prepare(self):
        self.rows_of, self.committed = {}, {}
        self.rounded, self.dated = Counter(), Counter()
        self.longitude_first = self.draft.places.columns.longitude_first
        slugs = {place.slug or place.becomes for place in self.draft.places.values()}
        stored = City.objects.filter(slug__in=slugs - {None, "", NEW})
        self.stored = dict(stored.values_list("slug", "name"))

    def make_row(self, row):
        slug = places.city_of(self.draft, row)
        if not slug:
            raise CellError(places.why_left_out(self.draft, row) or _("It names no city."))
        if first := self.rows_of.get(slug):
            raise CellError(_("Row %d is of this city too.") % first)
        country = "" if slug in self.stored else self.country(row)
        self.rows_of[slug] = row.number
        at = self.begin(CITIES, City=slug, Country=country)
        self.put_name(row, slug, at)
        for code, header in TEXTS.items():
            self.put(self.text(code, row), row, self.first(code, row)[0], CITIES, at, header)
        self.put_population(row, at)
        self.put_taken("area", row, at)
        self.put_places(row, at)
        self.put_language(row, slug, at)
        self.put_commitments(row, slug)

    def finish(self):
        """Tell once for each column how many of its positions stand otherwise here, and how many
        of its numbers have the year of its header."""
        super().finish()
        for (table, key, year), count in self.dated.items():
            words = ngettext(
                "The header names the year %(year)d: it is the year of %(count)d number.",
                "The header names the year %(year)d: it is the year of %(count)d numbers.",
                count,
            )
            name, said = self.names[key], words % {"year": year, "count": count}
            self.made.doubts.append(Doubt(said, table, 0, name, needs_person=False))
        for (table, key, is_number), count in self.rounded.items():
            if is_number:
                words = ngettext(
                    "%(count)d value is rounded to %(places)d decimals.",
                    "%(count)d values are rounded to %(places)d decimals.",
                    count,
                )
            else:
                words = ngettext(
                    "%(count)d value becomes degrees with %(places)d decimals.",
                    "%(count)d values become degrees with %(places)d decimals.",
                    count,
                )
            said = words % {"count": count, "places": points.PLACES}
            name = self.names[key]
            self.made.doubts.append(Doubt(said, table, 0, name, needs_person=False))
        if self.longitude_first:
            said = _(
                "Its positions are read as longitude and latitude, in this order: some of them "
                "cannot be read otherwise."
            )
            name = self.names[self.uses["point"][0].column.key]
            self.made.doubts.append(Doubt(said, self.first_table, 0, name))

    def name_unused(self):
        super().name_unused()
        apart = _("The column “%s” is not stored: it only tells cities of one name apart.")
        found = _(
            "The column “%s” is not stored: it tells cities of one name apart, and a mapping that "
            "is kept finds a city by it that has another name the next time."
        )
        counts = _("The column “%s” is not stored: it only counts the rows.")
        columns = self.draft.places.columns
        of_uses = (apart, columns.states), (found, columns.keys), (counts, columns.counting)
        for words, uses in of_uses:
            for use in uses:
                name = self.names[use.column.key]
                self.made.left_out.append((self.first_table, 0, name, words % name))

    def country(self, row):
        """The letters of the country of a row; one that is here keeps its own. Raises CellError."""
        use, value = self.first("country", row)
        found = places.read_country(self.draft, value) if use else ""
        return found or places.place_of(self.draft, row).country

    def put_name(self, row, slug, at):
        """The name of a new city; one that is here keeps its own."""
        use, _value = self.first("name", row)
        if slug not in self.stored:
            place = places.place_of(self.draft, row)
            self.put(place.name, row, use, CITIES, at, "Name")
        elif use and self.word(use, row) != self.stored[slug]:
            words = _("The city is here as “%s” and keeps this name.")
            where = {"sheet": CITIES, "at": at, "header": "City"}
            self.doubt(words % self.stored[slug], row, use, **where)

    def put_commitments(self, row, slug):
        for use in self.uses["commitments"]:
            try:
                codes = self.codes(use, row)
            except CellError as error:
                self.doubt(_("No commitment is taken from it: %s") % error, row, use)
                continue
            for code in codes:
                add_commitment(self, slug, code, row)

    def put_places(self, row, at):
        """Latitude and longitude; a cell of any of the columns may say both."""
        found = {}
        for code, axis in (("point", ""), ("latitude", "latitude"), ("longitude", "longitude")):
            use, value = self.first(code, row)
            if use is None:
                continue
            try:
                read, notes = places.point_in(value, axis, self.longitude_first)
            except CellError as error:
                where = {"sheet": CITIES, "at": at, "header": (axis or "latitude").capitalize()}
                self.doubt(left_empty(error), row, use, **where)
                continue
            if notes:
                is_number = numbers.plain_number(cells.as_text(value)) is not None
                self.rounded[row.table, use.column.key, is_number] += 1
            for name, degrees in read.items():
                found.setdefault(name.capitalize(), (degrees, use))
        if len(found) == len(points.OTHER) and not any(degrees for degrees, _use in found.values()):
            said = left_empty(points.nowhere())
            for header, (_degrees, use) in found.items():
                self.doubt(said, row, use, sheet=CITIES, at=at, header=header)
            return
        for header, (degrees, use) in found.items():
            self.put(degrees, row, use, CITIES, at, header)

    def put_language(self, row, slug, at):
        """The language that the row names; of a new city else that of all rows or its country."""
        language = self.language(row)
        if not language and slug not in self.stored:
            country = self.made.sheets[CITIES][at].get("Country", "")
            language = self.draft.constants.language or language_of(country)
            if not language:
                self.doubt(NO_LANGUAGE, row, sheet=CITIES, at=at, header="Language")
        self.put(language, row, self.first("language", row)[0], CITIES, at, "Language")

    def put_population(self, row, at):
        """The population and its year, which may stand in the header."""
        is_put = self.put_taken("population", row, at)
        self.put_taken("population_year", row, at)
        use, _value = self.first("population", row)
        if not is_put or self.first("population_year", row)[0]:
            return
        year, _note = year_in_header(use.column.name)
        if year and year <= latest_today().year:
            self.made.sheets[CITIES][at]["Population year"] = year
            self.dated[row.table, use.column.key, year] += 1
