from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CBIConfig(AppConfig):
    name = "cbi"
    verbose_name = _("City Biodiversity Index")

    def ready(self):
        from . import lists, read_tables, services  # noqa: F401  (registers them)
