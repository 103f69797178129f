"""Years in headers, and which action and figure each measure of a list is."""

import dataclasses
import datetime

from django.utils.translation import gettext as _

from actions.models.own_figures import MOST_OWN_FIGURES, folded_name
from catalogue import units
from profiles.dates import latest_today

from ... import cells
from ...models.mapping import Target
from ...problems import CellError
from ..making import numbering
from ..numbers import formats, unit_words
from ..numbers.formats import Doubtful
from ..places import places
from ..words.blanks import is_blank
from .header_years import BASELINE, PROGRESS, TARGET, kind_of_year, year_in_header
from .known_actions import actions_of_city, actions_of_list
from .measures import MeasureGuesser
from .observed import NEW_ACTION, OWN, Measured, Observation, YearColumn, Years
from .survey import RowReader, survey

__all__ = [
    "NEW_ACTION",
    "OWN",
    "Measured",
    "Observation",
    "YearColumn",
    "Years",
    "guess_years",
    "observations",
    "reference_of",
]

DECIDED = ("action", "action_type", "figure", "figure_kind", "unit", "share", "falls")
"""What a person may decide of a measure."""


def guess_years(draft, decided):
    """The `Years` of a list of statements; empty for other targets.

    `decided`: {"columns": {key: {"kind": …, "year": …}}, "measures": {folded word: {…}},
    "first_is_baseline": …, "name": …}.
    """
    years = Years(is_guess=not decided)
    if draft.target != Target.STATEMENTS:
        return years
    years.first_is_baseline = decided.get("first_is_baseline", True)
    years.columns = list(year_columns(draft, decided.get("columns", {})))
    years.needs_name = not draft.used_as("measure")
    years.name = decided.get("name", "")
    name = years.name or draft.constants.list_name
    years.reader = RowReader(draft, years.columns, name, years.in_headers)
    seen, first, given = survey(draft, years.reader)
    cities = {city for one in seen.values() for city in one.cities}
    years.city = next(iter(cities)) or "" if len(cities) == 1 else ""
    earlier = actions_of_list(draft.user, draft.constants.list_name)
    years.actions = actions_of_city(draft.user, years.city) if years.city else []
    years.guesser = guesser_of(draft, years, seen.items(), earlier)
    for key, one in seen.items():
        measured = years.guesser.guess(key, one)
        measured.is_open = bool(undecided(measured))
        if key in decided.get("measures", {}):
            take_decided(years, measured, decided["measures"][key], decided.get("city"))
        years.measures.append(measured)
        years.by_word[key] = measured
    if years.first_is_baseline:
        years.first_years = baselines(draft, years, first, given, earlier)
    return years


def take_decided(years, measured, decided, city):
    """Let a measure be what was decided, for the list of the city of this address.

    In a kept mapping, the number of an action is of another city: then the guess stays.
    """
    said = {name: value for name, value in decided.items() if name in DECIDED}
    is_number = said.get("action", NEW_ACTION) not in ("", NEW_ACTION)
    if is_number and (city != years.city or said["action"] not in years.guesser.numbers):
        return
    for name, value in said.items():
        setattr(measured, name, value)
    measured.is_guess = False
    years.guesser.complete(measured)


def year_columns(draft, decided):
    """The `YearColumn`s of the list, in the order of its columns."""
    this_year = latest_today().year
    for use in draft.used_as("value_of_year"):
        column = use.column
        year, note = year_in_header(column.name)
        kind, why = kind_of_year(column.name, year, this_year) if year else ("", "")
        one = YearColumn(column.key, year, kind, header=column.name, why=why, note=note)
        if column.key in decided:
            one.kind = decided[column.key].get("kind", kind)
            one.year = decided[column.key].get("year", year)
            one.note = note if one.year == year else ""
            one.is_guess = False
        yield one


def guesser_of(draft, years, seen, earlier):
    """The `MeasureGuesser` for the measures of a list."""
    mine = {cells.folded(one.reference): one for one in earlier if one.city == years.city}
    by_word = {key: mine.get(cells.folded(reference_of(draft, one.word))) for key, one in seen}
    return MeasureGuesser(years.actions, by_word, draft.constants.action_type)


def reference_of(draft, word):
    """The reference of the action that is made for a measure of the list."""
    return numbering.reference_of(draft.constants.list_name, word)


