from django.contrib.admin.apps import AdminConfig


class PlatformAdminConfig(AdminConfig):
    """The plain Django admin, with the platform's own door."""

    default_site = "citiesnature.admin_site.PlatformAdminSite"
