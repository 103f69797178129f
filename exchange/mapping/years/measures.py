"""Guesses which action and which figure each measure of a list is."""

import re
from functools import lru_cache

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from actions.models.own_figures import folded_name, kind_of_unit
from actions.type_search import names_of
from catalogue import frozen, units
from catalogue.folding import search_words

from ..numbers import unit_words
from .measure_words import MEASURE_WORDS
from .observed import NEW_ACTION, OWN, Measured

ALIKE = 88
"""How alike a measure of a list and an official one are called, of a hundred, to be the same."""

MOST_TYPES, LIKELY = 5, 50
BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")  # noqa: RUF001 (of full width)
PER = re.compile(r"/|\b(?:per|por|par|pro|je|al|à|a|на|от)\b|每|毎")
AMOUNTS = re.compile(
    r"(?:^|\b)(?:k?g|t|mg|tonnes?|tonnen|toneladas?|k?w|[kmg]wh|m3|m³|l|litres?|liters?|litros?|km|"
    r"m|co2e?|tco2e?|usd|eur|€|\$|£|¥|°c|db|元|吨|公里|万元)(?:\b|$)",
    re.IGNORECASE,
)


class MeasureGuesser:
    """`actions`: the `KnownAction`s of the one city of a list. `earlier`: folded word of a measure
    → the action that an earlier import of the list has made there. `action_type`: of all rows, ""
    where none is chosen."""

    def __init__(self, actions, earlier, action_type):
        self.actions, self.earlier, self.action_type = actions, earlier, action_type
        self.numbers = {str(one.number): one for one in actions}
        self.catalogue = frozen.current()

    def guess(self, key, seen):
        """The `Measured` of what was `Seen` under a folded word."""
        kind, unit = kind_of(unit_of(seen), seen.samples)
        measured = Measured(seen.word, seen.count, NEW_ACTION, figure_kind=kind, unit=unit)
        measured.units, measured.types = tuple(seen.units), self.likely_types(seen.word)
        measured.twice, measured.falls = seen.twice, seen.falls
        if kind == "percent":
            measured.share = seen.share
        self.find_action(measured, key)
        self.find_official(measured)
        return measured

    def find_action(self, measured, key):
        """Let it be an action that is here with such a figure, if there is one."""
        name = folded_name(measured.word)
        own = next((one for one in self.actions if name in one.figures), None)
        if own:
            measured.action, measured.action_type = str(own.number), own.action_type
            measured.why = _("The action has a figure of this name.")
        elif one := self.earlier.get(key):
            measured.action, measured.action_type = str(one.number), one.action_type
            measured.why = _("The action is from an earlier import of this list.")

    def find_official(self, measured):
        """Let it be an official measure, where one is called like this and takes such numbers."""
        called = self.measures_called(measured.word)
        fitting = [one for one in called if fits(one, measured.figure_kind, measured.unit)]
        types = {one.action_type for one in called}
        if not measured.is_new:
            fitting = [one for one in fitting if one.action_type == measured.action_type]
        if fitting:
            take_official(measured, fitting[0])
            same = [one for one in self.actions if one.action_type == measured.action_type]
            if measured.is_new and len(same) == 1:
                measured.action = str(same[0].number)
        elif measured.is_new and self.action_type:
            measured.action_type = self.action_type
        elif measured.is_new and len(types) == 1:
            measured.action_type = types.pop()
            measured.why = _("A measure of this type is called alike, in another unit.")

    def measures_called(self, word):
        """The official measures that are called like a word, the likeliest first."""
        phrases = phrases_of(self.catalogue.sha256)
        near = process.extract(
            plain(word), list(phrases), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=4
        )
        return list({phrases[one].code: phrases[one] for one, _score, _at in near}.values())

    def likely_types(self, word):
        """Codes of the action types that a measure may belong to, the likeliest first."""
        bare, scores = plain(word), {}
        for words, code in type_words(self.catalogue.sha256):
            scores[code] = max(scores.get(code, 0), fuzz.token_set_ratio(bare, words))
        best = sorted(scores, key=lambda code: -scores[code])
        return tuple(code for code in best[:MOST_TYPES] if scores[code] >= LIKELY)

    def complete(self, measured):
        """Bring what was decided into one: an action has its type, an official measure its unit."""
        if one := self.numbers.get(measured.action):
            measured.action_type = one.action_type
        if measured.figure != OWN:
            official = self.official(measured.action_type, measured.figure)
            if official:
                take_official(measured, official)
            else:
                measured.figure = OWN

    def official(self, action_type, key):
        """The measure of a type with this key; None."""
        return next((one for one in self.official_of(action_type) if one.key == key), None)

    def official_of(self, action_type):
        """The numeric measures of an action type."""
        return [
            one
            for one in self.catalogue.measures.values()
            if one.action_type == action_type and one.is_numeric and not one.retired
        ]


def take_official(measured, measure):
    measured.figure, measured.action_type = measure.key, measure.action_type
    measured.figure_kind, measured.unit = measure.kind, measure.unit
    measured.why = measured.why or _("It is called like the official measure.")


def unit_of(seen):
    """The code of the unit of most rows, or its words."""
    unit = seen.units.most_common(1)[0][0] if seen.units else ""
    unit = unit or next((one.unit for one in seen.samples if one.unit), "")
    return unit_words.unit_of_row(unit)[0]


def kind_of(unit, samples):
    """(kind of an own figure, unit in which it is) of numbers in `unit`; "" where it is unclear."""
    if unit == "count":
        return "count", ""
    if kind := kind_of_unit(unit):
        return kind, unit
    whole = all(one.number == one.number.to_integral_value() for one in samples)
    is_amount = unit in units.UNITS or PER.search(unit) or AMOUNTS.search(unit)
    if unit and (is_amount or not whole):
        return "amount", unit
    return ("count", unit) if whole else ("", "")


def fits(measure, kind, unit):
    """Whether an official measure takes numbers of this kind and unit."""
    if measure.kind == "amount":
        is_per_person = measure.unit == "t/person/year" and unit_words.per_person(unit)
        return unit in units.accepted(measure.unit) or is_per_person
    return measure.kind == kind


def plain(word):
    """A measure as it is compared: folded, without what stands in brackets."""
    bare = " ".join(search_words(BRACKETS.sub(" ", word)))
    return bare.strip(" %") or bare


@lru_cache(maxsize=4)
def phrases_of(sha256):
    """Plain words for a measure → the measure, of the numeric ones in use."""
    catalogue, found = frozen.find(sha256), {}
    for code, measure in catalogue.measures.items():
        if measure.is_numeric and not measure.retired:
            for words in (*names_of(measure), *MEASURE_WORDS.get(code, ())):
                found.setdefault(plain(words), measure)
    return found


@lru_cache(maxsize=4)
def type_words(sha256):
    """[(plain words, code of an action type)]: synonyms, names, and words for its measures."""
    catalogue, found = frozen.find(sha256), []
    for row in catalogue.action_types.values():
        if not row.retired:
            synonyms = [word.strip() for word in row.synonyms.split(",") if word.strip()]
            found += [(plain(words), row.code) for words in (*names_of(row), *synonyms)]
    found += [(words, one.action_type) for words, one in phrases_of(sha256).items()]
    return tuple(found)