def baselines(draft, years, first, given, earlier):
    """(address, folded word) → the year whose value becomes the starting point of its action.

    An action has one starting point, of one year: the first of all its measures, or the one that
    it has already. What the list itself calls a starting point goes before.
    """
    stored = {(one.city, str(one.number)): one for one in years.actions}
    stored |= {(one.city, cells.folded(one.reference)): one for one in earlier}
    year_of, actions = {}, {}
    for (city, key), year in first.items():
        measured = years.by_word[key]
        action = measured.action
        if measured.is_new:
            action = cells.folded(reference_of(draft, measured.word))
        actions[city, key] = action
        known = stored.get((city, action))
        if known and known.has_baseline:
            year_of[city, action] = known.baseline_year
        else:
            year_of[city, action] = min(year_of.get((city, action), year), year)
    has_own = {(city, actions.get((city, key))) for city, key in given}
    return {
        pair: year
        for pair, year in first.items()
        if (pair[0], actions[pair]) not in has_own and year_of[pair[0], actions[pair]] == year
    }


# Of one row


def observations(draft, row):
    """The `Observation`s of a row. Raises CellError where the row as a whole gives none."""
    reader = draft.years.reader
    city = places.city_of(draft, row)
    if not city:
        raise CellError(places.why_left_out(draft, row))
    parts = reader.measures(row)
    if len(parts) < 2 and not any(values for _word, values in parts):
        measured_of(draft, *(word for word, _values in parts))
        raise CellError(_("It has no value."))
    shared = {
        "text": reader.text("text", row, "\n"),
        "source": reader.text("source", row, "; "),
        "source_url": reader.text("source_url", row),
    }
    for word, values in parts:
        try:
            measured = measured_of(draft, word)
        except CellError as error:
            if not reader.in_headers:
                raise
            yield from (refused(row, city, word, cell, str(error)) for cell in values)
            continue
        action = action_of(draft, reader, row, measured)
        for value in values:
            yield observe(draft, reader, row, value, measured, city, action, shared)


def refused(row, city, word, cell, problem):
    """The `Observation` of a cell of whose measure something is not decided."""
    at = row.table, row.number, cell.use.column.key
    made = Observation(city, 0, word, cell.kind, formats.Reading(), at=at, problem=problem)
    made.of_many = (problem,)
    return made


def measured_of(draft, word=""):
    """The `Measured` of a word. Raises CellError where it is not decided what it is."""
    measured = draft.years.by_word.get(cells.folded(word)) if word else None
    if measured is None:
        raise CellError(_("It does not say what is measured."))
    if not measured.action:
        raise CellError(_("“%s” is not imported.") % measured.word)
    if problem := problem_of(draft.years, measured):
        raise CellError(problem)
    return measured


def problem_of(years, measured):
    """What is still to be decided of a measure that is imported, in a sentence; else ""."""
    name = {"word": measured.word}
    if years.needs_name and not (years.name or years.reader.in_headers):
        return _("Write what is measured: no column says it.")
    if problem := undecided(measured):
        return problem % name
    if len(own_figures_of(years, measured)) > MOST_OWN_FIGURES:
        words = _("“%(word)s”: an action has at most three figures of its own; choose another.")
        return words % name
    return ""


def undecided(measured):
    """As `problem_of`, of what a guess leaves open; “%(word)s” stands for the measure."""
    if measured.is_new and not measured.action_type:
        return _("Choose the type of action for “%(word)s”.")
    if measured.figure == OWN and not measured.figure_kind:
        return _("Say in which unit “%(word)s” is: its numbers are no counts.")
    if measured.share is None:
        return _("Say of “%(word)s” whether 0.05 is 5 %% or 0.05 %%.")
    return ""


def doubt_of(measured):
    """What the page asks of a measure that is imported all the same, in a sentence; else ""."""
    if not measured.action or not measured.twice:
        return ""
    year, row, other = measured.twice
    words = _(
        "“%(word)s”: rows %(row)d and %(other)d say different figures for %(year)s, and nothing "
        "tells them apart: none of them is taken. If a column does (measured or planned, a part of "
        "the measure), choose it under “Columns”."
    )
    gaps = {"word": measured.word, "row": row, "other": other, "year": year or _("no year")}
    return words % gaps


def own_figures_of(years, measured):
    """The folded names of the own figures that the action of a measure has in the end."""
    if measured.is_new or measured.figure != OWN:
        return set()
    names = {
        folded_name(one.word)
        for one in years.measures
        if one.action == measured.action and one.figure == OWN
    }
    here = (one.figures for one in years.actions if str(one.number) == measured.action)
    return names.union(*here)


