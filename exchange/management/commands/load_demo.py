"""`manage.py load_demo`: loads the sample cities from demo/, and sign-ins for them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from catalogue.loader import load
from exchange.demo import loading
from exchange.demo.people import PASSWORD, SIGN_INS, add_person
from exchange.demo.sources import ANJI, sources
from profiles.models import Country

SITE = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Load the sample cities and sign-ins; leaves alone what is there. For development only."

    def add_arguments(self, parser):
        parser.add_argument("--site", default=SITE, help=f"where the site is (default: {SITE})")

    def handle(self, *args, site, **options):
        if not settings.ALLOW_DEMO:
            raise CommandError(
                _("These settings do not allow samples: their password is known to everybody.")
            )
        if not Country.objects.exists():
            load()
        try:
            loaded = self.load_cities()
        except loading.NotLoaded as error:
            raise CommandError(str(error)) from error
        loading.load_partner()
        for sign_in in SIGN_INS:
            add_person(sign_in)
        for source in loaded:
            loading.send_for_review(source)
        self.print_sign_ins(site)

    def load_cities(self):
        """Load those that are not there; returns their sources."""
        known = sources()
        new = [source for source in known if not loading.is_there(source.slug, source.former)]
        has_anji = loading.is_there(ANJI.stem)
        if there := len(known) - len(new) + has_anji:
            self.say(_("%(cities)d cities are there already and stay as they are."), cities=there)
        if not has_anji:
            rows = loading.load_anji()
            self.say(_("%(city)s is loaded: %(rows)d rows."), city=ANJI.stem, rows=rows)
        if light := [source for source in new if source.is_light]:
            words = _("%(cities)d light cities are loaded: %(rows)d rows.")
            self.say(words, cities=len(light), rows=loading.load_light(light))
        for source in (source for source in new if not source.is_light):
            rows = list(loading.load_stages(source))
            words = _("%(city)s is loaded: %(rows)d rows in %(versions)d versions.")
            self.say(words, city=source.slug, rows=sum(rows), versions=len(rows))
        return new

    def say(self, words, **figures):
        self.stdout.write(words % figures)
        self.stdout.flush()

    def print_sign_ins(self, site):
        self.say(_("Sign in at %(site)s/admin/ as one of these:"), site=site)
        for sign_in in SIGN_INS:
            self.say("  %(email)-34s%(name)s", email=sign_in.email, name=sign_in.full_name)
        self.say(
            _("with the password %(password)s, unless it was changed here."), password=PASSWORD
        )
