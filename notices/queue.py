"""The backend of Django's mail API: it stores each message, and the worker sends it.

A message may carry two attributes of ours: `kind`, the code of its kind, and `user`, the person it
is for.
"""

from base64 import b64decode, b64encode
from email.mime.base import MIMEBase
from email.utils import formatdate, make_msgid, parseaddr

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from .models import Mail

AS_THEY_ARE = ("body", "from_email", "to", "cc", "bcc", "reply_to")


class QueueBackend(BaseEmailBackend):
    def send_messages(self, email_messages):
        mails = [mail_of(message) for message in email_messages if message.recipients()]
        return len(Mail.objects.bulk_create(mails))


def mail_of(message):
    """An unsaved `Mail`. Raises BadHeaderError where a header would have several lines."""
    give_identity(message)
    # It is made only for its check: what is stored are its parts.
    message.message()
    return Mail(
        kind=getattr(message, "kind", ""),
        user=getattr(message, "user", None),
        to=", ".join(message.recipients()),
        subject=message.subject,
        message=stored(message),
    )


def give_identity(message):
    """Set the headers that must be the same in each attempt: a copy can be known by them."""
    names = {name.lower() for name in message.extra_headers}
    if "message-id" not in names:
        domain = parseaddr(message.from_email)[1].rpartition("@")[2]
        message.extra_headers["Message-ID"] = make_msgid(domain=domain or "localhost")
    if "date" not in names:
        message.extra_headers["Date"] = formatdate()


def stored(message):
    """The parts of a message as plain values."""
    return {
        **{name: getattr(message, name) for name in AS_THEY_ARE},
        "subject": str(message.subject),
        "subtype": message.content_subtype,
        # As pairs: PostgreSQL puts the names of an object into an order of its own.
        "headers": [[name, str(value)] for name, value in message.extra_headers.items()],
        "alternatives": [[text, kind] for text, kind in getattr(message, "alternatives", ())],
        "attachments": [stored_attachment(one) for one in message.attachments],
    }


def stored_attachment(attachment):
    if isinstance(attachment, MIMEBase):
        name, kind = attachment.get_filename(), attachment.get_content_type()
        content = attachment.get_payload(decode=True)
    else:
        name, content, kind = attachment
    content = content if isinstance(content, bytes) else str(content).encode()
    return [name, b64encode(content).decode(), kind]


def rebuilt(mail):
    """The message of a stored mail, as it was given to `send_messages`."""
    parts = dict(mail.message)
    subtype, attachments = parts.pop("subtype"), parts.pop("attachments")
    message = EmailMultiAlternatives(**parts | {"headers": dict(parts["headers"])})
    message.content_subtype = subtype
    for name, content, kind in attachments:
        message.attach(name, b64decode(content), kind)
    return message
