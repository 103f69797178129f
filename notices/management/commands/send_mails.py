from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.models import Mail
from notices.round import MailRound

State = Mail.State


class Command(BaseCommand):
    help = (
        "Do once what the worker does for mails: write those that were asked for, remind cities of "
        "changes that wait, send what is due. For cron, where no worker runs."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--again",
            action="store_true",
            help="also send what waits for its next attempt, and what was given up",
        )

    def handle(self, *, again, **options):
        if again:
            stopped = Mail.objects.filter(state__in=(State.WAITING, State.GIVEN_UP))
            stopped.update(state=State.WAITING, next_attempt_at=timezone.now())
        began = timezone.now()
        MailRound().run(lambda: True)
        sent = Mail.objects.filter(sent_at__gte=began).count()
        waiting = Mail.objects.filter(state=State.WAITING).count()
        words = _("Mails sent: %(sent)d. Waiting: %(waiting)d.")
        self.stdout.write(words % {"sent": sent, "waiting": waiting})
