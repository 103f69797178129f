from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hub.link_check import State, check_link
from intake.names import visible_text
from profiles.changes import path_to_city, recorded_models
from profiles.models import City


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """The city, row and field that hold a link, as text."""

    city: str
    row: str
    field: str

    def __str__(self):
        return " · ".join(visible_text(part) for part in (self.city, self.row, self.field) if part)


class Command(BaseCommand):
    help = "Ask every link of the cities whether it still works, and list those that do not."

    def add_arguments(self, parser):
        parser.add_argument("--city", metavar="SLUG", help="one city only (its address)")
        parser.add_argument(
            "--timeout", type=positive, default=10, help="seconds for each step (default: 10)"
        )
        parser.add_argument(
            "--parallel", type=positive, default=8, help="links asked at a time (default: 8)"
        )

    def handle(self, *args, city, timeout, parallel, **options):
        if city and not City.objects.filter(slug=city).exists():
            raise CommandError(_("There is no city “%s”.") % city)
        places = places_by_link(city)
        with ThreadPoolExecutor(parallel) as pool:
            outcomes = pool.map(lambda link: check_link(link, timeout=timeout), places)
            counts = Counter()
            for link, outcome in zip(places, outcomes, strict=True):
                counts[outcome.state] += 1
                if outcome.state is not State.WORKS:
                    self.report(places[link], link, outcome)
        self.stdout.write(
            _("%(works)d links work, %(dead)d are dead, of %(unsure)d it is not sure.")
            % {state.value: counts[state] for state in State}
        )

    def report(self, places, link, outcome):
        verdict = _("dead") if outcome.state is State.DEAD else _("not sure")
        for place in places:
            self.stdout.write(
                f"{place} · {visible_text(link)} · {verdict}: {visible_text(outcome.reason)}"
            )


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def places_by_link(slug=None):
    """Link → its places, in the rows of all cities or of the one with this slug."""
    places = defaultdict(list)
    cities = dict(City.objects.values_list("pk", "name"))
    chosen = City.objects.filter(slug=slug) if slug else None
    for model in recorded_models():
        fields = [field for field in model._meta.fields if isinstance(field, models.URLField)]
        path = path_to_city(model)
        for field in fields:
            rows = model._default_manager.exclude(**{field.name: ""}).order_by("pk")
            if chosen is not None:
                rows = rows.filter(**{f"{path.removesuffix('_id')}__in": chosen})
            for row in rows.annotate(city_key=models.F(path)).iterator():
                link = getattr(row, field.name)
                if link:
                    places[link].append(link_place(row, field, cities.get(row.city_key, "")))
    return dict(places)


def link_place(row, field, city):
    kind = capfirst(row._meta.verbose_name)
    name = "" if isinstance(row, City) else f"{kind} “{row}”"
    return LinkPlace(city or _("the platform"), name, str(field.verbose_name))
