"""Writes the mails of a mailing, in the background: each in a transaction of its own."""

from django.db import transaction

from notices.sending import notify

from .mailings import fill
from .models import MailingRecipient

AT_ONCE = 200

State = MailingRecipient.State


def write_mails(goes_on):
    """Write to the next who wait, as long as `goes_on()`."""
    waiting = MailingRecipient.objects.filter(state=State.WAITING).order_by("pk")
    some = waiting.select_related("mailing__written_by", "city__country", "user")
    for recipient in some[:AT_ONCE]:
        if not goes_on():
            return
        write_to(recipient)


@transaction.atomic
def write_to(recipient):
    """Write the mail, unless another worker has; the row and the mail are stored together."""
    row = MailingRecipient.objects.filter(pk=recipient.pk)
    if not row.filter(state=State.WAITING).update(state=State.PASSED_ON):
        return
    mailing, city, user = recipient.mailing, recipient.city, recipient.user
    sender = mailing.written_by
    told = {name: fill(getattr(mailing, name), city, user) for name in ("subject", "text")}
    if sender is None or not notify("message", [user], city, sender=sender, **told):
        row.update(state=State.LEFT_OUT)
