"""The admin of resources: cities write them, platform staff let them out to the public."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.access import is_platform_staff
from profiles.admin_base import CityFilter, CityRowAdmin
from profiles.admin_base.history import person
from profiles.changes import lock
from profiles.models import City

from . import moderation
from .models import Resource
from .resource_forms import ResourceForm
from .upload_forms import UploadPages
from .uses import uses_of

State = Resource.State


class ResourceList(ChangeList):
    """Rows know their newest record, which says who changed them last, and when."""

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


@admin.register(Resource)
class ResourceAdmin(UploadPages, CityRowAdmin):
    form = ResourceForm
    change_form_template = "admin/hub/resource_form.html"
    delete_confirmation_template = "admin/hub/resource_delete.html"
    delete_selected_confirmation_template = "admin/hub/resources_delete.html"
    list_display = ("title", "home", "kind", "state_shown", "last_change")
    list_select_related = ("city",)
    list_filter = (CityFilter, "state", "kind", "topics")
    list_per_page = 50
    search_fields = ("title", "summary", "organisation", "city__name")
    search_help_text = gettext_lazy("Words of the title or the summary, or who made it.")
    actions = ("publish_chosen", "export_chosen")
    not_brought_back = ("state", "state_note")
    formfield_overrides = {
        **CityRowAdmin.formfield_overrides,
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def get_fieldsets(self, request, obj=None):
        note = ["state_note"] if obj and is_platform_staff(request.user) else []
        return [
            (None, {"fields": ["city", "organisation", "title", "summary", "language"]}),
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

    # The list

    def get_changelist(self, request, **kwargs):
        return ResourceList

    def get_list_display(self, request):
        """Somebody with a single city need not read its name in every line."""
        several = len(City.objects.managed_by(request.user)[:2]) > 1
        alone = not several and not is_platform_staff(request.user)
        return [name for name in self.list_display if name != "home" or not alone]

    @admin.display(description=gettext_lazy("city"), ordering="city__name")
    def home(self, resource):
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
        who = person(record.change_set.user, resource.last_reader)
        return f"{date_format(record.history_date)}, {who}"

    def has_publish_permission(self, request):
        return is_platform_staff(request.user)

    @admin.action(description=gettext_lazy("Publish the chosen"), permissions=["publish"])
    def publish_chosen(self, request, queryset):
        """Each one that may be published from where it is; the others are told."""
        lock(City.objects.filter(pk__in=queryset.order_by().values("city")))
        done, refused = 0, []
        for resource in queryset:
            before = resource.state
            if before == State.PUBLISHED:
                refused.append(resource.title)
                continue
            resource.state = State.PUBLISHED
            try:
                moderation.check(before, resource, by_staff=True)
            except ValidationError:
                refused.append(resource.title)
                continue
            moderation.settle(before, resource, ["state"], by_staff=True)
            resource.save()
            done += 1
        if done:
            self.message_user(request, _("Published: %(number)d") % {"number": done})
        if refused:
            words = _("Not published, because it is public already or not open to it: %(titles)s")
            told = words % {"titles": "; ".join(refused)}
            self.message_user(request, told, messages.WARNING)

    # One resource

    def save_model(self, request, obj, form, change):
        if not change or form.changed_content:
            form.settle()
        super().save_model(request, obj, form, change)
        for words, level in self.told_after(obj, form):
            self.message_user(request, words, level)

    def told_after(self, resource, form):
        """What the user should know of the move that they made, or that followed."""
        if form.went_back:
            yield (
                _(
                    "Its link or file has changed, so it goes back to review: it is not public "
                    "until platform staff have looked at it."
                ),
                messages.WARNING,
            )
        elif resource.state != form.before and resource.state == State.SUBMITTED:
            yield (
                _("It has been submitted: platform staff look at it before everybody sees it."),
                messages.INFO,
            )

    # What is used elsewhere stays

    def get_deleted_objects(self, objs, request):
        """The uses that hold a resource back, as far as the user may know of them."""
        uses = uses_of([resource.pk for resource in objs], request.user)
        if uses:
            return [], {}, set(), uses
        names = [f"{self.opts.verbose_name}: {resource}" for resource in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), []
