"""`manage.py import_workbook`: checks a workbook and writes it as a job of the platform."""

import json
from contextlib import ExitStack
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange import jobs
from exchange.lookups.sent_files import SentFiles
from exchange.models import Job
from exchange.planning import make_plan
from exchange.problems import Problem
from exchange.reading import UnreadableWorkbook, read

MOST_PRINTED = 100
"""So many problems are printed for people; the JSON has all of them."""


class Command(BaseCommand):
    help = "Import a workbook: everything is checked first, then written in one transaction."

    def add_arguments(self, parser):
        parser.add_argument("file", help="the workbook (.xlsx)")
        parser.add_argument("--files", metavar="ZIP", help="a .zip with the files that it names")
        parser.add_argument("--check", action="store_true", help="check only, write nothing")
        parser.add_argument(
            "--leave-out-hidden",
            action="store_true",
            help="leave out hidden rows, columns and sheets, and rows that are struck through",
        )
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args, file, check, files=None, **options):
        self.as_json = options["json"]
        self.remarks, self.may_leave_out = [], False
        try:
            workbook = read(file)
            enclosed = SentFiles(files, workbook_name=Path(file).name) if files else None
        except UnreadableWorkbook as error:
            self.fail({}, [Problem(str(error))])
        except OSError as error:
            self.fail({}, [Problem(f"{files}: {error.strerror}")])
        plan = make_plan(workbook, leaves_out_hidden=options["leave_out_hidden"], enclosed=enclosed)
        self.remarks = plan.remarks
        self.may_leave_out = plan.has_hidden and not plan.leaves_out_hidden
        if not plan.is_sound:
            self.fail(plan.counts, plan.problems, plan)
        writes = plan.changes_anything and not check
        if writes:
            self.write(Path(file), workbook, plan, files and Path(files))
        self.report(plan.counts, [], written=writes, plan=plan)

    def write(self, path, workbook, plan, files):
        """Write as a job of the platform: staff see it among the imports and can undo it."""
        with ExitStack() as stack:
            sent, enclosed = (
                one and File(stack.enter_context(one.open("rb")), one.name) for one in (path, files)
            )
            job = jobs.store_checked(None, sent, workbook, plan, enclosed)
        jobs.confirm(job, None, plan)
        if job.state != Job.State.APPLIED:
            self.fail(plan.counts, [Problem(job.message)], plan)

    def fail(self, counts, problems, plan=None):
        self.report(counts, problems, written=False, plan=plan)
        raise SystemExit(1)

    def report(self, counts, problems, *, written, plan=None):
        notes = plan.notes if plan else []
        doubts = plan.doubts if plan else []
        doubt_count = plan.doubt_count if plan else 0
        newer = plan.newer if plan else []
        if self.as_json:
            answer = {
                "written": written,
                "sheets": counts,
                "problems": [problem.as_dict() for problem in problems],
                "notes": [note.as_dict() for note in notes],
                "remarks": [remark.as_dict() for remark in self.remarks],
                "doubt_count": doubt_count,
                "doubts": [doubt.as_dict() for doubt in doubts],
                "newer": [cell.as_dict() for cell in newer],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for name, count in counts.items():
            self.stdout.write(self.count_line(name, count))
        for remark in self.remarks[:MOST_PRINTED]:
            self.stdout.write(str(remark))
        if self.may_leave_out:
            self.stdout.write(_("What is hidden is left out with --leave-out-hidden."))
        for problem in problems[:MOST_PRINTED]:
            self.stderr.write(str(problem))
        if len(problems) > MOST_PRINTED:
            self.stderr.write(_("… and %d more problems.") % (len(problems) - MOST_PRINTED))
        for note in notes[:MOST_PRINTED]:
            self.stdout.write(f"{note.where}: {note.message}")
        self.print_doubts(doubts, doubt_count)
        self.print_newer(newer)
        self.stdout.write(self.verdict(problems, written))

    def print_doubts(self, doubts, count):
        """Say what looks wrong and may be right; it hinders nothing."""
        if not count:
            return
        line = ngettext(
            "%(count)d place looks wrong and may be right:",
            "%(count)d places look wrong and may be right:",
            count,
        )
        self.stdout.write(line % {"count": count})
        for doubt in doubts[:MOST_PRINTED]:
            self.stdout.write(f"  {doubt}")
        if count > MOST_PRINTED:
            self.stdout.write(_("  … and %d more.") % (count - MOST_PRINTED))

    def print_newer(self, cells):
        """Say which cells would put back what was changed since the workbook was written."""
        if not cells:
            return
        line = ngettext(
            "%(count)d cell is older than what is stored:",
            "%(count)d cells are older than what is stored:",
            len(cells),
        )
        self.stdout.write(line % {"count": len(cells)})
        for cell in cells[:MOST_PRINTED]:
            self.stdout.write(f"  {cell}")
        if len(cells) > MOST_PRINTED:
            self.stdout.write(_("  … and %d more.") % (len(cells) - MOST_PRINTED))

    def count_line(self, name, count):
        figures = ", ".join(f"{number} {kind}" for kind, number in count.items())
        return f"{name + ':':<13}{figures}"

    def verdict(self, problems, written):
        if problems:
            return _("Nothing was written.")
        return _("Written.") if written else _("All is well; nothing was written.")
