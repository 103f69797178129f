"""What is kept of the answers about a list, for the next time that it comes."""

from dataclasses import asdict

from django.utils import timezone

from .. import cells
from ..models import Mapping
from .columns.columns import guess_uses
from .columns.use import NOT_IMPORTED
from .constants import guess_constants
from .places.places import KEY, NEW, REST
from .words.blanks import is_blank
from .words.words import word_key
from .years.years import DECIDED, year_columns

UNSEEN = "unseen"
"""In decisions: the names of the steps whose answers nobody has looked at for this list."""

AS_CELLS_ARE = ("fills_down", "separator")
"""What is decided of a column by how its cells are written."""


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
    """What was decided of the list, and the guesses that say something, as decisions.

    That a guess finds nothing is no answer, nor is a field that was left as empty as it was
    guessed: the next list may have what this one has not, so that is guessed anew. So is how
    numbers and days are written, where nobody decided it: of these columns only the keys are kept.
    How the file is read is no part of it, because another program may write the next one; nor is
    what was decided of single rows by their numbers, nor that new cities are made: that is asked
    each time, because an address is for ever.
    """
    guessed = {
        "target": {"target": str(draft.target)},
        "columns": {"columns": of_columns(draft)},
        "constants": of_constants(draft),
        "words": {"words": {key: of_words(words) for key, words in draft.words.items()}},
        "formats": {key: {} for key in draft.formats},
        "years": of_years(draft),
    }
    decided = {step: draft.decided(step) for step in guessed}
    # The pages of columns, of what all rows share and of years decide all that they show, also
    # what nobody had to say.
    decided["columns"] = decided["constants"] = {}
    decided["words"] = {"words": draft.decided("words").get("words", {})}
    decided["years"] = {key: one for key, one in draft.decided("years").items() if key != "columns"}
    found = merged(guessed, decided)
    found["places"] = of_places(draft.places, draft.decided("places"))
    if tables := draft.decided("table").get("tables"):
        # Which sheets are taken may hold for the next file, numbers of rows do not.
        taken = {name: {"is_taken": one["is_taken"]} for name, one in tables.items()}
        found["table"] = {"tables": taken}
    found = {step: decisions for step, decisions in found.items() if decisions}
    taken_over = draft.decided(UNSEEN)
    unseen = [step for step in found if step in taken_over or step not in draft.decisions]
    return found | ({UNSEEN: unseen} if unseen else {})


def merged(guessed, decided):
    """Both dictionaries in one, level by level: what was decided goes before the guess."""
    found = dict(guessed)
    for key, value in decided.items():
        known = found.get(key)
        is_level = isinstance(known, dict) and isinstance(value, dict)
        found[key] = merged(known, value) if is_level else value
    return found


def of_columns(draft):
    """Key of a column → what becomes of it; nothing of one that is not imported and was empty, or
    of which nobody decided that."""
    fresh = guess_uses(draft.target, draft.columns, draft.rows, {})
    found = {}
    for use, guess in zip(draft.uses, fresh, strict=True):
        if use.field == NOT_IMPORTED and (use.is_guess or not has_words(draft.rows, use)):
            continue
        said = found[use.column.key] = {
            "field": use.field,
            "has_title": use.has_title,
            "kept_title": use.title,
        }
        for name in AS_CELLS_ARE:
            value = getattr(use, name)
            if value or (getattr(guess, name) and guess.field == use.field):
                said[name] = value
    return found


def has_words(rows, use):
    """Whether a cell of a column says anything."""
    return any(not is_blank(row.values[use.column.at]) for row in rows)


def of_constants(draft):
    """By their names those that say something, or were emptied by a person against the guess."""
    constants, guess = asdict(draft.constants), guess_constants(draft, {})
    decided = draft.decided("constants")
    found = {}
    for name in constants.keys() - {"guessed", "adds_cities"}:
        if constants[name] or (name in decided and getattr(guess, name)):
            found[name] = constants[name]
    if "key_columns" in found:
        found["key_columns"] = list(found["key_columns"])
    return found


def of_words(words):
    """Folded word → what it becomes. What titles become that tell nothing follows from another
    answer: the type of all such rows."""
    return {
        word_key(one.word): one.becomes
        for one in words.words
        if one.becomes and not (one.is_guess and words.are_titles)
    }


def of_places(places, decided):
    """The city of each place by its keys in the list, which stay when a city is renamed; else by
    its name. What was `decided` of others stays. That a place is left out is no guess to be kept:
    its city may be here the next time."""
    found = {
        name: becomes
        for name, becomes in decided.items()
        if (name not in places or places[name].becomes is None) and (name, becomes) != (REST, NEW)
    }
    for name, place in places.items():
        # A new city is here the next time.
        becomes = place.slug if place.becomes == NEW else place.becomes
        if becomes or (becomes is not None and not place.is_guess):
            keys = [KEY + cells.folded(key) for key in place.keys]
            found |= dict.fromkeys(keys or [name], becomes)
    return found


def of_years(draft):
    """What is kept of years and measures; of columns of years only what is not as it is guessed:
    what is a target now becomes progress next year."""
    years = draft.years
    if not years.columns and not years.by_word:
        return {}
    guessed = {one.key: one for one in year_columns(draft, {})}
    return {
        "columns": {
            one.key: {"kind": one.kind, "year": one.year}
            for one in years.columns
            if (one.kind, one.year) != (guessed[one.key].kind, guessed[one.key].year)
        },
        "measures": {
            key: {name: getattr(one, name) for name in DECIDED}
            for key, one in years.by_word.items()
            if not one.is_open and (one.action or not one.is_guess)
        },
        "first_is_baseline": years.first_is_baseline,
        "city": years.city,
    }
