from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from actions.standings import refresh_all


class Command(BaseCommand):
    help = "Make the explorer's tables anew from what the cities have written."

    def handle(self, *args, **options):
        self.stdout.write(_("%d cities are up to date.") % refresh_all())
