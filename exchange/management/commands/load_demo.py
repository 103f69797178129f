"""`manage.py load_demo`: loads the sample cities from their workbooks, and sign-ins for them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import User
from catalogue.loader import load
from catalogue.models import KMGBFTarget, Topic
from exchange.applying import NotApplied, apply
from exchange.lookups.sent_files import zip_beside
from exchange.planning import make_plan
from exchange.reading import UnreadableWorkbook, read
from hub.models import Resource
from hub.moderation import adjust_state_fields
from profiles.changes import recording
from profiles.models import Assignment, ChangeSet, City, Country, Role, taken_slugs
from publishing.unpublished import find_unpublished

FOLDER = settings.BASE_DIR / "demo"
SITE = "http://127.0.0.1:8000"
PASSWORD = "nature-on-my-machine"  # noqa: S105 (known to everybody, and only where demos may be)

WORKBOOKS = {
    slug: f"{slug}.xlsx"
    for slug in (
        "anji-county",
        "sample-al-waha",
        "sample-nadi-nagar",
        "sample-zelenyi-bereh",
        "sample-suan-nam",
        "sample-lomi-seret",
        "sample-boa-mata",
        "sample-three-otters",
        "sample-almost-empty",
    )
}
"""Address of the city → its workbook. A .zip of the same name beside it has its files."""

PARTNER = {
    "organisation": "Friends of Urban Rivers (invented)",
    "title": "Walking a river: a sheet to fill in",
    "summary": "One page for an afternoon: banks, plants, birds, and what lies in the water.",
    "url": "https://example.org/partners/river-walk",
    "languages": "en fr",
    "year": 2025,
}
"""A resource of an organisation that is no city."""

SIGN_INS = (
    ("staff@example.org", "Platform staff (sample)", None),
    ("officer.anji@example.org", "Officer of Anji County (sample)", "anji-county"),
    ("officer.alwaha@example.org", "Officer of Sample City Al-Waha", "sample-al-waha"),
)
"""E-mail address, name, and the city that the person is an officer of; None: platform staff."""


class Command(BaseCommand):
    help = "Load the sample cities and sign-ins; leaves alone what is there. For development only."

    def handle(self, *args, **options):
        if not settings.ALLOW_DEMO:
            raise CommandError(
                _("These settings do not allow samples: their password is known to everybody.")
            )
        if not Country.objects.exists():
            load()
        for slug, name in WORKBOOKS.items():
            self.load_city(slug, name)
        self.load_partner()
        for email, full_name, slug in SIGN_INS:
            self.load_user(email, full_name, slug)
        self.print_sign_ins()

    def load_city(self, slug, name):
        if self.exists(slug):
            self.stdout.write(_("%s is there already and stays as it is.") % slug)
            return
        try:
            path = FOLDER / name
            plan = make_plan(read(path), enclosed=zip_beside(path))
            if not plan.is_sound:
                raise CommandError("\n".join(map(str, plan.problems)))
            apply(plan, reason=name, kind=ChangeSet.Kind.DEMO)
        except (UnreadableWorkbook, NotApplied, DatabaseError) as error:
            raise CommandError(f"{name}: {error}") from error
        self.stdout.write(_("%(slug)s is loaded: %(rows)d rows.") % self.figures(slug, plan))

    def figures(self, slug, plan):
        return {"slug": slug, "rows": plan.totals["new"]}

    def exists(self, slug):
        """Whether the city is or was in the database, even if its address was changed since."""
        return City.objects.filter(slug=slug).exists() or bool(taken_slugs([slug]))

    def load_partner(self):
        """Add a resource of a partner organisation, which no workbook can have."""
        if Resource.objects.filter(url=PARTNER["url"]).exists():
            return
        with recording(None, ChangeSet.Kind.DEMO, PARTNER["organisation"]):
            resource = Resource(**PARTNER, kind=Resource.Kind.TOOL, state=Resource.State.PUBLISHED)
            adjust_state_fields(Resource.State.SUBMITTED, resource, (), by_staff=True)
            resource.save()
            resource.topics.set(Topic.objects.filter(code="governance-management"))
            resource.targets.set(KMGBFTarget.objects.filter(number__in=(12, 21)))

    def load_user(self, email, full_name, slug):
        if User.objects.with_email(email).exists():
            return
        with recording(None, ChangeSet.Kind.DEMO, email):
            user = User.objects.create_user(
                email, PASSWORD, full_name=full_name, is_staff=slug is None
            )
            city = City.objects.filter(slug=slug).first()
            if city is not None:
                Assignment.objects.create(user=user, role=Role.OFFICER, city=city)
        if city is not None:
            # A role moves the version of its city, and changes nothing that the public reads.
            find_unpublished(city)

    def print_sign_ins(self):
        self.stdout.write(_("Sign in at %s/admin/ as one of these:") % SITE)
        for email, full_name, _slug in SIGN_INS:
            self.stdout.write(f"  {email:<28}{full_name}")
        self.stdout.write(_("with the password %s, unless it was changed here.") % PASSWORD)
