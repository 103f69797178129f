"""What holds for all rows of a list, and what names a row in it."""

import re
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import PurePath

from django.db.models import Q

from actions.models import Action

from .. import cells
from ..downloaded import language_of_text
from ..lookups.context import editable_cities
from ..models.mapping import Target
from .columns.content import LEAST_KEYS, kind_of_text, own_words
from .columns.synonyms import matches
from .columns.use import NOT_IMPORTED, filled_down
from .words import words
from .words.blanks import yes_or_no


@dataclass(slots=True)
class Constants:
    """`city`: address of the city of rows that name none. `country`: two letters, of cities that
    no column says more of. `commitment`: a code, of cities of which no column names one.
    `language`: a tag. `action_type`: a code,
    for rows of which no column tells it; or `type_column`, the key of a column whose words tell it,
    whatever else it is used for. `key_columns`: keys of the columns that together name a row, which
    is stored with it. `list_name`: stands before that key, so that two lists are never confused.
    `continues`: key of a column; a row without a word in it goes on with the row above, and
    so does one with the word of the row above and a subtitle.
    `adds_cities`: whether cities that are not here yet are made; only for platform staff.
    """

    city: str = ""
    country: str = ""
    commitment: str = ""
    language: str = ""
    action_type: str = ""
    type_column: str = ""
    key_columns: tuple = ()
    list_name: str = ""
    continues: str = ""
    adds_cities: bool = False
    guessed: frozenset = frozenset()
    """Names of those that nobody has decided."""


NAMES = tuple(field.name for field in fields(Constants) if field.name != "guessed")

WITH_KEYS = (Target.ACTIONS, Target.STATEMENTS)
"""Targets whose rows are stored with the key of the list."""

MOST_SEEN = 2_000
"""Rows that a guess of words looks at; what has to hold for each row is asked of all."""

MOST_CATEGORIES, LONGEST_CATEGORY = 40, 80
MOST_GUESSED = 200
"""Different words of a column that are looked for among ours."""

CATEGORIES = (
    *("categor", "kategor", "catégor", "theme", "thema", "thème", "thémat", "tema", "typ", "tipo"),
    *("handlungsfeld", "domain", "ámbito", "área", "area", "bereich", "sector", "secteur"),
    *("sektor", "fields", "категор", "направлен", "مجال", "فئة"),
)
"""How words begin in the headers of columns of categories."""

WHOLE_CATEGORIES = {"axe", "axes", "axis", "eje", "ejes", "eixo", "asse", "assi", "field"}
AT_END = ("typ", "feld", "thema", "bereich", "kategorie")
"""How longer words of them end."""

UNPARTED_CATEGORIES = ("类别", "類別", "领域", "領域", "分野", "分类", "分類")

A_WORD = re.compile(r"[^\W\d_]{4}|[^\W\d_a-zA-Z]{2}|\b[A-Z]?[a-z]{2,3}\b")
"""What a word has and a code has not, such as SP, B-12, G2."""

COLOUR = re.compile(r"#?[0-9a-f]{6}|#[0-9a-f]{3,8}|rgba?\(.*\)", re.IGNORECASE)
LEAST_WORDS = 0.8
LEAST_GUESSED = 1 / 3
"""The share of the words of a column, with no header of categories, that must be like ours."""

DATES = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d(?:[-_. ]?\d\d){0,2}|\d\d[-_. ]\d\d[-_. ](?:19|20)?\d\d)(?!\d)"
)
MARKS = re.compile(
    r"\(\d+\)|\b(?:v|version)[ ._]?\d+(?:\.\d+)*\b|\b(?:final|copy|kopie|copie|copia|neu|new)\b",
    re.IGNORECASE,
)
LONGEST_LIST_NAME = 80
LONGEST_KEY = Action._meta.get_field("reference").max_length
SAMPLE = 20
"""Keys by which the references of an earlier list are looked for."""


def guess_constants(draft, decided):
    """The `Constants`. `decided`: by their names; a city only as far as the user may write to it,
    which may differ from who decided: answers are kept, and roles end."""
    guess = Guess(draft)
    if decided.get("city") and not is_editable(draft.user, decided["city"]):
        decided = {name: value for name, value in decided.items() if name != "city"}
    values = {}
    for name in NAMES:
        if name in decided:
            values[name] = decided[name]
        else:
            values[name] = getattr(guess, name)(values)
    values["key_columns"] = tuple(values["key_columns"])
    return Constants(**values, guessed=frozenset(set(NAMES) - decided.keys()))


