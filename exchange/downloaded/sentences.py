"""Reads the printed sentences of baselines back into the values in their gaps."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from string import Formatter

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from actions.models import Measure
from actions.models import Value as StoredValue
from actions.quantities import bounds_of, quantity_in
from catalogue import units
from intake.numbers import Unclear

from .official import CLOSE, gaps_as_groups
from .profile import Value
from .stream import BOLD, key_letters, key_of

PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
EXACTLY = StoredValue.Precision.EXACTLY.value
LONGEST = 20_000
"""Letters of a text in which a sentence is looked for."""

SHORTEST_PIECE = 8
"""Letters of the piece of a sentence that is looked for by itself."""

MOST_EARLY = 6
AROUND_GAP = " .:;"
NEGATION = re.compile(r"\b(?:no|not|never|without|lacks?)\b|n['’]t\b")
"""Words that turn a sentence round, however alike the rest is."""


@dataclass(slots=True)
class Reading:
    """`end`: the position behind the sentence. `is_near`: whether it is only nearly official.
    `doubts`: (position, words, message, key of the measure, whether it needs a person)."""

    end: int
    values: list[Value] = field(default_factory=list)
    doubts: list[tuple] = field(default_factory=list)
    keeps_text: bool = False
    is_near: bool = False

    def doubt(self, at, words, message, key="", *, needs_person=False):
        self.doubts.append((at, words, message, key, needs_person))


def read_sentence(stream, start, end, action_type, official):
    """The `Reading` of the type's sentence between two positions; None where it is another."""
    end = min(end, start + LONGEST)
    measures = official.measures.get(action_type.code, {})
    template = action_type.baseline_template
    if not template:
        return None
    status = next((one for one in measures.values() if one.kind == Measure.Kind.STATUS), None)
    if status is not None:
        return read_status(stream, start, end, status, template)
    found = pattern_of(template).match(stream.letters, start, end)
    if found:
        gaps = {name: found.span(name) for name in found.groupdict()}
        reading = Reading(behind_stop(stream, found.end(), end))
    else:
        gaps, first, last = gaps_nearly(stream, start, end, template)
        if gaps is None:
            return None
        has_words_before = first > start
        reading = Reading(behind_stop(stream, last, end), keeps_text=True, is_near=True)
        words = stream.text(start, reading.end)
        message = _("The sentence is nearly the official one; it is kept as Text too.")
        reading.doubt(start, words, message, needs_person=has_words_before)
    for name, span in gaps.items():
        if name in measures:
            words = words_in_gap(stream, *span, measures[name])
            read_gap(reading, span[0], words, measures[name])
            if measures[name].kind != Measure.Kind.TEXT and stream.has_star(span[1]):
                message = _("A star stands behind this number: does it point to a note?")
                reading.doubt(span[0], words, message, name)
    return reading


def words_in_gap(stream, start, end, measure):
    """The words of a gap without the marks around them; point and sign of a number stay."""
    words = stream.text(start, end)
    bare = words.strip(AROUND_GAP)
    if bare[:1].isdigit() and f".{bare}" in words:
        bare = f".{bare}"
    is_number = measure.kind != Measure.Kind.TEXT
    return f"-{bare}" if is_number and bare[:1].isdigit() and stream.follows_dash(start) else bare


def find_sentence(stream, start, end, action_type, official):
    """Where the type's sentence begins a line between two positions; None where it does not."""
    template = action_type.baseline_template
    if not template:
        return None
    sentences = [template]
    for measure in official.measures.get(action_type.code, {}).values():
        sentences += filter(None, (measure.sentence_partly, measure.sentence_no))
    found = (
        match.start()
        for sentence in sentences
        for match in pattern_of(sentence).finditer(stream.letters, start, end)
    )
    return next(filter(stream.starts_line, found), None)


@lru_cache(maxsize=256)
def pattern_of(template):
    """A gap at the end goes to a full stop that is no decimal point, or to the end."""
    bare = template.rstrip(".")
    ending = r"(?=\.(?!\d)|\Z)" if bare.endswith("}") else ""
    return re.compile(gaps_as_groups(bare).pattern + ending)


def behind_stop(stream, at, end):
    return at + 1 if at < end and stream.letters[at] == "." else at


def read_status(stream, start, end, measure, template):
    """A sentence without gaps says yes, partly or no; the one with the most letters counts."""
    sentences = {"yes": template, "partly": measure.sentence_partly, "no": measure.sentence_no}
    keys = {word: key_of(text).rstrip(".") for word, text in sentences.items() if text}
    text = stream.letters[start:end]
    said = [word for word, key in keys.items() if text.startswith(key)]
    if said:
        word = max(said, key=lambda one: len(keys[one]))
        at = behind_stop(stream, start + len(keys[word]), end)
        return Reading(at, [Value(measure.key, word)])
    likely = max(keys, key=lambda one: fuzz.ratio(keys[one], text.rstrip(".")))
    if fuzz.ratio(keys[likely], text.rstrip(".")) < CLOSE:
        return None
    words = stream.text(start, end)
    if negations(words) != negations(sentences[likely]):
        return None
    message = _("The sentence is nearly the official one; it is read as “%s”.") % likely
    reading = Reading(end, [Value(measure.key, likely)], keeps_text=True, is_near=True)
    reading.doubt(start, words, message, measure.key)
    return reading


