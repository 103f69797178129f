from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from profiles.models import PublicCity
from publishing.checks import faults_of


class Command(BaseCommand):
    help = (
        "Compute what the public reads of cities again and name what differs. Ends with 1 where"
        " something does."
    )

    def add_arguments(self, parser):
        parser.add_argument("slugs", nargs="*", help="addresses of cities (default: all)")
        parser.add_argument("--sample", type=int, help="only so many cities, drawn by lot")

    def handle(self, *, slugs, sample, **options):
        cities = PublicCity.objects.public()
        if slugs:
            cities = cities.filter(slug__in=slugs)
        ids = list(cities.order_by("?" if sample else "pk").values_list("pk", flat=True))
        ids = ids[:sample]
        if slugs and len(ids) < len(set(slugs)) and not sample:
            raise CommandError(_("Not all of these cities are public."))
        found = 0
        for city, fault in faults_of(ids):
            found += 1
            self.stdout.write(f"{city}: {fault}")
        if found:
            raise CommandError(
                _("Run `manage.py rebuild_read_tables`; what is wrong then, tell the developers.")
            )
        self.stdout.write(_("%d cities: all as it should be.") % len(ids))
