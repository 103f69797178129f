"""The admin of files: lists and deletes them. They are added in the forms of rows that use them."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.admin_base import CityFilter, CityRowAdmin, RowList
from profiles.models import City

from .models import Upload
from .uploads import used_bytes
from .uses import NoDeletionWhileUsed, uses_by_key


class UseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("Used nowhere")), ("some", _("In use"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(pk__in=Upload.objects.unused())
        if self.value() == "some":
            return queryset.exclude(pk__in=Upload.objects.unused())
        return queryset


class UploadChangeList(RowList):
    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        uses = uses_by_key(Upload, [upload.pk for upload in self.result_list])
        for upload in self.result_list:
            upload.uses = uses[upload.pk]


@admin.register(Upload)
class UploadAdmin(NoDeletionWhileUsed, CityRowAdmin):
    fields = ("city", "link", "media_type", "bytes", "sides", "sha256")
    list_display = ("link", "kind", "bytes", "city", "used_in")
    list_display_links = None
    list_filter = (CityFilter, UseFilter)
    list_select_related = ("city",)
    list_per_page = 50
    search_fields = ("name",)
    actions = ()
    change_list_template = "admin/hub/upload/change_list.html"
    delete_confirmation_template = "admin/hub/upload/delete_confirmation.html"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        readable = Upload.objects.visible_to(request.user).filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_readable=Exists(readable))

    def get_changelist(self, request, **kwargs):
        return UploadChangeList

    def view_on_site(self, upload):
        return upload.get_absolute_url()

    def has_page_for(self, user, upload):
        return upload.is_readable

    def changelist_view(self, request, extra_context=None):
        context = {"quota": self.quota(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def quota(self, request):
        """The used and free bytes of the city in the list; None if it lists several cities."""
        cities = City.objects.managed_by(request.user)
        chosen = request.GET.get(CityFilter.parameter_name, "")
        if chosen.isdecimal():
            cities = cities.filter(pk=chosen[:18])
        only = list(cities[:2])
        if len(only) != 1:
            return None
        used, most = used_bytes(only[0]), settings.CITY_UPLOADS_MAX_BYTES
        return {
            "city": only[0],
            "used": used,
            "most": most,
            "left": max(0, most - used),
            "one": settings.UPLOAD_MAX_BYTES,
        }

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def link(self, upload):
        """A link for those who may read the file: a reviewer sees only that there is one."""
        if not upload.is_readable:
            return format_html("<bdi>{}</bdi>", upload.name)
        return format_html('<a href="{}"><bdi>{}</bdi></a>', upload.get_absolute_url(), upload.name)

    @admin.display(description=gettext_lazy("kind"), ordering="media_type")
    def kind(self, upload):
        return upload.ending

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def bytes(self, upload):
        return filesizeformat(upload.size)

    @admin.display(description=gettext_lazy("width and height"))
    def sides(self, upload):
        if not upload.width:
            return None
        return _("%(width)d × %(height)d pixels") % {
            "width": upload.width,
            "height": upload.height,
        }

    @admin.display(description=gettext_lazy("used in"))
    def used_in(self, upload):
        if not upload.uses:
            return self.unused(upload)
        return format_html_join(", ", "{}", ((use.to_html(),) for use in upload.uses))

    def unused(self, upload):
        return format_html(
            '{} <a href="{}">{}<span class="visually-hidden">: {}</span></a>',
            _("nowhere"),
            reverse("admin:hub_upload_delete", args=[upload.pk]),
            _("Delete"),
            upload.name,
        )
