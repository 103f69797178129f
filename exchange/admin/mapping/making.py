"""The pages of what is made of a list: its first rows, its workbook, its check."""

from collections import Counter

from django.contrib import messages
from django.core.files import File
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.refusals import UnreadableWorkbook
from profiles.access import is_platform_staff

from ... import cells, jobs, tasks
from ...jobs.api import ROWS_AT_ONCE
from ...mapping.draft import Draft
from ...mapping.known import Known
from ...mapping.making import runs
from ...mapping.making.book import name_of
from ...mapping.making.made import make
from ...mapping.making.result import by_kind
from ...models import MappedFile, Worker
from ..downloads import download
from ..job_page import LOOK_AGAIN
from .kept import keeping
from .step import FIRST_ROWS
from .steps import STEPS

State = MappedFile.State
READ, WRITE = ("GET", "HEAD"), ("POST",)
MOST_DOUBTS = 10
"""Doubts about the first rows that stand below them."""

MOST_WHYS = 20
"""Reasons for which rows are left out."""


def first_made(draft):
    """What the first rows become, for the pages of a mapping."""
    return seen(make(draft, most=FIRST_ROWS), draft.rows[:FIRST_ROWS])


def outlook(draft):
    """What the list becomes, with numbers of rows, why others are left out and what is doubtful: of
    a large list for its first rows alone."""
    is_large = len(draft.rows) > ROWS_AT_ONCE
    made = make(draft, most=ROWS_AT_ONCE) if is_large else make(draft)
    data = {(row.table, row.number) for row in draft.rows}
    whys = Counter(why for table, row, _words, why in made.left_out if (table, row) in data)
    first = seen(made, draft.rows[:FIRST_ROWS])
    counted = ROWS_AT_ONCE if is_large else 0
    found = {"counts": list(made.counts.items()), "whys": whys.most_common(MOST_WHYS)}
    found["doubts"] = by_kind(made.open_doubts)[:MOST_DOUBTS]
    return {**first, **found, "counted": counted}


def seen(made, rows):
    """What a page shows of the first `rows` of a list."""
    first = {(row.table, row.number) for row in rows}
    doubts = [one for one in made.open_doubts if not one.row or (one.table, one.row) in first]
    return {
        "tables": [table_of(sheet, found) for sheet, found in made.sheets.items() if found],
        "doubts": by_kind(doubts)[:MOST_DOUBTS],
        "left_out": rows_by_why(one for one in made.left_out if one[:2] in first),
    }


def rows_by_why(left_out):
    """[(why rows are left out, their numbers)]."""
    found = {}
    for _table, row, _words, why in left_out:
        found.setdefault(why, []).append(row)
    return list(found.items())


def table_of(sheet, rows):
    """(name of a sheet, headers that are filled in, its first rows as texts)."""
    rows = rows[:FIRST_ROWS]
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return sheet, headers, [[cells.as_text(row.get(one, "")) for one in headers] for row in rows]


def open_questions(draft):
    """[(step, what is to be decided there)] before a workbook can be made."""
    steps = [step(draft) for step in STEPS]
    return [(step, words) for step in steps if step.is_needed for words in step.open]


class MakingPages:
    """To be inherited by the admin of files that are mapped."""

    def making_urls(self):
        one = "<int:object_id>/"
        views = {
            "make": (self.make_view, *WRITE),
            "result": (self.result_view, *READ),
            "workbook": (self.workbook_view, *READ),
            "check": (self.check_view, *WRITE),
        }
        return [
            self.address(f"{one}{name}/", self.of_row(*view), f"mappedfile_{name}")
            for name, view in views.items()
        ]

    def make_view(self, request, mapped):
        draft = Draft.of(mapped, request.user)
        try:
            known = Known.of(mapped, draft)
            if open_questions(draft) or (known and known.perhaps_renamed):
                messages.warning(request, _("Some of it is still to be decided."))
                return redirect(mapped)
            runs.begin(mapped, draft, tasks.make_workbook.enqueue)
        except UnreadableWorkbook as error:
            return self.unreadable(request, mapped, error)
        except jobs.NotNow as error:
            messages.warning(request, str(error))
            return redirect(mapped)
        return redirect("admin:exchange_mappedfile_result", mapped.pk)

    def result_view(self, request, mapped):
        if mapped.state == State.OPEN:
            return redirect(mapped)
        findings = mapped.findings if mapped.state == State.MADE else {}
        is_live = mapped.is_running and "still" not in request.GET
        context = {
            "title": _("The workbook of our sheets"),
            "mapped": mapped,
            "is_live": is_live,
            "is_staff": is_platform_staff(request.user),
            "lacks_worker": mapped.is_waiting and not Worker.is_any_alive(),
            "why_outdated": runs.why_outdated(mapped),
            "has_workbook": mapped.state == State.MADE and bool(mapped.workbook),
            "sheets": list(mapped.counts.items()),
            "findings": findings,
            "doubts": findings.get("doubts", ()),
            "left_out": findings.get("left_out", ()),
            "percent": 100 * mapped.rows_done // max(mapped.rows_total, 1),
            "here": reverse("admin:exchange_mappedfile_result", args=[mapped.pk]),
            **keeping(mapped, request.user),
        }
        response = self.page(request, "result", context)
        if is_live:
            response["Refresh"] = str(LOOK_AGAIN)
        return response

    def workbook_view(self, request, mapped):
        if not mapped.workbook or mapped.state != State.MADE:
            raise Http404
        try:
            return download(mapped.workbook.open(), name_of(mapped.file_name))
        except FileNotFoundError as error:
            raise Http404 from error

    def check_view(self, request, mapped):
        """Send the workbook to the import, which checks it like any other."""
        result = redirect("admin:exchange_mappedfile_result", mapped.pk)
        if why := runs.why_outdated(mapped):
            messages.warning(request, why)
        if why or not mapped.counts:
            return result
        free = runs.free_numbers(mapped)
        try:
            with mapped.workbook.open() as file:
                name = name_of(mapped.file_name)
                job = jobs.receive(request.user, File(file, name), new_from=free)
        except (UnreadableWorkbook, jobs.NotNow) as error:
            messages.warning(request, str(error))
            return result
        MappedFile.objects.filter(pk=mapped.pk).update(job=job)
        return redirect(job)
