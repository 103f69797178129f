"""Records of cities that a random generator invents, with figures that no two statements share."""

import datetime
from decimal import Decimal
from itertools import count

from actions.models import Statement
from actions.plan_record import PlanRecord
from actions.record import CommitmentRecord, OwnFigureRecord, ValueRecord
from catalogue import units
from pathway.record import ItemRecord, ProgressRecord
from profiles.record import exact
from tests.cbi.inputs import NATURAL
from tests.cbi.records import assessment, chosen, computed
from tests.records import (
    make_action_record,
    make_record,
    make_statement_record,
    shipped_catalogue,
)

BASELINE, TARGET, PROGRESS = Statement.Kind.BASELINE, Statement.Kind.TARGET, Statement.Kind.PROGRESS
WORDS = {
    "en": "Hedges and old ponds are kept",
    "pt": "Conservação das áreas úmidas",
    "ru": "Охрана водно-болотных угодий",
    "zh-Hans": "保护湿地与城市森林",
    "ar": "حماية المناطق الطبيعية في المدينة",
    "hi": "प्राकृतिक क्षेत्रों की रक्षा",
    "he": "שמירה על שטחים פתוחים",
}
LATEST = datetime.date(2026, 3, 31)


class Inventor:
    """Invents a record. `chance`: a `random.Random`, such as Hypothesis gives."""

    def __init__(self, chance):
        self.chance = chance
        self.language = chance.choice(sorted(WORDS))
        self.ids = count(1)
        catalogue = shipped_catalogue()
        self.types = sorted(catalogue.action_types)
        self.steps = sorted(catalogue.steps)
        self.commitments = sorted(catalogue.commitments)
        self.measures = {}
        for row in catalogue.measures.values():
            self.measures.setdefault(row.action_type, []).append(row)

    def record(self):
        types = [self.chance.choice(self.types) for _ in range(self.chance.randint(1, 6))]
        actions = [self.action(number, code) for number, code in enumerate(types, 1)]
        plans = [PlanRecord(1, self.words(), year=self.year())]
        return make_record(
            city={
                "language": self.language,
                "local_name": self.words(),
                "population": self.chance.randint(1_000, 30_000_000),
                "population_year": self.year(),
            },
            commitments=map(CommitmentRecord, self.some(self.commitments)),
            actions=actions,
            plans=plans,
            progress=[self.step(code) for code in self.some(self.steps)],
            items=[
                ItemRecord(next(self.ids), code, self.words(), url="https://example.org/plan")
                for code in self.some(self.steps)
            ],
            assessments=[self.assessment(year) for year in (2021, 2024) if self.may()],
        )

    def may(self):
        return self.chance.random() < 0.6

    def some(self, codes):
        return [code for code in codes if self.chance.random() < 0.3]

    def year(self, first=2005, last=2025):
        return self.chance.randint(first, last)

    def day(self):
        return LATEST - datetime.timedelta(self.chance.randint(0, 4000))

    def words(self):
        """Words in the language of the city, with a number."""
        number = self.chance.randint(1_000, 999_999)
        return {self.language: f"{WORDS[self.language]} {number}."}

    def action(self, number, code):
        kind, unit = self.chance.choice([("count", "fish"), ("area", "km2"), ("status", "")])
        own = [OwnFigureRecord("own-1", self.words(), kind, unit)] if self.may() else []
        figures = [*self.measures.get(code, ()), *own]
        statements = []
        if self.may():
            year = self.year() if self.may() else None
            statements.append(self.statement(BASELINE, figures, year=year, source=self.words()))
        if self.may():
            days = sorted({self.day() for _ in range(self.chance.randint(1, 4))})
            statements += [self.statement(PROGRESS, figures, date=day) for day in days]
        if self.may():
            years = sorted({self.year(2020, 2040) for _ in range(self.chance.randint(1, 3))})
            statements += [
                self.statement(TARGET, figures, due_year=year, plan=1 if self.may() else None)
                for year in years
            ]
        return make_action_record(
            code,
            *statements,
            number=number,
            description=self.words(),
            own_figures=tuple(own),
            key_measure=own[0].code if own and self.may() else "",
        )

    def statement(self, kind, figures, **fields):
        """One with words where it has no value: the city has something to say."""
        values = [self.value(figure) for figure in figures if self.may()]
        words = self.words() if self.may() or not values else {}
        return make_statement_record(kind, values, text=words, updated_on=self.day(), **fields)

    def value(self, figure):
        said = {"measure": figure.code, "precision": "exactly"}
        if figure.kind == "text":
            return ValueRecord(**said, text=self.words())
        if figure.kind == "status":
            return ValueRecord(**said, status=self.chance.choice(["no", "partly", "yes"]))
        precision = self.chance.choice(["exactly", "about", "more-than"])
        number = exact(Decimal(self.number(figure.kind)))
        unit = "ha" if figure.unit == "km2" and self.may() else figure.unit
        amount = exact(units.convert(number, unit, figure.unit))
        said |= {"precision": precision, "unit": unit}
        return ValueRecord(**said, number=number, amount=amount)

    def number(self, kind):
        if kind == "count":
            return str(self.chance.randint(0, 999_999))
        if kind == "percent":
            return f"{self.chance.randint(0, 9_999) / 100}"
        return f"{self.chance.randint(1, 99_999_999) / 100}"

    def step(self, code):
        state = self.chance.choice(["under-way", "done"])
        started = self.day()
        done = LATEST if state == "done" else None
        return ProgressRecord(code, state, started_on=started, done_on=done)

    def assessment(self, year):
        natural = computed("natural-areas", str(self.chance.randint(1, 100)), inputs=NATURAL)
        results = [natural, chosen("education", self.chance.randint(0, 4), reason=self.words())]
        return assessment(year, *results)
