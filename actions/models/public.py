"""What the public reads of actions: only what cities have published, and how often over all cities.

Publishing fills these tables (`actions.read_tables`). Nobody edits them and they have no history.
Only public cities have rows; real ones and samples are told apart by the city.

The keys of catalogue rows have no constraint in the database: the release before does not know
these tables, and may delete a row that nothing else refers to.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.atoms import Text
from profiles.models import public_city_key

from .catalogue import ActionType, Measure
from .statements import Statement, Value


class OfPublicCity(models.Model):
    city = public_city_key(db_index=False, related_name="+")

    class Meta:
        abstract = True


class OfPublicAction(OfPublicCity):
    number = models.PositiveIntegerField()
    action_type = models.ForeignKey(
        ActionType,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class PublicAction(OfPublicAction):
    """An action as a search finds and shows it.

    - `type_count`: on the first action of each type, how many of this type the city has; else None.
    - `search_text`: the words of all that the city says of the action, as `word_line` has them.
    """

    type_count = models.PositiveIntegerField(null=True)
    description = models.TextField()
    language = models.CharField(max_length=35)
    search_text = models.TextField(editable=False, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "number"), name="actions_publicaction_number_once_per_city"
            )
        ]
        indexes = [
            models.Index(
                fields=("action_type", "city", "type_count", "number"),
                name="actions_publicaction_by_type",
                condition=Q(type_count__isnull=False),
            ),
            # A search for two words, each of which is that of a type, finds its rows in this.
            models.Index(fields=("action_type",), name="actions_publicaction_of_type"),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.number}"

    def text(self, field):
        return Text(getattr(self, field), self.language)


class PublicSource(OfPublicAction):
    """An action with a source in the hub; `resource` is the id of the resource."""

    resource = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "number", "resource"), name="actions_publicsource_once_per_action"
            )
        ]

    def __str__(self):
        return f"{self.city_id}: {self.number} ← {self.resource}"


class PublicStanding(OfPublicCity):
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

    measure = models.ForeignKey(
        Measure,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    number = models.PositiveIntegerField(help_text="Number of the action.")
    said = models.CharField(max_length=10, choices=Said)
    amount = models.DecimalField(max_digits=30, decimal_places=12, null=True)
    precision = models.CharField(max_length=10, choices=Value.Precision, blank=True)
    kind = models.CharField(max_length=10, choices=Statement.Kind)
    day = models.DateField()
    is_day_given = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("city", "measure"), name="actions_publicstanding_one_per_measure"
            )
        ]
        indexes = [
            models.Index(
                fields=("measure", "said", "amount", "city"), name="actions_publicstanding_said"
            ),
        ]

    def __str__(self):
        return f"{self.city_id}: {self.measure_id} {self.amount}"


class PublicCounts(OfPublicCity):
    """How many actions a city has: in all and by place in the catalogue (`actions.tallies`)."""

    is_sample = models.BooleanField()
    actions = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("city",), name="actions_publiccounts_one_per_city")
        ]

    def __str__(self):
        return str(self.city_id)


class PublicTotals(models.Model):
    """The sums of `PublicCounts` over real cities, or over samples.

    `counts`: the same places → [number of cities, number of actions].
    """

    is_sample = models.BooleanField(unique=True)
    counts = models.JSONField(default=dict)

    def __str__(self):
        return "samples" if self.is_sample else "cities"
