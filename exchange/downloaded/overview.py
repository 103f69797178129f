"""The first chapter: who the city is."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from intake.numbers import Unclear, fitted
from intake.numbers import read as read_number
from profiles.models import City
from profiles.numbers import bounds_of

from .broken_texts import doubt_breaks
from .official import gaps_as_groups
from .right_to_left import RIGHT_TO_LEFT, order_unknown
from .sentences import GROUPED, PLAIN

FACTS = (
    *("population", "country", "region", "head", "head.statement", "area", "location", "website"),
)
YEAR = r"(?:\((?P<year>(?:19|20)\d\d)\))?"
SQUARE_KM = re.compile(rf"({PLAIN.pattern}|{GROUPED.pattern}) (?:square km|km²)", re.IGNORECASE)
DEGREES = re.compile(r"(-?\d{1,3}\.\d+), ?(-?\d{1,3}\.\d+)", re.ASCII)
COMMA = re.compile("[,;،，、]")  # noqa: RUF001 (commas of other scripts)


class Overview:
    """Reads the chapter between two positions."""

    def __init__(self, stream, start, end, official, profile):
        self.stream, self.official, self.profile = stream, official, profile
        self.start, self.end = start, end
        self.used = []

    def headings(self, code, start=None):
        """(start, end) of each place where a heading stands alone on its line."""
        key = self.official.label(code)
        for at in self.stream.find_all(key, self.start if start is None else start, self.end):
            end = at + len(key)
            if self.stream.starts_line(at) and self.stream.ends_line(end):
                yield at, end

    def heading(self, code, start=None):
        return next(self.headings(code, start), None)

    def read(self):
        about = self.heading("overview.about") or self.glued_about()
        facts, end = self.facts_span(about[1] if about else self.start)
        if about:
            if not self.is_nothing(about[1], facts[0]):
                self.profile.about = self.stream.text(about[1], facts[0])
                cell = {"sheet": "Cities", "thing": self.profile, "header": "About"}
                doubt_breaks(self.stream, about[1], facts[0], self.official, self.profile, cell)
            self.used.append((about[0], facts[0]))
        if facts[1] < end:
            self.read_facts(facts[1], end)
        self.used.append((facts[0], end))
        self.compare_actions()
        return self.used

    def is_nothing(self, start, end):
        """Whether a text is the sentence that our own documents have in place of one."""
        sentence = self.official.catalogue.texts["overview.about.empty"].name
        return gaps_as_groups(sentence).fullmatch(self.stream.letters, start, end) is not None

    def facts_span(self, start):
        """((start, end) of the heading above the facts, the end of the facts).

        A text of the city may have a line with the words of the heading: the last one counts.
        """
        places = list(self.headings("overview.facts", start))
        for at, _end in places[:-1]:
            message = _("A line of this text says the same as the heading below it.")
            about = {"sheet": "Cities", "thing": self.profile, "header": "About"}
            words = self.stream.line_of(at).text
            self.profile.doubt(self.stream.place(at), words, message, **about)
        end = self.facts_end(places[-1][1] if places else start)
        if places:
            return places[-1], end
        at = self.facts_start(start, end)
        if at < end:
            message = _("The heading “Overview” is missing above these facts.")
            self.profile.doubt(self.stream.place(at), "", message)
        return (at, at), end

    def facts_end(self, start):
        stops = map(self.heading, ("overview.statistics", "achievements.title"), (start, start))
        return next((stop[0] for stop in stops if stop), self.end)

    def facts_start(self, start, end):
        """Where the facts begin that have no heading: at the first label, or the line above it."""
        labels = self.label_spots(start, end)
        if not labels or labels[-1][1] < end:
            return labels[0][0] if labels else end
        return max(self.stream.line_start(max(labels[0][0] - 1, 0)), start)

    def glued_about(self):
        """The heading About where the text runs on from it."""
        title = self.official.label("overview.title")
        key = self.official.label("overview.about")
        for at in self.stream.find_all(key, self.start, self.end):
            end = at + len(key)
            if self.stream.starts_line(at) and not self.stream.letters.startswith(title, at):
                line = self.stream.line_of(at).text
                if not line[len("About") : len("About") + 1].isascii() or line[5:6] in "*:":
                    message = _("The heading runs on into the next line; it is parted here.")
                    self.profile.doubt(self.stream.place(at), "About", message)
                    return at, end + self.stream.letters.startswith(":", end)
        return None

    def read_facts(self, start, end):
        """Labels stand below their values, or above them; several may share a line."""
        labels = self.label_spots(start, end)
        if not labels:
            return
        above, taken = labels[0][0] == start, set()
        for number, (at, behind, fact) in enumerate(labels):
            if above:
                span = behind, labels[number + 1][0] if number + 1 < len(labels) else end
            else:
                span = labels[number - 1][1] if number else start, at
            if fact in taken:
                self.doubt_twice(*span)
            else:
                self.take_fact(fact, *span)
            taken.add(fact)
        rest = (labels[-1][1], end) if not above else None
        if rest and rest[0] < rest[1]:
            words = self.stream.text(*rest)
            message = _("It stands among the facts and has no label that is known.")
            self.profile.doubt(self.stream.place(rest[0]), words, message, needs_person=True)

    def doubt_twice(self, start, end):
        message = _("This fact stands twice; the first is kept.")
        words = self.stream.text(start, end)
        self.profile.doubt(self.stream.place(start), words, message, needs_person=True)

    def label_spots(self, start, end):
        """(start, end, fact) of each label alone on its line, in their order."""
        found = []
        for fact in FACTS:
            pattern = re.compile(re.escape(self.official.label(f"overview.{fact}")) + YEAR)
            for match in pattern.finditer(self.stream.letters, start, end):
                if self.stream.ends_line(match.end()) and self.stream.starts_line(match.start()):
                    found.append((*match.span(), fact))
                    if match["year"]:
                        self.profile.population_year = int(match["year"])
        return sorted(found)

    def take_fact(self, fact, start, end):
        words = self.stream.text(start, end).replace("\n", " ").strip()
        if not words:
            return
        place = self.stream.place(start)
        if fact == "head.statement":
            self.profile.head_statement = self.stream.text(start, end)
        elif fact == "population":
            self.take_population(words, place)
        elif fact == "country":
            self.profile.country = words
        elif fact == "head":
            self.take_head(words, place)
        elif fact == "website":
            self.profile.website = words.replace(" ", "")
        elif fact == "area":
            self.take_area(words, place)
        elif fact == "location":
            self.take_location(words, place)

    def take_area(self, words, place):
        if found := SQUARE_KM.fullmatch(words):
            self.profile.area = Decimal(found[1].replace(",", ""))
        else:
            message = _("A number of square km is meant here. It is left out.")
            about = {"sheet": "Cities", "thing": self.profile, "header": "Area (km²)"}
            self.profile.doubt(place, words, message, needs_person=True, **about)

    def take_location(self, words, place):
        if found := DEGREES.fullmatch(words.replace("−", "-")):  # noqa: RUF001 (a minus as printed)
            self.profile.latitude, self.profile.longitude = map(Decimal, found.groups())
        else:
            message = _("Two numbers of degrees are meant here. They are left out.")
            about = {"sheet": "Cities", "thing": self.profile, "header": "Latitude"}
            self.profile.doubt(place, words, message, needs_person=True, **about)

    def take_population(self, words, place):
        about = {"sheet": "Cities", "thing": self.profile, "header": "Population"}
        try:
            bounds = bounds_of(City._meta.get_field("population"))
            number, _rounded = fitted(read_number(words, bounds).number, bounds)
        except Unclear as error:
            message = _("A number of people is meant here. %s It is left out.") % error
            self.profile.doubt(place, words, message, needs_person=True, **about)
            return
        self.profile.population = int(number)
        if place.page and RIGHT_TO_LEFT.search(words):
            self.profile.doubt(place, words, order_unknown(), needs_person=True, **about)
        if not (words.isdecimal() or GROUPED.fullmatch(words)):
            message = _("This is read as %d people.") % self.profile.population
            self.profile.doubt(place, words, message, **about)

    def take_head(self, words, place):
        name, *title = COMMA.split(words, maxsplit=1)
        self.profile.head_name, self.profile.head_title = name.strip(), "".join(title).strip()
        if not title:
            message = _("No comma parts name and title: all of it is taken as the name.")
            about = {"sheet": "Cities", "thing": self.profile, "header": "Head of government"}
            self.profile.doubt(place, words, message, **about)

    def compare_actions(self):
        """Doubt a printed number of actions that is not the number found."""
        spot = self.heading("overview.statistics.actions")
        if not spot:
            return
        starts = [self.stream.line_start(max(spot[0] - 1, 0)), min(spot[1], len(self.stream) - 1)]
        for at in starts:
            end = self.stream.line_end(at)
            if self.stream.text(at, end).isdecimal():
                self.used.append((at, end))
                self.compare_with(int(self.stream.text(at, end)), at)
                return

    def compare_with(self, number, at):
        if number != len(self.profile.actions):
            words = {"printed": number, "found": len(self.profile.actions)}
            message = _("The document counts %(printed)d actions; it prints %(found)d.") % words
            place = self.stream.place(at)
            is_short = number > len(self.profile.actions)
            self.profile.doubt(place, str(number), message, needs_person=is_short)
