"""`manage.py read_profiles`: downloaded profiles of a folder become workbooks to import."""

import csv
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.downloaded.files import ENDINGS
from exchange.downloaded.stored import place_all
from exchange.downloaded.summary import COLUMNS, summary_of, text_or_refusal
from exchange.downloaded.workbook import write_profiles
from exchange.planning import make_plan
from exchange.reading import read
from exchange.writing.templates import NotWritten, write_file
from intake.refusals import Refused
from profiles import csv_json

TOGETHER, TABLE = "all-profiles.xlsx", "what-needs-a-person.csv"


def files_in(folder, output):
    """The files of a folder, also those that are no profiles: the table says so.

    Hidden files are passed over, and those in an `output` within the folder.
    """
    made = output.resolve()
    for path in folder.rglob("*"):
        is_hidden = any(name.startswith(".") for name in path.relative_to(folder).parts)
        is_made = made != folder.resolve() and path.resolve().is_relative_to(made)
        if path.is_file() and not (is_hidden or is_made):
            yield path


class Command(BaseCommand):
    help = (
        "Read the downloaded profiles (.pdf, .txt) of a folder: a workbook each, one of all of "
        "them, and a table of what needs a person. Nothing is imported."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--output", metavar="FOLDER", required=True, type=Path)

    def handle(self, *args, folder, output, **options):
        paths = sorted(files_in(folder, output))
        if not any(path.suffix.lower() in ENDINGS for path in paths):
            raise CommandError(_("There is no .pdf and no .txt in this folder."))
        try:
            output.mkdir(parents=True, exist_ok=True)
            summaries = self.read_all(paths, folder)
            place_all([one.profile for one in summaries if one.profile])
            for summary in summaries:
                self.write_one(summary, output)
            # In the workbook of all of them, cells have other addresses.
            lines = [[value(summary) for _name, value in COLUMNS] for summary in summaries]
            self.write_together(summaries, output)
            self.write_table(lines, output / TABLE)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.report(summaries, output)

    def read_all(self, paths, folder):
        # A program of its own extracts the text of each PDF, which takes most of the time.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(self.text_of, paths)
            names = [str(path.relative_to(folder)) for path in paths]
            return list(map(summary_of, found, names))

    def text_of(self, path):
        with path.open("rb") as file:
            return text_or_refusal(file, path.name)

    def write_one(self, summary, output):
        """Write the workbook of a file; its `Summary` says what hindered it, and what is wrong."""
        if summary.profile is None:
            return
        # The ending stays in the name: a folder may have the PDF and the text of one city.
        path = output / f"{'-'.join(Path(summary.file_name).parts)}.xlsx"
        try:
            write_file(path, lambda file: write_profiles([summary.profile], file))
            summary.problems = list(map(str, make_plan(read(path)).problems))
        except (NotWritten, Refused) as error:
            summary.refusal = str(error)

    def write_together(self, summaries, output):
        profiles = [
            one.profile
            for one in summaries
            if one.profile and not one.refusal and not one.profile.is_second
        ]
        if len(profiles) > 1:
            write_file(output / TOGETHER, lambda file: write_profiles(profiles, file))

    def write_table(self, lines, path):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([str(header) for header, _value in COLUMNS])
            for line in lines:
                table.writerow(map(csv_json.csv_cell, line))

    def report(self, summaries, output):
        refused = sum(one.profile is None for one in summaries)
        waiting = sum(bool(one.to_decide) for one in summaries)
        words = {"files": len(summaries), "refused": refused, "waiting": waiting}
        self.stdout.write(
            _("%(files)d files read, %(refused)d of them not readable; %(waiting)d need a person.")
            % words
        )
        self.stdout.write(str(output / TABLE))
