from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    name = "hub"
    verbose_name = _("Tools & resources hub")

    def ready(self):
        from . import lists  # noqa: F401  (registers them)
