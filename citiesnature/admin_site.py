from functools import update_wrapper, wraps

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from profiles.access import may_enter_admin
from profiles.admin_areas import AREAS, MODELS
from profiles.returning import page_before

from .odd_values import KEY, tame


class PlatformAdminSite(AdminSite):
    """The admin for platform staff and for everybody who works for a city."""

    index_title = _("Your work")
    enable_nav_sidebar = False
    empty_value_display = "–"

    @property
    def site_title(self):
        return settings.SITE_NAME

    site_header = site_title

    def register(self, model_or_iterable, admin_class=None, **options):
        """Every admin gets `SafeForms`."""
        # Imported here, as below.
        from profiles.admin_base.safe_forms import SafeForms

        base = admin_class or ModelAdmin
        safe = type(base)(base.__name__, (SafeForms, base), {"__module__": base.__module__})
        super().register(model_or_iterable, safe, **options)

    def has_permission(self, request):
        return may_enter_admin(request.user)

    def admin_view(self, view, cacheable=False):
        """Who posts a form and is not signed in any more gets it back after signing in.

        Who has pressed another button is told that nothing was done, and comes back to its page.
        """
        from accounts.views import ask_to_sign_in

        @wraps(view)
        def tamed(request, *args, **kwargs):
            tame(request)
            return view(request, *args, **kwargs)

        inner = super().admin_view(tamed, cacheable)

        def asking(request, *args, **kwargs):
            if request.method != "POST" or request.user.is_authenticated:
                return inner(request, *args, **kwargs)
            if getattr(view, "shows_typed", False):
                return ask_to_sign_in(request)
            page = page_before(request)
            if page is None or request.path == reverse("admin:logout"):
                return inner(request, *args, **kwargs)
            messages.warning(request, _("You are not signed in any more: nothing has been done."))
            return redirect_to_login(page, reverse("accounts:sign_in"))

        return update_wrapper(asking, inner)

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

        work = worklist(request.user)
        context = {
            "title": work.only_city or self.index_title,
            "groups": self.groups(request),
            "work": work,
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
        # Imported here, as above.
        import oversight.pages
        import publishing.pages
        import updates.colleagues
        import updates.pages
        import website.place_picker

        view = self.admin_view(self.view_on_site)
        return [
            path("r/<path:content_type_id>/<path:object_id>/", view, name="view_on_site"),
            *publishing.pages.urls(self),
            *updates.pages.urls(self),
            *oversight.pages.urls(self),
            *updates.colleagues.urls(self),
            *website.place_picker.urls(self),
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
        url = page_of(model_admin, row) if row else None
        if url is None:
            raise Http404
        return redirect(url)


def page_of(model_admin, row):
    """The address of the public page of `row`; None if it has none.

    `get_view_on_site_url` answers with the address of our view where the admin has no rule.
    """
    if callable(model_admin.view_on_site):
        return model_admin.view_on_site(row)
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else None
