"""The cities of one action type as a table: on the page, page by page, and as a file, in full."""

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.db.models import F, Field, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from actions.models import Measure, PublicStanding, Value
from catalogue import units
from catalogue.atoms import Figure
from profiles.csv_json import csv_lines, json_rows
from profiles.models import Country

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Column:
    """A measure in the unit in which the reader wants it; `symbol` is that unit in words."""

    measure: Measure
    unit: str
    symbol: str

    @classmethod
    def of(cls, measure, unit):
        """In `unit`, if the measure can be given in it, else in its own."""
        unit = unit if unit in units.metric(measure.unit) else measure.unit
        return cls(measure, unit, units.symbol(unit))

    def convert(self, amount):
        """`amount`, given in the measure's unit, in the unit of the column."""
        return units.convert(amount, self.measure.unit, self.unit)

    def figure(self, amount):
        """Words without a unit; what is no more than noise behind the comma is left away."""
        value = self.convert(Decimal(amount))
        places = max(0, min(4, 3 - value.adjusted())) if value else 0
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return Figure.of(value).text

    def with_unit(self, amount):
        joint = "" if self.symbol == "%" else "\u00a0"
        return f"{self.figure(amount)}{joint}{self.symbol}".strip()


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    standing: PublicStanding | None

    @property
    def text(self):
        told = self.standing
        if told.said != PublicStanding.Said.NUMBER:
            return told.get_said_display()
        words = self.column.with_unit(told.amount)
        if told.precision == Value.Precision.EXACTLY:
            return words
        return f"{told.get_precision_display()} {words}"

    @property
    def when(self):
        """The year of the figure; where the city names none, when it was reported."""
        year = self.standing.day.year
        return str(year) if self.standing.is_day_given else _("reported %d") % year

    @property
    def number(self):
        """As exact as it is kept, without zeros at the end; None where there is no number."""
        if self.standing is None or self.standing.amount is None:
            return None
        return self.column.convert(self.standing.amount).normalize()


@dataclass(frozen=True, slots=True)
class Line:
    """A city with its newest values of the type."""

    city: object
    actions: int
    action_number: int
    cells: tuple[Cell, ...]


BY_NAME = "city__search_text", "city"

AS_STORED = Field()
"""Amounts as the database has them: SQLite has floats, which a `Decimal` may miss by a digit."""


class Order:
    """By name of the city, or by a measure: `key` up, `-key` down, cities without a number last."""

    def __init__(self, sort, measures):
        self.measure = next((m for m in measures if m.key == sort.removeprefix("-")), None)
        self.falls = sort.startswith("-")

    def sorted(self, rows):
        """`TypeView.rows` in this order."""
        if self.measure is None:
            return rows.order_by(*BY_NAME)
        own = PublicStanding.objects.filter(measure=self.measure, city=OuterRef("city"))
        amount = F("amount")
        by = amount.desc(nulls_last=True) if self.falls else amount.asc(nulls_last=True)
        rows = rows.annotate(amount=Subquery(own.values("amount"), output_field=AS_STORED))
        return rows.order_by(by, *BY_NAME)

    def after(self, row):
        """The condition on rows that come after `row`, one of those that are `sorted`."""
        name = row.city.search_text
        later = Q(city__search_text__gt=name) | Q(city__search_text=name, city__gt=row.city_id)
        if self.measure is None:
            return later
        if row.amount is None:
            return later & Q(amount=None)
        beyond = Q(amount__lt=row.amount) if self.falls else Q(amount__gt=row.amount)
        return beyond | Q(amount=None) | (Q(amount=row.amount) & later)


def with_names(rows, *more):
    """Rows with what is shown of a city; countries are known already."""
    names = "type_count", "number", "city__name", "city__slug", "city__is_sample"
    return rows.select_related("city").only(*names, "city__country", *more)


def lines(rows, columns):
    """The lines of these rows (`TypeView.rows`), with one query for all their values."""
    rows = list(rows)
    found = PublicStanding.objects.filter(
        measure__in=[column.measure for column in columns], city__in=[row.city_id for row in rows]
    )
    standings = {(s.city_id, s.measure_id): s for s in found} if columns else {}
    for row in rows:
        cells = [Cell(c, standings.get((row.city_id, c.measure.pk))) for c in columns]
        yield Line(row.city, row.type_count, row.number, tuple(cells))


def all_lines(rows, order, columns):
    """Every line, a part at a time: each part is found by the last row of the one before."""
    countries = Country.objects.select_related("region").only("code", "region__code").in_bulk()
    rows = order.sorted(with_names(rows, "city__search_text"))
    left = rows
    while part := list(rows.filter(pk__in=left[:AT_ONCE].values("pk"))):
        for line in lines(part, columns):
            line.city.country = countries[line.city.country_id]
            yield line
        left = rows.filter(order.after(part[-1]))


# As a file


def names(columns):
    own = ["city", "address", "country", "region", "actions", "action_number"]
    own += ["invented"] if settings.SAMPLES_ARE_LISTED else []
    for column in columns:
        key = column.measure.key
        own += [key, f"{key}_unit", f"{key}_precision", f"{key}_from"]
        own += [f"{key}_day", f"{key}_reported", f"{key}_said"]
    return own


def values(line):
    city, region = line.city, line.city.country.region
    yield from (city.name, city.slug, city.country_id and city.country.code)
    yield from (region.code if region else None, line.actions, line.action_number)
    if settings.SAMPLES_ARE_LISTED:
        yield city.is_sample
    for cell in line.cells:
        told = cell.standing
        if told is None:
            yield from (None,) * 7
        else:
            unit = cell.column.unit if told.amount is not None else None
            yield from (cell.number, unit, told.precision or None, told.kind)
            day = told.day.isoformat()
            yield from (day, None) if told.is_day_given else (None, day)
            yield told.said


def csv_file(found, columns):
    return csv_lines(names(columns), map(values, found))


def json_file(found, columns, about):
    """One object: what it is, and its rows."""
    yield json.dumps(about, ensure_ascii=False).removesuffix("}") + ', "rows": ['
    yield from json_rows(names(columns), map(values, found))
    yield "\n]}\n"
