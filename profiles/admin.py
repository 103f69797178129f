from dataclasses import replace
from operator import attrgetter

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import PeopleAdmin
from accounts.models import User
from catalogue.admin import CatalogueAdmin, LoggedHistory
from catalogue.admin_search import FoldedSearch
from intake.coordinates import LATITUDE, LONGITUDE

from .access import is_platform_staff
from .addresses import slug_for
from .admin_base import CityRowAdmin, CityRowForm, RecordedAdmin, ScopedChoices, may_edit
from .admin_base.changed_rows import changed_rows
from .admin_base.history import DERIVED_FIELDS
from .admin_base.override_reason import OverrideReasonMixin
from .admin_base.row_list import CappedPaginator
from .admin_base.scope import works_for_one_city
from .changes import recorded_models
from .city_search import find_cities
from .deleted import kind_of
from .models import Assignment, ChangeSet, City, Country, Region, State
from .people import display_name
from .plausibility import CITY_FIELDS, cannot_be_area, doubts_about_city
from .printing import unprintable_of
from .texts import tidy

STAFF_FIELDS = ("slug", "country", "publishing", "is_withdrawn", "withdrawal_note", "is_sample")
"""What officers see of their city and cannot change."""


FOLDS = {"classes": ["collapse"]}


class CityForm(OverrideReasonMixin, CityRowForm):
    constraint_fields = {
        "profiles_city_location_whole": "latitude",
        "profiles_city_year_needs_population": "population",
        "profiles_city_area_positive": "area_km2",
    }
    recommended = (
        "local_name",
        "summary",
        "about",
        "population",
        "population_year",
        "area_km2",
        "latitude",
        "longitude",
        "head_name",
        "head_title",
        "head_statement",
        "website",
    )

    class Meta:
        help_texts = {
            "slug": _(
                "The last part of the address of the city’s page, and its name in sheets: small "
                "letters a to z, figures and hyphens."
            ),
            "content_language": _("In which the city writes. Choose from the list, or type it."),
            "latitude": _(
                "How far north: 30.63, 30°37'48\"N, or minus for south. Paste both coordinates or "
                "the link of a map here, and the longitude fills itself."
            ),
            "longitude": _("How far east: 119.68, 119°40'48\"E, or minus for west."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_new and "slug" in self.fields:
            field = self.fields["slug"]
            field.required = False
            made = gettext("Left empty, it is made of the name.")
            field.help_text = f"{field.help_text} {made}"
        if area := self.fields.get("area_km2"):
            area.bounds = replace(area.bounds, is_absurd=self._cannot_be_area)

    def _cannot_be_area(self, area):
        """Of a city with the area before and the people typed."""
        people = self.cleaned_data.get("population")
        return cannot_be_area(area, self.initial.get("area_km2"), people)

    def clean(self):
        cleaned = super().clean()
        self._make_address(cleaned)
        for axis, other in ((LATITUDE, LONGITUDE), (LONGITUDE, LATITUDE)):
            self._take_other(cleaned, axis, other)
        if cleaned.get("is_withdrawn") and not tidy(cleaned.get("withdrawal_note", "")):
            self.add_error(
                "withdrawal_note",
                ValidationError(_("Say why: the city's people read it.")),
            )
        if set(CITY_FIELDS) & set(self.changed_data) and not self.errors:
            typed = City(**{name: cleaned.get(name) for name in CITY_FIELDS})
            before = City(**{name: self.initial.get(name) for name in CITY_FIELDS})
            doubts = list(doubts_about_city(typed, before))
            self.ask_about(doubts, doubts_about_city(before), attrgetter("field"))
        return cleaned

    def _make_address(self, cleaned):
        """Make the address of a new city of its name, where none is given."""
        if not self.is_new or cleaned.get("slug") or "slug" in self.errors:
            return
        cleaned["slug"] = slug_for(cleaned.get("name", ""), cleaned.get("country"))
        if not cleaned["slug"] and cleaned.get("name"):
            self.add_error("slug", _("The name has no letters a to z: write an address yourself."))

    def _take_other(self, cleaned, axis, other):
        """Take the other coordinate from where both stand, unless another one was typed."""
        pasted = getattr(self.fields.get(axis), "other", None)
        if pasted is None or axis in self.errors or other in self.errors:
            return
        if other in self.changed_data and cleaned.get(other) not in (None, pasted):
            words = _("Beside it stands %(number)s: empty one of the two fields, or correct this.")
            self.add_error(other, words % {"number": f"{pasted:f}"})
        elif cleaned.get(other) != pasted:
            cleaned[other] = pasted
            self.changed_data.append(other)


def rows_below(city):
    """The kinds of rows of a city that have history, each with its number."""
    numbers = (
        (model, model._base_manager.filter(**{model.city_path: city.pk}).count())
        for model in recorded_models()[1:]
    )
    return [f"{number} {kind_of(model, number)}" for model, number in numbers if number]


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        if self.value() in State.values:
            return queryset.filter(state=self.value())
        return queryset


@admin.register(City)
class CityAdmin(CityRowAdmin):
    not_kept = _(
        "Not kept are what waits for review with its comments, answers of a yearly update that "
        "are not in the profile yet, questions of readers, and notes of those who look after "
        "the city."
    )
    comes_back = _("What it had published is public again, unless it was withdrawn.")
    form = CityForm
    change_form_template = "admin/city_form.html"
    list_display = ("name", "local_name", "country", "shown_state", "is_sample", "updated_at")
    list_select_related = ("country",)
    list_filter = (StateFilter, "publishing", "is_sample", "country__region")
    search_fields = ("search_text",)
    search_help_text = _("The name of a city, its country or its region.")
    not_restored = STAFF_FIELDS

    def get_fieldsets(self, request, obj=None):
        is_own = obj is None or may_edit(request, obj)
        contact = ("website", "contact_email") if is_own else ("website",)
        # Django links a read-only country to its page, which is for platform staff.
        country = "country" if is_platform_staff(request.user) else "country_name"
        return (
            (_("The city"), {**FOLDS, "fields": ("name", "local_name", "slug", country)}),
            (
                _("About"),
                {
                    **FOLDS,
                    "fields": (
                        *("summary", "about", "content_language"),
                        *("second_language", "second_summary"),
                    ),
                },
            ),
            (
                _("Overview"),
                {
                    **FOLDS,
                    "fields": (
                        ("population", "population_year"),
                        "area_km2",
                        "confirmed",
                        ("latitude", "longitude"),
                    ),
                },
            ),
            (
                _("Head of government"),
                {**FOLDS, "fields": ("head_name", "head_title", "head_statement")},
            ),
            (_("Contact"), {**FOLDS, "fields": contact}),
            (_("Publication"), {**FOLDS, "fields": self.publication_fields(request, obj)}),
        )

    def publication_fields(self, request, city):
        """A city that is added can be withdrawn later. Its people read above where it stands."""
        if not is_platform_staff(request.user):
            return ("publishing",)
        if city is None:
            return ("publishing", "is_sample")
        return ("shown_state", "publishing", "is_withdrawn", "withdrawal_note", "is_sample")

    def get_queryset(self, request):
        return super().get_queryset(request).with_state()

    @admin.display(description=_("state"))
    def shown_state(self, city):
        return city.get_state_display()

    def get_readonly_fields(self, request, obj=None):
        fixed = (*super().get_readonly_fields(request, obj), "shown_state")
        return fixed if is_platform_staff(request.user) else (*fixed, *STAFF_FIELDS, "country_name")

    @admin.display(description=_("country"))
    def country_name(self, city):
        return city.country

    def get_search_results(self, request, queryset, search_term):
        return find_cities(queryset, search_term), False

    def get_prepopulated_fields(self, request, obj=None):
        """The address of a new city follows its name where JavaScript runs."""
        return {} if obj else {"slug": ("name",)}

    def get_list_filter(self, request):
        return self.list_filter if is_platform_staff(request.user) else ()

    def comment_path(self, row):
        """The city's page shows all comments: those of other rows link to their forms."""
        return ""

    def listed_comments(self, found, left):
        return found

    def commented_fields(self, row, context):
        fields = context["adminform"].form.fields
        own = {f"city.{name}": field for name, field in fields.items()}
        return {**own, "city.language": fields.get("content_language")}

    def unprintable_texts(self, row):
        """Those of the whole profile."""
        return unprintable_of(row)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and is_platform_staff(request.user):
            versions = reverse("admin:profiles_publication_changelist")
            context["versions_url"] = f"{versions}?city__id__exact={obj.pk}"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_change(self, request, obj):
        """Back to the page of the city where a list would have this one alone."""
        if works_for_one_city(request.user):
            return HttpResponseRedirect(reverse("admin:profiles_city_change", args=[obj.pk]))
        return super().response_post_save_change(request, obj)

    def get_deleted_objects(self, objs, request):
        """How many rows of each kind go with a city. Whoever may delete it needs no right to delete
        these: nobody has one for what waits for review.
        """
        _names, counts, _needed, protected = super().get_deleted_objects(objs, request)
        found = [item for city in objs for item in (str(city), rows_below(city))]
        return found, counts, set(), protected

    def may_bring_back(self, request):
        return is_platform_staff(request.user)

    def in_reach(self, request):
        return Q()

    def lookup_allowed(self, lookup, value, request):
        """Refuses filters on the e-mail address, by which one could guess it letter by letter."""
        is_contact = lookup.startswith("contact_email")
        if is_contact and not is_platform_staff(request.user):
            return False
        return super().lookup_allowed(lookup, value, request)

    def hidden_in_history(self, request, row):
        is_own = may_edit(request, row)
        return DERIVED_FIELDS if is_own else DERIVED_FIELDS | {"contact_email"}


class AssignmentInline(ScopedChoices, admin.StackedInline):
    model = Assignment
    extra = 1
    fields = ("role", "city", "region", "country")


@admin.register(User)
class PersonAdmin(FoldedSearch, LoggedHistory, RecordedAdmin, PeopleAdmin):
    """People with their roles: the roles are rows with history, so their writes are recorded."""

    inlines = (AssignmentInline,)

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def delete_model(self, request, obj):
        """Delete the roles first: their history rows need the person to exist still."""
        for assignment in obj.assignments.all():
            assignment.delete()
        super().delete_model(request, obj)


@admin.register(Assignment)
class AssignmentAdmin(CityRowAdmin):
    fields = ("user", "role", "city", "region", "country")
    list_display = ("user", "role", "city", "region", "country")
    list_display_links = ("user", "role")
    list_filter = ("role",)
    list_select_related = ("user", "city", "region", "country")
    search_fields = ("user__email", "user__full_name", "city__search_text")


@admin.register(ChangeSet)
class ChangeSetAdmin(FoldedSearch):
    """Read only: change sets are made by `profiles.changes` alone."""

    list_display = ("created_at", "who", "kind", "reason")
    list_filter = ("kind", "created_at")
    list_select_related = ("user",)
    search_fields = ("reason", "user__email", "user__full_name")
    fields = ("created_at", "user", "kind", "reason")
    change_form_template = "admin/change_set.html"
    # Every save makes one: this order, that in which they were made, has an index.
    ordering = ("-pk",)
    show_full_result_count = False
    paginator = CappedPaginator

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Shows what changed."""
        change_set = self.get_object(request, unquote(object_id))
        told = change_set and changed_rows(self.admin_site, request, change_set)
        context = {"changed": told, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def history_view(self, request, object_id, extra_context=None):
        """The page itself: nobody changes a change set."""
        return self.change_view(request, object_id, extra_context=extra_context)

    @admin.display(description=_("user"), ordering="user")
    def who(self, change_set):
        return display_name(change_set.user, change_set.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(CatalogueAdmin):
    """A city has no region of its own: it is that of its country."""


@admin.register(Country)
class CountryAdmin(CatalogueAdmin):
    list_display = ("name", "code", "region", "retired", "is_edited")
    list_display_links = ("name",)
    list_filter = ("region", *CatalogueAdmin.list_filter)
