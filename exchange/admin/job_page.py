"""What the page of an import shows: its steps, its numbers, and what differs, cell by cell."""

import os
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Job, Worker
from ..sheets import SHEETS

State = Job.State

LOOK_AGAIN = 3
"""Seconds after which the page of a running job is asked for again."""

LONGEST_CELL = 160
"""Characters of a cell in the preview; of a longer text it has the part that differs."""

AROUND = 40
"""Characters before and after the part that differs."""

LONGEST_GIST = 100

MOST_LINES = 100
"""So many rows are named where an import cannot be undone."""

SYMBOLS = {
    State.CHECKING: "…",
    State.WRONG: "!",
    State.READY: "✓",
    State.APPLYING: "…",
    State.APPLIED: "✓",
    State.UNDOING: "…",
    State.UNDONE: "↶",
    State.OUTDATED: "!",
    State.FAILED: "×",
    State.CANCELLED: "–",
}

STEPS = {
    State.CHECKING: "check",
    State.WRONG: "check",
    State.READY: "check",
    State.OUTDATED: "check",
    State.APPLYING: "write",
    State.APPLIED: "write",
    State.UNDOING: "undo",
    State.UNDONE: "undo",
}
"""State → step. For a failed or cancelled job see `step_of`."""


def displayed_state(job):
    """The job's state; a job whose worker has died is displayed as failed."""
    return State.FAILED if job.is_silent else State(job.state)


def state_words(job):
    state = displayed_state(job)
    is_part = state == State.UNDONE and job.undoes_part
    return format_html(
        '<span class="job-state job-{}"><span aria-hidden="true">{}</span> {}</span>',
        state.value,
        SYMBOLS[state],
        _("taken back in part") if is_part else state.label,
    )


@dataclass(frozen=True)
class Step:
    label: str
    note: str = ""
    is_done: bool = False
    is_current: bool = False
    is_trouble: bool = False


def steps(job):
    """Sent, checked, written and, where the job is or was undone, taken back."""
    current = step_of(job)
    names = {"send": _("Sent"), "check": _("Checked"), "write": _("Written")}
    if current == "undo":
        names["undo"] = _("Taken back")
    keys = list(names)
    position = keys.index(current)
    finished = displayed_state(job) in (State.READY, State.APPLIED, State.UNDONE)
    return [
        Step(
            names[key],
            note=displayed_state(job).label if key == current and not finished else "",
            is_done=at < position or (at == position and finished),
            is_current=at == position,
            is_trouble=displayed_state(job) not in Job.RUNNING,
        )
        for at, key in enumerate(keys)
    ]


def step_of(job):
    if job.state in STEPS:
        return STEPS[job.state]
    return "write" if job.change_set_id else "check"


def figures(totals):
    """“12 new · 3 changed · 2 wrong”: the numbers of rows that are not zero."""
    words = {
        "new": _("%(number)s new"),
        "changed": _("%(number)s changed"),
        "unchanged": _("%(number)s unchanged"),
        "wrong": _("%(number)s wrong"),
    }
    return " · ".join(
        words[kind] % {"number": intcomma(number)} for kind, number in totals.items() if number
    )


def new_and_changed(totals):
    """“12 new and 3 changed rows”, for buttons and sentences."""
    new, changed = totals["new"], totals["changed"]
    if new and changed:
        words = _("%(new)s new and %(changed)s changed rows")
    elif new:
        words = ngettext("%(new)s new row", "%(new)s new rows", new)
    else:
        words = ngettext("%(changed)s changed row", "%(changed)s changed rows", changed)
    return words % {"new": intcomma(new), "changed": intcomma(changed)}


def time_left(seconds):
    """An estimate in words, rounded so that it does not change at every reload."""
    if seconds is None:
        return ""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 90:
        return _("about %(seconds)d seconds left") % {"seconds": round(seconds, -1)}
    return _("about %(minutes)d minutes left") % {"minutes": round(seconds / 60)}


# The preview


@dataclass(frozen=True)
class Part:
    """A long text, cut to the part that differs and a little around it; `whole` is uncut."""

    before: str
    differing: str
    after: str
    whole: str


