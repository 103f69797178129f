"""Signed-in clients, the addresses of rows in the admin, and what their pages say."""

from html import unescape

from django.test import Client
from django.urls import reverse


def url_of(row, view="change", *more):
    label = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{label}_{view}", args=[row.pk, *more])


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(response):
    """What a page says, without the line breaks of its source."""
    return " ".join(unescape(response.content.decode()).split())
