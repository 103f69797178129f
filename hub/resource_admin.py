"""The admin of resources: cities write them, platform staff publish them."""

from itertools import chain

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.access import is_platform_staff
from profiles.admin_base import CityFilter, CityRowAdmin, RowList
from profiles.changes import lock
from profiles.models import City
from profiles.people import display_name

from . import moderation
from .models import Resource
from .resource_forms import ResourceForm
from .upload_forms import StoresUploads
from .uses import NoDeletionWhileUsed

State = Resource.State
MOST_TITLES, LONGEST_TITLE = 5, 60
"""How many titles a message names, and how many characters of each."""


class ResourceChangeList(RowList):
    """Adds to each row `last_record`, its newest history record, for the column “last change”."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        newest = newest_records([resource.pk for resource in self.result_list])
        for resource in self.result_list:
            resource.last_record = newest.get(resource.pk)
            resource.last_reader = request.user


def newest_records(keys):
    """Key of a resource → the newest record of it; two queries."""
    past = Resource.history.filter(id__in=keys)
    ids = past.order_by().values("id").annotate(newest=Max("history_id")).values("newest")
    records = Resource.history.filter(history_id__in=ids).select_related("change_set__user")
    return {record.id: record for record in records}


def sentences_on_unpublished(public, unsubmitted):
    """Sentences on chosen resources that were not published: `public` and `unsubmitted` ones."""
    if public:
        yield ngettext(
            "%(number)d was published already.", "%(number)d were published already.", len(public)
        ) % {"number": len(public)}
    if unsubmitted:
        words = _("Not submitted for review (open them to publish): %(titles)s.")
        yield words % {"titles": shortened_titles(unsubmitted)}


def shortened_titles(resources):
    """The first few titles, cut, and the number of the others."""
    titles = [Truncator(one.title).chars(LONGEST_TITLE) for one in resources[:MOST_TITLES]]
    if more := len(resources) - len(titles):
        titles.append(
            ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}
        )
    return "; ".join(titles)


class OwnerFilter(CityFilter):
    """Filters by city; for platform staff also by “no city”, that is by partner organisations."""

    PARTNERS = "none"

    def lookups(self, request, model_admin):
        cities = list(super().lookups(request, model_admin))
        if is_platform_staff(request.user):
            return [(self.PARTNERS, _("partner organisations")), *cities]
        return cities

    def get_facet_queryset(self, changelist):
        """The counts by city, and the count of resources without one."""
        counts = super().get_facet_queryset(changelist)
        keys = [key for key, _name in self.lookup_choices]
        if self.PARTNERS in keys:
            rows = changelist.get_queryset(self.request, self.expected_parameters())
            counts[f"{keys.index(self.PARTNERS)}__c"] = rows.filter(city=None).count()
        return counts

    def queryset(self, request, queryset):
        if self.value() == self.PARTNERS:
            return queryset.filter(city=None)
        return super().queryset(request, queryset)


@admin.register(Resource)
class ResourceAdmin(StoresUploads, NoDeletionWhileUsed, CityRowAdmin):
    form = ResourceForm
    change_form_template = "admin/hub/resource_form.html"
    delete_confirmation_template = "admin/hub/resource_delete.html"
    city_column = "owner"
    list_display = ("title", "owner", "kind", "state_shown", "last_change")
    list_select_related = ("city",)
    list_filter = (OwnerFilter, "state", "kind", "topics")
    list_per_page = 50
    search_fields = ("search_text", "city__search_text")
    search_help_text = gettext_lazy("Words of the title or the summary, or who made it.")
    actions = ("publish_chosen", "export_chosen")
    not_restored = ("state", "state_note")
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def has_page_for(self, user, resource):
        return Resource.objects.visible_to(user).filter(pk=resource.pk).exists()

    def get_fieldsets(self, request, obj=None):
        note = ["state_note"] if obj and is_platform_staff(request.user) else []
        return [
            (None, {"fields": ["title", "summary", "language", "city", "organisation"]}),
            (gettext_lazy("The resource itself"), {"fields": ["url", "file", "cover"]}),
            (
                gettext_lazy("What it is"),
                {"fields": ["kind", "languages", "year", "licence", "topics", "targets"]},
            ),
            (gettext_lazy("Publication"), {"fields": ["state", *note]}),
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("state_note", "summary"):
            field.widget.attrs["rows"] = 4
        return field

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def comment_path(self, row):
        return f"resources.{row.pk}" if row.city_id else None

    # The list

    def get_changelist(self, request, **kwargs):
        return ResourceChangeList

    @admin.display(description=gettext_lazy("city"), ordering="city__name")
    def owner(self, resource):
        return resource.city or resource.organisation

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, resource):
        css = "missing" if resource.state == State.RETURNED else "state"
        return format_html('<span class="{}">{}</span>', css, resource.get_state_display())

    @admin.display(description=gettext_lazy("last change"))
    def last_change(self, resource):
        record = resource.last_record
        if record is None:
            return None
        who = display_name(record.change_set.user, resource.last_reader)
        return f"{date_format(record.history_date)}, {who}"

    def has_publish_permission(self, request):
        return is_platform_staff(request.user)

    @admin.action(description=gettext_lazy("Publish the chosen"), permissions=["publish"])
    def publish_chosen(self, request, queryset):
        """Publish the resources that are submitted for review; say why the others are not."""
        lock(City.objects.filter(pk__in=queryset.order_by().values("city")))
        by_state = {}
        for resource in queryset:
            by_state.setdefault(resource.state, []).append(resource)
        submitted = by_state.pop(State.SUBMITTED, [])
        for resource in submitted:
            resource.state = State.PUBLISHED
            moderation.check_transition(State.SUBMITTED, resource, by_staff=True)
            moderation.adjust_state_fields(State.SUBMITTED, resource, ["state"], by_staff=True)
            resource.save()
        if submitted:
            self.message_user(request, _("Published: %(number)d") % {"number": len(submitted)})
        public = by_state.pop(State.PUBLISHED, [])
        unsubmitted = [*chain.from_iterable(by_state.values())]
        if message := " ".join(sentences_on_unpublished(public, unsubmitted)):
            self.message_user(request, message, messages.WARNING)

    # One resource

    def save_model(self, request, obj, form, change):
        if not change or form.changed_content:
            form.adjust_state_fields()
        super().save_model(request, obj, form, change)
        for words, level in self.messages_after(obj, form):
            self.message_user(request, words, level)

    def messages_after(self, resource, form):
        """(text, level) of messages about a change of the state."""
        if form.was_sent_back:
            yield (
                _(
                    "Its link, file or cover has changed, so it goes back to review: until "
                    "platform staff have looked at it, everybody reads what was published before."
                ),
                messages.WARNING,
            )
        elif resource.state != form.before and resource.state == State.SUBMITTED:
            yield (
                _("It has been submitted: platform staff look at it before everybody sees it."),
                messages.INFO,
            )
