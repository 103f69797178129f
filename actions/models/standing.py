"""What the explorer reads: who does what, where it stands now, and how often, kept per city.

These rows are derived from the city's own rows: `actions.standings` computes them after every
change, so that a page need not read all actions. Nobody edits them and they have no history.

They do not store what the public may see: each query asks for the state of the city. They must not
keep a city from being deleted either, so the foreign key has no constraint in the database.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from profiles.access import PUBLISHED
from profiles.models import City

from .catalogue import ActionType, Measure
from .city import Statement, Value


class OfCityQuerySet(models.QuerySet):
    def public(self, samples=False):
        """Rows of published cities: of the real ones, or of the invented ones."""
        return self.filter(city__state=PUBLISHED, city__is_sample=samples)


class OfCity(models.Model):
    city = models.ForeignKey(
        City, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    action_type = models.ForeignKey(
        ActionType, on_delete=models.CASCADE, db_index=False, related_name="+"
    )

    objects = OfCityQuerySet.as_manager()

    class Meta:
        abstract = True


class TypeInCity(OfCity):
    """A city has `actions` actions of a type; `action_number` is the first of them.

    `tallied`: among which tallies the row is counted now, so that it can be taken out again.
    """

    class Tallied(models.TextChoices):
        NOT = "", _("not")
        REAL = "real", _("real")
        SAMPLE = "sample", _("sample")

    actions = models.PositiveIntegerField()
    action_number = models.PositiveIntegerField()
    tallied = models.CharField(max_length=6, choices=Tallied, blank=True)

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
    """The newest value of a city for a measure: a number in the measure's unit, words or a status.

    `kind`: whether it comes from progress or the baseline; `day`: the day to which it refers, or
    that of its last update where the city names none (`is_day_given`). A city with several actions
    of one type has one standing: the newest number among them. Words count only where the city has
    given no number at all.
    """

    class Said(models.TextChoices):
        NUMBER = "number", _("a number")
        WORDS = "words", _("in words")
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, db_index=False, related_name="+")
    action_number = models.PositiveIntegerField()
    said = models.CharField(max_length=10, choices=Said, default=Said.NUMBER)
    amount = models.DecimalField(max_digits=30, decimal_places=12, null=True)
    precision = models.CharField(max_length=10, choices=Value.Precision, blank=True)
    kind = models.CharField(max_length=10, choices=Statement.Kind)
    day = models.DateField()
    is_day_given = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "measure"), name="actions_standing_one_per_measure"
            )
        ]
        indexes = [
            models.Index(
                fields=("measure", "said", "amount", "city"), name="actions_standing_said"
            ),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.measure_id} {self.amount}"


class Sought(OfCity):
    """The signature of an action's search text (`actions.search.search_signature`).

    The primary key is the action's. A search scans all of these narrow rows in their order, so
    there is no index, and reads only the texts of the rows that match.
    """

    signs_1 = models.BigIntegerField()
    signs_2 = models.BigIntegerField()
    signs_3 = models.BigIntegerField()
    signs_4 = models.BigIntegerField()

    def __str__(self):
        return f"{self.city_id}: {self.pk}"


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
