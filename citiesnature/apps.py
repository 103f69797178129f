from django.apps import apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class PlatformAdminConfig(AdminConfig):
    """The plain Django admin, with the platform's own door."""

    default_site = "citiesnature.admin_site.PlatformAdminSite"

    def ready(self):
        """The queue of tasks stays out: what waits in it tells of itself, as an import does."""
        super().ready()
        admin.site.unregister(apps.get_model("django_tasks_database.DBTaskResult"))
