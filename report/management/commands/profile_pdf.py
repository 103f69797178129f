import datetime
from difflib import get_close_matches
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from profiles.characters import REPLACEMENT
from profiles.models import City
from profiles.printing import unprintable_of
from report.failures import ReportError
from report.pdf import render
from report.sources import working_document


class Command(BaseCommand):
    help = "Write the profile of a city as a PDF."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the city's address, such as anji-county")
        parser.add_argument("--output", metavar="FILE", required=True, type=Path)
        parser.add_argument(
            "--date", metavar="YYYY-MM-DD", help="the day printed on the cover (default: today)"
        )
        parser.add_argument(
            "--site",
            metavar="URL",
            default=settings.SITE_URL,
            help="where this platform is, such as https://example.org/ (default: SITE_URL): "
            "without it, what stands on the platform itself is named but not linked",
        )

    def handle(self, *args, slug, output, date, site, **options):
        day = self.day(date)
        city = self.city(slug)
        document = working_document(city, day)
        try:
            output.write_bytes(render(document, self.address(site)))
        except ReportError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        for text in unprintable_of(city):
            self.stderr.write(f"{text} – no font has this: “{REPLACEMENT}” is printed.")
        self.stdout.write(str(output))

    def day(self, date):
        if date is None:
            return None
        try:
            return datetime.datetime.strptime(date, "%Y-%m-%d").date()  # noqa: DTZ007 (a day only)
        except ValueError as error:
            raise CommandError(f"“{date}” is not a day: write it as 2026-06-06.") from error

    def address(self, site):
        if site and not site.startswith(("https://", "http://")):
            raise CommandError(f"“{site}” is not an address: write it as https://example.org/.")
        return site

    def city(self, slug):
        try:
            return City.objects.select_related("country__region").get(slug=slug)
        except City.DoesNotExist as error:
            slugs = City.objects.values_list("slug", flat=True)
            near = get_close_matches(slug, slugs, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise CommandError(f"There is no city “{slug}”.{hint}") from error
