from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("Mails")

    def ready(self):
        from profiles.rounds import worker_rounds

        from . import receivers  # noqa: F401  (it tells people what happened)
        from .round import MailRound

        worker_rounds.append(MailRound)