def negations(words):
    return len(NEGATION.findall(words.lower()))


def gaps_nearly(stream, start, end, template):
    """(name of a gap → its span, start and end of the sentence), each piece nearly there in turn.

    The gaps are None where a piece is missing.
    """
    parsed = [(key_of(piece), name) for piece, name, _s, _c in Formatter().parse(template)]
    gaps, first, at, waiting = {}, None, start, None
    for piece, name in parsed:
        if piece.strip(".,"):
            span = find_nearly(stream.letters, piece.strip(".,"), at, end)
            if span is None:
                return None, 0, 0
            if first is None:
                first = start if waiting else span[0]
            if waiting:
                gaps[waiting] = (at, span[0])
            at = span[1]
        waiting = name
    if waiting:
        gaps[waiting] = (at, end)
        at = end
    return gaps, start if first is None else first, at


def find_nearly(letters, piece, start, end):
    at = letters.find(piece, start, end)
    if at >= 0:
        return at, at + len(piece)
    if len(piece) < SHORTEST_PIECE:
        return None
    found = fuzz.partial_ratio_alignment(piece, letters[start:end], score_cutoff=CLOSE)
    if found is None:
        return None
    # It may begin a few letters early, in the gap before it.
    early, behind = start + found.dest_start, start + found.dest_end
    at = letters.find(piece[0], early, min(early + MOST_EARLY, behind))
    return (early if at < 0 else at), behind


def read_gap(reading, at, words, measure):
    """Add the value in a gap, or a doubt where it does not hold what its kind wants."""
    words = words.replace(BOLD, "").strip()
    if not words:
        message = _("A gap of the sentence is empty: %s.") % measure.name
        reading.doubt(at, "", message, measure.key, needs_person=True)
    elif words == "(not stated)":
        return
    elif measure.kind == Measure.Kind.TEXT:
        reading.values.append(Value(measure.key, words))
        if not any(map(str.isalnum, words)):
            message = _("Words are meant here; these are none.")
            reading.doubt(at, words, message, measure.key, needs_person=True)
    else:
        read_number(reading, at, words, measure)


def read_number(reading, at, words, measure):
    bare, unit = without_unit(words, measure)
    is_grouped = GROUPED.fullmatch(bare) and measure.kind != Measure.Kind.PERCENT
    if not (PLAIN.fullmatch(bare) or is_grouped):
        add_unplain(reading, at, words, bare, unit, measure)
        return
    if is_grouped:
        message = _("The commas are read as parting thousands.")
        may_be_decimal = bare.count(",") == 1 and "." not in bare and bare[0] != "0"
        needs_person = may_be_decimal and measure.kind != Measure.Kind.COUNT
        reading.doubt(at, words, message, measure.key, needs_person=needs_person)
    add_plain(reading, at, words, bare.replace(",", ""), unit, measure)


def without_unit(words, measure):
    """(the words before the unit of the sentence, the code of that unit or of another one)."""
    printed = key_of(measure.unit_in_sentence or "")
    letters = list(key_letters(words))
    if printed and "".join(letter for _at, letter in letters).endswith(printed):
        # A hyphen at the end of a line may stand in it.
        return words[: letters[-len(printed)][0]].strip(), measure.unit
    head, _blank, tail = words.partition(" ")
    code = units.parse(tail.strip())
    if PLAIN.fullmatch(head) or GROUPED.fullmatch(head):
        if code in units.accepted(measure.unit):
            return head, code
    return words, ""


def add_plain(reading, at, words, number, unit, measure):
    """A number; the models say themselves at the check whether they take it."""
    if not unit and measure.unit_in_sentence:
        label = units.label(measure.unit)
        message = _("No unit is printed; the sentence usually has %s.") % label
        reading.doubt(at, words, message, measure.key)
    try:
        read = quantity_in(number, measure)
        admit(read.number, measure)
    except Unclear as error:
        refuse(reading, at, words, measure, str(error))
        return
    if read.number != Decimal(number):
        # The point of 1.886 parts thousands where a whole number is meant.
        add_unplain(reading, at, words, number, unit, measure)
        return
    whole = (unit or measure.unit, EXACTLY)
    reading.values.append(Value(measure.key, words, read.number, *whole))


def add_unplain(reading, at, words, bare, unit, measure):
    """Words where a number is meant: kept as they are, if the import reads a number in them."""
    try:
        read = quantity_in(bare, measure, unit=unit)
        admit(read.number, measure)
    except Unclear as error:
        refuse(reading, at, words, measure, str(error))
        return
    shown = " ".join(filter(None, (read.precision.replace("-", " "), f"{read.number:f}")))
    message = _("These are words where a number is meant; the import reads: %s.") % shown
    reading.doubt(at, words, message, measure.key)
    whole = (read.unit or measure.unit, read.precision or EXACTLY)
    reading.values.append(Value(measure.key, bare, None, *whole))


def admit(number, measure):
    """Raise Unclear for a number that the import takes for no value of the measure."""
    if number < 0:
        raise Unclear(_("The number cannot be below zero."))
    if not bounds_of(measure).admit(number):
        raise Unclear(_("A share lies between 0 and 100."))


def refuse(reading, at, words, measure, reason):
    message = _("A number is meant here. %s The sentence is kept in the column Text.") % reason
    reading.doubt(at, words, message, measure.key, needs_person=True)
    reading.keeps_text = True
