"""Mails with a link to set a password: asked for on a page, written by the worker.

Only the worker looks up the account, so nobody learns from a page, or from its time, who has one.
"""

from datetime import timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Count, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from .emails import email_key
from .models import PasswordRequest, User

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

MOST_OF_ADDRESS, MOST_OF_CLIENT = 5, 20
"""Mails that are sent within an hour to one e-mail address, and at the request of one IP address:
a whole town hall may share the latter."""


def ask(email, site, client):
    """Store that somebody asks for a mail, unless this e-mail or IP address has had too many."""
    request = PasswordRequest(email_key=email_key(email), site=site, client=client or "")
    if not is_too_many(request):
        request.save()


def is_too_many(request):
    own, client = Q(email_key=request.email_key), Q(client=request.client) & ~Q(client="")
    asked = PasswordRequest.objects.since(HOUR)
    counts = asked.aggregate(own=Count("pk", filter=own), client=Count("pk", filter=client))
    return counts["own"] >= MOST_OF_ADDRESS or counts["client"] >= MOST_OF_CLIENT


def answer_requests(goes_on):
    """Write the mails that were asked for, as long as `goes_on()`."""
    waiting = PasswordRequest.objects.filter(is_answered=False).order_by("pk")
    for request in waiting:
        if not goes_on():
            return
        with transaction.atomic():
            if waiting.filter(pk=request.pk).update(is_answered=True):
                answer(request)


def forget_requests():
    PasswordRequest.objects.exclude(pk__in=PasswordRequest.objects.since(DAY)).delete()


def answer(request):
    """Write to the person with this address, if there is one; also to one without a password.

    Staff create accounts without one; the person sets the first password by this mail.
    """
    user = User.objects.with_email(request.email_key).filter(is_active=True).first()
    if user is not None:
        with translation.override(user.mail_language):
            write(user, request.site).send()


def write(user, site):
    """The mail with a link that sets the password of `user` once."""
    key, token = (
        urlsafe_base64_encode(str(user.pk).encode()),
        default_token_generator.make_token(user),
    )
    path = reverse("accounts:password_reset_confirm", args=[key, token])
    subject = gettext("Set your password for %(platform)s") % {"platform": settings.SITE_NAME}
    context = {"user": user, "site": site, "link": urljoin(site, path), "subject": subject}
    message = EmailMultiAlternatives(
        subject,
        render_to_string("accounts/password_reset_mail.txt", context),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    html = render_to_string("accounts/password_reset_mail.html", context)
    message.attach_alternative(html, "text/html")
    # For a backend that keeps mails.
    message.kind, message.user = "password", user
    return message
