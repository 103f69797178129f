from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from . import following, upgrade  # noqa: F401  (publishes what is saved)

        post_migrate.connect(upgrade.publish_after_migration, sender=self)
