"""Creates invented cities in any number, to try and measure the platform with full tables."""

import datetime
import random
from decimal import Decimal

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from actions.invented import LANGUAGES, OPENINGS, REGION_BOUNDS, SUBJECTS, SYLLABLES
from actions.models import Action, ActionType, CityCommitment, Measure, Statement, Value
from actions.services import raise_counters
from profiles.changes import create_in_bulk, recording
from profiles.models import ChangeSet, City, Country, PublishRequest

AT_ONCE = 100
"""Cities written in one transaction."""

ACTIONS = (45, 75)
"""Fewest and most actions of a city: 60 on average."""


class Command(BaseCommand):
    help = (
        "Make invented cities with actions, figures, targets and progress. They are not marked as"
        " samples, so that all pages count them: never where real cities are."
    )

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, help="how many cities")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same cities")

    def handle(self, *args, count, seed, **options):
        if not settings.ALLOW_DEMO:
            raise CommandError(_("These settings do not allow invented cities."))
        if not Country.objects.exists():
            raise CommandError(_("Load the catalogue first: manage.py load_catalogue"))
        if City.objects.filter(slug__endswith=f"-{seed}-1").exists():
            raise CommandError(_("The cities of this seed are there already: take another one."))
        maker = Maker(seed)
        for start in range(0, count, AT_ONCE):
            with recording(None, ChangeSet.Kind.DEMO, f"make_cities --seed {seed}") as session:
                maker.make(range(start, min(count, start + AT_ONCE)))
                raise_counters(City.objects.filter(pk__in=session.city_ids))
        self.stdout.write(
            _("%(cities)d cities with %(actions)d actions.")
            % {"cities": maker.cities, "actions": maker.actions}
        )


