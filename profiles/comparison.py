"""What differences between two records of a city are, and how they are found and put into words.

Each app compares its part of the records in its `differences.py`; `publishing.differences` joins
them. A field that a struct gets later is compared without a line of code: it is worded by its kind,
and named as the field of the model.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.atoms import Day, Figure, Text
from catalogue.frozen import Catalogue
from catalogue.languages import language_label, language_name
from catalogue.texts import Texts
from catalogue.translated import OFFICIAL_LANGUAGE

from .record import text_of

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
BLANKS = re.compile(r"[ \t\r\n]+")  # but no no-break spaces
NOTHING = Text("", OFFICIAL_LANGUAGE)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two records, in the active language.

    - `path` is the stable address of the field or row in the records, such as "city.population",
      "actions.3.description", and "actions.3" for a whole action.
    - `chapter` is a chapter of the public page, as in `profiles.admin_areas`.
    - `place` says where it is: "Action 3: Natural areas"; "" in the first chapter.
    - `label` names the field, or what was added or removed.
    - `before` and `after` are what the document prints, each a `Text` in its own language, so that
      templates mark language and direction (`str` gives the words); empty where there was nothing.
    - `kind`: added, changed or removed. A row that is added or removed is one difference; its words
      are one line about it.
    - `row` is the path of the row to which it belongs: the city, a commitment, an action, a step,
      an assessment or a resource. It is the `path` where that row itself was added or removed.
    """

    path: str
    chapter: str
    place: str
    label: str
    before: Text
    after: Text
    kind: str
    row: str

    @property
    def is_whole_row(self):
        """Whether the row itself was added or removed."""
        return self.path == self.row and self.kind != CHANGED


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the differences between two rows are: what `path`, `chapter` and `place` begin with.

    `part` names the row within the place, before the name of the field. `row`: as in `Difference`,
    where that is not the path itself.
    """

    path: str
    chapter: str
    place: str = ""
    part: str = ""
    row: str = ""

    def difference(self, label, before, after, name):
        """The `Difference` of the field `name`; None: there is nothing."""
        label = capfirst(str(label))
        if self.part:
            label = labelled(self.part, label)
        kind = REMOVED if before and not after else ADDED if after and not before else CHANGED
        return self._made(f"{self.path}.{name}", label, before, after, kind)

    def whole(self, label, line, *, is_added):
        """The `Difference` of a whole row that was added or removed; `line`: a line about it."""
        label, line = capfirst(str(label)), one_line(line)
        if is_added:
            return self._made(self.path, label, None, line, ADDED)
        return self._made(self.path, label, line, None, REMOVED)

    def _made(self, path, label, before, after, kind):
        before, after = before or NOTHING, after or NOTHING
        return Difference(
            path, self.chapter, self.place, label, before, after, kind, self.row or self.path
        )


def labelled(label, words):
    return _("%(label)s: %(words)s") % {"label": label, "words": words}


class KnownTexts(Texts):
    """The fixed texts of a catalogue; the code stands for a text that it does not have.

    The records may be of another time than the catalogue.
    """

    def __call__(self, code, **gaps):
        if code in self.rows:
            return super().__call__(code, **gaps)
        return Text(" ".join(map(str, (code, *gaps.values()))), self.language)

    def label(self, code, **gaps):
        """A text that labels what follows, without its colon."""
        return without_colon(self(code, **gaps))


def without_colon(label):
    return str(label).rstrip(":： ")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What puts differences into words, besides the records.

    `languages`: those of the city's texts in both records. `titles`: id of a resource → its title
    as a `Text`, `plans` likewise the names of plans. `followed`: changes of a language, as pairs of
    tags, that are a difference already. A text that only follows one is no difference itself.
    """

    catalogue: Catalogue
    texts: KnownTexts
    languages: tuple[str, str]
    titles: Mapping[int, Text]
    followed: frozenset
    plans: Mapping[int, Text] = field(default_factory=dict)

    def resource(self, resource_id):
        """The title of a resource; its number where the title is not known."""
        if resource_id is None:
            return None
        known = self.titles.get(resource_id)
        return known or self.own(_("resource %(number)d") % {"number": resource_id})

    def own(self, words):
        """Words of the document, in the reader's language."""
        return Text(str(words), self.texts.language)

    def following(self, before, after):
        """This comparison for texts that may follow the change of language between two `Texts`."""
        moves = {*zip(before, after, strict=False)}
        return replace(self, followed=self.followed | moves)


