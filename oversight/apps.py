from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = _("Looking after cities")

    def ready(self):
        from notices.round import add_writer
        from profiles.rounds import worker_rounds

        from .bundles import BundleRound
        from .mail_writer import write_mails

        add_writer(write_mails)
        worker_rounds.append(BundleRound)
