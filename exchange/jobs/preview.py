"""What a check found, in the form that a job stores: a preview to read, and a hash."""

import hashlib

from profiles.fields import CONTROL_CHARACTERS
from profiles.texts import thin_out

from .. import cells
from ..reading.sheet_names import has_other_columns, may_be_of_others
from ..sheets.base.rows import CHANGED, NEW

SHOWN = 100
"""How many rows of one outcome and sheet a preview has, and how many problems."""

LONGEST = 1000
"""Characters of one value. Of a longer one the part is shown where the difference begins."""

BEFORE_DIFFERENCE = 60


def preview(plan, workbook):
    """The first rows that the plan would change or create, cell by cell, and the first problems."""
    found = {
        "changes": {},
        "new": {},
        "undated": {sheet.sheet_name: sheet.undated_rows for sheet in plan.sheets},
        "problems": [shortened(problem) for problem in plan.problems[:SHOWN]],
        "doubts": [shortened(doubt) for doubt in plan.doubts[:SHOWN]],
        "doubt_count": plan.doubt_count,
        "notes": [shortened(note) for note in plan.notes[:SHOWN]],
        "note_count": plan.note_count,
        "remarks": [shortened(remark) for remark in plan.remarks[:SHOWN]],
        "has_hidden": plan.has_hidden,
        "has_other_columns": has_other_columns(workbook),
        "may_be_of_others": may_be_of_others(workbook),
        **newer_cells(plan),
    }
    if plan.context.new_from:
        found["new_from"] = plan.context.new_from  # a later check needs it too
    newer = {(cell.sheet, cell.row, cell.column) for cell in plan.newer}
    for sheet in plan.sheets:
        data = workbook.sheets[cells.folded(sheet.sheet_name)]
        changed, new = first_rows(sheet, CHANGED), first_rows(sheet, NEW)
        raw = raw_rows(data, [*changed, *new])
        if changed:
            found["changes"][sheet.sheet_name] = [
                number_and_key(sheet, row, raw) | {"cells": changed_cells(sheet, row, newer)}
                for row in changed
            ]
        if new:
            found["new"][sheet.sheet_name] = [
                number_and_key(sheet, row, raw) | {"cells": filled_cells(sheet, raw[row.number])}
                for row in new
            ]
    return found


def changed_cells(sheet, row, newer):
    """[header, old, new] of each change, and True where the stored value is newer than the file."""
    return [
        [*difference(*change), *[True] * ((sheet.sheet_name, row.number, change[0]) in newer)]
        for change in row.changes or ()
    ]


def newer_cells(plan):
    """The first cells that would put back what was changed since the file was written."""
    if not plan.newer:
        return {}
    written = plan.context.written
    return {
        "newer_count": len(plan.newer),
        "written_at": written.at.isoformat(),
        "is_written_by_us": written.is_ours,
        "newer": [
            {
                "sheet": cell.sheet,
                "cell": cell.cell,
                "change": difference(cell.column, cell.old, cell.new),
                "changed_at": cell.changed_at.isoformat(),
                "is_removed": cell.is_removed,
            }
            for cell in plan.newer[:SHOWN]
        ],
    }


def shortened(problem):
    """A problem as a dictionary of short texts."""
    return {name: excerpt(text) for name, text in problem.as_dict().items()}


def first_rows(sheet, outcome):
    found = []
    for row in sheet.rows:
        if row.outcome == outcome:
            found.append(row)
            if len(found) == SHOWN:
                break
    return found


def raw_rows(data, rows):
    wanted = {row.number for row in rows}
    return {number: raw for number, raw in data.rows if number in wanted} if wanted else {}


def number_and_key(sheet, row, raw):
    """The row's number and the words of its key, for example “anji-county · 12”."""
    columns = [sheet.index[name] for name in sheet.key_names if name in sheet.index]
    words = [cells.as_text(raw[row.number][column]) for column in columns]
    return {"row": row.number, "key": " · ".join(filter(None, words))}


def filled_cells(sheet, raw):
    """[header, value] of the cells of a new row that are not empty."""
    return [
        [column.header, excerpt(cells.as_text(raw[sheet.index[name]]))]
        for name, column in sheet.fields.items()
        if name in sheet.index and not cells.is_empty(raw[sheet.index[name]])
    ]


def difference(header, old, new):
    old, new = cells.as_text(old), cells.as_text(new)
    start = max(0, common_length(old, new) - BEFORE_DIFFERENCE)
    return [str(header), excerpt(old, start), excerpt(new, start)]


def common_length(old, new):
    """How many characters both texts begin with."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def excerpt(text, start=0):
    """A part of a long text from `start` on. A short text is returned whole."""
    if len(text) <= LONGEST:
        return storable(text)
    before = "…" if start else ""
    after = "…" if start + LONGEST < len(text) else ""
    return before + storable(text[start : start + LONGEST]) + after


def storable(text):
    """Text that every database stores: U+FFFD replaces control characters.

    It also replaces marks that would cover the lines above and below.
    """
    return CONTROL_CHARACTERS.sub("\ufffd", thin_out(text))


def plan_digest(plan):
    """A hash of all that the plan would write. Two plans that write the same have the same hash.

    Today's date is left out, because what is checked before midnight may be written after it.
    """
    found = hashlib.sha256()
    for upload, _path in plan.context.files.new:
        found.update(repr((upload.city.slug, upload.name, upload.sha256)).encode())
    for sheet in plan.sheets:
        found.update(repr(sheet.sheet_name).encode())
        for row in sheet.rows:
            if row.outcome in (NEW, CHANGED):
                found.update(repr((row.number, row.outcome, row.changes)).encode())
        for batch in sheet.batches():
            names = [field.attname for field in batch.model._meta.concrete_fields]
            for instance in batch.new:
                values = [instance.__dict__.get(name) for name in names]
                found.update(repr([v for v in values if v != plan.context.today]).encode())
    return found.hexdigest()
