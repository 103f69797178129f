"""What a database lacks that is older than publications, made once it is migrated."""

import sys

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import ngettext

from profiles.models import PublicCity, Submission

from . import review
from .catching_up import publish_existing, unpublished
from .publish import refresh_each


def publish_first(using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs):
    """Publish the cities that were published before there were publications."""
    if not is_migrated(using) or not unpublished():
        return
    count = sum(is_published for _city, is_published in publish_existing())
    if verbosity:
        words = ngettext("%d city has been published.", "%d cities have been published.", count)
        sys.stdout.write(words % count + "\n")


def fill_submissions(using=DEFAULT_DB_ALIAS, **kwargs):
    """Give what waited for review before submissions kept a record the rows of its city."""
    if not is_migrated(using):
        return
    empty = Submission.objects.filter(state=Submission.State.WAITING, catalogue=None)
    for submission in empty.defer("record"):
        review.fill(submission)


def write_cards(using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs):
    """Write card and read tables of the cities of which a migration has left them to be written.

    It has emptied their `tables_catalogue`. A city that fails stays behind, as after any failure.
    """
    if not is_migrated(using):
        return
    left = PublicCity.objects.public().filter(tables_catalogue="").order_by("pk")
    ids = list(left.values_list("pk", flat=True))
    count = sum(went_well for _city, went_well in refresh_each(ids))
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
