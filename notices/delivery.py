"""Sends the mails that wait, by `EMAIL_DELIVERY_BACKEND`.

A mail is claimed before it is sent and marked after. A process that dies between the two leaves a
mail that is sent once more when its lease is over, with the same Message-ID: nothing is lost, and
at most one copy too many arrives. No transaction is open while the mail server is waited for.
"""

import logging
import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import get_connection

from .models import Mail
from .queue import rebuilt

logger = logging.getLogger(__name__)

OF_ONE_MAIL = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)
"""Errors of a mail server that takes other mails."""


def deliver_due(goes_on):
    """Send what is due, as long as `goes_on()`; False if the mail server cannot be reached."""
    due = list(Mail.objects.due().values_list("pk", flat=True))
    if not due:
        return True
    connection = get_connection(settings.EMAIL_DELIVERY_BACKEND)
    try:
        return all(deliver(pk, connection) for pk in due if goes_on())
    finally:
        # The mails are marked already.
        with suppress(OSError):
            connection.close()


def deliver(pk, connection):
    """Send one mail; False if it cannot be sent because no mail can."""
    mail = Mail.objects.select_related("user").filter(pk=pk).first()
    if mail is None or not mail.claim():
        return True
    if mail.user is not None and not mail.user.is_active:
        mail.mark_dropped()
        return True
    try:
        connection.open()
        connection.send_messages([rebuilt(mail)])
    except Exception as error:
        logger.warning("Mail %d to %s was not sent.", mail.pk, mail.to, exc_info=True)
        mail.mark_failed(error)
        return isinstance(error, OF_ONE_MAIL) or not isinstance(error, OSError)
    mail.mark_sent()
    return True
