from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("Action Platform")

    def ready(self):
        from . import lists, standings  # noqa: F401  (lists registers them)

        post_migrate.connect(standings.fill_if_empty, sender=self)
