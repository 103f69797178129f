"""What a check found, as it is kept: for reading, and in short."""

import hashlib

from profiles.fields import CONTROL_CHARACTERS

from .. import cells
from ..sheets.base.rows import CHANGED, NEW

SHOWN = 100
"""Rows of one kind and sheet, and problems, that a preview has."""

LONGEST = 1000
"""Characters of one value; of longer ones the part where the difference begins."""

BEFORE_DIFFERENCE = 60


def preview(plan, workbook):
    """The first rows that would change or be new, cell by cell, and the first problems."""
    found = {
        "changes": {},
        "new": {},
        "problems": [told(problem) for problem in plan.problems[:SHOWN]],
        "doubts": [told(doubt) for doubt in plan.doubts[:SHOWN]],
        "doubt_count": plan.doubt_count,
    }
    for sheet in plan.sheets:
        data = workbook.sheets[cells.folded(sheet.sheet_name)]
        changed, new = first(sheet, CHANGED), first(sheet, NEW)
        raw = raw_rows(data, [*changed, *new])
        if changed:
            found["changes"][sheet.sheet_name] = [
                {**named(sheet, row, raw), "cells": [difference(*c) for c in row.changes or ()]}
                for row in changed
            ]
        if new:
            found["new"][sheet.sheet_name] = [
                {**named(sheet, row, raw), "cells": filled(sheet, raw[row.number])} for row in new
            ]
    return found


def told(problem):
    return {name: excerpt(text) for name, text in problem.as_dict().items()}


def first(sheet, state):
    found = []
    for row in sheet.rows:
        if row.state == state:
            found.append(row)
            if len(found) == SHOWN:
                break
    return found


def raw_rows(data, rows):
    wanted = {row.number for row in rows}
    return {number: raw for number, raw in data.rows if number in wanted} if wanted else {}


def named(sheet, row, raw):
    """The row's number and what it is known by, for example “anji-county · 12”."""
    places = [sheet.index[name] for name in sheet.key_names() if name in sheet.index]
    words = [shown(raw[row.number][place]) for place in places]
    return {"row": row.number, "key": " · ".join(filter(None, words))}


def filled(sheet, raw):
    """[header, value] of the cells of a new row that say something."""
    return [
        [column.header, excerpt(shown(raw[sheet.index[name]]))]
        for name, column in sheet.fields.items()
        if name in sheet.index and not cells.is_empty(raw[sheet.index[name]])
    ]


def difference(header, old, new):
    old, new = shown(old), shown(new)
    start = max(0, common(old, new) - BEFORE_DIFFERENCE)
    return [str(header), excerpt(old, start), excerpt(new, start)]


def common(old, new):
    """How many characters both begin with."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def excerpt(text, start=0):
    """A part of a long text. A short one is left whole."""
    if len(text) <= LONGEST:
        return storable(text)
    before = "…" if start else ""
    after = "…" if start + LONGEST < len(text) else ""
    return before + storable(text[start : start + LONGEST]) + after


def storable(text):
    """Text that every database takes: what it would refuse is shown as a replacement mark."""
    return CONTROL_CHARACTERS.sub("\ufffd", text)


def shown(value):
    return cells.as_text(value)


def digest(plan):
    """A hash of all that the plan would write: the same where writing it does the same.

    Today's date is taken out: what is checked before midnight may be written after it.
    """
    found = hashlib.sha256()
    for upload, _place in plan.context.files.new:
        found.update(repr((upload.city.slug, upload.name, upload.sha256)).encode())
    for sheet in plan.sheets:
        found.update(repr(sheet.sheet_name).encode())
        for row in sheet.rows:
            if row.state in (NEW, CHANGED):
                found.update(repr((row.number, row.state, row.changes)).encode())
        for batch in sheet.batches():
            names = [field.attname for field in batch.model._meta.concrete_fields]
            for instance in batch.new:
                values = [instance.__dict__.get(name) for name in names]
                found.update(repr([v for v in values if v != plan.context.today]).encode())
    return found.hexdigest()
