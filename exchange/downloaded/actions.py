"""The chapter of the actions: commitments, actions, and what is stated of each."""

from django.utils.translation import gettext as _

from intake.numbers import Unclear
from profiles.dates import latest_today

from . import heading as found
from .broken_texts import doubt_breaks
from .captions import read_captions
from .days import read_day
from .find_headings import find_headings
from .profile import Action, Commitment, NotUsed, Statement
from .right_to_left import RIGHT_TO_LEFT, order_unknown
from .sentences import read_sentence
from .stream import key_of


def empty_day():
    return _(
        "The cell is left empty: the import would fill in its own day, so enter the right one."
    )


class ActionsChapter:
    """Reads the chapter between two positions into a `Profile`."""

    def __init__(self, stream, start, end, official, profile):
        self.stream, self.official, self.profile = stream, official, profile
        self.start, self.end = start, end
        self.is_ours = profile.is_ours
        self.area = None
        self.commitment = None
        self.action = None
        self.statement = None

    def read(self):
        """Read all of it; returns the spans that were used."""
        used = []
        headings = find_headings(self.stream, self.start, self.end, self.official)
        starts = [one.start for one in headings]
        for heading, end in zip(headings, [*starts[1:], self.end], strict=False):
            self.take(heading, end)
            used.append((heading.start, end))
        self.doubt_days_missing()
        self.doubt_second_ones()
        self.name_twins()
        return used

    def take(self, heading, end):
        self.take_heading(heading, end)
        cell = self.cell_of_text()
        for start, behind, why in heading.lines:
            words = self.stream.text(start, behind)
            self.profile.doubt(self.stream.place(start), words, why, needs_person=True, **cell)

    def cell_of_text(self):
        """The cell of the text that runs."""
        if self.statement is None:
            return {"sheet": "Actions", "thing": self.action, "header": "Description"}
        return {"sheet": self.statement.kind, "thing": self.statement, "header": "Text"}

    def take_heading(self, heading, end):
        if heading.kind == found.TYPE:
            self.take_type(heading, end)
        elif heading.kind in found.STATEMENTS:
            self.take_statement(heading, end)
        elif heading.kind == found.UPDATED:
            self.take_day(heading, end)
            self.leave(heading.end, end, _("It stands behind the day of the last update."))
        else:
            self.action = self.statement = None
            if heading.kind == found.AREA:
                self.area = heading.row
            elif heading.kind == found.COMMITMENT:
                self.take_commitment(heading)
            elif heading.row:
                place = self.stream.place(heading.start)
                self.commitment = Commitment(place, heading.words, heading.row.code)
            self.leave(heading.end, end, _("It stands below a heading, before the first action."))

    # Commitments and actions

    def take_commitment(self, heading):
        place = self.stream.place(heading.start)
        self.commitment = Commitment(place, heading.words, heading.row.code if heading.row else "")
        if heading.row is None:
            message = _(
                "This commitment is not one of the official ones: it is named on this sheet alone."
            )
            self.profile.doubt(place, heading.words, message, needs_person=True)
            return
        self.doubt_heading(heading)
        area = self.official.catalogue.areas[heading.row.area]
        if self.area is not None and self.area.number != area.number:
            message = _("By the official list this commitment belongs to the area “%s”.")
            self.profile.doubt(place, heading.words, message % area.name)
        if all(one.code != heading.row.code for one in self.profile.commitments):
            self.profile.commitments.append(self.commitment)

    def doubt_heading(self, heading, **cell):
        place = self.stream.place(heading.start)
        if key_of(heading.words).rstrip(".") != key_of(heading.row.name).rstrip("."):
            message = _("This heading is read as “%s”.") % heading.row.name
            self.profile.doubt(place, heading.words, message, **cell)
        if heading.is_glued:
            message = _("The heading runs on into the next line; it is parted here.")
            self.profile.doubt(place, heading.words, message, **cell)
        if heading.kind == found.COMMITMENT and not heading.is_labelled:
            message = _("The words “Commitment Made:” are missing before this commitment.")
            self.profile.doubt(place, heading.words, message, **cell)
        if heading.kind == found.TYPE and not heading.is_labelled:
            message = _(
                "The line of the description is missing below this heading: it may be a line of "
                "the text above."
            )
            self.profile.doubt(place, heading.words, message, needs_person=True, **cell)

    def take_type(self, heading, end):
        place = self.stream.place(heading.start)
        code = heading.row.code if heading.row else ""
        self.action = Action(place, heading.words, code)
        self.statement = None
        self.profile.actions.append(self.action)
        cell = {"sheet": "Actions", "thing": self.action, "header": "Action type"}
        if heading.row is None:
            message = _("This type of action is not one of the official ones: choose one.")
            self.profile.doubt(place, heading.words, message, needs_person=True, **cell)
        else:
            self.doubt_heading(heading, **cell)
            self.compare_commitment(heading, place, cell)
        self.action.description = self.stream.text(heading.end, end)
        cell["header"] = "Description"
        self.doubt_lines(heading, end, cell)
        self.doubt_hyphens(heading.end, end, cell)
        if not self.action.description:
            message = _("The action has no description.")
            self.profile.doubt(place, heading.words, message, needs_person=True, **cell)

    def doubt_lines(self, heading, end, cell, statement=None):
        """Doubt what the breaks of lines and pages may have done to the text of a heading.

        `cell`: where the text is; figures of a `statement` may be in a value instead.
        """
        named = {self.stream.place(start).line for start, _behind, _why in heading.lines}
        doubt_breaks(
            self.stream,
            heading.end,
            end,
            self.official,
            self.profile,
            cell,
            headings=named,
            statement=statement,
        )

    def doubt_hyphens(self, start, end, cell):
        hyphens = list(self.stream.hyphenated(start, end))
        if hyphens:
            message = _("A line ends with this hyphen: is it part of the word? It is kept.")
            words = ", ".join(words for _place, words in hyphens)
            self.profile.doubt(hyphens[0][0], words, message, **cell)

    def compare_commitment(self, heading, place, cell):
        """Note the commitment of a type, where another heading or none stands above it."""
        code = heading.row.commitment
        if self.commitment is not None and self.commitment.code == code:
            return
        name = self.official.catalogue.commitments[code].name
        message = _("By the official list it belongs to the commitment “%s”, which is added.")
        if any(one.code == code for one in self.profile.commitments):
            message = _("By the official list it belongs to the commitment “%s”.")
        else:
            self.profile.commitments.append(Commitment(place, name, code))
        self.profile.doubt(place, heading.words, message % name, **cell)

    # Statements

    def take_statement(self, heading, end):
        if self.action is None:
            self.leave(heading.start, end, _("It belongs to no action."))
            return
        place = self.stream.place(heading.start)
        self.statement = statement = Statement(heading.kind, place)
        self.action.statements.append(statement)
        cell = {"sheet": statement.kind, "thing": statement, "header": "Text"}
        last = end
        if self.is_ours:
            end = self.take_captions(statement, heading.end, end)
        if not heading.is_labelled:
            message = _("The label “Baseline:” is missing before this sentence, or misspelt.")
            words = self.stream.text(heading.end, self.stream.line_end(heading.end))
            self.profile.doubt(place, words, message, **cell)
        if heading.kind == found.TARGETS and heading.words:
            statement.year = int(heading.words)
        if heading.kind == found.PROGRESS:
            statement.day = self.day_in(heading.words, place, statement, "Date")
        action_type = self.official.catalogue.action_types.get(self.action.type_code)
        reading = action_type and read_sentence(
            self.stream, heading.end, end, action_type, self.official
        )
        if reading:
            self.take_reading(statement, reading, heading, end)
        else:
            self.take_words(statement, heading, end, action_type)
        self.doubt_lines(heading, last, cell, statement)
        if statement.text:
            self.doubt_hyphens(heading.end, end, cell)

    def take_reading(self, statement, reading, heading, end):
        """A statement in the official sentence."""
        statement.values = reading.values
        if reading.keeps_text or not reading.values:
            statement.text = self.stream.text(heading.end, reading.end)
        by_key = {value.key: value for value in statement.values}
        for at, words, message, key, needs_person in reading.doubts:
            thing = by_key.get(key, statement)
            header = "Text" if key and key not in by_key else "Value"
            about = {"sheet": statement.kind, "thing": thing, "header": header}
            place = self.stream.place(at)
            self.profile.doubt(place, words, message, needs_person=needs_person, **about)
        self.take_rest(statement, reading.end, end)

    def take_words(self, statement, heading, end, action_type):
        """A statement in words of the city's own, which a baseline of this type is not."""
        statement.text = self.stream.text(heading.end, end)
        place = statement.place
        if not statement.text:
            self.doubt(place, heading.kind, _("Nothing is stated here."), statement, "Text")
            self.action.statements.remove(statement)
        elif statement.kind == found.BASELINES and action_type:
            message = _("This is not the official sentence of the action type; kept as words.")
            self.doubt(place, statement.text, message, statement, "Text")

    def take_rest(self, statement, start, end):
        """Keep the words behind a sentence as text."""
        rest = self.stream.text(start, end)
        if rest:
            statement.text = "\n\n".join(filter(None, (statement.text, rest)))
            message = _("It stands behind the official sentence; kept in the column Text.")
            self.doubt(self.stream.place(start), rest, message, statement, "Text")

    def take_captions(self, statement, start, end):
        """Take year and source below the words of a statement; returns where they begin."""
        captions = read_captions(self.stream, start, end, self.official)
        statement.source = captions.source
        if captions.year and statement.kind == found.BASELINES:
            statement.year = captions.year
        if captions.rest:
            message = _("These words below what is stated are left out.")
            place = self.stream.place(captions.start)
            self.doubt(place, captions.rest, message, statement, "Text")
        return captions.start

    def take_day(self, heading, end):
        """Take the day of a last update, if nothing else that may be one stands on its line."""
        behind = min(self.stream.line_end(heading.end - 1), end)
        rest = self.stream.text(heading.end, behind)
        place = self.stream.place(heading.start)
        if self.statement is None and self.is_ours:
            # It belongs to the table of figures above it.
            return
        if self.statement is None:
            message = _("A last update stands where nothing is stated that it could belong to.")
            self.profile.doubt(place, heading.words, message, needs_person=True)
        elif self.statement.updated_on is None:
            self.statement.has_day = True
            words = heading.words
            if any(map(str.isdigit, rest)):
                words = f"{words} {rest}"
            day = self.day_in(words, place, self.statement, "Last update")
            self.statement.updated_on = day
        self.statement = None

    def day_in(self, words, place, statement, header):
        try:
            if place.page and RIGHT_TO_LEFT.search(words):
                raise Unclear(order_unknown())
            day, note = read_day(words)
            if day > latest_today():
                raise Unclear(_("This day is still to come."))
        except Unclear as error:
            message = f"{error} {empty_day()}" if header == "Last update" else str(error)
            self.doubt(place, words, message, statement, header, needs_person=True)
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
                    message = f"{message} {empty_day()}"
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
