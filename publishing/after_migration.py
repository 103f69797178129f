"""What a database lacks that is older than publications, made once it is migrated."""

import sys

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import ngettext

from profiles.models import PublicCity, Submission

from . import review
from .catching_up import publish_existing, publish_some, unpublished


def publish_first(using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs):
    """Publish the cities that were published before there were publications."""
    if not is_migrated(using) or not unpublished():
        return
    count = sum(is_published for _city, is_published in publish_existing())
    if verbosity:
        words = ngettext("%d city has been published.", "%d cities have been published.", count)
        sys.stdout.write(words % count + "\n")


def write_cards(using=DEFAULT_DB_ALIAS, **kwargs):
    """Write anew the cards and read tables that a migration has emptied of what they were made of.

    Nobody has to do it: until then a city's card may lack what is new in it.
    """
    if is_migrated(using):
        left = PublicCity.objects.public().filter(tables_catalogue="").order_by("pk")
        for _written in publish_some(list(left.values_list("pk", flat=True))):
            pass


def fill_submissions(using=DEFAULT_DB_ALIAS, **kwargs):
    """Give what waited for review before submissions kept a record the rows of its city."""
    if not is_migrated(using):
        return
    empty = Submission.objects.filter(state=Submission.State.WAITING, catalogue=None)
    for submission in empty.defer("record"):
        review.fill(submission)


def is_migrated(using):
    """Whether all migrations are applied: a part of them may lack the tables that are read."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
