from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwayConfig(AppConfig):
    name = "pathway"
    verbose_name = _("Nature Pathway")

    def ready(self):
        from . import lists, read_tables  # noqa: F401  (each registers what it holds)
