from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    name = "profiles"
    verbose_name = _("City profiles")

    def ready(self):
        from . import changes  # noqa: F401  (attaches change sets to history rows)
