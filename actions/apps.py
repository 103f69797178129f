from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = _("Action Platform")

    def ready(self):
        from . import known_figures, lists, read_tables  # noqa: F401  (they register what they have)
