"""Mappings that were kept: which of them fits a list, what differs this time, and its answers."""

import re
from copy import deepcopy
from dataclasses import dataclass, field

from django.db.models import F
from django.utils import timezone
from rapidfuzz import fuzz, process

from ..models import MappedFile, Mapping
from ..models.mapping import Target
from .answers import AS_CELLS_ARE, UNSEEN, has_words
from .columns.fields import Kind, field_of
from .columns.use import NOT_IMPORTED
from .constants import readable
from .numbers.formats import FROM_CELLS
from .years.header_years import year_in_header

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

OF_FORM = ("key_columns", "type_column")
"""Constants that say what columns of a form are for, in another list of that form too."""

EACH_TIME = ("table",)
"""Steps of which another file always has something new: the numbers of its rows."""


@dataclass(slots=True)
class Fit:
    """How a kept mapping fits a list. `renamed`: key of then → key of now. `likeness`: 0 to 1.
    `instead`: keys that are gone → the added ones that stand at their places, perhaps renamed.
    `list_name`: of the list of then."""

    mapping: Mapping
    likeness: float
    renamed: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    added: list = field(default_factory=list)
    instead: dict = field(default_factory=dict)
    list_name: str | None = ""

    @property
    def is_exact(self):
        return not (self.renamed or self.gone or self.added)


def find_fitting(draft):
    """The `Fit` of the mapping that fits an undecided draft best; None where none does.

    That of the same list goes before those of other lists of its form. Of those that fit alike,
    the one that was used last; an example comes after people's own.
    Columns without headers fit nothing: as many columns are no sign of the same list.
    """
    if not any(column.header for column in draft.columns):
        return None
    fits = nearest(draft.user, draft.columns)
    fits = [fit for fit in fits if fit.likeness >= LEAST_LIKENESS]
    if not fits:
        return None
    name = draft.constants.list_name

    def is_same(fit):
        is_named = bool(name) and fit.list_name == name
        return is_named or is_same_list(fit.mapping, draft.name, "")

    return max(fits, key=is_same)


def is_same_list(mapping, file_name, list_name):
    """Whether a file is the list that a mapping was kept of, perhaps of another year: it is called
    so but for dates, or its rows are here under the name of that list, which is its `list_name`."""
    if readable(mapping.file_name) == readable(file_name):
        return True
    return bool(list_name) and list_name_of(mapping.decisions) == list_name


def list_name_of(decisions):
    return decisions.get("constants", {}).get("list_name", "")


def nearest(user, columns):
    """The `Fit`s of all mappings that `user` may use, the nearest to these columns first."""
    keys = [column.key for column in columns]
    rows = Mapping.objects.visible_to(user)
    rows = rows.order_by("is_example", F("used_at").desc(nulls_last=True), "-pk").defer("decisions")
    rows = rows.annotate(uses=F("decisions__columns__columns"))
    rows = rows.annotate(of_list=F("decisions__constants__list_name"))
    fits = []
    for row in rows:
        fits.append(fit := fit_of(row, keys, row.uses))
        fit.list_name = row.of_list
    return sorted(fits, key=lambda fit: -fit.likeness)


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
    then = runs([fit.renamed.get(key, key) for key in mapping.headers], fit.gone)
    now = runs(keys, fit.added)
    for between, some in then.items():
        others = now.get(between, ())
        if len(some) == len(others):
            fit.instead |= dict(zip(some, others, strict=True))
    return fit


def runs(keys, loose):
    """(key before, key behind) → those of the `loose` keys that stand between the two."""
    found, before, some = {}, None, []
    for key in [*keys, None]:
        if key in loose:
            some.append(key)
            continue
        if some:
            found[before, key] = some
        before, some = key, []
    return found


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
    fit = find_fitting(draft)
    if fit:
        use(mapped, fit, draft)
    return fit


def use(mapped, fit, draft):
    """Let the answers of a kept mapping be those of a file; `draft`: of the file, undecided."""
    fit.mapping.refresh_from_db(fields=["decisions"])
    decisions = decisions_for(fit)
    unseen = {*decisions.pop(UNSEEN, ()), *EACH_TIME}
    if is_same_list(fit.mapping, draft.name, draft.constants.list_name):
        unseen |= guess_cells(decisions, draft) | guessed_steps(draft, decisions)
    else:
        leave_to_each_list(decisions, draft)
        guess_cells(decisions, draft)
        unseen = decisions.keys()
    decisions[UNSEEN] = sorted(unseen & decisions.keys())
    mapped.mapping, mapped.decisions = fit.mapping, decisions
    rows = MappedFile.objects.filter(pk=mapped.pk)
    rows.update(mapping=fit.mapping, decisions=decisions)
    Mapping.objects.filter(pk=fit.mapping.pk).update(used_at=timezone.now())


def guess_cells(decisions, draft):
    """Fill in of each column how its cells are written, where nothing is kept of that; returns the
    steps at which that says something new."""
    kept, news = decisions.get("columns", {}).get("columns", {}), set()
    for use_ in draft.uses:
        said = kept.get(use_.column.key)
        if said and said["field"] == use_.field:
            for name in AS_CELLS_ARE:
                if name not in said and getattr(use_, name):
                    said[name] = getattr(use_, name)
                    news.add("columns")
    return news


def guessed_steps(draft, decisions):
    """The steps at which these answers leave something of the list to a guess."""
    draft = draft.with_decisions(decisions)
    constants = draft.constants
    news = {
        "columns": any(use_.is_guess and has_words(draft.rows, use_) for use_ in draft.uses),
        "constants": any(getattr(constants, name) for name in constants.guessed),
        "words": any(one.is_guess for words in draft.words.values() for one in words.words),
        "formats": any(form.is_guess for form in draft.formats.values()),
        "years": any(one.is_guess for one in (*draft.years.columns, *draft.years.measures)),
        "places": any(place.is_guess for place in draft.places.values()),
    }
    return {step for step, is_new in news.items() if is_new}


def leave_to_each_list(decisions, draft):
    """Take from the answers about one list what does not hold for another one of its form.

    Of which city it is, its name, its places and what is the same for all its rows; numbers of
    actions; how its cells are written; and that something is made public which is held back where
    nobody chooses otherwise.
    """
    decisions.pop("places", None)
    constants = decisions.get("constants", {})
    decisions["constants"] = {name: constants[name] for name in OF_FORM if name in constants}
    years = decisions.get("years", {})
    for name in ("city", "name"):
        years.pop(name, None)
    if "measures" in years:
        measures = years["measures"].items()
        years["measures"] = {key: one for key, one in measures if not has_number(one)}
    for key, form in decisions.get("formats", {}).items():
        in_unit = {name: value for name, value in form.items() if name not in FROM_CELLS}
        decisions["formats"][key] = in_unit
    kept = decisions.get("columns", {}).get("columns", {})
    for use_ in draft.uses:
        said = kept.get(use_.column.key, {})
        if use_.is_held_back and said.get("field", NOT_IMPORTED):
            del kept[use_.column.key]
        said.pop("kept_title", None)
        for name in AS_CELLS_ARE if said.get("field") == use_.field else ():
            said.pop(name, None)


def has_number(measure):
    return str(measure.get("action", "")).isdecimal()
