from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from profiles.access import may_enter_admin


class PlatformAdminSite(AdminSite):
    """The admin for platform staff and for everybody who works for a city."""

    site_title = _("CitiesNature")
    site_header = _("CitiesNature")
    index_title = _("Your work")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return may_enter_admin(request.user)

    def login(self, request, extra_context=None):
        """One sign-in page for the whole platform."""
        return redirect_to_login(
            request.GET.get("next", reverse("admin:index")), reverse("accounts:sign_in")
        )
