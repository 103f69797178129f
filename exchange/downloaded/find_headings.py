"""Finds the headings and labels in the chapter of the actions."""

import re

from rapidfuzz import fuzz

from .false_headings import without_false_headings
from .heading import (
    AREA,
    BASELINES,
    COMMITMENT,
    NOT_MADE,
    PROGRESS,
    TARGETS,
    TYPE,
    UPDATED,
    Heading,
)
from .official import CLOSE, closest

STATES = ("reached", "on-track", "no-data", "behind", "overdue")
MOST_HEADING_LINES = 6
PRINTED_DAY = (
    r"(?:\d{1,2}[a-z]{3,9}\d{4}|[a-z]{3,9}\d{1,2},\d{4}|(?:19|20)\d{6}"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d)"
)
KMGBF_TARGET = re.compile(r"kmgbftarget(?P<number>\d+)")


def find_headings(stream, start, end, official):
    """The `Heading`s between two positions, in their order, none within another."""
    finder = Finder(stream, start, end, official)
    types = finder.types()
    headings = [*types, *finder.areas(), *finder.updates()]
    headings += finder.labels(types)
    headings += finder.commitments(types, headings)
    headings += finder.unknown_types(headings)
    for heading in headings:
        heading.start = max(stream.behind_mark(heading.start), start)
    return without_false_headings(without_overlaps(headings), stream, official)


def without_overlaps(headings):
    found = []
    for heading in sorted(headings, key=lambda one: (one.start, -one.end)):
        if not found or heading.start >= found[-1].end:
            found.append(heading)
    return found