@dataclass(frozen=True)
class Wording:
    """How the fields of `struct` are put into words.

    - `model` has the names of the fields. `names`: field → another name for it, `labels`: field →
      the code of a fixed text that names it.
    - `words`: field → a function of row and `Comparison` that gives its `Text`. Other fields are
      worded by their kind.
    - `together`: field → the fields that its words tell as well.
    - `first`: the fields that come first. The others follow in the order of the struct.
    - `apart`: fields that are not compared here: the key, and rows within the row.
    - `last`: fields that change along with any other, and count only where no other does.
    """

    struct: type
    model: Any
    names: dict = field(default_factory=dict)
    labels: dict = field(default_factory=dict)
    words: dict = field(default_factory=dict)
    together: dict = field(default_factory=dict)
    first: tuple = ()
    apart: tuple = ()
    last: tuple = ("updated_on",)

    @cached_property
    def fields(self):
        """The names of the fields to compare, in order."""
        told = {name for names in self.together.values() for name in names}
        own = [name for name in self.struct.__struct_fields__ if name not in {*told, *self.apart}]
        rank = {name: place for place, name in enumerate(self.first)}
        return sorted(own, key=lambda name: (name in self.last, rank.get(name, len(rank))))

    def label(self, name, texts):
        if name in self.labels:
            return texts.label(self.labels[name])
        if name in self.names:
            return self.names[name]
        model_field = self._model_field(name)
        return model_field.verbose_name if model_field else name.replace("_", " ")

    def text(self, row, name, comparison):
        """The words of a field as the document has them; None where there is nothing."""
        if name in self.words:
            return self.words[name](row, comparison)
        return self.plain(row, name, comparison)

    def plain(self, row, name, comparison):
        """The words of a field by itself, by its kind."""
        value, model_field = getattr(row, name), self._model_field(name)
        if model_field is not None and model_field.choices and value:
            value = str(dict(model_field.flatchoices).get(value, value))
        return plain_text(value, comparison)

    def _model_field(self, name):
        try:
            return self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None


def compare(before, after, wording, spot, comparison, *, is_changed=False):
    """The differences between the fields of a row at two times.

    `is_changed`: whether something else in the row differs, so that the `last` fields do not count.
    """
    found = []
    for name in wording.fields:
        own = [name, *wording.together.get(name, ())]
        own = [one for one in own if getattr(before, one) != getattr(after, one)]
        if not own or name in wording.last and (found or is_changed):
            continue
        texts = [wording.text(row, name, comparison) for row in (before, after)]
        if is_language(*texts):
            found += _language(texts, name, wording, spot, comparison)
            comparison = comparison.following(*[{text.language: text} for text in texts])
        elif texts[0] != texts[1]:
            label = wording.label(name, comparison.texts)
            found.append(spot.difference(label, *texts, name))
        else:
            found += [_exact(before, after, one, wording, spot, comparison) for one in own]
    return found


def is_language(before, after):
    """Whether two texts differ in nothing but the language."""
    same = before and after and before.value == after.value
    return bool(same and before.language != after.language)


def _language(texts, name, wording, spot, comparison):
    tags = tuple(text.language for text in texts)
    if tags not in comparison.followed:
        field_label = capfirst(str(wording.label(name, comparison.texts)))
        label = _("%(field)s: language") % {"field": field_label}
        yield spot.difference(label, *map(comparison.own, language_words(tags)), name)


def _exact(before, after, name, wording, spot, comparison):
    """The difference of a field whose words as printed are the same, as of a rounded number."""
    texts = [wording.plain(row, name, comparison) for row in (before, after)]
    if texts[0] == texts[1]:
        texts = [comparison.own(as_json(getattr(row, name))) for row in (before, after)]
    return spot.difference(wording.label(name, comparison.texts), *texts, name)


def changed_rows(before, after, key):
    """Triples (key, row before, row after) of the rows that differ; None: there was no such row."""
    if before == after:
        return
    then, now = {key(row): row for row in before}, {key(row): row for row in after}
    for one in then | now:
        if then.get(one) != now.get(one):
            yield one, then.get(one), now.get(one)


def plain_text(value, comparison):
    """A value of a record in words; None for what is empty."""
    texts = comparison.texts
    match value:
        case None | "" | [] | ():
            return None
        case bool():
            return texts("status.yes" if value else "status.no")
        case str():
            return comparison.own(value)
        case int() | Decimal():
            return comparison.own(Figure.of(value))
        case datetime.date():
            return comparison.own(Day.of(value))
        case dict() if is_texts(value):
            return _text_of_all(value, comparison)
    return comparison.own(as_json(value))


def is_texts(value):
    return all(isinstance(text, str) for text in value.values())


def _text_of_all(value, comparison):
    if len(value) < 2:
        return text_of(value)
    return comparison.own("; ".join(f"{tag}: {text}" for tag, text in sorted(value.items())))


def as_json(value):
    return msgspec.json.encode(value, order="deterministic").decode()


def language_words(tags):
    """The names of two languages, with their tags where the names are the same."""
    names = [language_name(tag) for tag in tags]
    return names if names[0] != names[1] else [language_label(tag) for tag in tags]


def one_line(text, most=200):
    """The first `most` characters of a `Text` on one line; None for no text."""
    if not text:
        return None
    words = BLANKS.sub(" ", text.value).strip()
    return Text(words if len(words) <= most else f"{words[: most - 1]}…", text.language)


def year_of(name):
    """Words of a field that holds a year, whose digits are not grouped."""

    def words(row, comparison):
        year = getattr(row, name)
        return comparison.own(year) if year is not None else None

    return words


def resource_of(name):
    """Words of a field that holds the id of a resource."""
    return lambda row, comparison: comparison.resource(getattr(row, name))
