from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self):
        from profiles.rounds import worker_rounds
        from publishing import following

        from .mapping.sent import ListRound
        from .models import Worker

        following.worker_checks.append(Worker.is_any_alive)
        worker_rounds.append(ListRound)
