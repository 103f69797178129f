"""What django-axes counts failed sign-ins by (the e-mail address tried, and the IP address), and
what it answers after too many."""

import ipaddress
import re

from axes.helpers import get_cool_off, get_failure_limit
from django.conf import settings
from django.shortcuts import render

from accounts.emails import email_key

MOST_LETTERS = 255
"""Of the name, in the table of django-axes."""

WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5}")
"""[2001:db8::1], [2001:db8::1]:443 and 203.0.113.9:443."""


def name_tried(request, credentials):
    """The e-mail address that was tried: another spelling of it must not give new attempts."""
    source = credentials if credentials is not None else getattr(request, "POST", {})
    return email_key(source.get("username") or source.get("email") or "")[:MOST_LETTERS]


def client_address(request):
    """The visitor's IP address; behind our own proxies, the one that the outermost of them saw.

    Addresses further left in X-Forwarded-For are written by the visitor and not believed. Where the
    proxy wrote no address, the proxy's own stands for it, so that the attempts are counted anyway.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    seen = forwarded[-proxies] if 0 < proxies <= len(forwarded) else ""
    return plain_address(seen) or plain_address(request.META.get("REMOTE_ADDR") or "")


def plain_address(text):
    """An IP address without port, brackets and zone, in its shortest form; None if it is none.

    A port or a zone differs from visit to visit: kept, each would give new attempts.
    """
    text = text.strip()
    if found := WITH_PORT.fullmatch(text):
        text = found[1] or found[2] or ""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def locked_out(request, response, credentials):
    """The page that closes sign-in for a while."""
    wait = get_cool_off(request)
    context = {
        "failure_limit": get_failure_limit(request, credentials),
        "cooloff_timedelta": wait,
    }
    answer = render(request, "accounts/locked.html", context, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()))
    return answer
