"""The official lists of the Action Platform: area › commitment › action type › measure."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueRow, KMGBFTarget, Origin, check_gaps


class ActionArea(CatalogueRow):
    """One of the three action areas."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("action area")
        verbose_name_plural = _("action areas")


class MappedRow(CatalogueRow):
    """A row with a mapping to targets of the Global Biodiversity Framework."""

    kmgbf_targets = models.ManyToManyField(
        KMGBFTarget, blank=True, related_name="+", verbose_name=_("KMGBF targets")
    )
    kmgbf_origin = models.CharField(
        _("origin of the mapping"),
        max_length=10,
        choices=Origin,
        default=Origin.INFERRED,
        help_text=_("The mapping to the targets is inferred by us; it is not official."),
    )

    class Meta(CatalogueRow.Meta):
        abstract = True


class Commitment(MappedRow):
    """What a city can commit to within an action area."""

    area = models.ForeignKey(
        ActionArea,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("action area"),
    )

    class Meta(MappedRow.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")


class ActionType(MappedRow):
    """A kind of action under a commitment, with the sentence that states its baseline.

    `baseline_template` is the official sentence; each `{key}` in it is the value of the measure
    of that key, number and unit together.
    """

    commitment = models.ForeignKey(
        Commitment,
        on_delete=models.PROTECT,
        related_name="action_types",
        verbose_name=_("commitment"),
    )
    baseline_template = models.TextField(_("sentence of the starting point"), blank=True)
    synonyms = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("Ours: words by which a search finds it too, with commas between them."),
    )

    class Meta(MappedRow.Meta):
        verbose_name = _("action type")
        verbose_name_plural = _("action types")

    def clean(self):
        super().clean()
        shipped = self.shipped.get("baseline_template", self.baseline_template)
        check_gaps(self, "baseline_template", shipped)


class IsNumeric:
    """What measures and own figures have in common, stored or frozen."""

    __slots__ = ()

    NUMERIC = ("area", "percent", "amount", "count")

    is_own = False
    """Whether a city has made the figure for an action of its own."""

    @property
    def is_numeric(self):
        return self.kind in self.NUMERIC


class Measure(IsNumeric, CatalogueRow):
    """What is measured for an action type. `name` is its label; sums are made in `unit`."""

    class Kind(models.TextChoices):
        AREA = "area", _("area")
        PERCENT = "percent", _("percent")
        AMOUNT = "amount", _("amount")
        COUNT = "count", _("count")
        TEXT = "text", _("text")
        STATUS = "status", _("status")

    action_type = models.ForeignKey(
        ActionType,
        on_delete=models.PROTECT,
        related_name="measures",
        verbose_name=_("action type"),
    )
    key = models.SlugField(_("key"), max_length=40, help_text=_("The gap in the sentence."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_in_sentence = models.CharField(_("unit in the sentence"), max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), null=True, blank=True, help_text=_("Empty: as the city entered it.")
    )
    falls = models.BooleanField(
        _("less is better"),
        default=False,
        help_text=_(
            "Ours: tells whether a target is reached where the starting point does not tell."
        ),
    )
    whole = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
        help_text=_("Ours: the measure of the same type that this one cannot be larger than."),
    )
    shares_of = models.SlugField(
        _("shares of one whole"),
        max_length=40,
        blank=True,
        help_text=_("Ours: shares of one type with the same word here add up to 100 percent."),
    )
    sentence_partly = models.TextField(
        _("sentence for “partly”"), blank=True, help_text=_("Ours, not official.")
    )
    sentence_no = models.TextField(
        _("sentence for “no”"), blank=True, help_text=_("Ours, not official.")
    )

    class Meta(CatalogueRow.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(
                fields=("action_type", "key"), name="actions_measure_key_once_per_type"
            ),
            models.CheckConstraint(
                condition=~Q(kind="status") | ~(Q(sentence_partly="") | Q(sentence_no="")),
                name="actions_measure_status_has_sentences",
                violation_error_message=_("A status needs its sentences for “partly” and “no”."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.whole_id and self.whole.action_type_id != self.action_type_id:
            raise ValidationError({"whole": _("Choose a measure of the same action type.")})
        was_other = Measure.objects.filter(pk=self.pk).exclude(kind=self.kind).exists()
        if was_other and self.values.exists():
            raise ValidationError(
                {"kind": _("Cities have given values of the present kind: it cannot change.")}
            )
