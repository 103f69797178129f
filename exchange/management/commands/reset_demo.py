"""`manage.py reset_demo`: an empty database with the demo alone, on a developer's machine."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from catalogue.loader import load

from .load_demo import SITE


class Command(BaseCommand):
    help = "Empty the database of development and load the demo again. For development only."

    def add_arguments(self, parser):
        parser.add_argument("--site", default=SITE, help=f"where the site is (default: {SITE})")
        parser.add_argument("--no-input", action="store_true", help="do not ask")

    def handle(self, *args, site, no_input, **options):
        if not settings.ALLOW_DEMO:
            raise CommandError(_("These settings do not allow samples: nothing was deleted."))
        if not no_input and not self.is_sure():
            raise CommandError(_("Nothing was deleted."))
        call_command("flush", interactive=False, verbosity=0)
        load()
        call_command("load_demo", site=site, stdout=self.stdout)

    def is_sure(self):
        words = _(
            "All rows of the database %(name)s will be deleted: cities, people, versions, mails.\n"
            "Write “yes” to go on: "
        )
        return input(words % {"name": connection.settings_dict["NAME"]}).strip().lower() == "yes"
