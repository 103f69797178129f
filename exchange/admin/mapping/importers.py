"""Who may bring in lists of other forms: everybody who may import."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path


class ForImporters(admin.ModelAdmin):
    """Lists rows that are `visible_to` the user; the pages of others are 404."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request):
        return request.user.has_perm("exchange.add_job")

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def has_module_permission(self, request):
        """The page of imports leads here, the index does not."""
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def address(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"exchange_{name}")

    def of_row(self, view, *methods):
        """`view` of a row that the user may see; any other is 404, whatever the method."""

        @wraps(view)
        def found(request, object_id, **gaps):
            if not self.has_add_permission(request):
                raise PermissionDenied
            row = get_object_or_404(self.get_queryset(request), pk=object_id)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, row, **gaps)

        return found

    def page(self, request, name, context):
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            f"admin/exchange/mapping/{name}.html",
            {**self.admin_site.each_context(request), "opts": self.opts, **context},
        )
