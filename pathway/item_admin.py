"""The admin of items on steps."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.upload_forms import StoresUploads
from profiles.admin_base import CityFilter, CityRowAdmin, RowList, visible_name
from profiles.models import City

from . import services
from .item_forms import KEY_DIGITS, ItemForm
from .models import StepItem


def city_page_url(city_id, step=None):
    """The URL of the city's admin page of the Nature Pathway, at a step if one is given."""
    address = reverse("admin:pathway_city", args=[city_id])
    return f"{address}#step-{step.number}" if step else address


def ask_for_city(model_admin, request, parameter, title):
    """A page with links for each of the user's cities: this URL with the city as `parameter`."""
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "cities": City.objects.managed_by(request.user).order_by("name", "pk"),
        "parameter": parameter,
        "others": [(name, value) for name, value in request.GET.items() if name != parameter],
    }
    return render(request, "admin/pathway/choose_city.html", context)


class ItemList(RowList):
    """Gives each item the request, on which it depends whether a resource's title may be shown."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        for item in self.result_list:
            item.asked_by = request


@admin.register(StepItem)
class StepItemAdmin(StoresUploads, CityRowAdmin):
    form = ItemForm
    list_display = ("title", "city", "step", "leads_to", "language")
    list_select_related = ("city", "step", "upload", "resource__city__public_city")
    list_filter = (CityFilter, "step")
    search_fields = ("title",)

    def get_fieldsets(self, request, obj=None):
        ways = {
            "fields": ["url", "upload", "resource" if self.may_write(request, obj) else "in_hub"],
            "description": _("A link, a file or a resource of the hub: exactly one of them."),
        }
        return [
            (None, {"fields": ["city", "step", "title"]}),
            (_("Where it leads"), ways),
            (_("Language"), {"fields": ["language", "version_of"]}),
        ]

    def may_write(self, request, item):
        if item is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, item)

    def get_changelist(self, request, **kwargs):
        return ItemList

    def get_object(self, request, object_id, from_field=None):
        item = super().get_object(request, object_id, from_field)
        item.asked_by = request
        return item

    @admin.display(description=gettext_lazy("resource of the hub"))
    def in_hub(self, item):
        return item.resource and visible_name(item.asked_by, item.resource)

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, item):
        if item.upload:
            return item.upload.name
        return item.url or _("in the hub: %(title)s") % {"title": self.in_hub(item)}

    def view_on_site(self, obj):
        return f"{obj.city.get_absolute_url()}#pathway"

    def comment_path(self, row):
        return f"pathway.{row.step.code}.{row.pk}"

    def hidden_in_history(self, request, row):
        return super().hidden_in_history(request, row) | {"position"}

    # A user with several cities chooses one before adding an item, because the form offers the
    # resources and items of that city.

    def add_view(self, request, form_url="", extra_context=None):
        if request.method == "GET" and self.must_choose_city(request):
            if not self.has_add_permission(request):
                raise PermissionDenied
            return ask_for_city(
                self, request, "city", _("Add a document to a step of the pathway: for which city?")
            )
        return super().add_view(request, form_url, extra_context)

    def must_choose_city(self, request):
        cities = City.objects.editable_by(request.user)
        return len(selected_cities(cities, request)[:2]) > 1

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "city":
            field.queryset = selected_cities(field.queryset, request)
        return field

    # Writing

    def save_model(self, request, obj, form, change):
        if not change or "step" in form.changed_data:
            obj.position = services.next_position(obj.city, obj.step)
        super().save_model(request, obj, form, change)
        if "version_of" in form.changed_data:
            other = form.cleaned_data["version_of"]
            if other:
                services.join_versions(obj, other)
            else:
                services.leave_versions(obj)

    def delete_model(self, request, obj):
        version_set = obj.version_set
        super().delete_model(request, obj)
        if version_set:
            services.dissolve_if_alone(obj.city, version_set)

    def delete_queryset(self, request, queryset):
        for item in queryset:
            self.delete_model(request, item)

    def version_data(self, request, form_class, row, record):
        """An old version of an item keeps its present `version_of`, which depends on other rows."""
        data = super().version_data(request, form_class, row, record)
        other = services.versions_of(row).first()
        return {**data, "version_of": other.pk if other else ""}

    # After saving and deleting: the city's page instead of the list

    def response_post_save_add(self, request, obj):
        return HttpResponseRedirect(city_page_url(obj.city_id, obj.step))

    response_post_save_change = response_post_save_add

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        deleted = StepItem.history.filter(id=obj_id, history_type="-").latest("history_id")
        return (
            HttpResponseRedirect(city_page_url(deleted.city_id))
            if response.status_code == 302
            else response
        )


def selected_cities(cities, request):
    """The city in the query string, if it is one of `cities`; else all of `cities`."""
    key = request.GET.get("city", "")
    chosen = cities.filter(pk=key[:KEY_DIGITS]) if key.isdecimal() else cities
    return chosen if chosen.exists() else cities
