"""Guesses what each column of a list becomes: by its header, its cells and the other columns."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from profiles.dates import latest_today

from ...models.mapping import Target
from ..numbers.unit_words import unit_in_header
from ..table.layout import SourceColumn
from ..years.header_years import kind_in_header, measure_in_header, year_in_header
from ..years.kind_words import are_kinds
from .content import contents_of, unnamed_rows
from .fields import FIELDS, Kind, field_of, field_of_cities
from .fitting import fits
from .meanings import MEANINGS, Meaning
from .narrowed import is_narrowed
from .synonyms import LEAST, leaves_of, matches, words_of, year_in
from .targets import is_of_year
from .use import NOT_IMPORTED, Use

OWN = 110
"""The score of a header that is one of ours."""

BY_CONTENT = 40
"""The score of what the cells alone show: less than that of any header."""

BY_KIND = 89
FIGURES = ("baseline", "target", "progress")
NO_FIGURES = {"money", "internal", "key", "city_code"}
"""Meanings of headers of which a number is no figure, whatever else they say."""

SURE = 90
"""The score of a header that says a thing and nothing else."""

ONCE = ("measure", "source", "about", "head_statement", "target", "progress")
"""Fields that take several columns, of which one alone is guessed."""

LEAST_MAILS = 0.5
"""The share of mail addresses in a column that is held back."""

MAIN_TEXTS = ("description", "summary", "about", "")
"""Meanings of columns that need no title where they stand first in a description."""

LEFT_OF_TITLES = ("group", "action_type", "city", "country", "measure", "")
"""Meanings of columns in which an empty cell can mean the one above."""


def figure_in(column):
    """What a header says beside its year: the measure, the kind, the unit."""
    name = column.name
    return measure_in_header(name), kind_in_header(name), unit_in_header(name)


@dataclass(slots=True)
class Candidate:
    """A field that a column may become. `meaning`: of its header, "" where its cells show it."""

    column: SourceColumn
    field: str
    score: float
    why: str
    meaning: str = ""
    rank: int = 0


class Guess:
    """`chosen`: key of a column → its `Candidate`. `uses`: those that are decided."""

    def __init__(self, target, columns, rows, uses, gone="", cities=frozenset()):
        self.target, self.columns = target, columns
        self.gone, self.cities = gone, cities
        self.contents = contents_of(columns, rows)
        leaves = leaves_of([column.header for column in columns])
        self.leaves = {column.key: leaf for column, leaf in zip(columns, leaves, strict=True)}
        self.decided = {use.column.key for use in uses}
        self.taken = {use.field: use.column for use in uses if use.field}
        self.chosen = {}
        self.choose()
        if target == Target.ACTIONS:
            self.give_progress([use.column for use in uses if use.field == "progress"])
            self.give_description()
        if target == Target.CITIES and "population" not in self.taken:
            self.take_back("population_year", _("There is no population of that year."))
        if target == Target.STATEMENTS:
            self.give_value()
            self.give_city()
            if "value_of_year" in self.taken and "value" not in self.taken:
                self.take_back("year", _("The headers of the figures say their years."))
        if not self.taken.keys() & {"name", "city"}:
            self.take_back("state", _("No column names cities that it could tell apart."))

    def choose(self):
        """Give each column its likeliest field; a field for one column goes to the likeliest."""
        undecided = [column for column in self.columns if column.key not in self.decided]
        candidates = [one for column in undecided for one in self.candidates(column)]
        candidates.sort(key=lambda one: (-one.score, one.rank, one.column.at))
        beside = {}
        for one in candidates:
            if one.column.key in self.chosen:
                continue
            if one.field in self.taken and self.is_once(one.field):
                beside.setdefault(one.column.key, one)
                continue
            if one.score < LEAST and one.column.key in beside:
                continue
            self.chosen[one.column.key] = one
            if one.field:
                self.taken.setdefault(one.field, one.column)
        for key in beside.keys() - self.chosen.keys():
            self.chosen[key] = self.beside(beside[key])

    def is_once(self, code):
        return code in ONCE or field_of(self.target, code).is_single

    def beside(self, candidate):
        """What becomes of a column whose likeliest field has a likelier column."""
        other = self.taken[candidate.field].name
        label = field_of(self.target, candidate.field).label
        why = _("“%(other)s” is the %(label)s already.") % {"other": other, "label": label}
        field = NOT_IMPORTED
        content = self.contents[candidate.column.key]
        if candidate.field == "title" and not content.is_yes_or_no:
            field, why = "description", _("A second title, beside “%s”.") % other
        return Candidate(candidate.column, field, candidate.score, why, candidate.meaning)

    def candidates(self, column):
        content = self.contents[column.key]
        if self.target == Target.STATEMENTS and year_in(column.header):
            if is_of_year(column.header, content):
                why = _("Its header is, or ends with, a year.")
                yield Candidate(column, "value_of_year", OWN, why)
                return
        if self.target == Target.STATEMENTS and are_kinds(content):
            why = _("Its words say what was observed and what is aimed at.")
            yield Candidate(column, "kind", OWN, why)
            return
        if self.has_known_cities(content):
            why = _("It has the cities that “%s” had, which is not here any more.") % self.gone
            yield Candidate(column, field_of_cities(self.target), OWN, why)
        words = words_of(column.header)
        for field in FIELDS[self.target]:
            if words and words in (words_of(field.header), words_of(str(field.label))):
                is_ours = not is_narrowed(field.code, column.header, column.header)
                if is_ours and fits(field, content, ""):
                    why = _("It is called as ours.")
                    yield Candidate(column, field.code, OWN, why, field.code)
        yield from self.by_header(column, content)
        yield from self.by_kind(column, content)
        yield from self.by_content(column, content)

    def has_known_cities(self, content):
        """Whether most cells are cities that were decided, and the column that had them is gone."""
        if not (self.gone and self.cities):
            return False
        known = sum(count for word, count in content.words.items() if word in self.cities)
        return known > 0.5 * len(content.values)

    def by_header(self, column, content):
        known = MEANINGS[self.target]
        ranks = {meaning: rank for rank, meaning in enumerate(known)}
        for match in matches(column.header, self.leaves[column.key]):
            meaning = known.get(match.meaning, Meaning(NOT_IMPORTED))
            rank = ranks.get(match.meaning, len(ranks))
            if match.meaning == "key" and content.is_key and is_at_end(match.word, column.header):
                match = match._replace(score=max(match.score, LEAST))
            if match.meaning == "year" and self.target == Target.CITIES and match.score < SURE:
                continue
            if match.score < LEAST and meaning.field and self.is_once(meaning.field):
                continue
            if not meaning.field:
                why = str(meaning.why) or _("There is no place for it here.")
                yield Candidate(column, NOT_IMPORTED, match.score, why, match.meaning, rank)
            elif match.meaning == "period" and self.has_days(content):
                why = _("Its cells are days.")
                yield Candidate(column, "days", match.score, why, match.meaning, rank)
            elif is_narrowed(meaning.field, column.header, match.word):
                why = self.why_narrowed(field_of(self.target, meaning.field))
                yield Candidate(column, NOT_IMPORTED, BY_CONTENT - 1, why, match.meaning, rank)
            elif self.takes(meaning.field, content, match, column):
                score = match.score + self.likeliness(column, match.meaning, content)
                why = self.why(meaning.field, match)
                yield Candidate(column, meaning.field, score, why, match.meaning, rank)
            elif meaning.field == "title" and content.is_text:
                why = _("Its cells are long texts.")
                yield Candidate(column, "description", match.score, why, "description", rank)
            else:
                why = self.why_unfit(field_of(self.target, meaning.field))
                yield Candidate(column, NOT_IMPORTED, BY_CONTENT - 1, why, match.meaning, rank)

    def takes(self, code, content, match, column):
        """Whether a field may be guessed: what a part of a header says makes no figure without a
        unit, as it may be money."""
        is_clear = match.score >= SURE or unit_in_header(column.header)[0]
        is_figure = self.target == Target.ACTIONS and code in FIGURES
        return fits(field_of(self.target, code), content, match.meaning) and (
            is_clear or not is_figure
        )

    def has_days(self, content):
        is_of_days = content.are_days or content.has_serials
        return self.target == Target.ACTIONS and is_of_days

    def why(self, code, match):
        """Why a column becomes the field that its header means."""
        is_whole = match.score >= SURE
        if field_of(self.target, code).joins and match.meaning not in MAIN_TEXTS:
            return _("It tells more of what the rows are about: it is added with its title.")
        return _("Its header says so.") if is_whole else _("A part of its header says so.")

    def why_unfit(self, field):
        if field.kind == Kind.KEY:
            return _("It names no row: it is empty in many rows, or the same in several.")
        if field.code == "contact_email":
            return _("Mail addresses of people do not become public.")
        if field.code in FIGURES:
            return _("A number: say what it is.")
        words = {"label": field.label}
        return _("Its header says “%(label)s”, its cells do not look so.") % words

    def why_narrowed(self, field):
        words = _("It says more than “%s”: choose it if it is that of the whole city.")
        return words % field.label

    def by_kind(self, column, content):
        """A number with a unit of which the header says that it is a starting point or a target."""
        kind = kind_in_header(column.header) if self.target == Target.ACTIONS else ""
        said = {match.meaning for match in matches(column.header, self.leaves[column.key])}
        if not kind or said & NO_FIGURES or content.is_empty:
            return
        if unit_in_header(column.header)[0] and content.is_numeric and not content.are_years:
            why = _("A number, and its header says what it is.")
            yield Candidate(column, kind, BY_KIND, why, kind)
        elif kind == "target" and year_in_header(column.header)[0]:
            if kind not in said and measure_in_header(column.header):
                return
            why = _("Its header says target and year; as no unit is said, it stays in words.")
            yield Candidate(column, "target_text", BY_KIND, why, "target_text")

    def likeliness(self, column, meaning, content):
        """A little that decides between two columns whose headers say the same."""
        if content.is_empty:
            return 0
        if meaning in ("title", "name", "city", "place", "measure"):
            return 4 * len(content.words) / len(content.values) * content.filled
        year = year_in(column.header)
        return (year - 1950) / 100 if year else content.filled

    def by_content(self, column, content):
        """What the cells show where the header says nothing."""
        yield from self.of_special_cells(column, content)
        why, field = self.why_not(content), NOT_IMPORTED
        if self.target == Target.ACTIONS and content.is_text and content.is_long:
            field, why = "description", _("Its cells are long texts.")
        yield Candidate(column, field, BY_CONTENT - 10, why)

    def of_special_cells(self, column, content):
        if content.are_country_names:
            why = _("Its cells are countries.")
            yield Candidate(column, "country", BY_CONTENT, why)
        if self.target == Target.CITIES and content.share("point") >= 0.6:
            yield Candidate(column, "point", BY_CONTENT, _("Its cells are positions."))
        if content.share("mail") >= LEAST_MAILS:
            yield Candidate(
                column, NOT_IMPORTED, BY_CONTENT, _("Names and contacts of people stay here.")
            )

    def why_not(self, content):
        if content.is_empty:
            return _("It is empty.")
        if content.is_numeric:
            return _("A number: say what it is.")
        if content.repeats:
            return _("A list of few words, of which nothing is known.")
        return _("Nothing is known of this header.")

    def give_progress(self, columns):
        """Take as progress what is called like one of these `columns`, and of a later year."""
        known = {figure_in(one): one for one in columns}
        last = max((year_in_header(one.name)[0] or 0 for one in columns), default=0)
        for one in self.chosen.values():
            other, year = known.get(figure_in(one.column)), year_in_header(one.column.name)[0] or 0
            is_later = last < year <= latest_today().year
            if other and is_later and self.contents[one.column.key].is_numeric:
                why = _("As “%s”, which is progress, of a later year.") % other.name
                self.take(one, "progress", why)

    def give_description(self):
        """An action needs a description: where there is none, the title is it."""
        if "description" in self.taken or "title" not in self.taken:
            return
        key = self.taken["title"].key
        if key in self.chosen:
            self.chosen[key].meaning = "description"
            self.take(self.chosen[key], "description", _("There is no other description."))

    def give_value(self):
        """Take the only column of numbers as the value, where no header says which it is."""
        if "value" in self.taken or "value_of_year" in self.taken:
            return
        found = [one for one in self.chosen.values() if self.is_unknown_number(one)]
        if len(found) == 1:
            self.take(found[0], "value", _("It is the only column of numbers."))

    def is_unknown_number(self, candidate):
        content = self.contents[candidate.column.key]
        return not candidate.field and not candidate.meaning and content.is_numeric

    def give_city(self):
        """Take a column as the city of which another says that it has cities: its type."""
        if "city" in self.taken:
            return
        for one in list(self.chosen.values()):
            content = self.contents[one.column.key]
            if one.field or not content.repeats or not self.are_cities(content):
                continue
            beside = [other for other in self.chosen.values() if not other.field]
            named = [other for other in beside if is_type_of(one.column, other.column)]
            if len(named) == 1:
                why = _("“%s” says that these are cities.") % one.column.name
                self.take(named[0], "city", why)
                return

    def are_cities(self, content):
        cities = sum(
            count
            for word, count in content.words.items()
            if any(match.meaning == "city" and match.score >= SURE for match in matches(word))
        )
        return cities >= 0.5 * len(content.values)

    def take_back(self, field, why):
        """Import none of the columns that are guessed to be a field."""
        for candidate in self.chosen.values():
            if candidate.field == field:
                candidate.field, candidate.why = NOT_IMPORTED, why

    def take(self, candidate, field, why):
        candidate.field, candidate.why = field, why
        self.taken.setdefault(field, candidate.column)

    def use_of(self, column):
        one = self.chosen[column.key]
        content = self.contents[column.key]
        field = field_of(self.target, one.field)
        use = Use(column, one.field, why=one.why)
        use.is_held_back = field is None and self.is_held_back(one, content)
        if field is not None:
            if field.kind == Kind.KEY:
                use.why = " ".join([one.why, *unnamed_rows(content)])
            use.has_title = self.needs_title(one, field)
            use.fills_down = self.fills_down(one, content)
            use.separator = content.separator if field.kind == Kind.WORD else ""
        return use

    def is_held_back(self, candidate, content):
        known = MEANINGS[self.target].get(candidate.meaning)
        has_mails = content.share("mail") >= LEAST_MAILS
        return has_mails or (known is not None and known.is_held_back)

    def needs_title(self, candidate, field):
        """All columns that are joined but the main text, and a figure's measure."""
        if not field.joins or field.code in ONCE:
            return False
        joined = [one for one in self.chosen.values() if one.field == field.code]
        mains = [one for one in joined if one.meaning in MAIN_TEXTS]
        return not mains or candidate is not max(mains, key=lambda one: one.score)

    def fills_down(self, candidate, content):
        if candidate.meaning not in LEFT_OF_TITLES or not content.is_filled_in_groups:
            return False
        leading = self.taken.get("title") or self.taken.get("description")
        leading = self.taken.get("value") or self.taken.get("value_of_year") or leading
        return leading is not None and candidate.column.at < leading.at


def is_at_end(word, header):
    """Whether a header ends with a word, as “Facility ID” does with “ID”."""
    words, own = words_of(header), words_of(word)
    return words[-len(own) :] == own


def is_type_of(column, other):
    """Whether the header of a column says that it has the type of what another has."""
    words, others = words_of(column.header), words_of(other.header)
    return len(words) > len(others) > 0 and words[-len(others) :] == others
