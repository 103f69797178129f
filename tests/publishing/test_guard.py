"""The guard on what public pages read (`tests.published`) sees what it should."""

import pytest
from django.http import HttpResponse

from profiles.models import City, PublicCity
from tests.published import ForbiddenTable
from website import home

pytestmark = pytest.mark.django_db


def page_that_reads(monkeypatch, model):
    def get(self, request, *given):
        return HttpResponse(str(model.objects.count()))

    monkeypatch.setattr(home.HomePage, "get", get)


def test_a_public_page_may_not_read_what_officers_edit(client, monkeypatch):
    page_that_reads(monkeypatch, City)
    with pytest.raises(ForbiddenTable, match="profiles_city"):
        client.get("/")


def test_it_reads_what_is_public_and_the_admin_everything(client, admin_client, monkeypatch):
    page_that_reads(monkeypatch, PublicCity)
    assert client.get("/").text == "0"
    assert admin_client.get("/admin/").status_code == 200