def has_texts(draft):
    """Whether rows of the list have texts of ours, which are in a language."""
    if draft.target == Target.CITIES:
        return any(map(draft.used_as, ("about", "summary")))
    return draft.target != Target.COMMITMENTS


def is_editable(user, slug):
    return editable_cities(user).filter(slug=slug).exists()


class Guess:
    """A method for each constant; `known`: those before it."""

    def __init__(self, draft):
        self.draft = draft
        self.by_key = {use.column.key: use for use in draft.uses}

    def city(self, known):
        """The only city of the user; else the one that the name of the file names."""
        code = "name" if self.draft.target == Target.CITIES else "city"
        if self.draft.target == Target.CITIES or self.draft.used_as(code):
            return ""
        cities = editable_cities(self.draft.user).order_by("pk").values_list("slug", "name")
        if len(first := list(cities[:2])) < 2:
            return first[0][0] if first else ""
        stem = f" {cells.folded(readable(self.draft.name))} "
        named = [slug for slug, name in cities if f" {cells.folded(name)} " in stem]
        return named[0] if len(named) == 1 else ""

    def country(self, known):
        return ""

    def commitment(self, known):
        return ""

    def language(self, known):
        if self.draft.used_as("language") or not has_texts(self.draft):
            return ""
        texts = list(self.texts())
        if found := language_of_text.guess(texts):
            return found
        found = language_of_text.guess([*(one.header for one in self.draft.columns), *texts])
        # Programs put English headers above texts in any language.
        return "" if found == "en" else found

    def texts(self):
        for row in self.draft.rows[:MOST_SEEN]:
            yield from (value for value in row.values if isinstance(value, str) and " " in value)

    def action_type(self, known):
        return ""

    def type_column(self, known):
        if self.draft.target != Target.ACTIONS or known["action_type"]:
            return ""
        if self.draft.used_as("action_type"):
            return ""
        found = [use for use in self.draft.uses if self.is_category(use)]
        found.sort(key=lambda use: (not is_category_header(use.column.header), -self.guessed(use)))
        titles = [*self.draft.used_as("title"), *self.draft.used_as("description")]
        best = next(iter([*found, *titles]), None)
        return best.column.key if best else ""

    def is_category(self, use):
        """Whether a column has few words, each on several rows, of which some can be ours."""
        if use.field not in (NOT_IMPORTED, "description"):
            return False
        seen = self.seen(use)
        if not seen or not all(isinstance(value, str) for value in seen):
            return False
        kinds = {cells.folded(value): value for value in seen}
        is_named = is_category_header(use.column.header)
        share = 1 if is_named else 2
        is_few = 1 < len(kinds) <= MOST_CATEGORIES and len(kinds) * share < len(seen)
        if not is_few or max(map(len, kinds)) > LONGEST_CATEGORY:
            return False
        if sum(map(is_word, kinds.values())) < LEAST_WORDS * len(kinds):
            return False
        return is_named or self.guessed(use) >= LEAST_GUESSED

    def seen(self, use):
        return [
            value
            for row in filled_down(self.draft.rows[:MOST_SEEN], self.draft.uses)
            if not words.is_blank(value := row.values[use.column.at])
        ]

    def guessed(self, use):
        """The share of the words of a column that clearly mean action types."""
        ours = words.vocabulary_of("action_type", self.draft)
        kinds = {cells.folded(text): text for text in map(cells.as_text, self.seen(use))}
        some = list(kinds.values())[:MOST_GUESSED]
        return sum(ours.guess(text) is not None for text in some) / max(len(some), 1)

    def key_columns(self, known):
        if self.draft.target not in WITH_KEYS:
            return ()
        if keys := self.draft.used_as("key"):
            return tuple(use.column.key for use in keys)
        titles = self.draft.used_as("title")
        if self.draft.target == Target.ACTIONS and len(titles) == 1 and self.is_unique(titles[0]):
            return (titles[0].column.key,)
        return ()

    def is_unique(self, use):
        """Whether no two rows, but for a few, have the same word in a column. Rows that are parts
        of the one above do not count."""
        rows, subtitles = self.draft.rows, subtitles_of(self.draft)
        if subtitles:
            later = (
                row for above, row in pairwise(rows) if not is_part(row, above, [use], subtitles)
            )
            rows = [*rows[:1], *later]
        filled = sum(not words.is_blank(row.values[use.column.at]) for row in rows)
        return bool(filled) and own_words(rows, use.column.at) * len(rows) >= LEAST_KEYS * filled

    def list_name(self, known):
        """The name of the file without its date; of a list that was here before, that of then."""
        if self.draft.target not in WITH_KEYS:
            return ""
        return self.name_of_then(known) or readable(self.draft.name)[:LONGEST_LIST_NAME].strip()

    def name_of_then(self, known):
        """The list under which stored actions have the keys of these rows."""
        uses = [self.by_key[key] for key in known["key_columns"] if key in self.by_key]
        if len(uses) != 1:
            return ""
        keys = [cells.as_text(row.values[uses[0].column.at]).strip() for row in self.sample()]
        keys = [key for key in keys if 0 < len(key) <= LONGEST_KEY]
        endings = Q(pk=None)
        for key in keys:
            endings |= Q(reference__endswith=f": {key}")
        cities = editable_cities(self.draft.user)
        cities = cities.filter(slug=known["city"]) if known["city"] else cities
        actions = Action.objects.filter(endings, city__in=cities.values("pk")).order_by()
        found = {}
        for reference in actions.values_list("reference", flat=True):
            # To SQLite, capital and small letters are one.
            for key in keys:
                if reference.endswith(f": {key}"):
                    name = reference[: -len(key) - 2]
                    found[name] = found.get(name, 0) + 1
                    break
        best = max(found, key=found.get, default="")
        return best if found.get(best, 0) * 2 > len(keys) else ""

    def sample(self):
        rows = self.draft.rows
        return rows[:: max(1, len(rows) // SAMPLE)][:SAMPLE]

    def continues(self, known):
        """The title, where rows have none and no key, or that of the row above and a subtitle, and
        go on with words of their own."""
        titles = self.draft.used_as("title")
        if self.draft.target != Target.ACTIONS or len(titles) != 1 or titles[0].fills_down:
            return ""
        named = [titles[0], *self.draft.used_as("key")]
        texts = self.draft.used_as("description")
        rows = self.draft.rows[:MOST_SEEN]
        going_on = any(
            all(words.is_blank(row.values[use.column.at]) for use in named)
            and any(not words.is_blank(row.values[use.column.at]) for use in texts)
            for row in rows
        )
        subtitles = subtitles_of(self.draft)
        if not going_on and subtitles:
            going_on = any(is_part(row, above, named, subtitles) for above, row in pairwise(rows))
        return titles[0].column.key if going_on else ""

    def adds_cities(self, known):
        return False


def subtitles_of(draft):
    """The columns with titles of what is a part of an action."""
    return [
        use
        for use in draft.used_as("description")
        if any(match.meaning == "subtitle" for match in matches(use.column.header)[:1])
    ]


def is_part(row, above, named, subtitles):
    """Whether a row has a subtitle, and beside it the title and the key of the row above."""
    return row.table == above.table and (
        not words.is_blank(row.values[named[0].column.at])
        and all(is_same_or_blank(row, above, use.column.at) for use in named)
        and any(not words.is_blank(row.values[use.column.at]) for use in subtitles)
    )


def is_same_or_blank(row, above, at):
    value, other = row.values[at], above.values[at]
    return words.is_blank(value) or cells.folded(cells.as_text(value)) == cells.folded(
        cells.as_text(other)
    )


def is_category_header(header):
    if any(one in header for one in UNPARTED_CATEGORIES):
        return True
    return any(
        word in WHOLE_CATEGORIES or word.startswith(CATEGORIES) or word.endswith(AT_END)
        for word in re.findall(r"[^\W\d_]+", cells.folded(header))
    )


def is_word(text):
    """Whether a cell of a category can be the word of one: no number, code, colour, yes or no."""
    is_text = kind_of_text(text.strip()) == "text" and not COLOUR.fullmatch(text)
    return is_text and bool(A_WORD.search(text)) and yes_or_no(text) is None


def readable(file_name):
    """The name of a file without its ending, dates and versions."""
    stem = PurePath(file_name).stem.replace("_", " ")
    words_ = MARKS.sub(" ", DATES.sub(" ", stem)).replace("-", " ")
    return " ".join(words_.split()).strip(" .,–—") or " ".join(stem.split())
