from string import Formatter

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from .translated import Translated


class Origin(models.TextChoices):
    OFFICIAL = "official", _("official")
    OURS = "ours", _("ours")
    INFERRED = "inferred", _("inferred")


def gap_names(sentence):
    """The names of the `{gaps}` in a sentence. Raises ValueError where braces do not match."""
    parts = Formatter().parse(sentence)
    return {name for _literal, name, _spec, _conversion in parts if name is not None}


def check_gaps(row, field, shipped):
    """Refuse gaps that the shipped sentence does not have: the code fills only those."""
    allowed = gap_names(shipped)
    named = [(getattr(row, field), field)]
    named += [(texts.get(field, ""), "translations") for texts in row.translations.values()]
    for sentence, where in named:
        try:
            surplus = gap_names(sentence) - allowed
        except ValueError as error:
            raise ValidationError({where: _("A curly brace has no partner.")}) from error
        if surplus:
            raise ValidationError(
                {
                    where: _("There is nothing to put into {%(gap)s}. Known: %(known)s.")
                    % {"gap": min(surplus), "known": ", ".join(sorted(allowed)) or "–"}
                }
            )


class CatalogueQuerySet(models.QuerySet):
    def current(self):
        """Rows that may still be chosen; retired rows stay only for the rows that refer to them."""
        return self.filter(retired=False)

    def keys_by_code(self):
        """Code → primary key; one query, made when it is first looked into."""
        return SimpleLazyObject(lambda: dict(self.order_by().values_list("code", "pk")))


class CatalogueRow(Translated, models.Model):
    """A row of the official lists, identified by `code` and loaded from a shipped file.

    `shipped` holds the field values that the loader wrote last, so that it can tell what staff
    changed from what only the file changed. Shipped rows are retired, never deleted.
    """

    code = models.CharField(
        _("code"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9]+([-._][A-Za-z0-9]+)*$",
                _("Use letters, digits and single hyphens, dots or underscores between them."),
            )
        ],
        help_text=_("A stable word by which sheets and links name this row. Never change it."),
    )
    name = models.CharField(_("name"), max_length=1000, help_text=_("In English, as published."))
    note = models.TextField(_("note"), blank=True, help_text=_("Where it comes from."))
    translations = models.JSONField(_("translations"), default=dict, blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin, default=Origin.OFFICIAL, db_index=True
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("retired"), default=False)
    shipped = models.JSONField(default=dict, editable=False)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("position", "code")

    def __str__(self):
        return self.name


class KMGBFTarget(CatalogueRow):
    """One of the 23 targets of the Kunming-Montreal Global Biodiversity Framework."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    group = models.CharField(_("group"), max_length=200)

    class Meta(CatalogueRow.Meta):
        verbose_name = _("KMGBF target")
        verbose_name_plural = _("KMGBF targets")

    def __str__(self):
        return f"{self.number} {self.name}"


class Topic(CatalogueRow):
    """A topic of the Tools & resources hub."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class FixedText(CatalogueRow):
    """A fixed sentence or label of the profile document. `name` is the sentence."""

    class Meta(CatalogueRow.Meta):
        verbose_name = _("fixed text")
        verbose_name_plural = _("fixed texts")

    def clean(self):
        super().clean()
        check_gaps(self, "name", self.shipped.get("name", self.name))


class CatalogueVersion(models.Model):
    """The whole catalogue at one time (`catalogue.frozen`), named by the hash of its JSON."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    is_current = models.BooleanField(default=False, db_index=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.sha256[:12]
