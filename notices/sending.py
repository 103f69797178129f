"""Writes mails to people, in HTML and text, each in the reader's language."""

from itertools import groupby
from operator import attrgetter
from urllib.parse import urljoin

from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.site_url import site_url
from profiles.samples import is_mailed_about

from .kinds import KINDS
from .recipients import wanting

SALT = "notices.stop"


def notify(code, people, city, by=None, **told):
    """Mail this to those of `people` who want it, but not to `by`, who did it.

    `told`: what the letter of the kind takes besides the city. Samples are mailed about only where
    samples are allowed. Returns whom it mailed.
    """
    kind = KINDS[code]
    if not is_mailed_about(city):
        return []
    readers = sorted(wanting(kind, people, by), key=attrgetter("mail_language"))
    messages = []
    for language, some in groupby(readers, attrgetter("mail_language")):
        with translation.override(language):
            letter = kind.letter(city=city, **told)
            messages += [lay_out(letter, kind, reader) for reader in some]
    get_connection().send_messages(messages)
    return readers


def notify_colleague(code, request, token, figure):
    """Mail this to whom an `updates.ColleagueRequest` asks; samples as in `notify`.

    `token` opens the request.
    """
    city = request.update.city
    if not is_mailed_about(city):
        return
    kind = KINDS[code]
    with translation.override(request.language):
        path = reverse("updates:asked", args=[token])
        letter = kind.letter(city=city, request=request, path=path, figure=figure)
        message = message_of(letter, kind, request.email, {})
    get_connection().send_messages([message])


def lay_out(letter, kind, reader):
    """The message with this letter, in the active language."""
    stop = urljoin(site_url(), stop_path(reader, kind))
    context = {
        "reader": reader,
        "choices": urljoin(site_url(), reverse("notices:choices")),
        "stop": stop,
    }
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    message = message_of(letter, kind, reader.email, context, headers)
    message.user = reader
    return message


def message_of(letter, kind, email, context, headers=()):
    subject = one_line(letter.subject)
    context = {
        "letter": letter,
        "subject": subject,
        "link": urljoin(site_url(), letter.path),
        "site": site_url(),
        **context,
    }
    message = EmailMultiAlternatives(
        subject,
        render_to_string("notices/mail/letter.txt", context),
        to=[email],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            "Auto-Submitted": "auto-generated",
            "Content-Language": translation.get_language(),
            **dict(headers),
        },
    )
    html = render_to_string("notices/mail/letter.html", context)
    message.attach_alternative(html, "text/html")
    message.kind = kind.code
    return message


def one_line(text):
    return " ".join(text.split())


def stop_path(reader, kind):
    """The page that switches this kind off for this reader, without signing in."""
    return reverse("notices:stop", args=[signing.dumps([reader.pk, kind.code], salt=SALT)])


def read_stop(token):
    """(key of a user, kind) in a token of `stop_path`; None if nobody here has made it."""
    try:
        key, code = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    kind = KINDS.get(code)
    return (key, kind) if kind and kind.audience else None
