"""`manage.py export_workbook`: writes cities, or a template to fill in, into a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.problems import did_you_mean, sentence
from exchange.writing.formats import FORMATS, write
from exchange.writing.selection import Selection
from exchange.writing.templates import NotWritten, write_file, write_template
from profiles.models import City


class Command(BaseCommand):
    help = (
        "Write cities and all that belongs to them into a file: .xlsx, .json or, one sheet, .csv."
    )

    def add_arguments(self, parser):
        parser.add_argument("--city", metavar="SLUG", help="one city only (its address)")
        parser.add_argument("--sheet", metavar="NAME", help="one sheet only; a .csv needs it")
        parser.add_argument("--output", metavar="FILE", required=True, type=Path)
        parser.add_argument(
            "--template",
            action="store_true",
            help="a workbook to fill in: blank or, with --city, with what the city has so far",
        )

    def handle(self, *args, city, sheet, output, template, **options):
        cities = self.cities(city)
        if template:
            self.check_is_workbook(output, sheet)
            filled = cities if city else None
            self.write(output, lambda file: write_template(None, file, filled))
        else:
            selection = self.selection(cities, sheet)
            format = self.format(output, selection)
            self.write(output, lambda file: write(selection, format, file))

    def write(self, output, write_to):
        try:
            write_file(output, write_to)
        except (NotWritten, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(output))

    def cities(self, slug):
        cities = City.objects.all()
        if not slug:
            return cities
        if not cities.filter(slug=slug).exists():
            slugs = cities.values_list("slug", flat=True)
            raise CommandError(
                sentence(_("There is no city “%s”.") % slug, did_you_mean(slug, slugs))
            )
        return cities.filter(slug=slug)

    def selection(self, cities, name):
        whole = Selection.of_cities(None, cities)
        if not name:
            return whole
        chosen = whole.with_sheets(name)
        if not chosen.sheets:
            names = [sheet.sheet_name for sheet in whole.sheets]
            raise CommandError(
                sentence(_("There is no sheet “%s”.") % name, did_you_mean(name, names))
            )
        return chosen

    def format(self, output, selection):
        format = FORMATS.get(output.suffix.lower().lstrip("."))
        if format is None:
            endings = ", ".join(f".{ending}" for ending in FORMATS)
            raise CommandError(_("The name of the file must end in one of: %s.") % endings)
        if format.single_sheet and len(selection.sheets) > 1:
            raise CommandError(_("A .csv file has one sheet: choose it with --sheet."))
        return format

    def check_is_workbook(self, output, sheet):
        if output.suffix.lower() != ".xlsx" or sheet:
            raise CommandError(_("A template is a whole workbook: its name must end in .xlsx."))
