"""A page that is read while its city is removed, as an undo of an import does."""

from itertools import count

import pytest
from django.db import connection, transaction
from django.test import Client

from profiles.models import City
from publishing.publish import bring_up_to_date
from tests.factories import (
    make_action,
    make_assessment,
    make_city,
    make_item,
    make_resource,
    make_statement,
    make_user,
    writing,
)
from tests.published import publish_all


@pytest.fixture
def city(catalogue):
    city = make_city("Short Lived")
    action = make_action(city, "natural-areas", baseline={"total_area": 12})
    make_statement(action, "progress", {"total_area": 14}, date="2025-01-01")
    make_item(city, 1, "Plan", resource=make_resource(city))
    make_assessment(city)
    return city


def removing(city, before):
    """Removes `city` before the query number `before`; afterwards `removed` has something."""
    asked, removed = count(), []

    def wrapper(execute, *arguments):
        if next(asked) == before:
            removed.append(before)
            with writing():
                City.objects.get(pk=city.pk).delete()
            bring_up_to_date(city.pk)
        return execute(*arguments)

    return connection.execute_wrapper(wrapper), removed


def test_a_page_of_a_city_that_is_removed_while_it_is_made(city):
    """Of staff, whose page asks for most; PDF and JSON are made of the same document."""
    client = Client(raise_request_exception=False)
    client.force_login(make_user(is_staff=True))
    publish_all()
    address, statuses = city.get_absolute_url(), set()
    for number in count():
        with transaction.atomic():
            wrapper, removed = removing(city, number)
            with wrapper:
                statuses.add(client.get(address).status_code)
            transaction.set_rollback(True)
        if not removed:
            break
    assert number > 5
    assert statuses == {200, 410}
