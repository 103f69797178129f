"""Tells headings from lines of a text that say the same; finds baselines without label."""

from itertools import islice

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from .event import (
    AREA,
    BASELINES,
    COMMITMENT,
    NOT_MADE,
    STATEMENTS,
    TARGETS,
    TYPE,
    UPDATED,
    Event,
)
from .sentences import find_sentence, read_sentence
from .stream import SENTENCE_ENDS

ALIKE = 75
"""How alike, of 100, a line above a baseline must be to its label."""

RUNNING = (TYPE, *STATEMENTS)
"""Events that a text follows."""

HEADINGS = (AREA, COMMITMENT, NOT_MADE, TYPE)


def without_false_headings(events, stream, official):
    """The events that are headings; the others are named at the event in whose text they stand."""
    return Sorter(events, stream, official).sorted()


class Sorter:
    def __init__(self, events, stream, official):
        self.events, self.stream, self.official = events, stream, official
        self.kept = []
        self.action_type = None

    def sorted(self):
        for at, event in enumerate(self.events):
            why = self.why_text(event, at + 1)
            if not why:
                self.kept.append(event)
                if event.kind == TYPE:
                    self.action_type = event.row
            elif self.is_within():
                self.kept[-1].lines.append((event.start, event.end, why))
        return self.kept

    def following(self, at):
        """The events from `at` on up to the next heading, and that."""
        for event in islice(self.events, at, None):
            yield event
            if event.kind in HEADINGS:
                return

    def why_text(self, event, at):
        """Why an event is a line of the text that it stands in; empty where it is none.

        `at`: the number of the next event.
        """
        if self.is_lone_commitment(event, at):
            return _("This is the name of a commitment; it is taken as a line of this text.")
        if event.kind == UPDATED and self.is_within(TYPE):
            return self.update_in_text(event)
        if self.is_within() and self.is_unknown_alone(event, at):
            return _("No commitment is known of this name; it is taken as a line of this text.")
        if not self.is_within() or self.kept[-1].end >= event.start:
            return ""
        if event.kind == TYPE and not event.is_labelled and self.is_type_in_text(event, at):
            return _(
                "This is the name of a type of action, without the line of a description below "
                "it: it is taken as a line of this text."
            )
        if event.kind == AREA and not event.is_labelled and not self.meets(event, at):
            return _("This is the name of an action area; it is taken as a line of this text.")
        if event.kind in (BASELINES, TARGETS) and self.is_label_in_text(event, at):
            return _("This label comes once more below; here it is taken as a line of this text.")
        return ""

    def is_within(self, *kinds):
        """Whether the text of an event of these kinds runs, or any text."""
        return bool(self.kept) and self.kept[-1].kind in (kinds or RUNNING)

    def is_lone_commitment(self, event, at):
        """Whether a commitment has neither its label nor an action below, as in the contents."""
        has_action = at < len(self.events) and self.events[at].kind == TYPE
        return event.kind == COMMITMENT and not (event.is_labelled or has_action)

    def is_unknown_alone(self, event, at):
        """Whether a commitment of no official name stands above statements of an action."""
        following = self.events[at] if at < len(self.events) else None
        is_unknown = event.kind == COMMITMENT and event.row is None
        return is_unknown and following is not None and following.kind not in HEADINGS

    def meets(self, event, at):
        """Whether a heading follows at once."""
        following = self.events[at] if at < len(self.events) else None
        return bool(following) and following.kind in HEADINGS and following.start == event.end

    def update_in_text(self, event):
        """Why a last update below a description is a line of it.

        It is none where the sentence of a baseline is there, which has lost its label.
        """
        action_type, start = self.action_type, self.kept[-1].end
        place = action_type and find_sentence(
            self.stream, start, event.start, action_type, self.official
        )
        if place is None:
            return _(
                "Nothing is stated that this last update could belong to; it stays in this text."
            )
        label = self.stream.line_start(place - 1)
        words = self.stream.letters[label:place]
        is_misspelt = fuzz.ratio(words, self.official.label("actions.baseline")) >= ALIKE
        start = label if is_misspelt else place
        self.kept.append(Event(BASELINES, start, place, is_labelled=False))
        return ""

    def is_type_in_text(self, event, at):
        """Whether the baseline below, or the words around it, say that a text runs on."""
        label = next((one for one in self.following(at) if one.kind == BASELINES), None)
        if label is not None:
            end = self.end_of(label, at)
            if self.states(label, end, event.row):
                return False
            if self.states(label, end, self.action_type):
                return True
        line = self.stream.line_of(event.start - 1).text
        words = self.stream.text(event.end, self.stream.line_end(event.end))
        return not line.endswith(tuple(SENTENCE_ENDS)) or words[:1].islower()

    def end_of(self, event, at):
        """Where the text of an event ends; `at`: the number of one before it."""
        later = (one.start for one in islice(self.events, at, None) if one.start > event.start)
        return next(later, len(self.stream))

    def is_label_in_text(self, event, at):
        """Whether such a label follows in the same action, before any last update."""
        following = next(
            (one for one in self.following(at) if one.kind in (*HEADINGS, UPDATED, event.kind)),
            None,
        )
        if event.words or following is None or following.kind != event.kind:
            return False
        return not self.states(event, following.start, self.action_type)

    def states(self, event, end, action_type):
        """Whether the words below a label are the sentence of an action type."""
        if action_type is None:
            return False
        return read_sentence(self.stream, event.end, end, action_type, self.official) is not None
