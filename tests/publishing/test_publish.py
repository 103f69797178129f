"""Publishing: what it writes, what it leaves, and that nothing is ever half done."""

from pkgutil import resolve_name

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from profiles.lagging import lagging
from profiles.models import PublicAddress, Publication, PublicCity
from publishing import publish as publishing
from publishing.publish import NotPublished, bring_up_to_date, publish, refresh_public
from tests.factories import bring_back, make_action, make_city, make_user, withdraw, writing

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]


@pytest.fixture
def city():
    city = make_city("Port Trial", local_name="Haven", about="Dunes")
    make_action(city, baseline={})
    city.refresh_from_db()
    return city


def change(city, **fields):
    with writing():
        for name, value in fields.items():
            setattr(city, name, value)
        city.save()
    city.refresh_from_db()


def public(city):
    return PublicCity.objects.get(pk=city.pk)


def at(slug):
    """The `PublicCity` at this address, public or not."""
    address = PublicAddress.objects.get(slug=slug)
    return PublicCity.objects.filter(pk=address.city_id).first()


def numbers(city):
    rows = Publication.objects.filter(city=city.pk).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_a_city_is_published_with_card_and_address(city):
    user = make_user()
    publication = publish(city.pk, by=user, note="Ready")
    card = public(city)
    assert (publication.number, publication.kind) == (1, Publication.Kind.FIRST)
    assert (publication.published_by, publication.note) == (user, "Ready")
    assert (card.publication, card.name, card.local_name) == (publication, city.name, "Haven")
    assert (card.action_count, card.seen_content_version) == (1, city.content_version)
    assert (card.search_text, len(card.petals)) == (city.search_text, 1)
    assert at("port-trial") == card
    assert list(lagging()) == []


def test_a_save_that_changes_nothing_public_makes_no_publication(city):
    first = publish(city.pk)
    change(city, confirmed="It is a small town.")
    assert list(lagging()) == [city.pk]
    assert publish(city.pk) == first
    assert public(city).seen_content_version == city.content_version
    assert (numbers(city), list(lagging())) == ([1], [])


def test_what_the_platform_decides_is_seen_at_once(city):
    publish(city.pk)
    change(city, is_sample=True)
    publish(city.pk)
    assert (public(city).is_sample, numbers(city)) == (True, [1])


def test_a_withdrawn_city_is_unknown_and_comes_back_as_it_was(city):
    first = publish(city.pk)
    withdraw(city)
    assert list(lagging()) == [city.pk]
    assert bring_up_to_date(city.pk) is None
    assert at(city.slug).publication is None
    assert list(lagging()) == []
    with pytest.raises(NotPublished):
        publish(city.pk)
    bring_back(city)
    assert list(lagging()) == [city.pk]
    assert bring_up_to_date(city.pk) == first
    bring_up_to_date(city.pk)
    assert list(lagging()) == []


def test_a_renamed_city_keeps_its_addresses(city):
    change(city, slug="before-all")
    publish(city.pk)
    change(city, slug="now")
    publish(city.pk)
    assert {at(slug).slug for slug in ("port-trial", "before-all", "now")} == {"now"}
    change(city, slug="before-all")
    publish(city.pk)
    assert at("now").slug == "before-all"
    current = PublicAddress.objects.get(is_current=True)
    assert current.slug == "before-all"


def test_the_addresses_of_a_deleted_city_are_gone_and_nobody_elses(city):
    publish(city.pk)
    with writing():
        city.delete()
    pk = Publication.objects.get().city_id
    assert list(lagging()) == [pk]
    bring_up_to_date(pk)
    assert at("port-trial") is None
    assert PublicAddress.objects.get().city_id == pk
    assert list(lagging()) == []
    other = make_city("Other", slug="port-trial")
    with pytest.raises(publishing.AddressTaken):
        publish(other.pk)
    assert list(lagging()) == [other.pk]
    assert not PublicCity.objects.public().exists()


def test_a_refresh_shows_no_change_that_is_not_published(city):
    publish(city.pk)
    change(city, name="Renamed", slug="renamed")
    make_action(city)
    before = public(city)
    refresh_public(city.pk)
    after = public(city)
    assert (after.name, after.slug, after.action_count) == ("Port Trial", "port-trial", 1)
    assert after.changed_at == before.changed_at == after.publication.published_at
    assert list(lagging()) == [city.pk]


def stop_at(monkeypatch, point, *, before):
    """Have the process end before or after what the function `point` does."""
    original = resolve_name(point)

    def stop(*arguments, **options):
        if not before:
            original(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(point.replace(":", "."), stop)


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(
    "point",
    [
        "publishing.publish:Publication.objects.create",
        "publishing.publish:PublicCity.save",
        "publishing.publish:read_tables.write",
        "publishing.publish:_keep_addresses",
    ],
)
def test_what_stops_leaves_the_old_publication_with_its_tables(city, point, before, monkeypatch):
    publish(city.pk)
    stored = PublicCity.objects.values().get()
    change(city, name="Renamed", slug="renamed")
    make_action(city)
    with monkeypatch.context() as patch:
        stop_at(patch, point, before=before)
        with pytest.raises(KeyboardInterrupt):
            publish(city.pk)
    assert PublicCity.objects.values().get() == stored
    assert (numbers(city), list(lagging())) == ([1], [city.pk])
    call_command("check_public")
    publish(city.pk)
    assert (numbers(city), public(city).name) == ([1, 2], "Renamed")
    call_command("check_public")


def test_the_check_names_what_differs(city, capsys):
    publication = publish(city.pk)
    call_command("check_public", city.slug)
    PublicCity.objects.update(action_count=7)
    with pytest.raises(CommandError, match="rebuild_read_tables"):
        call_command("check_public")
    assert "action_count" in capsys.readouterr().out
    call_command("rebuild_read_tables")
    call_command("check_public", sample=5)
    Publication.objects.filter(pk=publication.pk).update(sha256="0" * 64)
    with pytest.raises(CommandError):
        call_command("check_public")
    Publication.objects.filter(pk=publication.pk).update(record=b"rubbish")
    with pytest.raises(CommandError):
        call_command("check_public")
    assert "cannot be read" in capsys.readouterr().out
