from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from profiles.models import PublicCity
from profiles.samples import in_lists
from publishing.record import UnreadableRecord
from report.failures import ReportError
from report.forms import FORMS
from report.ready import NotPublic, ready_file

LATEST = 50
USUAL = ("pdf", "at_a_glance")


class Command(BaseCommand):
    help = (
        "Make the PDFs of cities before somebody asks for them: those of the cities that published "
        "last, or of those that are named. They are stored for the day, as if a visitor had asked."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="addresses of cities")
        parser.add_argument(
            "--latest",
            type=int,
            metavar="NUMBER",
            help=f"how many of those that published last (default: {LATEST}, none where cities "
            "are named)",
        )
        parser.add_argument(
            "--language",
            action="append",
            choices=[code for code, _name in settings.LANGUAGES],
            help="for readers of which language; may be repeated (default: all)",
        )
        parser.add_argument(
            "--form",
            action="append",
            choices=list(FORMS),
            help="which files; may be repeated (default: " + " and ".join(USUAL) + ")",
        )

    def handle(self, *args, slugs, latest, language, form, **options):
        latest = latest if latest is not None else 0 if slugs else LATEST
        if latest < 0:
            raise CommandError("--latest cannot be below 0.")
        wanted = list(dict.fromkeys([*slugs, *last_published(latest)]))
        languages = language or [code for code, _name in settings.LANGUAGES]
        self.made = self.stored = self.failed = 0
        for slug in wanted:
            for code in languages:
                with override(code):
                    for name in form or USUAL:
                        self.prepare(slug, FORMS[name])
        words = f"{len(wanted)} cities: {self.made} files made, {self.stored} were there."
        self.stdout.write(words)
        if self.failed:
            raise CommandError(f"{self.failed} files could not be made.")

    def prepare(self, slug, form):
        try:
            ready = ready_file(slug, form)
        except NotPublic:
            self.fail(f"{slug}: no public city has this address.")
        except (ReportError, UnreadableRecord) as error:
            self.fail(f"{slug}: {error}")
        else:
            self.stored += ready.was_stored
            self.made += not ready.was_stored

    def fail(self, words):
        self.failed += 1
        self.stderr.write(words)


def last_published(number):
    """The addresses of so many listed cities, those that published last first."""
    cities = PublicCity.objects.public().filter(in_lists()).order_by("-changed_at", "city")
    return list(cities.values_list("slug", flat=True)[:number])
