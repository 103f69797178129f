"""Tells headings from lines of a text that say the same; finds baselines without label."""

from itertools import islice

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from .heading import (
    AREA,
    BASELINES,
    COMMITMENT,
    NOT_MADE,
    STATEMENTS,
    TARGETS,
    TYPE,
    UPDATED,
    Heading,
)
from .sentences import find_sentence, read_sentence
from .stream import SENTENCE_ENDS

ALIKE = 75
"""How alike, of 100, a line above a baseline must be to its label."""

RUNNING = (TYPE, *STATEMENTS)
"""Kinds of headings that a text follows."""

HEADINGS = (AREA, COMMITMENT, NOT_MADE, TYPE)


def without_false_headings(headings, stream, official):
    """The headings that are some; the others are named at the one in whose text they stand."""
    return Sorter(headings, stream, official).sorted()


class Sorter:
    def __init__(self, headings, stream, official):
        self.headings, self.stream, self.official = headings, stream, official
        self.kept = []
        self.action_type = None

    def sorted(self):
        for at, heading in enumerate(self.headings):
            why = self.why_text(heading, at + 1)
            if not why:
                self.kept.append(heading)
                if heading.kind == TYPE:
                    self.action_type = heading.row
            elif self.is_within():
                self.kept[-1].lines.append((heading.start, heading.end, why))
        return self.kept

    def following(self, at):
        """The headings from `at` on up to the next heading, and that."""
        for heading in islice(self.headings, at, None):
            yield heading
            if heading.kind in HEADINGS:
                return

    def why_text(self, heading, at):
        """Why a heading is a line of the text that it stands in; empty where it is none.

        `at`: the number of the next heading.
        """
        if self.is_lone_commitment(heading, at):
            return _("This is the name of a commitment; it is taken as a line of this text.")
        if heading.kind == UPDATED and self.is_within(TYPE):
            return self.update_in_text(heading)
        if self.is_within() and self.is_unknown_alone(heading, at):
            return _("No commitment is known of this name; it is taken as a line of this text.")
        if not self.is_within() or self.kept[-1].end >= heading.start:
            return ""
        if heading.kind == TYPE and not heading.is_labelled and self.is_type_in_text(heading, at):
            return _(
                "This is the name of a type of action, without the line of a description below "
                "it: it is taken as a line of this text."
            )
        if heading.kind == AREA and not heading.is_labelled and not self.meets(heading, at):
            return _("This is the name of an action area; it is taken as a line of this text.")
        if heading.kind in (BASELINES, TARGETS) and self.is_label_in_text(heading, at):
            return _("This label comes once more below; here it is taken as a line of this text.")
        return ""

    def is_within(self, *kinds):
        """Whether the text of a heading of these kinds runs, or any text."""
        return bool(self.kept) and self.kept[-1].kind in (kinds or RUNNING)

    def is_lone_commitment(self, heading, at):
        """Whether a commitment has neither its label nor an action right below it."""
        if heading.kind != COMMITMENT or heading.is_labelled:
            return False
        return not (self.meets(heading, at) and self.headings[at].kind == TYPE)

    def is_unknown_alone(self, heading, at):
        """Whether a commitment of no official name stands above statements of an action."""
        following = self.headings[at] if at < len(self.headings) else None
        is_unknown = heading.kind == COMMITMENT and heading.row is None
        return is_unknown and following is not None and following.kind not in HEADINGS

    def meets(self, heading, at):
        """Whether a heading follows at once."""
        following = self.headings[at] if at < len(self.headings) else None
        return bool(following) and following.kind in HEADINGS and following.start == heading.end

    def update_in_text(self, heading):
        """Why a last update below a description is a line of it.

        It is none where the sentence of a baseline is there, which has lost its label.
        """
        action_type, start = self.action_type, self.kept[-1].end
        place = action_type and find_sentence(
            self.stream, start, heading.start, action_type, self.official
        )
        if place is None:
            return _(
                "Nothing is stated that this last update could belong to; it stays in this text."
            )
        label = self.stream.line_start(place - 1)
        words = self.stream.letters[label:place]
        is_misspelt = fuzz.ratio(words, self.official.label("actions.baseline")) >= ALIKE
        start = label if is_misspelt else place
        self.kept.append(Heading(BASELINES, start, place, is_labelled=False))
        return ""

    def is_type_in_text(self, heading, at):
        """Whether the baseline below, or the words around it, say that a text runs on."""
        label = next((one for one in self.following(at) if one.kind == BASELINES), None)
        if label is not None:
            end = self.end_of(label, at)
            if self.states(label, end, heading.row):
                return False
            if self.states(label, end, self.action_type):
                return True
        line = self.stream.line_of(heading.start - 1).text
        words = self.stream.text(heading.end, self.stream.line_end(heading.end))
        return not line.endswith(tuple(SENTENCE_ENDS)) or words[:1].islower()

    def end_of(self, heading, at):
        """Where the text of a heading ends; `at`: the number of one before it."""
        later = (one.start for one in islice(self.headings, at, None) if one.start > heading.start)
        return next(later, len(self.stream))

    def is_label_in_text(self, heading, at):
        """Whether such a label follows in the same action, before any last update."""
        following = next(
            (one for one in self.following(at) if one.kind in (*HEADINGS, UPDATED, heading.kind)),
            None,
        )
        if heading.words or following is None or following.kind != heading.kind:
            return False
        return not self.states(heading, following.start, self.action_type)

    def states(self, heading, end, action_type):
        """Whether the words below a label are the sentence of an action type."""
        if action_type is None:
            return False
        return read_sentence(self.stream, heading.end, end, action_type, self.official) is not None
