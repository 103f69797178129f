from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exchange.problems import did_you_mean, sentence
from exchange.writer import NotWritten, export
from profiles.models import City


class Command(BaseCommand):
    help = "Write cities and all that belongs to them into a workbook."

    def add_arguments(self, parser):
        parser.add_argument("--city", metavar="SLUG", help="one city only (its address)")
        parser.add_argument("--output", metavar="FILE", required=True, type=Path)

    def handle(self, *args, city, output, **options):
        cities = City.objects.all()
        if city:
            cities = cities.filter(slug=city)
            if not cities.exists():
                slugs = City.objects.values_list("slug", flat=True)
                raise CommandError(
                    sentence(_("There is no city “%s”.") % city, did_you_mean(city, slugs))
                )
        if output.suffix.lower() != ".xlsx":
            raise CommandError(_("The name of the file must end in .xlsx."))
        try:
            export(cities, output)
        except (NotWritten, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(output))
