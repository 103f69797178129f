from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class PlatformAdminConfig(AdminConfig):
    """Django's admin with the platform's own site."""

    default_site = "citiesnature.admin_site.PlatformAdminSite"

    def ready(self):
        """Keep the queue of background tasks out of the admin: an import shows its own state."""
        super().ready()
        admin.site.unregister(apps.get_model("django_tasks_database.DBTaskResult"))
