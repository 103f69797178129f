"""Mappings that were kept: which of them fits a list, what differs this time, and its answers."""

import re
from copy import deepcopy
from dataclasses import asdict, dataclass, field

from django.db.models import F
from django.utils import timezone
from rapidfuzz import fuzz, process

from .. import cells
from ..models import MappedFile, Mapping
from ..models.mapping import Target
from .columns.fields import Kind, field_of
from .constants import readable
from .places.places import KEY, NEW, REST
from .words.words import word_key
from .years.header_years import year_in_header
from .years.years import DECIDED

LEAST_LIKENESS = 0.7
"""The share of the columns of a kept mapping that a list must have to be taken for the same."""

LEAST_LIKENESS_OF_NAMES = 80
"""How alike two headers must be (percent) for one to be the other renamed."""

READ_AS_TEXT = (Kind.TEXT, Kind.LINE, Kind.WORD)
"""Columns of these may have another header of many of the same letters or words. Of a figure that
would be another figure: “Population density” is no population."""

OF_HEADERS = (("columns", "columns"), ("words", "words"))
"""Where decisions are by the keys of columns and hold under another header too."""

OF_WORDS_IN_HEADERS = (("formats",), ("years", "columns"))
"""Where they are, and say what the header says: its unit, its year. Under another header they are
guessed anew."""


@dataclass(slots=True)
class Fit:
    """How a kept mapping fits a list. `renamed`: key of then → key of now. `likeness`: 0 to 1."""

    mapping: Mapping
    likeness: float
    renamed: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    added: list = field(default_factory=list)

    @property
    def is_exact(self):
        return not (self.renamed or self.gone or self.added)


def find_fitting(user, columns):
    """The `Fit` of the mapping that fits these `SourceColumn`s best; None where none does.

    Of those that fit alike, the one that was used last; an example comes after people's own.
    Columns without headers fit nothing: as many columns are no sign of the same list.
    """
    if not any(column.header for column in columns):
        return None
    fit = next(iter(nearest(user, columns)), None)
    return fit if fit and fit.likeness >= LEAST_LIKENESS else None


def nearest(user, columns):
    """The `Fit`s of all mappings that `user` may use, the nearest to these columns first."""
    keys = [column.key for column in columns]
    rows = Mapping.objects.visible_to(user)
    rows = rows.order_by("is_example", F("used_at").desc(nulls_last=True), "-pk").defer("decisions")
    rows = rows.annotate(uses=F("decisions__columns__columns"))
    return sorted((fit_of(row, keys, row.uses) for row in rows), key=lambda fit: -fit.likeness)


def fit_of(mapping, keys, uses=None):
    """The `Fit` of a mapping to a list with columns of these keys. `uses`: its columns, if they
    were read already."""
    if uses is None:
        uses = mapping.decisions.get("columns", {}).get("columns", {})
    present = set(keys)
    gone = [key for key in mapping.headers if key not in present]
    known = set(mapping.headers)
    added = [key for key in keys if key not in known]
    fit = Fit(mapping, 0, gone=gone, added=added)
    for key in list(gone):
        field = field_of(Target(mapping.target), uses.get(key, {}).get("field", ""))
        if found := name_of_now(key, fit.added, field):
            fit.renamed[key] = found
            fit.gone.remove(key)
            fit.added.remove(found)
    same = len(mapping.headers) - len(fit.gone)
    fit.likeness = same / max(len(mapping.headers), len(keys), 1)
    return fit


def name_of_now(key, added, field):
    """The one of the `added` keys that the column `key` has now; None where it is gone."""
    added = [one for one in added if may_be_of_year(field, key, one)]
    for one in added:
        if letters_of(one) == letters_of(key):
            return one
    if field and field.kind not in READ_AS_TEXT:
        return None
    found = process.extractOne(
        key, added, scorer=likeness_of_names, score_cutoff=LEAST_LIKENESS_OF_NAMES
    )
    return found and found[0]


def may_be_of_year(field, key, other):
    """Whether a column may be the field that one of another year was. A starting point and a target
    are of their year alone; progress goes on, and does not go back."""
    then, now = year_in_header(key)[0], year_in_header(other)[0]
    if field is None or then == now:
        return True
    if field.code == "progress":
        return then is None or now is not None and now > then
    return field.code not in ("baseline", "target")


def letters_of(key):
    """The words of a header without its year, numbers and signs."""
    return re.sub(r"[\d\W_]+", " ", key).strip()


def likeness_of_names(one, other, **options):
    """How alike two headers are: letter by letter, or because one has all words of the other."""
    return max(fuzz.ratio(one, other), fuzz.token_set_ratio(one, other) - 5)


def decisions_for(fit):
    """The decisions of the kept mapping, with the keys that its columns have now."""
    decisions = deepcopy(fit.mapping.decisions)
    for path in OF_HEADERS:
        rename_keys(decisions, path, fit.renamed)
    for path in OF_WORDS_IN_HEADERS:
        rename_keys(decisions, path, dict.fromkeys(fit.renamed))
    constants = decisions.get("constants", {})
    for name in ("type_column", "continues"):
        if name in constants:
            constants[name] = fit.renamed.get(constants[name], constants[name])
    if "key_columns" in constants:
        constants["key_columns"] = [fit.renamed.get(key, key) for key in constants["key_columns"]]
    return decisions