class Maker:
    """Draws everything from one random generator, so that one seed gives the same cities."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed)  # noqa: S311 (nothing secret)
        self.types = list(
            ActionType.objects.filter(retired=False).prefetch_related("measures").order_by("code")
        )
        self.countries = list(
            Country.objects.filter(retired=False, region__isnull=False)
            .select_related("region")
            .order_by("code")
        )
        self.cities = self.actions = 0

    def make(self, numbers):
        cities = create_in_bulk(City, [self.city(number) for number in numbers])
        actions = [action for city in cities for action in self.actions_of(city)]
        made = {(a.city.pk, a.action_type.commitment_id): a.city for a in actions}
        commitments = [
            CityCommitment(city=city, commitment_id=pk) for (_c, pk), city in made.items()
        ]
        PublishRequest.objects.bulk_create(PublishRequest(city=city) for city in cities)
        create_in_bulk(CityCommitment, commitments)
        create_in_bulk(Action, actions)
        pairs = [pair for action in actions for pair in self.statements_of(action)]
        create_in_bulk(Statement, [statement for statement, _values in pairs])
        create_in_bulk(Value, [value for _statement, values in pairs for value in values])
        self.cities += len(cities)
        self.actions += len(actions)

    def city(self, number):
        choice, country = self.random.choice, self.random.choice(self.countries)
        name = (choice(SYLLABLES) + choice(SYLLABLES) + choice(SYLLABLES)).capitalize()
        south, north, west, east = REGION_BOUNDS[country.region.code]
        return City(
            name=f"{name} {self.seed}-{number + 1}",
            slug=f"{name.lower()}-{self.seed}-{number + 1}",
            country=country,
            latitude=self.between(south, north, 4),
            longitude=self.between(west, east, 4),
            population=int(10 ** self.random.uniform(4.3, 7.2)),
            population_year=self.random.randint(2015, 2025),
            area_km2=self.between(20, 3000, 2),
            content_language=self.random.choices(LANGUAGES, weights=range(len(LANGUAGES), 0, -1))[
                0
            ],
            publishing=City.Publishing.AT_ONCE,
        )

    def between(self, low, high, decimals):
        return round(Decimal(str(self.random.uniform(float(low), float(high)))), decimals)

    def actions_of(self, city):
        for number in range(1, self.random.randint(*ACTIONS) + 1):
            language = self.random.choice((city.content_language, city.content_language, "en"))
            yield Action(
                city=city,
                number=number,
                action_type=self.random.choice(self.types),
                description=self.words(language),
                language="" if language == city.content_language else language,
                updated_on=datetime.date(2025, 1, 1)
                + datetime.timedelta(self.random.randrange(600)),
            )

    def words(self, language):
        openings, subjects = OPENINGS[language], SUBJECTS[language]
        sentences = (
            f"{self.random.choice(openings)}{self.random.choice(subjects)}"
            for _ in range(self.random.randint(1, 4))
        )
        return " ".join(sentences)

    def statements_of(self, action):
        """Pairs (statement, its values): a baseline for most, a target for some, progress for few.

        Target and progress have one measure only, so that their values need not add up: none that
        has parts, and none that is a share.
        """
        measures = list(action.action_type.measures.all())
        wholes = {measure.whole_id for measure in measures}
        moving = [m for m in measures if m.pk not in wholes and not m.shares_of][-1:]
        levels = self.levels(measures, action.city)
        if self.random.random() < 0.7:
            year = self.random.randint(2018, 2022)
            yield self.statement(action, "baseline", levels, measures, 1, year=year)
        if self.random.random() < 0.4:
            due = self.random.choice((2025, 2027, 2030, 2030, 2030, 2035, None))
            better = 1 + self.random.uniform(0.05, 0.6)
            yield self.statement(action, "target", levels, moving, better, due_year=due)
        for year in (2023, 2025):
            if self.random.random() < 0.25:
                date = datetime.date(year, self.random.randint(1, 12), 15)
                better = 1 + self.random.uniform(-0.05, 0.5)
                yield self.statement(action, "progress", levels, moving, better, date=date)

    def levels(self, measures, city):
        """Measure id → its baseline value: parts add up to their whole, shares to 100."""
        levels = {}
        for measure in measures:
            fellows = [m for m in measures if whole_key(m) == whole_key(measure)]
            whole = levels[measure.whole_id] if measure.whole_id else 100
            if whole_key(measure) == (None, ""):
                levels[measure.pk] = self.level(measure, city)
            elif measure == fellows[-1] and len(fellows) > 1:
                levels[measure.pk] = whole - sum(levels[m.pk] for m in fellows[:-1])
            else:
                levels[measure.pk] = whole * self.random.uniform(0.1, 0.9) / len(fellows)
        return levels

    def level(self, measure, city):
        if measure.kind == Measure.Kind.PERCENT:
            return self.random.uniform(1, 60)
        if measure.kind == Measure.Kind.AREA:
            return float(city.area_km2) * self.random.uniform(0.05, 0.6)
        return 10 ** self.random.uniform(0, 2.5)

    def statement(self, action, kind, levels, measures, better, **when):
        statement = Statement(action=action, kind=kind, updated_on=action.updated_on, **when)
        if not measures:
            statement.text = self.words(action.language or action.city.content_language)
        values = []
        for measure in measures:
            level = levels[measure.pk]
            number = level / better if measure.falls else level * better
            values.append(
                self.value(statement, measure, min(number, levels.get(measure.whole_id, number)))
            )
        return statement, values

    def value(self, statement, measure, number):
        value = Value(statement=statement, measure=measure)
        if measure.kind == Measure.Kind.STATUS:
            is_target = statement.kind == Statement.Kind.TARGET
            value.status = "yes" if is_target else self.random.choice(Value.Status.values)
        elif measure.kind == Measure.Kind.TEXT:
            value.text = self.words(statement.action.city.content_language)[:200]
        else:
            decimals = 0 if measure.kind == Measure.Kind.COUNT else 2
            most = 100 if measure.kind == Measure.Kind.PERCENT else number
            value.number = round(Decimal(str(min(number, most))), decimals)
            value.precision = self.random.choice(("exactly", "exactly", "exactly", "about"))
        value.fill_amount()
        return value


def whole_key(measure):
    """What the measure is a part or a share of; the same for measures that add up."""
    return measure.whole_id, measure.shares_of
