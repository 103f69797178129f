"""The chapter of the actions: commitments, actions, and what is stated of each."""

import re

from django.utils.translation import gettext as _

from intake.numbers import Unclear

from . import event as found
from .days import read_day
from .headings import find_events
from .profile import Action, Commitment, NotUsed, Statement
from .right_to_left import RIGHT_TO_LEFT, order_unknown
from .sentences import read_sentence
from .stream import key_of

YEAR_OF_DATA = re.compile(r"yearofthedata:((?:19|20)\d\d)")
SOURCE = "source:"


class ActionsChapter:
    """Reads the chapter between two positions into a `Profile`."""

    def __init__(self, stream, start, end, official, profile):
        self.stream, self.official, self.profile = stream, official, profile
        self.start, self.end = start, end
        self.area = None
        self.heading = None
        self.action = None
        self.statement = None

    def read(self):
        """Read all of it; returns the spans that were used."""
        used = []
        events = find_events(self.stream, self.start, self.end, self.official)
        starts = [one.start for one in events]
        for event, end in zip(events, [*starts[1:], self.end], strict=False):
            self.take(event, end)
            used.append((event.start, end))
        self.doubt_days_missing()
        self.doubt_second_ones()
        self.name_twins()
        return used

    def take(self, event, end):
        self.take_event(event, end)
        thing = self.statement or self.action
        sheet, header = (
            (self.statement.kind, "Text") if self.statement else ("Actions", "Description")
        )
        if event.kind in found.STATEMENTS and self.statement and self.statement.text:
            cell = {"sheet": sheet, "thing": thing, "header": header}
            self.doubt_hyphens(event.end, end, cell)
        for start, behind, why in event.lines:
            about = {"sheet": sheet, "thing": thing, "header": header, "needs_person": True}
            words = self.stream.text(start, behind)
            self.profile.doubt(self.stream.place(start), words, why, **about)

    def take_event(self, event, end):
        if event.kind == found.TYPE:
            self.take_type(event, end)
        elif event.kind in found.STATEMENTS:
            self.take_statement(event, end)
        elif event.kind == found.UPDATED:
            self.take_day(event)
            self.leave(event.end, end, _("It stands behind the day of the last update."))
        else:
            self.action = self.statement = None
            if event.kind == found.AREA:
                self.area = event.row
            elif event.kind == found.COMMITMENT:
                self.take_commitment(event)
            self.leave(event.end, end, _("It stands below a heading, before the first action."))

    # Commitments and actions

    def take_commitment(self, event):
        place = self.stream.place(event.start)
        self.heading = Commitment(place, event.words, event.row.code if event.row else "")
        if event.row is None:
            message = _(
                "This commitment is not one of the official ones: it is named on this sheet alone."
            )
            self.profile.doubt(place, event.words, message, needs_person=True)
            return
        self.doubt_heading(event)
        area = self.official.catalogue.areas[event.row.area]
        if self.area is not None and self.area.number != area.number:
            message = _("By the official list this commitment belongs to the area “%s”.")
            self.profile.doubt(place, event.words, message % area.name)
        if all(one.code != event.row.code for one in self.profile.commitments):
            self.profile.commitments.append(self.heading)

    def doubt_heading(self, event, **cell):
        place = self.stream.place(event.start)
        if key_of(event.words).rstrip(".") != key_of(event.row.name).rstrip("."):
            message = _("This heading is read as “%s”.") % event.row.name
            self.profile.doubt(place, event.words, message, **cell)
        if event.is_glued:
            message = _("The heading runs on into the next line; it is parted here.")
            self.profile.doubt(place, event.words, message, **cell)
        if event.kind == found.COMMITMENT and not event.is_labelled:
            message = _("The words “Commitment Made:” are missing before this commitment.")
            self.profile.doubt(place, event.words, message, **cell)
        if event.kind == found.TYPE and not event.is_labelled:
            message = _(
                "The line of the description is missing below this heading: it may be a line of "
                "the text above."
            )
            self.profile.doubt(place, event.words, message, needs_person=True, **cell)

    def take_type(self, event, end):
        place = self.stream.place(event.start)
        code = event.row.code if event.row else ""
        self.action = Action(place, event.words, code)
        self.statement = None
        self.profile.actions.append(self.action)
        cell = {"sheet": "Actions", "thing": self.action, "header": "Action type"}
        if event.row is None:
            message = _("This type of action is not one of the official ones: choose one.")
            self.profile.doubt(place, event.words, message, needs_person=True, **cell)
        else:
            self.doubt_heading(event, **cell)
            self.compare_commitment(event, place, cell)
        self.action.description = self.stream.text(event.end, end)
        cell["header"] = "Description"
        self.doubt_lines(event.end, end, cell)
        self.doubt_hyphens(event.end, end, cell)
        if not self.action.description:
            message = _("The action has no description.")
            self.profile.doubt(place, event.words, message, needs_person=True, **cell)

    def doubt_lines(self, start, end, cell):
        """Doubt what the breaks of lines and pages may have done to a text."""
        for place, words in self.stream.torn_numbers(start, end):
            message = _("Is this one number or two? A line ends between these figures.")
            self.profile.doubt(place, words, message, needs_person=True, **cell)
        for place, words in self.stream.perhaps_elsewhere(start, end):
            message = _(
                "Is this the number of a page, or do these figures belong elsewhere? They are kept "
                "in the text."
            )
            self.profile.doubt(place, words, message, needs_person=True, **cell)

    def doubt_hyphens(self, start, end, cell):
        hyphens = list(self.stream.hyphenated(start, end))
        if hyphens:
            message = _("A line ends with this hyphen: is it part of the word? It is kept.")
            words = ", ".join(words for _place, words in hyphens)
            self.profile.doubt(hyphens[0][0], words, message, **cell)

    def compare_commitment(self, event, place, cell):
        """Note the commitment of a type, where another heading or none stands above it."""
        code = event.row.commitment
        if self.heading is not None and self.heading.code == code:
            return
        name = self.official.catalogue.commitments[code].name
        message = _("By the official list it belongs to the commitment “%s”, which is added.")
        if any(one.code == code for one in self.profile.commitments):
            message = _("By the official list it belongs to the commitment “%s”.")
        else:
            self.profile.commitments.append(Commitment(place, name, code))
        self.profile.doubt(place, event.words, message % name, **cell)

    # Statements

    def take_statement(self, event, end):
        if self.action is None:
            self.leave(event.start, end, _("It belongs to no action."))
            return
        place = self.stream.place(event.start)
        self.statement = statement = Statement(event.kind, place)
        self.action.statements.append(statement)
        cell = {"sheet": statement.kind, "thing": statement, "header": "Text"}
        self.doubt_lines(event.end, end, cell)
        if not event.is_labelled:
            message = _("The label “Baseline:” is missing before this sentence, or misspelt.")
            words = self.stream.text(event.end, self.stream.line_end(event.end))
            self.profile.doubt(place, words, message, **cell)
        if event.kind == found.TARGETS and event.words:
            statement.year = int(event.words)
        if event.kind == found.PROGRESS:
            statement.day = self.day_in(event.words, place, statement, "Date")
        action_type = self.official.catalogue.action_types.get(self.action.type_code)
        reading = action_type and read_sentence(
            self.stream, event.end, end, action_type, self.official
        )
        if not reading:
            self.take_words(statement, event, end, action_type)
            return
        statement.values = reading.values
        if reading.keeps_text or not reading.values:
            statement.text = self.stream.text(event.end, reading.end)
        by_key = {value.key: value for value in statement.values}
        for at, words, message, key, needs_person in reading.doubts:
            thing = by_key.get(key, statement)
            header = "Text" if key and key not in by_key else "Value"
            about = {"sheet": statement.kind, "thing": thing, "header": header}
            place = self.stream.place(at)
            self.profile.doubt(place, words, message, needs_person=needs_person, **about)
        self.take_rest(statement, reading.end, end)

    def take_words(self, statement, event, end, action_type):
        """A statement in words of the city's own, which a baseline of this type is not."""
        statement.text = self.stream.text(event.end, end)
        place = statement.place
        if not statement.text:
            self.doubt(place, event.kind, _("Nothing is stated here."), statement, "Text")
            self.action.statements.remove(statement)
        elif statement.kind == found.BASELINES and action_type:
            message = _("This is not the official sentence of the action type; kept as words.")
            self.doubt(place, statement.text, message, statement, "Text")

    def take_rest(self, statement, start, end):
        """What stands behind a sentence: year, source, or words that are kept as text."""
        if match := YEAR_OF_DATA.match(self.stream.letters, start, end):
            statement.year, start = int(match[1]), match.end()
        source = self.stream.letters.find(SOURCE, start, end)
        if source >= 0 and self.stream.starts_line(source):
            statement.source = self.stream.text(source + len(SOURCE), end).replace("\n", " ")
            end = source
        rest = self.stream.text(start, end)
        if rest:
            statement.text = "\n\n".join(filter(None, (statement.text, rest)))
            message = _("It stands behind the official sentence; kept in the column Text.")
            self.doubt(self.stream.place(start), rest, message, statement, "Text")

    def take_day(self, event):
        place = self.stream.place(event.start)
        if self.statement is None:
            message = _("A last update stands where nothing is stated that it could belong to.")
            self.profile.doubt(place, event.words, message, needs_person=True)
        elif self.statement.updated_on is None:
            self.statement.has_day = True
            day = self.day_in(event.words, place, self.statement, "Last update")
            self.statement.updated_on = day
        self.statement = None

    def day_in(self, words, place, statement, header):
        try:
            if place.page and RIGHT_TO_LEFT.search(words):
                raise Unclear(order_unknown())
            day, note = read_day(words)
        except Unclear as error:
            self.doubt(place, words, str(error), statement, header, needs_person=True)
            return None
        if note:
            self.doubt(place, words, note, statement, header)
        return day

    def doubt(self, place, words, message, statement, header, **more):
        cell = {"sheet": statement.kind, "thing": statement, "header": header}
        self.profile.doubt(place, words, message, **cell, **more)

    # The rest

    def leave(self, start, end, why):
        """List what stands between two positions as not used."""
        at = start
        while at < end:
            stop = min(self.stream.line_end(at), end)
            text = self.stream.text(at, stop)
            if text:
                self.profile.not_used.append(NotUsed(self.stream.place(at), text, why, True))
            at = stop

    def doubt_days_missing(self):
        """Doubt statements without a last update: a line of a description may look like one."""
        for action in self.profile.actions:
            for one in action.statements:
                if not one.has_day:
                    message = _(
                        "No last update stands below it: it may be a line of the text above."
                    )
                    cell = one, "Last update"
                    self.doubt(one.place, one.kind, message, *cell, needs_person=True)

    def doubt_second_ones(self):
        """Doubt what an action has once: its baseline, and a target for a year."""
        for action in self.profile.actions:
            first = set()
            for one in action.statements:
                key = one.kind, one.year if one.kind == found.TARGETS else None
                if key in first and one.kind != found.PROGRESS:
                    message = _("The action has another one of these already: choose one.")
                    self.doubt(one.place, one.kind, message, one, "Text", needs_person=True)
                first.add(key)

    def name_twins(self):
        """Doubt actions that stand twice, with their type and words; both are kept."""
        first = {}
        for number, action in enumerate(self.profile.actions, start=1):
            action.number = number
            key = action.type_code or action.type_name, key_of(action.description)
            if key in first:
                message = _(
                    "This action stands twice: action %d has its type and words. Both stay."
                )
                self.profile.doubt(
                    action.place,
                    action.type_name,
                    message % first[key],
                    sheet="Actions",
                    thing=action,
                    header="Description",
                )
            first.setdefault(key, number)
