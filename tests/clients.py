"""Signed-in clients, the addresses of rows in the admin, and what their pages say."""

from html import unescape

from django.test import Client
from django.urls import reverse

from actions.models import ActionType


def url_of(row, view="change", *more):
    label = f"{row._meta.app_label}_{row._meta.model_name}"
    return reverse(f"admin:{label}_{view}", args=[row.pk, *more])


def form_of_new_action(action_type):
    """The address of the form of a new action of this type, or of the type with this code."""
    if isinstance(action_type, str):
        action_type = ActionType.objects.get(code=action_type)
    return f"{reverse('admin:actions_action_add')}?action_type={action_type.pk}"


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words_of(response):
    """What a page says, without the line breaks of its source."""
    return " ".join(unescape(response.content.decode()).split())