@dataclass(frozen=True)
class Cell:
    """The stored value and that of the file: two texts or, where one is long, two `Part`s.

    `is_newer`: the stored value was changed after the file was written.
    """

    header: str
    old: str | Part
    new: str | Part
    is_long: bool = False
    is_newer: bool = False


@dataclass(frozen=True)
class SheetPreview:
    """`undated`: how many of the new rows get the day of the import."""

    name: str
    counts: dict
    changed: list
    new: list
    undated: int = 0

    @property
    def more_changed(self):
        return self.counts.get("changed", 0) - len(self.changed)

    @property
    def more_new(self):
        return self.counts.get("new", 0) - len(self.new)


def previews(job):
    """Each sheet that has rows, with its numbers and the first of its changed and new ones."""
    changed, new = job.preview.get("changes", {}), job.preview.get("new", {})
    return [
        SheetPreview(
            name,
            counts,
            [
                {**row, "cells": [differing(*cell) for cell in row["cells"]]}
                for row in changed.get(name, [])
            ],
            [{**row, "gist": gist(row)} for row in new.get(name, [])],
            job.preview.get("undated", {}).get(name, 0),
        )
        for name, counts in job.counts.items()
        if any(counts.values())
    ]


def written_sheets(job):
    """The names of those with new or changed rows."""
    return [
        name for name, counts in job.counts.items() if counts.get("new") or counts.get("changed")
    ]


def gist(row):
    """The values of a new row without its key, in a line."""
    keys = row["key"].split(" · ")
    values = [str(value) for _header, value in row["cells"] if str(value) not in keys]
    return Truncator(" · ".join(values)).chars(LONGEST_GIST)


def differing(header, old, new, is_newer=False):
    """A changed cell; of long texts the part that differs."""
    old, new = text(old), text(new)
    if max(len(old), len(new)) <= LONGEST_CELL:
        return Cell(header, old, new, is_newer=is_newer)
    start = len(os.path.commonprefix([old, new]))
    rests = [old[start:][::-1], new[start:][::-1]]
    end = len(os.path.commonprefix(rests))
    return Cell(header, part(old, start, end), part(new, start, end), True, is_newer)


def text(value):
    return "" if value is None else str(value)


def part(whole, start, end):
    """The `Part` of a text that begins and ends with so many characters like the other text."""
    stop = len(whole) - end
    before, middle, after = whole[:start], whole[start:stop], whole[stop:]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    if len(middle) > LONGEST_CELL:
        half = LONGEST_CELL // 2
        middle = f"{middle[:half]} … {middle[-half:]}"
    return Part(before, middle, after, whole)


# The page


def newer_cells(job):
    """What the file would put back: its number, its first cells, and when the file was written."""
    found = job.preview
    if not found.get("newer_count"):
        return None
    return {
        "count": found["newer_count"],
        "written_at": parse_datetime(found["written_at"]),
        "is_written_by_us": found["is_written_by_us"],
        "more": found["newer_count"] - len(found["newer"]),
        "cells": [
            {
                "place": cell,
                "cell": differing(*cell["change"]),
                "day": parse_datetime(cell["changed_at"]),
            }
            for cell in found["newer"]
        ],
    }


def reason_sheets(job):
    """The sheets with doubts that have a column for the reason."""
    named = {doubt["sheet"] for doubt in job.preview.get("doubts", ())}
    return [
        sheet.sheet_name
        for sheet in SHEETS
        if sheet.sheet_name in named and "confirmed" in sheet.fields
    ]


def context_of(job):
    """The part of the context of templates/admin/exchange/job.html that is the same for all."""
    state = displayed_state(job)
    problems = job.preview.get("problems", [])
    return {
        "job": job,
        "is_undo": step_of(job) == "undo",
        "message": job.message.splitlines(),
        "more_lines": max(0, len(job.message.splitlines()) - 1 - MOST_LINES),
        "state_template": f"admin/exchange/states/{state}.html",
        "steps": steps(job),
        "sheets": previews(job),
        "totals": job.totals,
        "new_and_changed": new_and_changed(job.totals),
        "reason_sheets": reason_sheets(job),
        "newer": newer_cells(job),
        "problems": problems,
        "more_problems": max(0, job.problem_count - len(problems)),
        "time_left": time_left(job.seconds_left),
        "lacks_worker": job.is_waiting and not Worker.is_any_alive(),
        "is_running": job.is_running,
    }
