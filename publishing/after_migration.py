"""What a database lacks that is older than publications, made once it is migrated."""

import sys

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from profiles.models import PublicCity, Submission

from . import review
from .catching_up import publish_existing, unpublished
from .publish import refresh_each

MANY = 200
"""Of more cities `migrate` leaves the cards to the worker: writing them takes minutes."""


def make_up(using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs):
    """Make all that is lacking, unless a part of the migrations only was applied."""
    if is_migrated(using):
        publish_first(verbosity)
        write_cards(verbosity)
        fill_submissions()


def publish_first(verbosity=1):
    """Publish the cities that were published before there were publications."""
    if not unpublished():
        return
    count = sum(is_published for _city_id, is_published in publish_existing())
    if verbosity:
        words = ngettext("%d city has been published.", "%d cities have been published.", count)
        sys.stdout.write(words % count + "\n")


def fill_submissions():
    """Give what waited for review before submissions kept a record the rows of its city."""
    empty = Submission.objects.filter(state=Submission.State.WAITING, catalogue=None)
    for submission in empty.defer("record"):
        review.fill(submission)


def write_cards(verbosity=1):
    """Write card and read tables of the cities of which a migration has left them to be written.

    It has emptied their `tables_catalogue`, so they lag. The worker, or `publish_lagging`, writes
    them where they are more than `MANY`, and those that fail.
    """
    left = PublicCity.objects.public().filter(tables_catalogue="").order_by("pk")
    ids = list(left.values_list("pk", flat=True))
    if len(ids) > MANY:
        if verbosity:
            words = _(
                "What the public reads of %d cities is not written yet: "
                "the worker does it, or publish_lagging."
            )
            sys.stdout.write(words % len(ids) + "\n")
        return
    count = sum(went_well for _city_id, went_well in refresh_each(ids))
    if count and verbosity:
        words = ngettext(
            "What the public reads of %d city has been written.",
            "What the public reads of %d cities has been written.",
            count,
        )
        sys.stdout.write(words % count + "\n")


def is_migrated(using):
    """Whether all migrations are applied: a part of them may lack the tables that are read."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