class Finder:
    def __init__(self, stream, start, end, official):
        self.stream, self.start, self.end, self.official = stream, start, end, official
        self.descriptions = self.find_descriptions(official.label("actions.description"))

    def find_all(self, key):
        return self.stream.find_all(key, self.start, self.end)

    def find_descriptions(self, label):
        """Start → end of each label of a description, also where its line is only nearly so."""
        found = {at: self.behind(at + len(label), ":") for at in self.find_all(label)}
        at = self.start
        while at < self.end:
            end = self.stream.line_end(at)
            if abs(end - at - len(label)) <= len(label) // 4:
                if fuzz.ratio(self.stream.letters[at:end], label) >= CLOSE:
                    found.setdefault(at, end)
            at = end
        return found

    def behind(self, at, sign):
        """The position behind `sign`, if it stands at `at`."""
        return at + len(sign) if self.stream.letters.startswith(sign, at) else at

    def types(self):
        """Names of action types that are a heading: alone on their lines, or before the label."""
        found = {}
        for key, row in self.official.types.items():
            for at in self.find_all(key):
                end = self.behind(at + len(key), ".")
                mapped = self.behind_kmgbf(end)
                behind = self.descriptions.get(mapped, mapped)
                # Of a few actions below each other, our own documents label the first alone.
                is_labelled = behind > end
                is_heading = is_labelled or (
                    self.stream.starts_line(at) and self.stream.ends_line(end)
                )
                known = found.get(behind)
                if is_heading and (known is None or at < known.start):
                    is_glued = is_labelled and not self.stream.starts_line(mapped)
                    found[behind] = Heading(TYPE, at, behind, row, row.name, is_labelled, is_glued)
        return sorted(found.values(), key=lambda one: one.start)

    def behind_kmgbf(self, start):
        """The position behind the lines that name targets of the Global Biodiversity Framework."""
        letters, at = self.stream.letters, start
        while match := KMGBF_TARGET.match(letters, at, self.end):
            # The number ends with its line: a year may begin the next one.
            at = min(match.end(), self.stream.line_end(match.start("number")))
            at = self.behind(at, ":")
            name = next((one for one in self.official.targets if letters.startswith(one, at)), "")
            at = self.behind(at + len(name), "·")
        return at

    def areas(self):
        names = "|".join(map(re.escape, self.official.areas))
        pattern = re.compile(rf"(?:actionarea(?P<number>\d+))?(?P<name>{names})?")
        numbers = {str(row.number): row for row in self.official.areas.values()}
        for match in pattern.finditer(self.stream.letters, self.start, self.end):
            is_alone = match[0] and self.stream.starts_line(match.start())
            if is_alone and self.stream.ends_line(match.end()):
                row = self.official.areas.get(match["name"]) or numbers.get(match["number"])
                is_numbered = match["number"] is not None
                yield Heading(AREA, match.start(), match.end(), row, is_labelled=is_numbered)

    def updates(self):
        label = self.official.label("actions.updated")
        pattern = re.compile(rf"{re.escape(label.rstrip(':'))}d?:?(?P<day>{PRINTED_DAY})?")
        for match in pattern.finditer(self.stream.letters, self.start, self.end):
            at, day = match.span("day")
            is_whole = match[0].startswith(label) or (
                match["day"] and self.stream.starts_line(match.start())
            )
            if is_whole:
                at = at if match["day"] else match.end()
                end = day if match["day"] else self.update_end(at)
                words = self.stream.text(at, end) if end > at else ""
                yield Heading(UPDATED, match.start(), end, words=words)

    def update_end(self, at):
        """Where the words end that stand in place of a day: at the end of their line."""
        if self.stream.ends_line(at):
            return at
        return min(self.stream.line_end(at), self.end)

    def labels(self, types):
        """Labels of statements at the start of a line."""
        patterns = (
            (BASELINES, re.compile(self.official.label("actions.baseline") + "?")),
            (TARGETS, re.compile(self.official.label("actions.target") + "?")),
            (TARGETS, re.compile(r"targetfor((?:19|20)\d\d):")),
            (PROGRESS, re.compile(rf"progresson({PRINTED_DAY}):")),
        )
        found = []
        for kind, pattern in patterns:
            for match in pattern.finditer(self.stream.letters, self.start, self.end):
                is_whole = match[0].endswith(":") or self.stream.ends_line(match.end())
                if is_whole and self.stream.starts_line(match.start()):
                    words = self.stream.text(*match.span(1)) if match.re.groups else ""
                    end = self.behind_state(match.end())
                    found.append(Heading(kind, match.start(), end, words=words))
        starts = sorted(one.start for one in [*types, *found])
        return [one for one in found if self.is_label(one, starts)]

    def behind_state(self, at):
        """The position behind the state of a target, which our own documents print."""
        states = (self.official.label(f"target.{state}") for state in STATES)
        state = next((one for one in states if self.stream.letters.startswith(one, at)), "")
        return at + len(state)

    def is_label(self, heading, starts):
        """Whether it stands alone, or has a last update before the next heading or label.

        A description may have a line that begins with such a word.
        """
        if self.stream.ends_line(heading.end):
            return True
        following = next((one for one in starts if one > heading.start), self.end)
        updated = self.official.label("actions.updated").rstrip(":")
        return self.stream.letters.find(updated, heading.end, following) >= 0

    def commitments(self, types, headings):
        """Commitments by their label, and those that lost it: alone on a line or before a type."""
        made = self.official.label("actions.commitment")
        starts = {one.start for one in headings} | self.descriptions.keys()
        for label, kind in ((made, COMMITMENT), (self.not_made(), NOT_MADE)):
            for at in self.find_all(label.rstrip(":")):
                end = self.behind(at + len(label) - 1, ":")
                is_alone = self.stream.starts_line(at) and self.stream.ends_line(end)
                if self.stream.letters.startswith(label, at) or is_alone:
                    yield self.labelled(kind, at, end, starts)
        for key, row in self.official.commitments.items():
            for at in self.find_all(key):
                end = at + len(key)
                runs_on = end in {one.start for one in types} and not self.stream.starts_line(end)
                is_alone = self.stream.ends_line(end) or runs_on
                if self.stream.starts_line(at) and is_alone:
                    yield Heading(COMMITMENT, at, end, row, row.name, False, runs_on)

    def not_made(self):
        return self.official.label("actions.commitment.open")

    def labelled(self, kind, start, at, starts):
        """The commitment behind its label: official, nearly so, or whatever stands there."""
        letters = self.stream.letters
        keys = [key for key in self.official.commitments if letters.startswith(key, at)]
        if keys:
            key = max(keys, key=len)
            end = self.behind(at + len(key), ".")
            is_glued = end in starts and not self.stream.starts_line(end)
            row = self.official.commitments[key]
            return Heading(kind, start, end, row, row.name, is_glued=is_glued)
        stop = min((one for one in starts if one >= at), default=self.end)
        ends, end = [], at
        while end < stop and len(ends) < MOST_HEADING_LINES:
            end = min(self.stream.line_end(end), stop)
            ends.append(end)
        for end in ends:
            words = self.stream.text(at, end)
            if row := closest(words, self.official.commitments):
                return Heading(kind, start, end, row, words)
        blank = (end for end in ends if end < len(self.stream) and self.follows_blank(end))
        end = next(blank, ends[0] if ends else at)
        return Heading(kind, start, end, None, self.stream.text(at, end))

    def unknown_types(self, headings):
        """Headings before the label of a description that are no official name."""
        known = {one.end for one in headings if one.kind == TYPE}
        ends = sorted(one.end for one in headings)
        for at, behind in self.descriptions.items():
            if behind not in known:
                before = max((one for one in ends if one <= at), default=self.start)
                yield self.unknown_type(before, at, behind)

    def unknown_type(self, before, at, behind):
        """The heading that ends at `at`: nearly official, or the last lines after a blank one."""
        starts, start = [], at
        while start > before and len(starts) < MOST_HEADING_LINES:
            start = max(self.stream.line_start(start - 1), before)
            starts.append(start)
        for start in starts:
            words = self.stream.text(start, at)
            if row := closest(words, self.official.types):
                return Heading(TYPE, start, behind, row, words)
        start = next((one for one in starts if self.follows_blank(one)), None)
        if start is None:
            start = starts[0] if starts else at
        return Heading(TYPE, start, behind, None, self.stream.text(start, at))

    def follows_blank(self, at):
        index = self.stream.origins[at][0]
        return index == 0 or not self.stream.lines[index - 1].text
