from functools import wraps

from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from profiles.access import may_enter_admin
from profiles.admin_areas import AREAS, MODELS

from .odd_values import KEY, tame


class PlatformAdminSite(AdminSite):
    """The admin for platform staff and for everybody who works for a city."""

    site_title = _("CitiesNature")
    site_header = _("CitiesNature")
    index_title = _("Your work")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def has_permission(self, request):
        return may_enter_admin(request.user)

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def tamed(request, *args, **kwargs):
            tame(request)
            return view(request, *args, **kwargs)

        return super().admin_view(tamed, cacheable)

    def login(self, request, extra_context=None):
        """Redirect to the sign-in page of the site; 403 for signed-in users without any role."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("accounts:sign_in")
        )

    def index(self, request, extra_context=None):
        # Imported here: Django loads this module before the models that `worklist` imports.
        from .worklist import worklist

        context = {
            "groups": self.groups(request),
            "work": worklist(request.user),
            **(extra_context or {}),
        }
        return super().index(request, context)

    def groups(self, request):
        """[(heading, models)] that the user may see, by area; models without an area come last."""
        visible = {
            f"{app['app_label']}.{model['object_name'].lower()}": model
            for app in self.get_app_list(request)
            for model in app["models"]
        }
        for model in MODELS:
            if model.index_name and model.label in visible:
                visible[model.label]["name"] = model.index_name
        groups = [
            (area.heading, [visible.pop(one.label) for one in area.models if one.label in visible])
            for area in AREAS
        ]
        groups.append((_("More"), list(visible.values())))
        return [(name, models) for name, models in groups if models]

    def get_urls(self):
        view = self.admin_view(self.view_on_site)
        return [
            path("r/<path:content_type_id>/<path:object_id>/", view, name="view_on_site"),
            *super().get_urls(),
        ]

    def view_on_site(self, request, content_type_id, object_id):
        """Redirect to the public page of a row that the user may see, else 404.

        Django's own view redirects for any row, which would reveal the address of a hidden city.
        """
        if not KEY.fullmatch(content_type_id):
            raise Http404
        kinds = apps.get_model("contenttypes.ContentType").objects
        kind = kinds.filter(pk=content_type_id).first()
        model = kind.model_class() if kind else None
        if model not in self._registry:
            raise Http404
        model_admin = self.get_model_admin(model)
        if not model_admin.has_view_permission(request):
            raise Http404
        row = model_admin.get_object(request, object_id)
        url = model_admin.get_view_on_site_url(row) if row else None
        if url is None:
            raise Http404
        return redirect(url)
