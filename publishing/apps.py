from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        # They publish what is saved, tell who saved it, and close what nobody has to review now;
        # `facets` registers its table.
        from . import after_migration, after_save, facets, following, review  # noqa: F401

        # Sent for apps with models only, of which this is none.
        profiles = apps.get_app_config("profiles")
        post_migrate.connect(after_migration.make_up, sender=profiles)
