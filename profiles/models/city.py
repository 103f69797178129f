from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.emails import EmailField
from catalogue.atoms import Text

from ..access import CityQuerySet
from ..fields import LanguageTagField, LineField, LongTextField, SearchTextField
from ..validators import validate_year_has_begun
from .countries import Country
from .owned import HistoryRow

COUNTERS = ("content_version", "last_action_number")


class State(models.TextChoices):
    """How far a profile is; none is stored (see `CityQuerySet.with_state`).

    `profiles.states` says which of them platform staff may set.
    """

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RETURNED = "returned", _("returned with a note")


class CityTexts:
    """What a city and the public city have in common."""

    __slots__ = ()

    def get_absolute_url(self):
        return reverse("website:city", args=[self.slug])

    def text(self, field):
        return Text(getattr(self, field), self.content_language)


class City(CityTexts, models.Model):
    """A city or other local government, and the first chapter of its profile."""

    class Publishing(models.TextChoices):
        """How changes of a public city go live; the first publication is always reviewed."""

        CITY = "city", _("by the city")
        REVIEW = "review", _("after review")
        AT_ONCE = "at-once", _("at once")

    name = LineField(_("name"), max_length=200, help_text=_("As the city is known in English."))
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("Names the city in web addresses and sheets: small letters a to z, hyphens."),
    )
    local_name = LineField(
        _("local name"),
        max_length=200,
        blank=True,
        help_text=_("In the city's own language and script."),
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="cities", verbose_name=_("country")
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north of the equator, as a decimal number; south is negative."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east of Greenwich, as a decimal number; west is negative."),
    )
    population = models.PositiveBigIntegerField(
        _("population size"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000_000)],
        help_text=_("People living in the city."),
    )
    population_year = models.PositiveSmallIntegerField(
        _("year of the population figure"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), validate_year_has_begun],
    )
    area_km2 = models.DecimalField(
        _("area (km²)"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    confirmed = models.CharField(
        _("why it is right"),
        max_length=300,
        blank=True,
        help_text=_("Where the platform has asked whether this is right: your reason."),
    )
    about = LongTextField(
        _("about"),
        blank=True,
        help_text=_("What the city is like and what it does for nature, in any language."),
    )
    content_language = LanguageTagField(
        _("language of the texts"),
        default="en",
        help_text=_("The language in which the city writes, for example en, zh-Hans or ar."),
    )
    summary = LineField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("What readers should know first, in one or two sentences."),
    )
    second_language = LanguageTagField(
        _("second language"),
        blank=True,
        help_text=_("A language in which the city repeats its summaries, for readers elsewhere."),
    )
    second_summary = LineField(_("summary in the second language"), max_length=300, blank=True)
    head_name = LineField(_("head of government: name"), max_length=200, blank=True)
    head_title = LineField(_("head of government: title"), max_length=200, blank=True)
    head_statement = LongTextField(_("head of government: statement"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    contact_email = EmailField(
        _("contact e-mail"), blank=True, help_text=_("For platform staff. Never shown in public.")
    )
    publishing = models.CharField(
        _("how changes go live"), max_length=10, choices=Publishing, default=Publishing.CITY
    )
    is_withdrawn = models.BooleanField(
        _("withdrawn"),
        default=False,
        help_text=_("Nothing of the city is public, until this is taken back."),
    )
    withdrawal_note = LongTextField(
        _("why it is withdrawn"), blank=True, help_text=_("The city's people read this.")
    )
    is_sample = models.BooleanField(
        _("sample"),
        default=False,
        help_text=_(
            "Invented to show how the platform works, and marked so. Lists and counts have it only "
            "where the platform is developed; on a public server it has its own pages alone."
        ),
    )
    content_version = models.PositiveBigIntegerField(default=0, editable=False)
    last_action_number = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    search_text = SearchTextField(sources=("name", "local_name", "slug"))

    identity = ("id",)
    ceilings = ()

    history = HistoricalRecords(
        bases=[HistoryRow],
        excluded_fields=[
            "content_version",
            "last_action_number",
            "created_at",
            "updated_at",
            "search_text",
        ],
    )
    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="profiles_city_location_whole",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(population_year__isnull=True) | Q(population__isnull=False),
                name="profiles_city_year_needs_population",
                violation_error_message=_("A year of the population needs the population."),
            ),
            models.CheckConstraint(
                condition=Q(area_km2__isnull=True) | Q(area_km2__gt=0),
                name="profiles_city_area_positive",
                violation_error_message=_("The area must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(publishing__in=["city", "review", "at-once"]),
                name="profiles_city_publishing_known",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save, and keep a changed slug as a `CitySlug`, so that old links are redirected.

        The counters are not written: those of this object may be stale, so only the database moves
        them (`UPDATE … + 1`).
        """
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = self.written_fields()
        before = City.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        super().save(*args, **kwargs)
        if before and before != self.slug:
            CitySlug.objects.filter(slug=self.slug).delete()
            CitySlug.objects.get_or_create(slug=before, defaults={"city": self})

    def clean(self):
        from .published import taken_slugs

        super().clean()
        self.slug = self.slug.lower()
        if taken_slugs([self.slug], by_other_than=self.pk):
            raise ValidationError({"slug": _("This address led to another city before.")})
        self.clean_second_language()

    def clean_second_language(self):
        if self.second_summary and not self.second_language:
            words = _("Say in which language this is: choose a second language.")
            raise ValidationError({"second_language": words})
        if self.second_language and self.second_language == self.content_language:
            words = _("This is the language of the texts already: choose another one, or none.")
            raise ValidationError({"second_language": words})

    @classmethod
    def written_fields(cls):
        """The names of the fields that `save` updates; bulk updates use them as well."""
        fixed = {"id", "created_at", *COUNTERS}
        return [field.name for field in cls._meta.concrete_fields if field.name not in fixed]

    @cached_property
    def state(self):
        """The `State` of the profile; a query where the city is not read `with_state`."""
        if self.pk is None:
            return State.DRAFT
        return type(self).objects.with_state().values_list("state", flat=True).get(pk=self.pk)

    @cached_property
    def is_public(self):
        """Whether the public reads something of it now; a query without its `public_city`."""
        public = getattr(self, "public_city", None)
        return public is not None and public.publication_id is not None

    def get_state_display(self):
        return State(self.state).label

    def give_way(self):
        """As of `CityOwned`: another address, where that of this deleted city is taken."""
        from ..addresses import free_slug

        before, self.slug = self.slug, free_slug(self.slug, city_id=self.pk)
        if self.slug == before:
            return []
        words = gettext(
            "Its address “%(before)s” leads to another city now. It gets “%(slug)s”, which you can "
            "change in its form."
        )
        return [words % {"before": before, "slug": self.slug}]

    @property
    def owning_city(self):
        return self

    @property
    def owning_city_id(self):
        return self.pk


class CitySlug(models.Model):
    """An address that a city had before; it redirects to the present one."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey(
        City, on_delete=models.CASCADE, related_name="former_slugs", verbose_name=_("city")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug
