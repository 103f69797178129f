"""What the explorer reads: who does what, where it stands now, and how often, kept per city.

These rows repeat what the city's own rows say (`actions.standings` makes them anew after every
change), so that a page need not go through all actions. Nobody writes them, they have no history,
and they hold nothing back: what the public may see is asked of the city each time. They do not
keep a city from being removed either, which is why the database does not guard the reference.
"""

from django.db import models

from profiles.models import City

from .catalogue import ActionType, Measure
from .city import Statement, Value


class OfCity(models.Model):
    city = models.ForeignKey(
        City, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    action_type = models.ForeignKey(
        ActionType, on_delete=models.CASCADE, db_index=False, related_name="+"
    )

    class Meta:
        abstract = True


class TypeInCity(OfCity):
    """A city has `actions` actions of a type; `action_number` is the first of them."""

    actions = models.PositiveIntegerField()
    action_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "action_type"), name="actions_typeincity_once_per_city"
            )
        ]
        indexes = [
            models.Index(
                fields=("action_type", "city", "actions"), name="actions_typeincity_by_type"
            )
        ]

    def __str__(self):
        return f"{self.city_id}: {self.action_type_id} × {self.actions}"


class Standing(OfCity):
    """The newest number that a city gives for a measure, in the measure's unit.

    `kind`: whether progress or the baseline says so; `day`: the day it tells of. A city with
    several actions of one type has one standing: the newest number among them.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    action_number = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=30, decimal_places=12)
    precision = models.CharField(max_length=10, choices=Value.Precision)
    kind = models.CharField(max_length=10, choices=Statement.Kind)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "measure"), name="actions_standing_one_per_measure"
            )
        ]
        indexes = [
            models.Index(fields=("measure", "city", "amount"), name="actions_standing_by_measure"),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.measure_id} {self.amount}"


class Tally(models.Model):
    """How many cities act, with how many actions: in all, and per row of the catalogue.

    Published cities only; invented ones (`is_sample`) have tallies of their own.
    """

    class Scope(models.TextChoices):
        ALL = "all"
        AREA = "area"
        COMMITMENT = "commitment"
        TYPE = "type"
        TARGET = "target"

    scope = models.CharField(max_length=10, choices=Scope)
    row = models.PositiveBigIntegerField(default=0, help_text="Primary key in the catalogue.")
    is_sample = models.BooleanField()
    cities = models.PositiveIntegerField()
    actions = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("is_sample", "scope", "row"), name="actions_tally_once")
        ]

    def __str__(self):
        return f"{self.scope} {self.row}: {self.cities}, {self.actions}"