def rename_keys(decisions, path, renamed):
    """Give the dictionary at `path`, if it is there, the new keys of its columns; None: no more."""
    *above, last = path
    for name in above:
        decisions = decisions.get(name, {})
    if last in decisions:
        named = ((renamed.get(key, key), one) for key, one in decisions[last].items())
        decisions[last] = {key: one for key, one in named if key is not None}


def start(mapped, draft):
    """Begin the mapping of a file with the answers of a kept one, where one fits."""
    fit = find_fitting(draft.user, draft.columns)
    if fit:
        use(mapped, fit, draft)
    return fit


def use(mapped, fit, draft):
    """Let the answers of a kept mapping be those of a file; `draft`: of the file, undecided.

    Lists of one form come from many cities. City, country and language of then are taken only for
    a file that is called as that of then but for years and dates, or where the user has no other
    city.
    """
    fit.mapping.refresh_from_db(fields=["decisions"])
    decisions = decisions_for(fit)
    is_same = readable(fit.mapping.file_name) == readable(draft.name)
    if not is_same and draft.constants.city != decisions.get("constants", {}).get("city"):
        forget_city(decisions)
    mapped.mapping, mapped.decisions = fit.mapping, decisions
    rows = MappedFile.objects.filter(pk=mapped.pk)
    rows.update(mapping=fit.mapping, decisions=decisions)
    Mapping.objects.filter(pk=fit.mapping.pk).update(used_at=timezone.now())


def forget_city(decisions):
    """Leave out city, country and language of then, numbers of actions, and the list's name."""
    for name in ("city", "country", "language", "list_name"):
        decisions.get("constants", {}).pop(name, None)
    years = decisions.get("years", {})
    years.pop("city", None)
    measures = years.get("measures", {})
    years["measures"] = {key: one for key, one in measures.items() if not has_number(one)}


def has_number(measure):
    return str(measure.get("action", "")).isdecimal()


def keep(draft, name, user, city=None, mapping=None):
    """Keep what was decided and guessed of a list under a name; instead of `mapping`, if given."""
    mapping = mapping or Mapping(made_by=user)
    mapping.name, mapping.city = name, city
    mapping.target, mapping.file_name = draft.target, draft.name
    mapping.headers = [column.key for column in draft.columns]
    mapping.decisions = answers(draft)
    mapping.used_at = timezone.now()
    mapping.save()
    return mapping


def answers(draft):
    """All that holds for the list, decided or guessed, as decisions.

    How the file is read is no part of it, because another program may write the next one; nor is
    what was decided of single rows by their numbers, nor that new cities are made: that is asked
    each time, because an address is for ever.
    """
    guessed = {
        "target": {"target": str(draft.target)},
        "columns": {"columns": {use.column.key: of_use(use) for use in draft.uses}},
        "constants": of_constants(draft.constants),
        "words": {
            "words": {
                key: {
                    word_key(one.word): one.becomes
                    for one in words.words
                    if one.becomes is not None
                }
                for key, words in draft.words.items()
            }
        },
        "formats": {key: of_format(form) for key, form in draft.formats.items()},
        "years": of_years(draft.years),
    }
    decided = {step: draft.decided(step) for step in guessed}
    decided["words"] = {"words": draft.decided("words").get("words", {})}
    found = merged(guessed, decided)
    found["constants"].pop("adds_cities", None)
    found["places"] = of_places(draft.places, draft.decided("places"))
    if tables := draft.decided("table").get("tables"):
        # Which sheets are taken may hold for the next file, numbers of rows do not.
        taken = {name: {"is_taken": one["is_taken"]} for name, one in tables.items()}
        found["table"] = {"tables": taken}
    return {step: decisions for step, decisions in found.items() if decisions}


def merged(guessed, decided):
    """Both dictionaries in one, level by level: what was decided goes before the guess."""
    found = dict(guessed)
    for key, value in decided.items():
        known = found.get(key)
        is_level = isinstance(known, dict) and isinstance(value, dict)
        found[key] = merged(known, value) if is_level else value
    return found


def of_use(use):
    names = ("field", "has_title", "fills_down", "separator")
    return {name: getattr(use, name) for name in names} | {"kept_title": use.title}


def of_constants(constants):
    found = asdict(constants)
    found.pop("guessed")
    found["key_columns"] = list(constants.key_columns)
    return {name: value for name, value in found.items() if value}


def of_format(form):
    names = ("decimal", "unit", "share", "order", "serials", "periods")
    return {name: getattr(form, name) for name in names} | {"times": f"{form.times:f}"}


def of_places(places, decided):
    """The city of each place by its keys in the list, which stay when a city is renamed; else by
    its name. What was `decided` of others stays."""
    found = {
        name: becomes
        for name, becomes in decided.items()
        if (name not in places or places[name].becomes is None) and (name, becomes) != (REST, NEW)
    }
    for name, place in places.items():
        # A new city is here the next time.
        becomes = place.slug if place.becomes == NEW else place.becomes
        if becomes is not None:
            keys = [KEY + cells.folded(key) for key in place.keys]
            found |= dict.fromkeys(keys or [name], becomes)
    return found


def of_years(years):
    if not years.columns and not years.by_word:
        return {}
    return {
        "columns": {one.key: {"kind": one.kind, "year": one.year} for one in years.columns},
        "measures": {
            key: {name: getattr(one, name) for name in DECIDED}
            for key, one in years.by_word.items()
            if not one.is_open
        },
        "first_is_baseline": years.first_is_baseline,
        "city": years.city,
    }
