"""What the home page says is public when it is read, though its answer is kept."""

import pytest

from profiles.models import Publication
from publishing.redaction import redact
from publishing.versions import withdraw_version
from tests.factories import make_action, make_city, make_statement, make_user, writing
from tests.published import publish_all

from .reading import text_of

pytestmark = pytest.mark.django_db


def test_what_is_redacted_or_withdrawn_leaves_the_kept_page(client, catalogue):
    city = make_city("Port Trial")
    action = make_action(city, "natural-areas")
    publish_all()
    with writing():
        city.website = "https://example.org/"
        city.save()
    publish_all()
    target = make_statement(action, "target", {"total_area": "4321"}, due_year=2031)
    publish_all()
    assert "4,321" in text_of(client.get("/"))
    assert client.get("/").headers["ETag"] == client.get("/").headers["ETag"]
    path = f"actions.{action.number}.{target.pk}"
    with writing():
        target.delete()
    redact(city.pk, path, by=None, reason="A secret place.")
    page = client.get("/")
    assert "4,321" not in text_of(page)
    withdraw_version(Publication.objects.get(number=2), by=make_user(), note="Wrong.")
    assert client.get("/").headers["ETag"] != page.headers["ETag"]
