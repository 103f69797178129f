from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("Action Platform")

    def ready(self):
        # They register what they have.
        from . import known_figures, lists, read_tables, services  # noqa: F401
