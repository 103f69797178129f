"""What cities have published, and what the public reads of a city: no other table of this app.

`publishing.publish` writes these rows. They refer to their city without a constraint in the
database: publications outlive a deleted city.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from catalogue.models import CatalogueVersion

from ..fields import SearchTextField
from ..samples import in_lists
from .city import City, CitySlug, CityTexts
from .countries import Country


class PublicationQuerySet(models.QuerySet):
    def listed(self):
        """Without their records, which may be long; `is_kept` says whether there is one."""
        return self.defer("record").annotate(is_kept=~Q(record=b""))

    def readable(self):
        """Those that everybody may read who may read the city."""
        return self.filter(withdrawn_at=None).exclude(record=b"")


class Publication(models.Model):
    """One version of a city's profile, numbered 1, 2, 3 … within the city.

    `record` is the compressed canonical JSON of the profile record, `sha256` the hash of the JSON,
    `content_version` that of the city at the time. It changes only where platform staff withdraw
    the version, take that back, or redact a part of the city's profile (`Redaction`). `record` is
    empty where it has been removed; the row stays. `reinstated_at`, `reinstated_by`: who took a
    withdrawal back last. `is_redacted`: whether a `Redaction` names it.
    """

    class Kind(models.TextChoices):
        AT_ONCE = "at-once", _("published with a change")
        FIRST = "first", _("published for the first time")
        CITY = "city", _("published by the city")
        REVIEWED = "reviewed", _("published after review")
        UPGRADE = "upgrade", _("taken over from before there were publications")

    city = models.ForeignKey(
        City, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField(_("number"))
    slug = models.CharField(_("address"), max_length=80)
    name = models.CharField(_("name"), max_length=200)
    record = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    catalogue = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    content_version = models.PositiveBigIntegerField()
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    kind = models.CharField(_("how"), max_length=20, choices=Kind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    # The database has the default too: an earlier release goes on publishing beside this one.
    withdrawal_note = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, default="", db_default=""
    )
    is_redacted = models.BooleanField(default=False, db_default=False, editable=False)
    reinstated_at = models.DateTimeField(_("withdrawal taken back at"), null=True)
    reinstated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawal taken back by"),
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=("city", "number"), name="profiles_publication_number_once_per_city"
            )
        ]

    def __str__(self):
        return f"{self.name} {self.number}"

    @property
    def public_note(self):
        """The note where it was written for readers: not the reason of a change."""
        kinds = self.Kind
        about_a_change = (kinds.AT_ONCE, kinds.FIRST, kinds.UPGRADE)
        return "" if self.kind in about_a_change else self.note


class Redaction(models.Model):
    """What platform staff took out of all versions of a city: a field, a row or a file.

    `path` names it as `publishing.redaction` does. `former_hashes`: number of each version that had
    it → the hash of its record before.
    """

    city = models.ForeignKey(
        City, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    path = models.CharField(_("what"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    redacted_at = models.DateTimeField(_("redacted at"), auto_now_add=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("redacted by"),
    )
    former_hashes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")

    def __str__(self):
        return self.path


class PublicCityQuerySet(models.QuerySet):
    def public(self):
        return self.filter(publication__isnull=False)

    def listed(self):
        """Those that stand in lists, searches, counts, maps and downloads."""
        return self.public().filter(in_lists())

    def unlisted(self):
        """The other public cities."""
        listed = in_lists()
        # No condition is met by all, and would exclude none.
        return self.public().exclude(listed) if listed else self.none()


class PublicCity(CityTexts, models.Model):
    """What the public sees of a city outside its profile; public while it has a `publication`.

    - `seen_content_version`: the content version of the city that publishing has dealt with.
    - `unpublished_since`: since when the city holds changes that are not public, unless each goes
      live at once.
    - `resources_version` moves with each change of a resource to which the profile refers, and of
      its country or region.
    - `tables_catalogue`: hash of the catalogue with which card and read tables were written; empty
      where they are to be written again.
    - `start_count`, `target_count`: actions that say where they start, that name a target;
      `full_target_count`: those with a figure and a year among these.
    - `levels`: category of the achievements → the highest complete level.
    - `petals`: those of its rosette, as `actions.petals` writes them.
    - `summaries`: pairs of a language and the summary in it, the city's own language first;
      `summary_words`: their `word_line`.

    Its row goes with the city; publications and addresses stay.
    """

    city = models.OneToOneField(
        City,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="public_city",
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, related_name="+"
    )
    seen_content_version = models.PositiveBigIntegerField(default=0)
    unpublished_since = models.DateTimeField(null=True)
    resources_version = models.PositiveBigIntegerField(default=0)
    tables_catalogue = models.CharField(max_length=64, blank=True)
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    local_name = models.CharField(max_length=200, blank=True)
    content_language = models.CharField(max_length=35)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    is_sample = models.BooleanField()
    changed_at = models.DateTimeField()
    population = models.PositiveBigIntegerField(null=True)
    area_km2 = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    action_count = models.PositiveIntegerField(default=0)
    commitment_count = models.PositiveIntegerField(default=0, db_default=0)
    start_count = models.PositiveIntegerField(default=0, db_default=0)
    target_count = models.PositiveIntegerField(default=0, db_default=0)
    full_target_count = models.PositiveIntegerField(default=0, db_default=0)
    levels = models.JSONField(default=dict)
    # The database has the default too: an earlier release goes on publishing beside this one.
    petals = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    summaries = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    summary_words = models.TextField(editable=False, default="", db_default="")
    search_text = SearchTextField(sources=("name", "local_name", "slug"))

    objects = PublicCityQuerySet.as_manager()

    class Meta:
        indexes = [
            # The list of cities finds in this alone, also where it leaves samples out.
            models.Index(
                fields=("search_text", "city", "country", "is_sample"),
                name="profiles_publiccity_by_name",
                condition=Q(publication__isnull=False),
            ),
            models.Index(
                fields=("is_sample", "-changed_at", "city"),
                name="profiles_publiccity_newest",
                condition=Q(publication__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name


def public_city_key(**options):
    """A foreign key to the public city that no constraint keeps: its row may go first."""
    return models.ForeignKey(
        PublicCity, on_delete=models.DO_NOTHING, db_constraint=False, **options
    )


class PublicAddress(models.Model):
    """An address under which a city is or was public; nobody else gets it.

    `slug` is in small letters. Earlier addresses redirect to the one that `is_current`; those of a
    deleted city, which has no `PublicCity`, are gone.
    """

    slug = models.CharField(max_length=80, unique=True)
    city = models.ForeignKey(
        City, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    is_current = models.BooleanField(default=True)

    def __str__(self):
        return self.slug


def taken_slugs(slugs, *, by_other_than=None):
    """Those of these addresses that led to another city before, also to one that is deleted.

    They are compared, and given, in small letters.
    """
    wanted = [slug.lower() for slug in slugs]
    return {
        slug
        for model in (CitySlug, PublicAddress)
        for slug in model.objects.annotate(small=Lower("slug"))
        .filter(small__in=wanted)
        .exclude(city=by_other_than)
        .values_list("small", flat=True)
    }