def action_of(draft, reader, row, measured):
    """The number of the action of a row, or the reference of one that is made. Raises CellError."""
    for use in reader.uses["action"]:
        if not is_blank(value := row.values[use.column.at]):
            return action_number(value, reader.format_of(use))
    if measured.is_new:
        return reference_of(draft, measured.word)
    return int(measured.action)


def action_number(value, form):
    """The number of an action in a cell. Raises CellError."""
    reading = formats.read_number(value, form)
    number = reading.number
    is_more = reading.unit or reading.precision
    if number is None or is_more or number != number.to_integral_value():
        raise CellError(_("“%s” is no number of an action.") % cells.as_text(value).strip())
    return int(number)


def observe(draft, reader, row, cell, measured, city, action, shared):
    """The `Observation` of one `ValueCell`."""
    at = row.table, row.number, cell.use.column.key
    own = measured.word if measured.figure == OWN else measured.figure
    made = Observation(city, action, own, cell.kind, formats.Reading(), at=at, measured=measured)
    made.text, made.source, made.source_url = shared.values()
    made.problem = cell.problem
    if cell.problem:
        return made
    try:
        made.reading = read_value(reader, row, cell.use, cell.value, measured)
    except CellError as error:
        made.problem = str(error)
        return made
    notes = [*made.reading.notes, *cell.notes]
    is_first = draft.years.first_years.get((city, cells.folded(measured.word))) == cell.year
    if cell.kind == PROGRESS and is_first and not cell.is_said:
        made.kind = BASELINE
    put_moment(draft.years, made, cell.year, notes)
    put_text(made, measured)
    made.reading = dataclasses.replace(made.reading, notes=tuple(notes))
    return made


def read_value(reader, row, use, value, measured):
    """The `Reading` of a value, in a unit that its figure takes. Raises CellError."""
    form = reader.format_of(use, measured.share)
    reading = formats.read_number(value, form, reader.unit(row, measured.word))
    own = units.parse(reading.unit.strip())
    is_of_words = own not in units.UNITS and unit_words.can_be_counted(own)
    if measured.figure_kind == "count" and is_of_words:
        own = "" if measured.figure != OWN else measured.unit
    elif not own:
        return with_unit(reading, measured)
    elif measured.figure != OWN and own not in units.accepted(measured.unit):
        return converted(reading, measured.unit)
    elif units.folded(own) == units.folded(measured.unit):
        own = measured.unit
    return dataclasses.replace(reading, unit=own)


def converted(reading, unit):
    """A reading in a unit that the list does not use, which a person is to look at."""
    found = formats.in_unit(reading, unit)
    notes = (note if note in reading.notes else Doubtful(note) for note in found.notes)
    return dataclasses.replace(found, notes=tuple(notes))


def with_unit(reading, measured):
    """A reading without a unit, in that of its measure; it is said where other rows have one."""
    notes = reading.notes
    if measured.units and measured.unit and reading.number is not None:
        words = _("No unit stands there: that of the other rows is taken, %s.")
        notes = (*notes, Doubtful(words % units.label(measured.unit)))
    return dataclasses.replace(reading, unit=measured.unit, notes=notes)


def put_moment(years, made, year, notes):
    """Set the year or day of an observation, and note where the day is ours."""
    today = latest_today()
    if made.kind != PROGRESS:
        made.year = year
        if made.kind == TARGET and year and year < today.year:
            words = _("The year %d is over: what was aimed at for it stays a target.")
            made.of_many = (words % year,)
        return
    month, day = map(int, years.month_and_day.split("-"))
    made.day = datetime.date(year, month, day)
    if made.day <= today:
        made.of_many = (_("Progress that has a year only gets its last day, 31 December."),)
        return
    if year > today.year:
        made.problem = _("The year %d is still to come: it can be a target only.") % year
        return
    made.day = today
    words = _("%(year)d is not over: %(day)s is put as its day.")
    notes.append(Doubtful(words % {"year": year, "day": today.isoformat()}))


def put_text(made, measured):
    """Put a reading that is no number among the words of the statement."""
    if made.reading.number is None and made.reading.text:
        line = f"{measured.word}: {made.reading.text}"
        made.text = "\n".join(filter(None, (line, made.text)))
