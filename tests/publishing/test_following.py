"""What is published when: with the change, by a worker, after a failure, after a migration."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.models import ActionType
from catalogue import frozen
from catalogue.models import CatalogueVersion
from profiles.lagging import lagging
from profiles.models import CitySlug, PublicAddress, Publication, PublicCity, PublishRequest
from publishing import after_migration, catching_up, following, publish
from publishing.prepared import prepare_rows_of
from tests.factories import bring_back, make_action, make_city, make_user, withdraw, writing

pytestmark = [pytest.mark.usefixtures("catalogue"), pytest.mark.sql]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed(): …` does what follows a commit, which no test makes."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def living_worker(monkeypatch):
    monkeypatch.setattr(following, "worker_checks", [lambda: True])


def break_publishing(monkeypatch):
    def fail(*arguments, **options):
        raise ZeroDivisionError

    monkeypatch.setattr(publish, "bring_up_to_date", fail)


def names():
    return set(PublicCity.objects.public().values_list("name", flat=True))


def test_a_save_is_published_after_its_commit(committed):
    with committed():
        city = make_city("Port Trial")
        assert not Publication.objects.exists()
    publication = Publication.objects.get()
    assert (publication.city_id, publication.note) == (city.pk, "for a test")


def test_what_fails_does_not_fail_the_save_and_is_caught_up(committed, monkeypatch, caplog, capsys):
    with monkeypatch.context() as patch, committed():
        break_publishing(patch)
        city = make_city("Port Trial")
    assert "could not be published" in caplog.text
    assert (list(lagging()), names()) == ([city.pk], set())
    call_command("publish_lagging")
    assert (list(lagging()), names()) == ([], {"Port Trial"})
    assert Publication.objects.get().note == "for a test"
    assert "1 of 1 cities" in capsys.readouterr().out


def test_much_is_left_to_a_worker_that_lives(committed, living_worker, monkeypatch):
    monkeypatch.setattr(following, "FEW_CITIES", 1)
    monkeypatch.setattr(following, "FEW_ACTIONS", 1)
    with committed():
        make_city("Alone")
    with committed(), writing():
        make_city("One of two"), make_city("Two of two")
    with committed(), writing():
        large = make_city("Large")
        make_action(large)
        make_action(large)
    assert names() == {"Alone"}
    catching_up.CatchUp().run(goes_on=lambda: True)
    assert names() == {"Alone", "One of two", "Two of two", "Large"}


def test_what_is_withdrawn_is_taken_from_the_public_without_waiting_for_a_worker(
    committed, living_worker, monkeypatch
):
    city = make_city("Port Trial")
    publish.publish(city.pk)
    monkeypatch.setattr(following, "FEW_ACTIONS", -1)
    with committed():
        withdraw(city)
    assert names() == set()


def test_a_request_holds_as_long_as_who_made_it_may_publish():
    """A city that has been withdrawn meanwhile comes back as it was published last."""
    city = make_city("Port Trial", publishing="city", about="Dunes")
    publish.publish(city.pk)
    officer = make_user("officer@example.org", officer_of=city)
    for setting, is_away in (("review", False), ("city", True)):
        with writing():
            city.about, city.publishing = "Nobody has looked at this", setting
            city.save()
        PublishRequest.objects.create(city=city, requested_by=officer, kind="city")
        if is_away:
            withdraw(city)
            publish.bring_up_to_date(city.pk)
            bring_back(city)
        publish.bring_up_to_date(city.pk)
        assert Publication.objects.count() == 1
        assert names() == {"Port Trial"}
        assert not PublishRequest.objects.exists()


def test_the_reason_of_a_change_is_not_the_public_note_of_a_version_that_waited_for_the_worker():
    city = make_city("Port Trial", publishing="city")
    publish.publish(city.pk)
    with writing("Mr X has asked us to hide this"):
        city.about = "Dunes"
        city.save()
    PublishRequest.objects.create(city=city, kind="city")
    catching_up.CatchUp().run(goes_on=lambda: True)
    newest = Publication.objects.latest("pk")
    assert (newest.number, newest.public_note) == (2, "")


def test_a_city_without_a_version_that_anybody_may_read_does_not_lag():
    city = make_city("Port Trial")
    publish.publish(city.pk)
    withdraw(city)
    publish.bring_up_to_date(city.pk)
    Publication.objects.update(withdrawn_at=timezone.now())
    bring_back(city)
    publish.bring_up_to_date(city.pk)
    assert (names(), list(lagging())) == (set(), [])


def test_cards_of_several_cities_are_locked_in_order():
    keys = []
    for name in ("First", "Second"):
        city = make_city(name, publishing="city")
        publish.publish(city.pk)
        with writing():
            city.save()
        keys.append(city.pk)
    with CaptureQueriesContext(connection) as asked:
        following.note_unpublished(keys)
    lock, update = [one["sql"] for one in asked if '"profiles_publiccity"' in one["sql"]]
    assert "ORDER BY" in lock and update.startswith("UPDATE")
    assert connection.vendor == "sqlite" or "FOR NO KEY UPDATE" in lock
    assert PublicCity.objects.filter(unpublished_since=None).count() == 0


def test_all_is_published_in_the_request_where_no_worker_lives(committed, monkeypatch):
    monkeypatch.setattr(following, "FEW_CITIES", 1)
    with committed(), writing():
        make_city("One of two"), make_city("Two of two")
    assert names() == {"One of two", "Two of two"}


def test_a_city_that_cannot_be_published_rests_before_it_is_tried_again(monkeypatch):
    city = make_city("Port Trial")
    catch_up = catching_up.CatchUp()
    with monkeypatch.context() as patch:
        break_publishing(patch)
        catch_up.run(goes_on=lambda: True)
    catch_up.run(goes_on=lambda: True)
    assert names() == set()
    catch_up.rests[city.pk] -= catching_up.PAUSE
    catch_up.run(goes_on=lambda: True)
    assert names() == {"Port Trial"}


def test_a_worker_that_is_told_to_stop_stops_after_a_city():
    make_city("First"), make_city("Second")
    catching_up.CatchUp().run(goes_on=lambda: False)
    assert names() == {"First"}


def test_another_catalogue_is_followed_at_once_for_few_cities(committed, monkeypatch):
    city = make_city("Port Trial")
    publish.publish(city.pk)
    kind = ActionType.objects.first()
    kind.name = "Another name"
    with committed():
        kind.save()
    current = CatalogueVersion.objects.get(is_current=True).sha256
    assert PublicCity.objects.get().tables_catalogue == current
    monkeypatch.setattr(following, "FEW_CITIES", 0)
    with committed():
        ActionType.objects.filter(pk=kind.pk).update(name="A third name")
        frozen.refresh()
    assert PublicCity.objects.get().tables_catalogue == current
    assert list(lagging()) == [city.pk]


def test_another_name_of_a_country_moves_its_cities(committed):
    city = make_city("Port Trial")
    publish.publish(city.pk)
    with committed():
        city.country.save()
    public = PublicCity.objects.get()
    assert (public.resources_version, list(lagging())) == (1, [])


def test_what_was_changed_while_it_was_read_is_read_again():
    city = make_city("Before")
    publish.publish(city.pk)
    with writing():
        city.about = "Half"
        city.save()
    prepared = prepare_rows_of([city.pk], frozen.current())[city.pk]
    with writing():
        city.name = "After"
        city.save()
    publish.publish(city.pk, prepared=prepared)
    assert (names(), list(lagging())) == ({"After"}, [])


def test_the_cities_of_an_older_database_are_published_once(capsys):
    city = make_city("Port Trial", slug="first")
    CitySlug.objects.create(city=city, slug="older")
    PublishRequest.objects.update(kind=Publication.Kind.UPGRADE)
    make_city("Draft", state="draft")
    after_migration.publish_first(verbosity=1)
    assert "1 city has been published" in capsys.readouterr().out
    publication = Publication.objects.get()
    assert publication.kind == Publication.Kind.UPGRADE
    assert set(PublicAddress.objects.values_list("slug", flat=True)) == {"first", "older"}
    after_migration.publish_first()
    call_command("publish_existing")
    assert (Publication.objects.count(), names()) == (1, {"Port Trial"})


def test_an_address_leads_to_the_city_that_has_it_not_to_one_that_had_it():
    had, has = make_city("Had", slug="new"), make_city("Has", slug="shared")
    CitySlug.objects.create(city=had, slug="shared")
    call_command("publish_lagging")
    assert names() == {"Had", "Has"}
    assert PublicAddress.objects.get(slug="shared").city_id == has.pk


def test_a_command_says_which_cities_it_could_not_publish(monkeypatch):
    city = make_city("Port Trial")
    break_publishing(monkeypatch)
    with pytest.raises(CommandError, match=str(city.pk)):
        call_command("publish_lagging")


@pytest.mark.django_db(transaction=True)
def test_publishers_at_once_make_one_publication_of_each_state():
    user = make_user()
    cities = [make_city() for _city in range(3)]
    together = threading.Barrier(4, timeout=30)

    def publish_in(order):
        try:
            together.wait()
            for city in order:
                publish.publish(city.pk, by=user)
        finally:
            connection.close()

    for _state in range(2):
        with writing():
            for city in cities:
                city.save()
        orders = cities, cities[::-1], cities, cities[::-1]
        with ThreadPoolExecutor(len(orders)) as threads:
            list(threads.map(publish_in, orders))
    numbers = Publication.objects.values_list("city", "number").order_by("city", "number")
    assert list(numbers) == [(city.pk, 1) for city in cities]
    assert list(lagging()) == []


def test_staff_and_officers_see_what_is_not_public_yet(client):
    city = make_city("Port Trial")
    words, page = "is being published", reverse("admin:profiles_city_change", args=[city.pk])
    client.force_login(make_user(officer_of=city))
    assert words in client.get(page).text
    staff = make_user(is_staff=True)
    client.force_login(staff)
    assert "1 city is to be published by the platform" in client.get(reverse("admin:index")).text
    publish.publish(city.pk)
    assert words not in client.get(page).text
    index = client.get(reverse("admin:index")).text
    assert "All changes of published cities are public" in index
    assert "1 publication within 24 hours" in index
